/* SPDX-License-Identifier: ISC */
/*
 * html5lib - print the tokens of strip-chrome's HTML tokenizer for html5lib.py.
 *
 * reads   lines of: content (a number of enum html_content) TAB name of the last
 *         open tag TAB the input in hex
 * writes  a line of JSON for each: the tokens as html5lib-tests has them, the
 *         strings in hex
 */
#include <stdio.h>
#include <stdlib.h>

#include "../../tools/strip-chrome/html.h"

static void
hex(struct span s)
{
	size_t i;

	putchar('"');
	for (i = 0; i < s.n; i++)
		printf("%02x", (unsigned char)s.p[i]);
	putchar('"');
}

int
main(void)
{
	struct html h = { 0 };
	struct buf text = { 0 }, value = { 0 };
	char *line = NULL, *p, *in;
	size_t cap = 0, n, i;

	while (getline(&line, &cap, stdin) > 0) {
		char *name = strchr(line, '\t') + 1, *input = strchr(name, '\t') + 1;
		bool comma = false;

		for (n = 0, p = input; p[0] != '\n' && p[0] != '\0'; p += 2, n++) {
			char two[3] = { p[0], p[1], '\0' };

			input[n] = (char)strtoul(two, NULL, 16);
		}
		in = malloc(n + 64);	/* so that address checks see a read beyond */
		memcpy(in, input, n);
		memset(in + n, 'x', 64);
		html_begin(&h, in, n);
		h.content = (enum html_content)atoi(line);
		h.token.name = (struct span){ name, (size_t)(input - 1 - name) };
		putchar('[');
		text.n = 0;
		for (;;) {
			bool more = html_next(&h);
			struct html_token *t = &h.token;

			if (more && t->type == HTML_TEXT) {
				html_decode(&text, t->text, t->refs, false);
				continue;
			}
			if (text.n > 0) {
				printf("%s[\"Character\",", comma ? "," : "");
				hex((struct span){ text.p, text.n });
				putchar(']');
				comma = true;
				text.n = 0;
			}
			if (!more)
				break;
			if (comma)
				putchar(',');
			comma = true;
			switch (t->type) {
			case HTML_OPEN:
				printf("[\"StartTag\",");
				hex(t->name);
				printf(",{");
				for (i = 0; i < t->nattr; i++) {
					if (i > 0)
						putchar(',');
					hex(t->attr[i].name);
					putchar(':');
					hex(html_value(&value, t->attr[i].value));
				}
				printf(t->closes_itself ? "},true]" : "}]");
				break;
			case HTML_CLOSE:
				printf("[\"EndTag\",");
				hex(t->name);
				putchar(']');
				break;
			case HTML_COMMENT:
				printf("[\"Comment\",");
				hex(t->text);
				putchar(']');
				break;
			case HTML_DOCTYPE:
				printf("[\"DOCTYPE\",");
				if (t->name.n > 0)
					hex(t->name);
				else
					printf("null");
				putchar(',');
				if (t->has_public)
					hex(t->public_id);
				else
					printf("null");
				putchar(',');
				if (t->has_system)
					hex(t->system_id);
				else
					printf("null");
				printf(",%s]", t->quirks ? "false" : "true");
				break;
			default:
				break;
			}
		}
		puts("]");
		free(in);
	}
	free(line);
	buf_free(&text);
	buf_free(&value);
	html_free(&h);
	return 0;
}
