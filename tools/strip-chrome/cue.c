/* SPDX-License-Identifier: ISC */
/*
 * Invitations at the end of a line: "... has said Read Full Article at RT.com".
 * Only the last words of a line are looked at, so a line costs the same whatever
 * its length.
 */
#include "cue.h"

#include <stdbool.h>

#include "table.h"
#include "u8.h"

enum {
	CUE_END = 1,	/* and up to CUE_WORDS words more */
	CUE_BARE,	/* and nothing more */
	CUE_POST,	/* "The post TITLE appeared first on SITE." */

	CUE_TAIL = 320,	/* bytes of a line's end that are looked at */
	CUE_WORDS = 6,
	CUE_PHRASE = 5	/* words of the longest cue */
};

#include "strip-chrome/cues.h"

/* Nothing but an end mark, an arrow or space? */
static bool
bare(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (ascii_alnum(p[i]) || (p[i] == '.' && i + 1 < n))
			return false;
	return true;
}

/* At most CUE_WORDS words, and no sentence ends before the last of them. */
static bool
few_words(const char *p, size_t n)
{
	size_t i, words = 0;

	for (i = 0; i < n; i++) {
		if (p[i] == ' ' && i + 1 < n && p[i + 1] != ' ')
			words++;
		if ((p[i] == '.' || p[i] == '?' || p[i] == '!' || p[i] == '"') && i + 1 < n && p[i + 1] == ' ')
			return false;
	}
	return words <= CUE_WORDS;
}

static bool
holds(const char *p, size_t n, const char *word)
{
	size_t m = strlen(word), i;

	for (i = 0; i + m <= n; i++)
		if (p[i] == *word && memcmp(p + i, word, m) == 0)
			return true;
	return false;
}

size_t
cue_cut(const char *line, size_t n)
{
	static const bool first[256] = {
		['R'] = true, ['C'] = true, ['V'] = true, ['S'] = true, ['F'] = true, ['T'] = true, ['['] = true, ['('] = true
	};
	char phrase[64];
	size_t from = n > CUE_TAIL ? n - CUE_TAIL : 0, at, i, len, words, end;

	for (at = from; at < n; at++) {
		/* a cue begins at a capital or a bracket, behind space; its first letters: R C V S F T */
		if (!first[(unsigned char)line[at]] || (at > 0 && line[at - 1] != ' '))
			continue;
		len = words = 0;
		for (i = at; i <= n && len < sizeof(phrase) - 1 && words < CUE_PHRASE; i++) {
			if (i == n || line[i] == ' ') {
				uint32_t where = table_get(&cues, phrase, len);

				end = i;
				if ((where == CUE_END && few_words(line + end, n - end)) ||
				    (where == CUE_BARE && bare(line + end, n - end)) ||
				    (where == CUE_POST && holds(line + end, n - end, " appeared first on "))) {
					while (at > 0 && (line[at - 1] == ' ' || line[at - 1] == '|' || line[at - 1] == '('))
						at--;
					if (at >= 2 && (memcmp(line + at - 2, "\xc2\xa0", 2) == 0 || memcmp(line + at - 2, "\xc2\xab", 2) == 0))
						at -= 2;
					return at;
				}
				words++;
				if (i == n)
					break;
			}
			phrase[len++] = ascii_fold(line[i]);
		}
	}
	return n;
}
