/* SPDX-License-Identifier: ISC */
/*
 * Invitations at the end of a line: "... has said Read Full Article at RT.com".
 * Only the last words of a line are looked at, so a line costs the same whatever
 * its length.
 */
#include "cue.h"

#include <stdbool.h>

#include "little.h"
#include "table.h"
#include "u8.h"
#include "vec.h"

enum {
	CUE_END = 1, /* and up to CUE_WORDS words more */
	CUE_BARE,    /* and nothing more */
	CUE_POST,    /* "The post TITLE appeared first on SITE." */

	CUE_TAIL = 320, /* bytes of a line's end that are looked at */
	CUE_WORDS = 6,
	CUE_PHRASE = 5, /* words of the longest cue */
	CUE_BYTES = 8,	/* of the shortest */
	FILTER = 4096
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
		if ((p[i] == '.' || p[i] == '?' || p[i] == '!' || p[i] == '"') && i + 1 < n &&
		    p[i + 1] == ' ')
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

/*
 * Where a cue may begin: a capital or a bracket behind a space, or at the
 * line's begin. Most such words are none; their first eight bytes tell, by a
 * filter that cue_ready makes of the cues.
 */
static uint64_t begins[FILTER / 64];
static bool initial[256]; /* and before that, their first byte */

static unsigned
filter_bit(const char *p)
{
	return (unsigned)((little64(p) | 0x2020202020202020u) * 0x9E3779B97F4A7C15u >> 52) % FILTER;
}

void
cue_ready(void)
{
	uint32_t i;

	for (i = 0; i <= cues.mask; i++)
		if (cues.slot[i].n >= CUE_BYTES) {
			const unsigned bit = filter_bit(cues.pool + cues.slot[i].at);
			const unsigned char first = (unsigned char)cues.pool[cues.slot[i].at];

			begins[bit / 64] |= (uint64_t)1 << bit % 64;
			initial[first] = true;
			if (first >= 'a' && first <= 'z')
				initial[first - 'a' + 'A'] = true;
		}
}

/* The cue at line[at], if it is one: where the article ends; else n. */
static size_t
try_cue(const char *line, size_t n, size_t at)
{
	char phrase[64];
	size_t i, len = 0, words = 0, end;

	for (i = at; i <= n && len < sizeof(phrase) - 1 && words < CUE_PHRASE; i++) {
		if (i == n || line[i] == ' ') {
			uint32_t where = len < CUE_BYTES ? 0 : table_get(&cues, phrase, len);

			end = i;
			if ((where == CUE_END && few_words(line + end, n - end)) ||
			    (where == CUE_BARE && bare(line + end, n - end)) ||
			    (where == CUE_POST && holds(line + end, n - end, " appeared first on "))) {
				while (at > 0 &&
				       (line[at - 1] == ' ' || line[at - 1] == '|' || line[at - 1] == '('))
					at--;
				if (at >= 2 && (memcmp(line + at - 2, "\xc2\xa0", 2) == 0 ||
						memcmp(line + at - 2, "\xc2\xab", 2) == 0))
					at -= 2;
				return at;
			}
			words++;
			if (i == n)
				break;
		}
		phrase[len++] = ascii_fold(line[i]);
	}
	return n;
}

static bool
capital_or_bracket(char c)
{
	return (c >= 'A' && c <= '[') || c == '(';
}

static size_t
may_begin(const char *line, size_t n, size_t at)
{
	const unsigned bit = n - at >= CUE_BYTES ? filter_bit(line + at) : 0;

	if (n - at < CUE_BYTES || (begins[bit / 64] >> bit % 64 & 1) == 0)
		return n;
	return try_cue(line, n, at);
}

size_t
cue_cut(const char *line, size_t n)
{
	size_t at = n > CUE_TAIL ? n - CUE_TAIL : 0, cut;

	if (at == 0) {
		if (n > 0 && capital_or_bracket(*line) && (cut = may_begin(line, n, 0)) < n)
			return cut;
		at = 1;
	}
	/* 64 readable bytes follow */
	for (; at < n; at += VEC) {
		const vec before = vec_load(line + at - 1), v = vec_load(line + at);
		/* the bracket comes behind Z */
		unsigned left = vec_bits16(vec_is(before, ' ') & (vec_in(v, 'A', '[') | vec_is(v, '(')));

		for (; left != 0; left &= left - 1) {
			const size_t i = at + (unsigned)__builtin_ctz(left);

			if (i < n && initial[(unsigned char)line[i]] && (cut = may_begin(line, n, i)) < n)
				return cut;
		}
	}
	return n;
}
