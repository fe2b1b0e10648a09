/* SPDX-License-Identifier: ISC */
/*
 * What the end of a line tells: invitations ("... has said Read Full Article at
 * RT.com") and credits of pictures ("... on Monday. Photograph: Jo Doe/AP"), and
 * what its begin does: notices to readers ("Sign up for our newsletter ...").
 * Only the last or first words of a line are looked at, so a line costs the same
 * whatever its length.
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
	FILTER = 16384, /* one of 4,096 lets twice as many lines through */
	BEGINS_CUE = 1, /* in the filter */
	BEGINS_OPENING = 2,
	OPENING_BYTES = 40, /* more than the longest opening has */
	OPENING_MOST = 600, /* bytes of a line that goes by it: an article may follow in one line */

	CREDIT_LABEL = 1, /* of a picture's credit, before a colon, "by" or "of" */
	CREDIT_AGENCY,	  /* that sells pictures */
	CREDIT_TAIL = 96  /* bytes of a line's end that are looked at for it */
};

#include "strip-chrome/credits.h"
#include "strip-chrome/cues.h"
#include "strip-chrome/openings.h"

/* Nothing but three dots, an arrow, brackets or space? */
static bool
bare(const char *p, size_t n)
{
	size_t i, ndot = 0;

	for (i = 0; i < n; i++) {
		if (ascii_alnum(p[i]))
			return false;
		ndot += p[i] == '.';
	}
	return ndot == 0 || ndot == 3;
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
 * filter that cue_ready makes of the cues; another bit of it is for openings.
 */
static unsigned char begins[FILTER];

/*
 * Or the first byte and the fifth: groups of cues, a bit for each, by the low and the high half of
 * the one and of the other.
 */
static unsigned char group_of[2][2][16];

static unsigned
filter_at(const char *p)
{
	return (unsigned)((little64(p) | 0x2020202020202020u) * 0x9E3779B97F4A7C15u >> 48) % FILTER;
}

/* The group has cues with byte c, a small letter also as a capital. */
static void
add_group(unsigned char to[2][16], char c, unsigned group)
{
	const int other = ascii_lower(c) ? c ^ 0x20 : c;

	to[0][c & 15] |= (unsigned char)group;
	to[1][c >> 4 & 15] |= (unsigned char)group;
	to[1][other >> 4 & 15] |= (unsigned char)group;
}

void
cue_ready(void)
{
	uint32_t i;

	for (i = 0; i <= cues.mask; i++)
		if (cues.slot[i].n >= CUE_BYTES) {
			const char *key = cues.pool + cues.slot[i].at;
			const unsigned group = 1u << (unsigned char)key[0] % 8;

			begins[filter_at(key)] |= BEGINS_CUE;
			add_group(group_of[0], ascii_lower(key[0]) ? key[0] ^ 0x20 : key[0], group);
			add_group(group_of[1], key[4], group);
		}
	for (i = 0; i <= openings.mask; i++)
		if (openings.slot[i].n >= CUE_BYTES)
			begins[filter_at(openings.pool + openings.slot[i].at)] |= BEGINS_OPENING;
}

/* May a word of a cue end before p: before space, three dots, an arrow, a bracket? */
static bool
ends_word(const char *p)
{
	return strchr(" :>)]", *p) != NULL || memcmp(p, "...", 3) == 0 ||
	       (*p & 0x80 && memcmp(p, "\xe2\x80\x99", 3) != 0);
}

/* The cue at line[at], if it is one: where the article ends; else n. */
static size_t
try_cue(const char *line, size_t n, size_t at)
{
	char phrase[64];
	size_t i, len = 0, words = 0;

	for (i = at;; i++) {
		const char *rest = line + i;

		if (len >= CUE_BYTES && (i == n || ends_word(rest))) {
			const uint32_t what = table_get(&cues, phrase, len);

			if ((what == CUE_END && few_words(rest, n - i)) ||
			    (what == CUE_BARE && bare(rest, n - i)) ||
			    (what == CUE_POST && holds(rest, n - i, " appeared first on ")))
				break;
		}
		if (i == n || len == sizeof(phrase) || (*rest == ' ' && ++words == CUE_PHRASE))
			return n;
		phrase[len++] = ascii_fold(*rest);
	}
	while (at > 0 && (line[at - 1] == ' ' || line[at - 1] == '|' || line[at - 1] == '('))
		at--;
	if (at >= 2 &&
	    (memcmp(line + at - 2, "\xc2\xa0", 2) == 0 || memcmp(line + at - 2, "\xc2\xab", 2) == 0))
		at -= 2;
	return at;
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

#ifdef VEC_WIDE
enum { WIDE = 32 }; /* bytes */

/* The groups of cues that bytes may be of, by both halves of each. */
VEC_WIDE static inline __m256i
groups(unsigned char (*of)[16], const char *p)
{
	const __m256i low =
			  _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)of[0])),
		      high =
			  _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)of[1])),
		      v = _mm256_loadu_si256((const __m256i *)(const void *)p), mask = _mm256_set1_epi8(15);

	return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(v, mask)),
				_mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), mask)));
}

/* Where a cue behind a space may begin in line[at, n): the first such place, else n. */
VEC_WIDE static size_t
next_cue(const char *line, size_t n, size_t at)
{
	for (; at < n; at += WIDE) {
		const char *p = line + at;
		const __m256i none =
		    _mm256_cmpeq_epi8(_mm256_and_si256(groups(group_of[0], p), groups(group_of[1], p + 4)),
				      _mm256_setzero_si256());
		const __m256i before = _mm256_cmpeq_epi8(
		    _mm256_loadu_si256((const __m256i *)(const void *)(p - 1)), _mm256_set1_epi8(' '));
		const unsigned bits = (unsigned)_mm256_movemask_epi8(_mm256_andnot_si256(none, before));

		if (bits != 0)
			return at + vec_first(bits) < n ? at + vec_first(bits) : n;
	}
	return n;
}
#endif

/* Is all of the line an invitation? */
static bool
invites(const char *line, size_t n)
{
	return n >= CUE_BYTES && ((*line >= 'A' && *line <= '[') || *line == '(') &&
	       begins[filter_at(line)] & BEGINS_CUE && try_cue(line, n, 0) == 0;
}

size_t
cue_cut(const char *line, size_t n)
{
	size_t at = n > CUE_TAIL ? n - CUE_TAIL : 0, cut;
	uint64_t left;

	if (n < CUE_BYTES)
		return n;
	if (at == 0) {
		if (invites(line, n))
			return 0;
		at = 1;
	}
	/* 64 readable bytes follow */
#ifdef VEC_WIDE
	if (vec_wide()) {
		const size_t end = n - CUE_BYTES + 1;

		while ((at = next_cue(line, end, at)) < end) {
			if (begins[filter_at(line + at)] & BEGINS_CUE && (cut = try_cue(line, n, at)) < n)
				return cut;
			at++;
		}
		return n;
	}
#endif
	for (; at + CUE_BYTES <= n; at += VEC_BLOCK) {
		const size_t most = n - CUE_BYTES - at; /* the last byte where one may begin */

		left = capitals(line + at);
		left &= most < 63 ? ((uint64_t)2 << most) - 1 : ~(uint64_t)0;
		for (; left != 0; left &= left - 1) {
			const size_t i = at + vec_first(left);

			if (begins[filter_at(line + i)] & BEGINS_CUE && (cut = try_cue(line, n, i)) < n)
				return cut;
		}
	}
	return n;
}

/* Does another element's text follow without a space: "... in your inbox.The port of"? */
static bool
joined(const char *p, size_t n)
{
	size_t i;

	for (i = 2; i < n; i++)
		if (ascii_upper(p[i]) && strchr(".!?", p[i - 1]) != NULL && ascii_lower(p[i - 2]))
			return true;
	return false;
}

/* What the opening says that the line begins with, if nothing else is joined to it; else 0. */
static unsigned __attribute__((noinline)) try_opening(const char *line, size_t n)
{
	char phrase[OPENING_BYTES];
	uint32_t what = 0;
	size_t i;

	for (i = 0; i <= n && i < sizeof(phrase) && what == 0; i++) {
		if (i >= CUE_BYTES && (i == n || !ascii_alnum(line[i])))
			what = table_get(&openings, phrase, i);
		phrase[i] = ascii_digit(line[i]) ? '0' : ascii_fold(line[i]);
	}
	return what != 0 && !joined(line, n) ? what : 0;
}

unsigned
cue_opening(const char *line, size_t n)
{
	const unsigned may = n < CUE_BYTES ? 0 : begins[filter_at(line)];

	if (may == 0) /* most */
		return 0;
	if (invites(line, n))
		return OPENING_NOTICE;
	return may & BEGINS_OPENING && n <= OPENING_MOST ? try_opening(line, n) : 0;
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
		} else if (p[i] > 0 && !ascii_space(p[i]) && !ascii_alnum(p[i]) &&
			   strchr(marks, p[i]) == NULL)
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

/*
 * "Photograph: Jo Doe", "Image courtesy of Jo Doe": does who made it stand behind the label, up to
 * the line's end?
 */
static bool
labels(const char *p, size_t n)
{
	static const char *const more[] = { " credit", " Credit", " courtesy", " Courtesy", "" },
				 *const link[] = { ": ", ":", " by ", " of ", "" };
	size_t k = begins_with(p, n, more), m = begins_with(p + k, n - k, link);

	return m > 0 && k + m < n && !ascii_lower(p[k + m]) && few_words(p + k + m, n - k - m);
}

/*
 * "Jo Doe/AP", "(AP)", "Reuters/Jo Doe", "AP Photo/Jo Doe", "via Getty Images": is the agency at
 * line[b, e) credited?
 */
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

/* The first capital in line[at, n), else n. */
static inline size_t
next_capital(const char *line, size_t n, size_t at)
{
	for (; at < n; at += VEC) {
		const unsigned bits = vec_bits16(vec_in(vec_load(line + at), 'A', 'Z'));

		if (bits != 0)
			return at + vec_first(bits) < n ? at + vec_first(bits) : n;
	}
	return n;
}

bool
cue_credit(const char *line, size_t n, bool ended)
{
	size_t b = n > CREDIT_TAIL ? n - CREDIT_TAIL : 0, e;
	uint32_t what;

	if (ended && vec_find(line + b, line + n, ':') == NULL) /* most */
		return false;
	for (; (b = next_capital(line, n, b)) < n; b = e) {
		char word[16];

		e = b + 1;
		/*
		 * texts of two elements may stand without a space: a capital behind a small letter
		 * begins a word
		 */
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
