/* SPDX-License-Identifier: ISC */
#include "tokens.h"

#include <stdlib.h>
#include <string.h>

#include "little.h"
#include "u8.h"
#include "vec.h"
#include "when.h"

#include "tag-entities/when.h"

/*
 * What a byte is to the cutter: B_MARK is a mark whatever stands around it, B_QUOTE an apostrophe or
 * an ampersand. Up to B_LINE a word ends before it, a small one before B_STOP too.
 */
enum { B_MARK, B_SPACE, B_LINE, B_STOP, B_QUOTE, B_WIDE, B_LOWER, B_UPPER, B_DIGIT };

static const uint8_t byte_kind[256] = {
	['\t'] = B_SPACE, [' '] = B_SPACE, ['\v'] = B_SPACE, ['\f'] = B_SPACE, ['\n'] = B_LINE,
	['\r'] = B_LINE,  ['.'] = B_STOP,  ['\''] = B_QUOTE, ['&'] = B_QUOTE,  ['a'] = B_LOWER,
	B_LOWER,	  B_LOWER,	   B_LOWER,	     B_LOWER,	       B_LOWER,
	B_LOWER,	  B_LOWER,	   B_LOWER,	     B_LOWER,	       B_LOWER,
	B_LOWER,	  B_LOWER,	   B_LOWER,	     B_LOWER,	       B_LOWER,
	B_LOWER,	  B_LOWER,	   B_LOWER,	     B_LOWER,	       B_LOWER,
	B_LOWER,	  B_LOWER,	   B_LOWER,	     B_LOWER,	       B_LOWER,
	['A'] = B_UPPER,  B_UPPER,	   B_UPPER,	     B_UPPER,	       B_UPPER,
	B_UPPER,	  B_UPPER,	   B_UPPER,	     B_UPPER,	       B_UPPER,
	B_UPPER,	  B_UPPER,	   B_UPPER,	     B_UPPER,	       B_UPPER,
	B_UPPER,	  B_UPPER,	   B_UPPER,	     B_UPPER,	       B_UPPER,
	B_UPPER,	  B_UPPER,	   B_UPPER,	     B_UPPER,	       B_UPPER,
	B_UPPER,	  ['0'] = B_DIGIT, B_DIGIT,	     B_DIGIT,	       B_DIGIT,
	B_DIGIT,	  B_DIGIT,	   B_DIGIT,	     B_DIGIT,	       B_DIGIT,
	B_DIGIT,	  [0x80] = B_WIDE, B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,	       B_WIDE,
	B_WIDE,		  B_WIDE,	   B_WIDE,	     B_WIDE,
};

static inline struct letters
letters_of(const char *p, size_t n)
{
#define EIGHT ~(uint64_t)0
	static const uint64_t first[8 + 17] = {
		0,	     0,		 0,	      0,	   0,		0,	     0,
		0,	     0,		 EIGHT >> 56, EIGHT >> 48, EIGHT >> 40, EIGHT >> 32, EIGHT >> 24,
		EIGHT >> 16, EIGHT >> 8, EIGHT,	      EIGHT,	   EIGHT,	EIGHT,	     EIGHT,
		EIGHT,	     EIGHT,	 EIGHT,	      EIGHT
	};

	return (struct letters){ little64(p) & first[8 + n], little64(p + 8) & first[n] };
}

/* The same made small, where all are letters. */
static inline struct letters
small_letters_of(const char *p, size_t n)
{
	const struct letters l = letters_of(p, n);
	const struct letters bit = letters_of("                ", n); /* a space is what capitals lack */

	return (struct letters){ l.a | bit.a, l.b | bit.b };
}

/*
 * The 16 bytes at p with their capitals made small, into to; which of them are ASCII
 * letters and digits, a bit each.
 */
static inline unsigned
fold16(const char *p, char to[16])
{
	vec v = vec_load(p);

	v |= vec_in(v, 'A', 'Z') & vec_all(0x20);
	vec_store(to, v);
	return vec_bits16(vec_in(v, 'a', 'z') | vec_in(v, '0', '9'));
}

_Static_assert(WORD_MAX + U8_FOLD_MAX <= WORD_FOLD, "room for one character more");

size_t
word_fold(const char *p, size_t n, char fold[WORD_FOLD])
{
	size_t i, out = 0, step;
	struct span s;
	uint32_t cp;

	for (i = 0; i < n && out < WORD_MAX; i += step) {
		step = 1;
		if ((signed char)p[i] >= 0) {
			if (ascii_alnum(p[i]))
				fold[out++] = ascii_fold(p[i]);
			continue;
		}
		step = u8_next(p + i, n - i, &cp);
		s = u8_fold(cp);
		memcpy(fold + out, s.p, s.n);
		out += s.n;
	}
	return out;
}

/* Of any word. */
static uint32_t __attribute__((noinline)) long_hash(const char *p, size_t n)
{
	char fold[WORD_FOLD + 8];
	size_t out = word_fold(p, n, fold);
	uint32_t cp;

	if (out == 0) { /* a mark */
		u8_next(p, n, &cp);
		return MARK_HASH(cp);
	}
	memset(fold + out, 0, 8);
	return (uint32_t)(word_key(fold, out, HASH_SEED) >> 32) | 1;
}

/*
 * Nearly every word is of ASCII letters alone, and few
 * of them: a third of the instructions of long_hash.
 */
uint32_t
word_hash(const char *p, size_t n)
{
	char fold[16];
	unsigned all = (1u << (n & 15)) - 1;

	if (n - 1 < 15 && (fold16(p, fold) & all) == all)
		return (uint32_t)(word_key(fold, n, HASH_SEED) >> 32) | 1;
	return long_hash(p, n);
}

/* A token's flags, kind and shape as one number, for what is reckoned of them together. */
#define LOOK(flags, kind, shape) ((uint32_t)(flags) | (uint32_t)(kind) << 16 | (uint32_t)(shape) << 24)

static inline struct token *
token_put_look(struct token *t, size_t begin, size_t end, uint32_t hash, uint32_t look)
{
	*t = (struct token){ (uint32_t)begin, (uint32_t)end,	     hash,
			     (uint16_t)look,  (uint8_t)(look >> 16), (uint8_t)(look >> 24) };
	return t;
}

static inline struct token *
token_put(struct token *t, size_t begin, size_t end, uint32_t hash, enum token_kind kind,
	  enum token_shape shape, unsigned flags)
{
	return token_put_look(t, begin, end, hash, LOOK(flags, kind, shape));
}

/* The line ends before or behind all tokens, at a byte of the text. */
static void
put_padding(struct token *t, size_t at)
{
	size_t i;

	for (i = 0; i < TOKEN_PAD; i++)
		(void)token_put(t + i, at, at, MARK_HASH('\n'), TOKEN_LINE, SHAPE_LOWER, TOKEN_PARA);
}

/*
 * How many bytes from p on are from `first` to `last`, of ASCII:
 * 0 to 16, with REC_SLACK readable bytes behind the text.
 */
static inline size_t
run_of(const char *p, char first, char last)
{
	return (size_t)__builtin_ctzll(~(uint64_t)vec_bits16(vec_in(vec_load(p), first, last)));
}

/* How many bytes from p on are letters of ASCII, up to 16. */
static inline size_t
letters_run(const char *p)
{
	return (unsigned)__builtin_ctz(~vec_bits16(vec_in(vec_load(p) | vec_all(0x20), 'a', 'z')));
}

uint32_t
word_what(const char *p, size_t n)
{
	const struct when_word *w;
	uint32_t hash;

	if (n - 1 >= WHEN_LONGEST || letters_run(p) < n)
		return 0;
	hash = letters_hash(small_letters_of(p, n));
	w = when_entry(hash);
	return w->hash == hash ? w->value : 0;
}

/* Is the word p[0, n), a full stop behind it, one that owns the stop? */
static bool
owns_stop(const char *p, size_t n)
{
	/* by their first letter, six bytes each */
	static const char *const list[32] = {
		['A' & 31] = "Adm   Apr   Aug   Ariz  Ala   Ave   Ark   Alta  Assn  Amb   ",
		['B' & 31] = "Bros  Brig  Blvd  Bhd   ",
		['C' & 31] = "Corp  Co    Col   Capt  Cmdr  Cpl   Calif Conn  Colo  Cos   ",
		['D' & 31] = "Dr    Dec   Del   Dept  Det   ",
		['F' & 31] = "Ft    Feb   Fla   ",
		['G' & 31] = "Gen   Gov   Ga    ",
		['H' & 31] = "Hon   ",
		['I' & 31] = "Inc   Ill   Ind   Insp  ",
		['J' & 31] = "Jr    Jan   Jun   Jul   ",
		['K' & 31] = "Ky    Kan   ",
		['L' & 31] = "Ltd   Lt    La    ",
		['M' & 31] = ("Mr    Mrs   Ms    Maj   Mt    Msgr  Mar   Mass  Md    Mich  Minn  Mo    Mont  "
			      "Miss  Mex   "),
		['N' & 31] = "Nov   Nev   Neb   ",
		['O' & 31] = "Oct   Ore   Okla  Ont   ",
		['P' & 31] = "Prof  Pvt   Pte   Pa    Penn  Pty   ",
		['Q' & 31] = "Que   ",
		['R' & 31] = "Rep   Rev   Reps  ",
		['S' & 31] = "Sr    St    Sgt   Sen   Spc   Sep   Sept  Sask  Sdn   Ste   Sens  Supt  ",
		['T' & 31] = "Tenn  Tex   ",
		['U' & 31] = "Univ  ",
		['V' & 31] = "Va    Vol   Vt    ",
		['W' & 31] = "Wash  Wis   Wyo   ",
	};
	const char *word;

	if (n == 1)
		return ascii_upper(p[0]);
	if (n > 5 || (word = list[p[0] & 31]) == NULL)
		return false;
	for (; *word != '\0'; word += 6)
		if (memcmp(word, p, n) == 0 && word[n] == ' ')
			return true;
	return false;
}

/* Bytes of the apostrophe at p, 0 for none. */
static inline size_t
apostrophe(const char *p)
{
	if (*p == '\'')
		return 1;
	return (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 && (unsigned char)p[2] == 0x99 ? 3
													 : 0;
}

static bool
is_word_at(const char *p, size_t n)
{
	uint32_t cp;

	if (n == 0)
		return false;
	if ((signed char)*p >= 0)
		return ascii_alnum(*p);
	u8_next(p, n, &cp);
	return u8_class(cp) & U8_WORD;
}

/* How many letters of 's, 're, n't and so on stand at p, behind the apostrophe of a word of n letters. */
static inline size_t
parted(const char *p, size_t n)
{
	static const char one[] = "sStTdDmM";

	if (memchr(one, p[0], sizeof one - 1) != NULL)
		return 1;
	return n > 1 && (memcmp(p, "re", 2) == 0 || memcmp(p, "ve", 2) == 0 || memcmp(p, "ll", 2) == 0) ? 2
													: 0;
}

/*
 * Does the apostrophe of len bytes at p[i] end a
 * word: 's, 're, n't and so on, or nothing of a word?
 */
static bool
parts_word(const char *p, size_t i, size_t n, size_t len, size_t begin)
{
	const char *q = p + i + len;
	size_t left = n - i - len, run = 0;

	if (!is_word_at(q, left))
		return true;
	while (run < left && run < 4 && ascii_alpha(q[run]))
		run++;
	if (run < left && is_word_at(q + run, left - run))
		return false;
	return run > 0 && parted(q, i - begin) == run;
}

/* The part of a domain name behind its stop: joined to the word before. */
static size_t
domain_end(const char *p, size_t n)
{
	static const char *const list[] = { "com", "org", "net", "gov", "edu", "tv",
					    "uk",  "ru",  "co",	 "de",	"eu",  "info" };
	size_t i, len;

	if (n == 0 || !ascii_lower(p[0]))
		return 0;
	for (i = 0; i < sizeof list / sizeof list[0]; i++) {
		if (list[i][0] != p[0])
			continue;
		len = strlen(list[i]);
		if (n >= len && memcmp(p, list[i], len) == 0 && (n == len || !is_word_at(p + len, n - len)))
			return len;
	}
	return 0;
}

/* Left parts that a capital inside a word may follow without a lost space. */
static bool
is_prefix(const char *p, size_t n)
{
	static const char *const list[] = { "al", "el",	 "de",	"la",	"le",	"mc",  "mac", "van",   "von",
					    "di", "du",	 "da",	"des",	"fitz", "ibn", "bin", "abu",   "ul",
					    "ur", "ver", "pro", "anti", "non",	"ex",  "mid", "micro", "re" };
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (strlen(list[i]) == n && memcmp(list[i], p, n) == 0)
			return true;
	return n < 3;
}

/* Of a byte: is it a mark whatever stands around it? */
static inline bool
is_mark(unsigned kind)
{
	return (kind == B_MARK) | (kind == B_STOP);
}

struct word_scan {
	size_t end;
	unsigned nupper, nlower, ndigit, ndot;
	bool first_upper, wide, quote;
};

/* Scan one word from i on: letters, digits and marks, with what stands inside words. */
static void
scan_word(const struct tokens *ts, size_t i, struct word_scan *w)
{
	const char *p = ts->text;
	size_t n = ts->size, begin = i, len, d;
	unsigned class;
	uint32_t cp;
	bool first = true;

	memset(w, 0, sizeof *w);
	while (i < n) {
		switch (byte_kind[(unsigned char)p[i]]) {
		case B_LOWER:
			w->nlower++;
			i++;
			break;
		case B_UPPER:
			/*
			 * a capital after small letters: a space
			 * was lost, unless the word is built so
			 */
			if (w->nlower > 0 && w->nupper == 0 && w->ndigit == 0 && !w->wide &&
			    !is_prefix(p + begin, i - begin))
				goto out;
			if (w->ndigit >= 4 && w->nlower + w->nupper == 0 && i + 1 < n &&
			    ascii_lower(p[i + 1]))
				goto out;
			w->nupper++;
			if (first)
				w->first_upper = true;
			i++;
			break;
		case B_DIGIT:
			w->ndigit++;
			i++;
			break;
		case B_WIDE:
			len = u8_next(p + i, n - i, &cp);
			class = u8_class(cp);
			if (class & U8_UPPER) {
				if (w->nlower > 0 && w->nupper == 0 && w->ndigit == 0 &&
				    !is_prefix(p + begin, i - begin))
					goto out;
				w->nupper++;
				if (first)
					w->first_upper = true;
			} else if (class & (U8_LOWER | U8_CASELESS))
				w->nlower++;
			else if (class & (U8_DIGIT | U8_NUMBER))
				w->ndigit++;
			else if (cp == 0x2019 && !first && !parts_word(p, i, n, 3, begin))
				w->quote = true;
			else if (!(class & (U8_MARK | U8_IGNORE)) || (first && class & U8_IGNORE))
				goto out;
			w->wide = true;
			i += len;
			break;
		case B_STOP:
		case B_QUOTE:
		case B_MARK:
			if (first)
				goto out;
			if (p[i] == '\'') {
				if (parts_word(p, i, n, 1, begin))
					goto out;
				w->quote = true;
				i++;
				break;
			}
			if (p[i] == '.') {
				len = i - begin;
				if (w->ndigit > 0 && w->nupper + w->nlower == 0) {
					if (i + 1 < n && ascii_digit(p[i + 1])) {
						i++;
						break;
					}
					goto out;
				}
				if (len == 1 && begin > 0 && (p[begin - 1] == '&' || p[begin - 1] == ';'))
					goto out; /* AT&T. ends a sentence */
				/* U.S., J.K. */
				if (w->ndot > 0 ? ascii_upper(p[i - 1]) && p[i - 2] == '.'
						: len == 1 && w->nupper == 1) {
					w->ndot++;
					i++;
					if (i < n && ascii_upper(p[i]) &&
					    (i + 1 == n || p[i + 1] == '.' ||
					     !is_word_at(p + i + 1, n - i - 1)))
						break;
					goto out;
				}
				if (w->ndot == 0 && w->first_upper && i + 1 < n &&
				    (d = domain_end(p + i + 1, n - i - 1)) > 0) {
					i += 1 + d;
					w->nlower += (unsigned)d;
					goto out;
				}
				if (w->ndot == 0 && w->first_upper && owns_stop(p + begin, len) &&
				    (i + 1 >= n || !is_word_at(p + i + 1, n - i - 1))) {
					w->ndot++;
					i++;
				}
				goto out;
			}
			if (p[i] == ',' && w->ndigit > 0 && w->nupper + w->nlower == 0 && i + 1 < n &&
			    ascii_digit(p[i + 1]) && ascii_digit(p[i - 1])) {
				i++;
				break;
			}
			goto out;
		default:
			goto out;
		}
		first = false;
	}
out:
	w->end = i;
}

static enum token_shape
shape_of(const struct word_scan *w)
{
	unsigned letters = w->nupper + w->nlower;

	if (w->ndigit > 0)
		return letters > 0 ? SHAPE_MIXED : SHAPE_DIGITS;
	if (w->nupper == 0)
		return SHAPE_LOWER;
	if (w->ndot > 1)
		return SHAPE_DOTTED;
	if (letters == 1)
		return SHAPE_LETTER;
	if (w->nlower == 0)
		return SHAPE_UPPER;
	if (!w->first_upper)
		return SHAPE_INNER;
	return w->nupper > 1 ? SHAPE_CAMEL : SHAPE_INITIAL;
}

/* 24TH, of a line of capitals */
static bool
is_ordinal(const char *p, size_t n)
{
	static const char list[] = "STNDRDTH";
	size_t i;

	if (n < 3 || !ascii_digit(p[0]) || !ascii_digit(p[n - 3]))
		return false;
	for (i = 0; i < sizeof list - 1 && memcmp(list + i, p + n - 2, 2) != 0; i += 2)
		;
	return i < sizeof list - 1;
}

/* Does the line that ends before token `to` end in a full stop, as headlines seldom do? */
static bool
ends_stop(const struct tokens *ts, size_t to)
{
	return to > 0 && ts->tok[to - 1].kind == TOKEN_MARK && ts->text[ts->tok[to - 1].begin] == '.';
}

/* A small word that titles have a capital in: one of more than three letters. */
static inline unsigned
is_small(const struct token *t)
{
	return (t->kind == TOKEN_LOWER) & (t->end - t->begin > 3);
}

/*
 * Tell lines of Title Case and of CAPITALS from the rest; the tokens [from, to) are one, nname of
 * them of TOKEN_NAME. Short function words do not count, rows of a table and lists of names are
 * none, few sentences with a full stop are, and once there are four other small ones for each word
 * with a capital and LINE_ROOM more, it is plain text, whatever follows.
 */
#define LINE_ROOM 8
static void
line_end(struct tokens *ts, size_t from, size_t to, size_t nname)
{
	const unsigned no_initial = 1u << SHAPE_UPPER | 1u << SHAPE_LETTER | 1u << SHAPE_DOTTED;
	int ninit = 0, nupper = 0, nlong = 0; /* with an initial capital, of capitals, longer ones of these */
	int nlow = 0;			      /* small ones, is_small */
	int nmark = 0;			      /* numbers and marks of lists */
	size_t want = (nname + 3) / 4;	      /* small ones that show that it is neither */
	char c;
	const struct token *t;
	unsigned flag = 0, name, upper;
	size_t i;

	/* nearly always the first words show that there are too many small ones for either */
	for (t = &ts->tok[from]; want > 0 && t < &ts->tok[to]; t++)
		want -= is_small(t);
	if (want == 0)
		return;
	for (i = from; i < to; i++) {
		t = &ts->tok[i];
		name = t->kind == TOKEN_NAME;
		upper = name & (t->shape == SHAPE_UPPER);
		nupper += (int)upper;
		nlong += (int)(upper & (t->end - t->begin > 4));
		ninit += (int)(name & ~(no_initial >> t->shape));
		nlow += (int)is_small(t);
		c = ts->text[t->begin];
		nmark += (t->kind == TOKEN_NUMBER) |
			 ((t->kind == TOKEN_MARK) & ((c == ',') | (c == ';') | (c == '(')));
		if (nupper + ninit < 4 * (nlow - LINE_ROOM))
			return;
	}
	if (nupper >= 2 && nlong >= 1 && nupper > 4 * (nlow + ninit))
		flag = TOKEN_CAPS;
	else if (ninit + nupper >= 4 && ninit + nupper >= (ends_stop(ts, to) ? 12 : 6) * nlow &&
		 (nmark <= 2 || ninit + nupper > 3 * nmark))
		flag = TOKEN_TITLE;
	else
		return;
	ts->has_caps = ts->has_caps || flag == TOKEN_CAPS;
	ts->has_title = ts->has_title || flag == TOKEN_TITLE;
	for (i = from; i < to; i++)
		ts->tok[i].flags |= (uint16_t)flag;
}

/* Signs of currencies that amounts begin with. */
static inline bool
is_currency(uint32_t cp)
{
	return (cp == '$') | (cp - 0xA3 <= 0xA5 - 0xA3) | (cp - 0x20A1 <= 0x20BF - 0x20A1);
}

void
tokens_list(struct tokens *ts)
{
	const struct token *t;
	size_t i, n;

	if (ts->n == ts->nlisted) { /* the same tokens, of which some are no names any more */
		for (i = n = 0; i < ts->nname; i++) {
			ts->name[n] = ts->name[i];
			n += ts->tok[ts->name[i]].kind == TOKEN_NAME;
		}
		ts->nname = n;
		return;
	}
	ts->nwhen = ts->nname = 0;
	for (i = 0; i < ts->n; i++) {
		t = &ts->tok[i];
		ts->when[ts->nwhen] = ts->name[ts->nname] = (uint32_t)i;
		ts->nwhen += (t->kind == TOKEN_NUMBER) | ((t->flags & TOKEN_WHEN) != 0) |
			     (t->shape == SHAPE_MIXED) |
			     ((t->kind == TOKEN_MARK) & is_currency(MARK_CP(t->hash))) |
			     ((t->kind == TOKEN_NAME) & (ts->text[t->end] == '$'));
		ts->nname += t->kind == TOKEN_NAME;
	}
	ts->nlisted = ts->n;
}

void
tokens_what(struct tokens *ts, size_t i)
{
	struct token *t = &ts->tok[i];
	size_t n = t->end - t->begin - (t->flags & TOKEN_DOT ? 1 : 0);

	t->flags &= (uint16_t)~TOKEN_WHEN;
	if (word_what(ts->text + t->begin, n) != 0) {
		t->flags |= TOKEN_WHEN;
		ts->nlisted = 0;
	}
}

void
tokens_room(struct tokens *ts, size_t more)
{
	size_t want = ts->n + more + 2 * TOKEN_PAD + 2;

	if (want > ts->cap) {
		ts->cap = want + want / 2;
		ts->base = mem_array(ts->base, ts->cap, sizeof *ts->base);
		ts->tok = ts->base + TOKEN_PAD;
		ts->when = mem_array(ts->when, ts->cap, sizeof *ts->when);
		ts->name = mem_array(ts->name, ts->cap, sizeof *ts->name);
	}
}

/*
 * What becomes of TOKEN_START behind a mark: kept by some, set by
 * some, lost behind the others. And what an amount begins with.
 */
enum { MARK_KEEPS = TOKEN_START, MARK_STARTS = TOKEN_START << 1, MARK_COUNTS = 4 };
static const uint8_t mark_kind[128] = {
	['.'] = MARK_STARTS, ['!'] = MARK_STARTS, ['?'] = MARK_STARTS, [':'] = MARK_STARTS,
	[';'] = MARK_STARTS, ['|'] = MARK_STARTS, ['"'] = MARK_STARTS, ['\''] = MARK_KEEPS,
	['('] = MARK_KEEPS,  ['['] = MARK_KEEPS,  [')'] = MARK_KEEPS,  ['$'] = MARK_COUNTS
};

/* The dashes, quotes and dots of U+2010 to U+203F at p that are plainly marks; 0 for all else. */
static inline uint32_t
common_mark(const char *p)
{
	static const uint64_t marks =
	    1u << 0x13 | 1u << 0x14 | 1u << 0x18 | 1u << 0x19 | 1u << 0x1C | 1u << 0x1D | (uint64_t)1 << 0x26;
	const unsigned char *q = (const unsigned char *)p;

	return q[0] == 0xE2 && q[1] == 0x80 && marks >> (q[2] & 0x3F) & 1 ? 0x2000u | (q[2] & 0x3F) : 0;
}

/*
 * Does a word of n ASCII letters end before p, whatever stands there? Where it may go on, the
 * answer is no: scan_word knows. A full stop may be the word's where it has a capital and is short,
 * or is no sentence's end.
 */
static bool
ends_word(const char *p, const char *end, bool capital, size_t n)
{
	unsigned kind = byte_kind[(unsigned char)*p];
	size_t len;

	if (p >= end || kind == B_SPACE || kind == B_LINE)
		return true;
	if (kind > B_WIDE)
		return false;
	if (kind == B_STOP) /* small letters may be a domain's */
		return !capital || (n > 1 && !ascii_lower(p[1]) && !owns_stop(p - n, n));
	len = apostrophe(p);
	if (len == 0)
		return kind != B_WIDE || common_mark(p) != 0;
	/* a possessive, or a quote's end */
	p += len;
	if (p < end)
		p += parted(p, n);
	return p == end || (p < end && byte_kind[(unsigned char)*p] <= B_QUOTE);
}

/* The same behind a number. */
static inline bool
ends_number(const char *p, const char *end)
{
	if (p >= end)
		return true;
	if (byte_kind[(unsigned char)*p] > B_QUOTE)
		return common_mark(p) != 0 && apostrophe(p) == 0;
	return *p != '\'';
}

/*
 * Behind the number of up to 15 digits at p, with points and commas between them; the n digits
 * alone into to. NULL of a longer one.
 */
static inline const char *
digits_end(const char *p, char to[2 * VEC], size_t *n)
{
	size_t len;

	for (*n = 0;; p++) {
		len = run_of(p, '0', '9');
		vec_store(to + *n, vec_load(p));
		*n += len;
		p += len;
		if (*n >= VEC)
			return NULL;
		if (!((*p == '.') | (*p == ',')) || !ascii_digit(p[1]))
			return p;
	}
}

/* Behind the white space of ASCII from p on, and how many line ends are in it. */
static inline const char *
white_end(const char *p, const char *end, unsigned *nline)
{
	unsigned kind;

	for (*nline = 0; p < end; p++) {
		kind = byte_kind[(unsigned char)*p];
		if (kind != B_LINE && kind != B_SPACE)
			break;
		*nline += *p == '\n';
	}
	return p;
}

_Static_assert(TOKEN_LOWER == 0 && SHAPE_LOWER == 0, "what look is without a capital");

/* Tokens while they are cut. */
struct cut {
	const char *text, *end;
	struct token *next;
	uint32_t n;	       /* number of the next one */
	uint32_t *when, *name; /* where it goes in the lists */
	/* of the next one: TOKEN_START, TOKEN_SPACE; TOKEN_GLUED where a word stands right before it */
	unsigned before;
};

/* The next token, from p to before q. */
static inline struct token *
put(struct cut *c, const char *p, const char *q, uint32_t hash, uint32_t look)
{
	c->n++;
	return token_put_look(c->next++, (size_t)(p - c->text), (size_t)(q - c->text), hash, look);
}

/*
 * A word of letters; look is all but whether it is in when.tsv, which is returned. That, and which
 * have a capital, cannot be foretold, so all take the same steps.
 */
static inline uint32_t
put_word(struct cut *c, const char *p, const char *q, struct letters word, unsigned capital, uint32_t look)
{
	const uint32_t hash = letters_hash(word);
	const size_t seen = when_entry(hash)->hash == hash;

	*c->when = *c->name = c->n;
	c->when += seen;
	c->name += capital;
	put(c, p, q, hash, look | (uint32_t)seen * TOKEN_WHEN);
	return (uint32_t)seen;
}

/* A mark of ASCII that is nothing else, with the space behind it. */
static inline void
put_mark(struct cut *c, const char **p)
{
	const unsigned char cp = (unsigned char)**p;

	*c->when = c->n;
	c->when += mark_kind[cp] >> 2;
	put(c, *p, *p + 1, MARK_HASH(cp), LOOK(c->before & TOKEN_SPACE, TOKEN_MARK, SHAPE_LOWER));
	++*p;
	c->before = (c->before & mark_kind[cp]) | (mark_kind[cp] >> 1 & 1) | (**p == ' ' ? TOKEN_SPACE : 0);
	*p += **p == ' ';
}

/* What comes from p on, as long as it is plain words and marks: returns where it is not. */
static inline const char *
cut_words(struct cut *to, const char *p)
{
	struct cut c = *to;
	struct letters word;
	const char *q;
	unsigned capital;
	uint32_t look, seen;
	size_t len;

	/* a space was lost, and likely the end of a sentence */
	if (c.before & TOKEN_GLUED && ascii_upper(*p))
		c.before |= TOKEN_START;
	/* a letter and small letters behind it: nearly all words, a space behind most */
	while (ascii_alpha(*p)) {
		capital = ~(unsigned)*p >> 5 & 1;
		len = run_of(p + 1, 'a', 'z');
		q = p + 1 + len;
		if (len - capital < VEC - 1 && q <= c.end) {
			word = letters_of(p, len + 1);
			word.a |= 0x20;
			look = c.before | (LOOK(0, TOKEN_NAME, SHAPE_INITIAL) & -capital);
			if (*q == ' ') {
				put_word(&c, p, q, word, capital, look);
				c.before = TOKEN_SPACE;
				p = q + 1;
				continue;
			}
			if (byte_kind[(unsigned char)*q] + capital > B_STOP &&
			    !ends_word(q, c.end, capital, len + 1))
				break;
		} else {
			if (!capital || len > 0 || p >= c.end)
				break;
			/* capitals alone */
			len = run_of(p, 'A', 'Z');
			q = p + len;
			if (len >= VEC || q > c.end || !ends_word(q, c.end, true, len))
				break;
			word = small_letters_of(p, len);
			look = LOOK(c.before, TOKEN_NAME, len > 1 ? SHAPE_UPPER : SHAPE_LETTER);
		}
		seen = put_word(&c, p, q, word, capital, look);
		c.when += (*q == '$') & capital & ~seen;
		p = q;
		if (*p == ' ') {
			c.before = TOKEN_SPACE;
			p++;
			continue;
		}
		c.before = TOKEN_GLUED;
		if (p >= c.end || !is_mark(byte_kind[(unsigned char)*p]))
			break;
		put_mark(&c, &p);
	}
	*to = c;
	return p;
}

void
tokens_read(struct tokens *ts, const char *text, size_t size)
{
	const char *p = text, *end = text + size, *q;
	size_t len, a, from = 0; /* from: the line's first token */
	unsigned kind, class, nline;
	uint32_t cp;
	struct word_scan w;
	struct token *t;
	struct cut c;
	char digits[2 * VEC];
	uint32_t *line_name;
	bool when;

	ts->text = text;
	ts->size = size;
	ts->n = 0;
	ts->has_caps = ts->has_title = ts->has_camel = false;
	tokens_room(ts, size); /* no token is less than a byte */
	put_padding(ts->base, 0);
	c = (struct cut){ .text = text,
			  .end = end,
			  .next = ts->tok,
			  .when = ts->when,
			  .name = ts->name,
			  .before = TOKEN_START | TOKEN_SPACE };
	line_name = c.name;
	for (;;) {
		p = cut_words(&c, p);
		if (p >= end)
			break;
		kind = byte_kind[(unsigned char)*p];
		if (is_mark(kind)) {
			put_mark(&c, &p);
			continue;
		}
		switch (kind) {
		case B_SPACE:
			p++;
			c.before = (c.before & TOKEN_START) | TOKEN_SPACE;
			continue;
		case B_LINE:
			q = white_end(p, end, &nline);
			line_end(ts, from, c.n, (size_t)(c.name - line_name));
			put(&c, p, q, MARK_HASH('\n'),
			    LOOK(nline > 1 ? TOKEN_PARA : 0, TOKEN_LINE, SHAPE_LOWER));
			from = c.n;
			line_name = c.name;
			c.before = TOKEN_START | TOKEN_SPACE;
			p = q;
			continue;
		case B_DIGIT:
			/* nothing behind it that may belong to the number */
			q = digits_end(p, digits, &len);
			if (q == NULL || q > end || !ends_number(q, end))
				break;
			if (c.before & TOKEN_GLUED)
				c.before |= TOKEN_START;
			*c.when++ = c.n;
			put(&c, p, q, letters_hash(letters_of(digits, len)),
			    LOOK(c.before, TOKEN_NUMBER, SHAPE_DIGITS));
			c.before = TOKEN_GLUED;
			p = q;
			continue;
		case B_QUOTE:
			len = 1;
			cp = (unsigned char)*p;
			goto mark;
		case B_WIDE:
			cp = common_mark(p);
			len = 3;
			if (cp == 0) {
				len = u8_next(p, (size_t)(end - p), &cp);
				class = u8_class(cp);
				if (class & (U8_SPACE | U8_IGNORE)) {
					if (class & U8_SPACE)
						c.before = (c.before & TOKEN_START) | TOKEN_SPACE;
					p += len;
					continue;
				}
				if (class & U8_WORD)
					break;
			}
			if (cp == 0x2018 || cp == 0x2019)
				cp = '\'';
			else if (cp == 0x201C || cp == 0x201D || cp == 0xAB || cp == 0xBB || cp == 0x201E)
				cp = '"';
			else if (cp == 0x2010 || cp == 0x2011)
				cp = '-';
			else if (cp == 0x2013 || cp == 0x2014 || cp == 0x2012 || cp == 0x2015)
				cp = 0x2013;
			else if (cp == 0x2026)
				cp = '.';
		mark:
			q = p + len;
			if (cp == '&' && end - q > 3 && memcmp(q, "amp;", 4) == 0) /* of HTML, read as one */
				q += 4;
			a = c.before & TOKEN_GLUED ? apostrophe(p) : 0;
			if (a > 0 && q < end && (*q == 's' || *q == 'S') &&
			    !is_word_at(q + 1, (size_t)(end - q - 1))) {
				put(&c, p, q + 1, MARK_HASH('s'), LOOK(0, TOKEN_POSS, SHAPE_LOWER));
				p = q + 1;
				c.before = TOKEN_GLUED;
				if (p < end && *p == ' ') {
					c.before = TOKEN_SPACE;
					p++;
				}
				continue;
			}
			*c.when = c.n;
			c.when += is_currency(cp);
			t = put(&c, p, q, MARK_HASH(cp),
				LOOK(c.before & TOKEN_SPACE, TOKEN_MARK, SHAPE_LOWER));
			if (a > 0 && !is_word_at(q, (size_t)(end - q)) && (p[-1] == 's' || p[-1] == 'S'))
				t->kind = TOKEN_POSS;
			/* the Metal Workers ' Union */
			else if (cp == '\'' && t->flags & TOKEN_SPACE && *q == ' ' && q < end &&
				 t[-1].kind == TOKEN_NAME && text[t[-1].end - 1] == 's')
				t->kind = TOKEN_POSS;
			if (cp < 128)
				c.before = (c.before & mark_kind[cp]) | (mark_kind[cp] >> 1 & 1);
			else
				c.before = cp == 0x2022 || cp == 0x2013 ? TOKEN_START : 0;
			p = q;
			c.before |= *p == ' ' ? TOKEN_SPACE : 0;
			p += *p == ' ';
			continue;
		default:
			break;
		}
		scan_word(ts, (size_t)(p - text), &w);
		q = text + w.end;
		if (q == p) { /* cannot be: a word character begins a word */
			p++;
			continue;
		}
		if (c.before & TOKEN_GLUED)
			c.before |= TOKEN_START;
		len = (size_t)(q - p);
		*c.name = *c.when = c.n;
		t = put(&c, p, q, word_hash(p, len),
			LOOK(c.before | (w.ndot > 0 ? TOKEN_DOT : 0u) | (w.wide ? TOKEN_WIDE : 0u) |
				 (w.quote ? TOKEN_QUOTE : 0u),
			     w.nupper > 0 && len <= WORD_MAX && !is_ordinal(p, len) ? TOKEN_NAME
			     : w.ndigit > 0 && (ascii_digit(*p) || w.nlower == 0)   ? TOKEN_NUMBER
										    : TOKEN_LOWER,
			     shape_of(&w)));
		ts->has_camel = ts->has_camel || t->shape == SHAPE_CAMEL;
		when = t->kind != TOKEN_NUMBER && word_what(p, len - (w.ndot > 0)) != 0;
		if (when)
			t->flags |= TOKEN_WHEN;
		c.name += t->kind == TOKEN_NAME;
		c.when += t->kind == TOKEN_NUMBER || when || t->shape == SHAPE_MIXED ||
			  (t->kind == TOKEN_NAME && q < end && *q == '$');
		c.before = TOKEN_GLUED;
		p = q;
	}
	ts->n = ts->nlisted = c.n;
	ts->nwhen = (size_t)(c.when - ts->when);
	ts->nname = (size_t)(c.name - ts->name);
	line_end(ts, from, ts->n, (size_t)(c.name - line_name));
	put_padding(c.next, size);
}

void
tokens_free(struct tokens *ts)
{
	free(ts->base);
	free(ts->when);
	free(ts->name);
	memset(ts, 0, sizeof *ts);
}
