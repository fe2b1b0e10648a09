/* SPDX-License-Identifier: ISC */
/*
 * icu - split-sentences by ICU's break iterator alone, to be measured beside it:
 * records in, "id TAB n TAB sentence" out, trimmed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

int
main(void)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *breaks = ubrk_open(UBRK_SENTENCE, "en", NULL, 0, &status);
	UText *view = NULL;
	char *line = NULL, *text;
	int32_t from, to, last;
	unsigned number;
	size_t cap = 0;
	ssize_t n;

	while (U_SUCCESS(status) && (n = getline(&line, &cap, stdin)) > 0) {
		if ((text = memrchr(line, '\t', (size_t)n)) == NULL)
			continue;
		text++;
		for (char *p = text; (p = strstr(p, "\\n")) != NULL;) /* a line end, in as many bytes */
			memcpy(p, "\n\n", 2);
		view = utext_openUTF8(view, text, line + n - text, &status);
		ubrk_setUText(breaks, view, &status);
		number = 0;
		for (from = ubrk_first(breaks); (to = ubrk_next(breaks)) != UBRK_DONE; from = to) {
			while (from < to && strchr(" \n", text[from]) != NULL)
				from++;
			for (last = to; last > from && strchr(" \n", text[last - 1]) != NULL; last--)
				;
			if (from < last)
				printf("%.*s%u\t%.*s\n", (int)(text - line), line, ++number,
				       (int)(last - from), text + from);
		}
	}
	utext_close(view);
	ubrk_close(breaks);
	free(line);
	return U_FAILURE(status);
}
