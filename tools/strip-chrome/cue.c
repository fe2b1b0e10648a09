/* SPDX-License-Identifier: ISC */
/*
 * What the end of a line tells: invitations ("... has said Read Full Article at
 * RT.com") and credits of pictures ("... on Monday. Photograph: Jo Doe/AP").
 * Only the last words of a line are looked at, so a line costs the same whatever
 * its length.
 */
#include "cue.h"

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
	FILTER = 4096,

	CREDIT_LABEL = 1, /* of a picture's credit, before a colon, "by" or "of" */
	CREDIT_AGENCY,	  /* that sells pictures */
	CREDIT_TAIL = 96  /* bytes of a line's end that are looked at for it */
};

#include "strip-chrome/credits.h"
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
static unsigned char begins[FILTER];

/* Of the cues that any number of words may follow: the first byte and the fifth, where all have the same. */
static char post[2];

static unsigned
filter_at(const char *p)
{
	return (unsigned)((little64(p) | 0x2020202020202020u) * 0x9E3779B97F4A7C15u >> 52) % FILTER;
}

void
cue_ready(void)
{
	uint32_t i;

	for (i = 0; i <= cues.mask; i++)
		if (cues.slot[i].n >= CUE_BYTES) {
			const char *key = cues.pool + cues.slot[i].at;

			begins[filter_at(key)] = 1;
			if (cues.slot[i].value == CUE_POST) {
				post[0] = post[0] == 0 || post[0] == key[0] ? key[0] : '\1';
				post[1] = post[1] == 0 || post[1] == key[4] ? key[4] : '\1';
			}
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

/* Where words begin with a capital or a bracket, in the 64 bytes at p. */
static inline uint64_t
capitals(const char *p)
{
	vec at[4];
	size_t k;

#pragma GCC unroll 4
	for (k = 0; k < 4; k++) {
		const vec before = vec_load(p + k * VEC - 1), v = vec_load(p + k * VEC);
		/* the bracket comes behind Z */
		at[k] = vec_is(before, ' ') & (vec_in(v, 'A', '[') | vec_is(v, '('));
	}
	return vec_bits(at[0], at[1], at[2], at[3]);
}

/* May a cue that any number of words may follow begin in the bytes from p up to end? Hardly ever. */
static inline bool
may_post(const char *p, const char *end)
{
	const char first = (char)(post[0] & ~0x20);
	vec any = vec_all(0);
	size_t k;

	for (; p < end; p += VEC_BLOCK)
#pragma GCC unroll 4
		for (k = 0; k < 4; k++) {
			const vec v = vec_load(p + k * VEC), fifth = vec_load(p + k * VEC + 4);

			any |= vec_is(v, first) & vec_is(fifth | vec_all(0x20), post[1]);
		}
	return vec_bits16(any) != 0;
}

/* Where words begin with a letter, in the 64 bytes at p. */
static inline unsigned
count_words(const char *p)
{
	vec at[4];
	uint64_t bits;
	size_t k;

#pragma GCC unroll 4
	for (k = 0; k < 4; k++)
		at[k] = vec_is(vec_load(p + k * VEC), ' ') &
			vec_in(vec_load(p + k * VEC + 1) | vec_all(0x20), 'a', 'z');
	bits = vec_bits(at[0], at[1], at[2], at[3]);
	bits -= bits >> 1 & 0x5555555555555555u;
	bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
	return (unsigned)(((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

size_t
cue_cut(const char *line, size_t n)
{
	size_t at = n > CUE_TAIL ? n - CUE_TAIL : 0, cut, near;
	uint64_t left, hits;

	if (n < CUE_BYTES)
		return n;
	if (at == 0) {
		if (((*line >= 'A' && *line <= '[') || *line == '(') && begins[filter_at(line)] &&
		    (cut = try_cue(line, n, 0)) < n)
			return cut;
		at = 1;
	}
	/* a cue before the line's last words, its own and those that may follow, is one that any number may follow */
	near = n - 2 * VEC_BLOCK;
	if (n > 3 * VEC_BLOCK && post[0] >= 'a' && post[1] >= 'a' &&
	    count_words(line + near) + count_words(line + n - VEC_BLOCK - 1) > CUE_PHRASE + CUE_WORDS + 1 &&
	    !may_post(line + at, line + near))
		at = near;
	/* 64 readable bytes follow */
	for (; at + CUE_BYTES <= n; at += VEC_BLOCK) {
		const size_t most = n - CUE_BYTES - at; /* the last byte where one may begin */

		left = capitals(line + at);
		left &= most < 63 ? ((uint64_t)2 << most) - 1 : ~(uint64_t)0;
		/* no branch depends on which they are */
		for (hits = 0; left != 0; left &= left - 1) {
			const size_t i = vec_first(left);

			hits |= (uint64_t)begins[filter_at(line + at + i)] << i;
		}
		for (; hits != 0; hits &= hits - 1)
			if ((cut = try_cue(line, n, at + vec_first(hits))) < n)
				return cut;
	}
	return n;
}

/* Nothing but words without a small letter at their begin, at most CUE_WORDS, and marks? */
static bool
names(const char *p, size_t n, const char *marks)
{
	size_t i, words = 1;

	for (i = 0; i < n; i++)
		if (p[i] == ' ') {
			words += i + 1 < n && p[i + 1] != ' ';
			if (i + 1 < n && ascii_lower(p[i + 1]))
				return false;
		} else if (p[i] > 0 && p[i] != '\n' && !ascii_alnum(p[i]) && strchr(marks, p[i]) == NULL)
			return false;
	return words <= CUE_WORDS;
}

/* How many bytes of p one of the strings is that it begins with; the last one is empty. */
static size_t
begins_with(const char *p, size_t n, const char *const *any)
{
	size_t m;

	while ((m = strlen(*any)) > n || memcmp(p, *any, m) != 0)
		any++;
	return m;
}

/* "Photograph: Jo Doe", "Image courtesy of Jo Doe": does who made it stand behind the label, up to the line's end? */
static bool
labels(const char *p, size_t n)
{
	static const char *const more[] = { " credit", " Credit", " courtesy", " Courtesy", "" },
				 *const link[] = { ": ", ":", " by ", " of ", "" };
	size_t k = begins_with(p, n, more), m = begins_with(p + k, n - k, link);

	return m > 0 && k + m < n && !ascii_lower(p[k + m]) && few_words(p + k + m, n - k - m);
}

/* "Jo Doe/AP", "(AP)", "Reuters/Jo Doe", "AP Photo/Jo Doe", "via Getty Images": is the agency at line[b, e) credited? */
static bool
credited(const char *line, size_t n, size_t b, size_t e)
{
	static const char *const pictures[] = { " Photo", " Images", "" };
	const size_t k = e + begins_with(line + e, n - e, pictures);
	const bool alone = k == e && line[e] != '/' && (b < 1 || line[b - 1] != '/') &&
			   (b < 1 || line[b - 1] != '(' || line[n - 1] != ')') &&
			   (b < 4 || memcmp(line + b - 4, "via ", 4) != 0);

	return !alone && names(line + k, n - k, "/,)'-");
}

/* "... in the square.Jo Doe": of two elements, without a space; line[b, n) are the names. */
static bool
glued(const char *line, size_t n, size_t b)
{
	size_t i;

	if (b < 2 || line[b - 1] != '.' || !ascii_lower(line[b - 2]))
		return false;
	for (i = b - 1; i > 0 && ascii_alpha(line[i - 1]); i--)
		;
	return i > 0 && line[i - 1] == ' ' && names(line + b, n - b, "/'-");
}

bool
cue_credit(const char *line, size_t n, bool ended)
{
	size_t b = n > CREDIT_TAIL ? n - CREDIT_TAIL : 0, e;
	uint32_t what;

	if (ended && vec_find(line + b, line + n, ':') == NULL) /* most */
		return false;
	for (; b < n; b = e) {
		char word[16];

		e = b + 1;
		if (!ascii_upper(line[b]))
			continue;
		/* texts of two elements may stand without a space: a capital behind a small letter begins a word */
		for (; e < n && (ascii_lower(line[e]) || (ascii_upper(line[e]) && !ascii_lower(line[e - 1])));
		     e++)
			;
		what = 0;
		if (e - b <= sizeof(word)) {
			size_t i;

			for (i = b; i < e; i++)
				word[i - b] = ascii_fold(line[i]);
			what = table_get(&credits, word, e - b);
		}
		if ((what == CREDIT_LABEL && labels(line + e, n - e)) ||
		    (!ended && ((what == CREDIT_AGENCY && credited(line, n, b, e)) || glued(line, n, b))))
			return true;
	}
	return false;
}
