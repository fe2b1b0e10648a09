/* SPDX-License-Identifier: ISC */
/*
 * The columns of a unit by itself, from one pass over its bytes. Of a long unit
 * the first SCAN_MAX bytes are looked at and the rest counted alike.
 * It is compiled twice, see words.h.
 */
#include "cue.h"
#include "little.h"
#include "marks.h"
#include "page.h"
#include "scan.h"
#include "seen.h"
#include "vec.h"
#include "vocab.h"
#include "words.h"

enum {
	CUT_MIN = 60,	 /* bytes of a unit that may have an invitation at its end */
	CAPTION = 100,	 /* words of the longest caption of a picture */
	TOKEN_WORDS = 16 /* words of a unit, from its start, that the lexical sum counts */
};

static unsigned
phrase_bits(const unsigned char *phrase, uint32_t hash)
{
	size_t i;

	for (i = hash >> 7 & (PHRASE_SLOTS - 1);; i = (i + 1) & (PHRASE_SLOTS - 1)) {
		const unsigned char *p = phrase + 5 * i;

		if (p[4] == 0)
			return 0;
		if (little32(p) == hash)
			return p[4];
	}
}

static bool
in_last(const unsigned char *p, size_t n, const char *word)
{
	size_t m = strlen(word), i;

	for (i = 0; i + m <= n; i++)
		if (p[i] == (unsigned char)*word && memcmp(p + i, word, m) == 0)
			return true;
	return false;
}

/* Does the line end by naming the maker of a picture: "(Jane Roe/Agency)"? */
static bool
credited(const unsigned char *p, size_t n, unsigned ends)
{
	size_t from = n > 100 ? n - 100 : 0, i;

	if (ends == END_LETTER || ends == END_CAPITAL)
		return n >= 13 && (memcmp(p + n - 12, "Getty Images", 12) == 0 ||
				   memcmp(p + n - 12, "Shutterstock", 12) == 0);
	for (i = n; i > from && p[i - 1] != '('; i--)
		;
	if (i == from || n - i < 4)
		return false;
	p += i;
	n -= i;
	for (i = 1; i + 1 < n; i++)
		if (p[i] == '/' &&
		    (byte_is[p[i - 1]] == BYTE_SMALL || byte_is[p[i - 1]] == BYTE_CAPITAL ||
		     p[i - 1] == ' ') &&
		    (byte_is[p[i + 1]] == BYTE_CAPITAL || p[i + 1] == ' '))
			return true;
	return in_last(p, n, "Photo") || in_last(p, n, "Getty") || in_last(p, n, "Image") ||
	       in_last(p, n, " via ") || in_last(p, n, "Credit") || in_last(p, n, "photo") ||
	       in_last(p, n, "Courtesy");
}

/* share n/of in 1..33 */
static inline uint8_t
share(unsigned n, unsigned of)
{
	return (uint8_t)(1 + scan_parts(n, 32, of));
}

static uint8_t
cap(unsigned n, unsigned most)
{
	return (uint8_t)(1 + (n < most ? n : most));
}

struct marks {
	unsigned comma;
	unsigned kinds; /* HAS_ bits of what there is */
};

_Static_assert((int)WORDS_MAX <= (int)SCAN_PARTS, "shares of them are made");

enum { HAS_COMMA = 1, HAS_POINT = 2, HAS_APOSTROPHE = 4, HAS_COLON = 8, HAS_BAR = 16 };

/* The bits of set, each moved to the next byte's place or the one before's. */
static inline uint64_t
behind(const uint64_t *set, size_t k)
{
	return set[k] << 1 | (k > 0 ? set[k - 1] >> 63 : 0);
}

static inline uint64_t
before(const uint64_t *set, size_t k)
{
	return set[k] >> 1 | set[k + 1] << 63;
}

/*
 * Marks of ASCII; those inside of a number and apostrophes join the words. No branch depends on
 * which they are.
 */
VEC_INLINE void
count_marks(struct classes *c, const unsigned char *p, size_t len, struct marks *m)
{
	static const uint8_t is[128] = { [','] = HAS_COMMA,
					 ['.'] = HAS_POINT,
					 ['\''] = HAS_APOSTROPHE,
					 [':'] = HAS_COLON,
					 ['|'] = HAS_BAR };
	size_t k;
	uint64_t left;

	for (k = 0; 64 * k < len; k++) {
		uint64_t comma = 0, point = 0, apostrophe = 0, inside;

		for (left = c->mark[k]; left != 0; left &= left - 1) {
			const uint64_t bit = left & -left;
			const unsigned kinds = is[p[64 * k + (unsigned)__builtin_ctzll(left)]];

			m->kinds |= kinds;
			comma |= bit & -(uint64_t)(kinds & 1);
			point |= bit & -(uint64_t)(kinds >> 1 & 1);
			apostrophe |= bit & -(uint64_t)(kinds >> 2 & 1);
		}
		if ((comma | point | apostrophe) == 0)
			continue;
		inside = (comma | point) & behind(c->digit, k) & before(c->digit, k);
		m->comma += (unsigned)__builtin_popcountll(comma & ~inside);
		c->word[k] |= inside | (apostrophe & behind(c->word, k) & before(c->small, k));
	}
}

struct forms {
	unsigned longer;  /* words of four bytes or more that begin with a letter */
	unsigned capital; /* of those, the ones with a capital first, but the unit's first word */
	unsigned upper;	  /* words of two bytes or more, all capitals */
	unsigned figure;  /* words with a digit in them */
};

/*
 * What words look like, by bits, all of 64 bytes at once. A sum of capitals and
 * first capitals carries through every run of capitals to the byte behind it.
 */
VEC_INLINE void
count_forms(const struct classes *c, size_t len, struct forms *f)
{
	uint64_t before = 0, carry = 0, first = 1;
	size_t k;

	for (k = 0; 64 * k < len; k++) {
		const uint64_t w = c->word[k], next = c->word[k + 1], upper = c->upper[k] & w;
		const uint64_t begin = w & ~(w << 1 | before), two = begin & (w >> 1 | next << 63);
		const uint64_t four = two & (w >> 2 | next << 62) & (w >> 3 | next << 61) & ~c->digit[k];
		uint64_t digit = c->digit[k] & w, sum = upper + carry, rest;

		before = w >> 63;
		if (four != 0)
			f->longer += (unsigned)__builtin_popcountll(four);
		if (upper != 0 || carry != 0) {
			f->capital += (unsigned)__builtin_popcountll(four & upper);
			carry = sum < carry;
			sum += two & upper;
			carry |= sum < (two & upper);
			f->upper += (unsigned)__builtin_popcountll(sum & ~upper & ~w);
		}
		if (first != 0 && begin != 0) {
			f->capital -= (begin & -begin & four & upper) != 0;
			first = 0;
		}
		while (digit != 0) {
			const unsigned i = (unsigned)__builtin_ctzll(digit);

			f->figure++;
			rest = ~w >> i; /* the word's end, if it ends here */
			digit = rest == 0 ? 0 : digit & ~(uint64_t)0 << i << __builtin_ctzll(rest);
		}
	}
}

/*
 * The hash of the words before a colon or a bar among the first four, 0 if there is none;
 * an l that stands alone behind the first word is taken for a bar.
 */
static uint32_t
lead_of(const struct classes *c, const unsigned char *p, size_t len, unsigned nword, const uint32_t *hash)
{
	uint32_t all = HASH_START;
	size_t i = next_word(c, 0, len), next;
	unsigned k;

	for (k = 0; k < 4 && k < nword; k++) {
		next = word_end(c, i, len);
		if (k == 1 && next == i + 1 && p[i] == 'l')
			return all;
		all = HASH_STEP(all, hash[k]);
		i = next;
		for (next = next_word(c, i, len); i < next; i++)
			if (p[i] == ':' || p[i] == '|')
				return all;
	}
	return 0;
}

/* The hash of the first word, p[begin, end) with *hash, and of the marks up to the second one. */
VEC_INLINE uint32_t
prefix_of(const unsigned char *p, size_t begin, size_t end, size_t second, const uint32_t *hash)
{
	uint32_t h = HASH_START;
	size_t i;

	for (i = 0; i < begin; i++)
		if (byte_is[p[i]] == BYTE_MARK)
			h = HASH_STEP(h, p[i]);
	if (begin < end)
		h = HASH_STEP(h, *hash);
	for (i = end; i < second; i++)
		if (byte_is[p[i]] == BYTE_MARK)
			h = HASH_STEP(h, p[i]);
	return hash_key(h);
}

/* Does a line say "Credit:" or "Photo:"? */
static bool
credits(const unsigned char *p, size_t n)
{
	const unsigned char *q = p, *end = p + n;

	while ((q = memchr(q, ':', (size_t)(end - q))) != NULL) {
		if ((q - p >= 6 && memcmp(q - 6, "Credit", 6) == 0) ||
		    (q - p >= 5 && memcmp(q - 5, "Photo", 5) == 0))
			return true;
		q++;
	}
	return false;
}

VEC_INLINE unsigned
cue_of(const unsigned char *p, size_t n, size_t len, const struct unit *u, const struct marks *m,
       uint32_t lead, unsigned nword, unsigned ends, unsigned line_bits, const unsigned char *phrase)
{
	unsigned cue = CUE_NONE;

	if ((line_bits & PHRASE_LINE) != 0)
		return CUE_LINE;
	if (lead != 0) {
		const unsigned bits = phrase_bits(phrase, lead);

		cue = bits & PHRASE_VIDEO  ? CUE_VIDEO
		      : bits & PHRASE_LEAD ? CUE_LEAD
		      : bits & PHRASE_HINT ? CUE_HINT
					   : CUE_NONE;
	}
	if (cue <= CUE_HINT &&
	    ((u->nword <= CAPTION && ends >= END_CAPITAL && ends <= END_BRACKET && credited(p, n, ends)) ||
	     ((m->kinds & HAS_COLON) != 0 && nword <= 16 && credits(p, len))))
		cue = CUE_CREDIT;
	return cue;
}

static inline uint16_t
style_of(uint32_t nword, unsigned ends, unsigned starts, bool marked)
{
	static const uint8_t end_group[16] = {
		[END_DIGIT] = 1, [END_CAPITAL] = 1, [END_LETTER] = 2, [END_BRACKET] = 3,
		[END_COLON] = 4, [END_DOTS] = 5,    [END_DASH] = 5,   [END_COMMA] = 5,
		[END_QUOTE] = 6, [END_CALL] = 6,    [END_STOP] = 7,   [END_QUOTED_STOP] = 7
	};
	static const uint8_t start_group[16] = {
		[START_CAPITALS] = 1, [START_LETTER] = 1, [START_CAPITAL] = 1,
		[START_QUOTE] = 2,    [START_SMALL] = 3,  [START_INNER] = 3
	};
	static const uint8_t size[32] = { 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2,
					  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };

	return (uint16_t)(((size[nword & 31] * 8u + end_group[ends & 15]) * 4 + start_group[starts & 15]) *
			      2 +
			  marked + (nword >= 32 ? (4u - size[nword & 31]) * 64 : 0));
}

/* What is made of the n words. */
struct sums {
	uint32_t all;  /* the hash of them all */
	uint32_t last; /* of the last one */
	int32_t sum;   /* of the weights of the tokens of the first TOKEN_WORDS */
	unsigned nvocab;
};

typedef uint32_t hash4 __attribute__((vector_size(16)));

/*
 * Returns the weight of the word of this hash and token; its number goes to *vocab, if it is no
 * function word.
 */
VEC_INLINE int32_t
add_word(struct sums *s, uint16_t **vocab, uint32_t hash, uint32_t token, const signed char *word)
{
	const int32_t weight = word[token];

	s->all = HASH_STEP(s->all, hash);
	**vocab = (uint16_t)(token % PAGE_VOCAB);
	*vocab += (weight & PAGE_FUNCTION) ^ 1;
	return weight;
}

/*
 * word: weights and PAGE_FUNCTION bits; the numbers of those that are no function words go to
 * vocab. hash[-1] is 0; what follows the last one may be anything.
 */
VEC_INLINE struct sums
sum_words(const uint32_t *hash, unsigned n, const signed char *word, uint16_t *vocab)
{
	const unsigned nlexical = n < TOKEN_WORDS ? n : TOKEN_WORDS;
	const uint16_t *const first = vocab;
	struct sums s = { .all = HASH_START, .last = hash[(int)n - 1] };
	uint32_t token[WORDS_MAX + 4], pair[TOKEN_WORDS + 4];
	unsigned k;

	for (k = 0; k < n; k += 4) {
		const hash4 own = (hash4)vec_load(hash + k);

		vec_store(token + k, (vec)HASH_TOKENS(own));
	}
	for (k = 0; k < nlexical; k += 4) {
		const hash4 own = (hash4)vec_load(hash + k), before = (hash4)vec_load(hash + (int)k - 1);

		vec_store(pair + k, (vec)HASH_TOKENS(before * 31 + own));
	}
	for (k = 0; k < nlexical; k++)
		s.sum += word[pair[k]] + add_word(&s, &vocab, hash[k], token[k], word);
	for (; k < n; k++)
		(void)add_word(&s, &vocab, hash[k], token[k], word);
	s.nvocab = (unsigned)(vocab - first);
	return s;
}

/* The tokens that the lexical sum is of: for the trainer, which weighs them later. */
static void
put_tokens(struct page *g, struct unit *u, const uint32_t *hash, unsigned nword, unsigned starts,
	   unsigned ends)
{
	uint32_t last = 0;
	uint16_t *token;
	unsigned k;

	while (g->token_cap - g->ntoken < 2 * TOKEN_WORDS + 2)
		g->token = mem_double(g->token, &g->token_cap, sizeof(*g->token));
	token = g->token + g->ntoken;
	for (k = 0; k < nword && k < TOKEN_WORDS; k++) {
		*token++ = HASH_TOKEN(hash[k]);
		*token++ = HASH_TOKEN(last * 31 + hash[k]);
		last = hash[k];
	}
	*token++ = HASH_TOKEN((nword > 0 ? hash[nword - 1] : 0) * 7 + ends);
	*token++ = HASH_TOKEN((starts - 1) * 64 + ends + 0x5000000u);
	u->lexical = (uint32_t)g->ntoken;
	u->nlexical = (uint32_t)(token - g->token) - u->lexical;
	g->ntoken += u->nlexical;
}

/* Fill u and its columns by itself; weigh: COL_LEXICAL too, else the tokens for it. */
VEC_INLINE void
fill_unit(struct page *g, struct unit *u, uint8_t *cell, const signed char *word, const unsigned char *phrase,
	  bool weigh, bool quickly)
{
	const unsigned char *p = (const unsigned char *)g->text + u->from;
	size_t n = u->to - u->from, len = n < SCAN_MAX ? n : SCAN_MAX, begin, end, second;
	static const uint16_t none[PAGE_VOCAB_STEP] = { PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB,
							PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB, PAGE_VOCAB };
	struct marks m = { 0 };
	struct forms f = { 0 };
	unsigned nword, nstop, ends, starts, k;
	uint32_t hashes[WORDS_MAX + 8], *const hash = hashes + 4, lead = 0;
	struct classes c;
	struct sums s;

	/* do not stop inside a character */
	while (len < n && (p[len] & 0xC0) == 0x80)
		len++;
	starts = start_kind(p, n);
	ends = end_kind(p, n);
	if (classify(&c, p, len, quickly))
		join_high(&c, p, len);
	count_marks(&c, p, len, &m);
	count_forms(&c, len, &f);
	hash[-1] = 0;
	nword = hash_words(hash, &c, p, len);
	s = sum_words(hash, nword, word, g->vocab + g->nvocab);
	if (weigh) {
		/* the last word, once more, and how the unit ends */
		s.sum += word[HASH_TOKEN(s.last * 7 + ends)] +
			 word[HASH_TOKEN((starts - 1) * 64 + ends + 0x5000000u)];
		cell[COL_LEXICAL] = scan_lexical(s.sum, 2 * (nword < TOKEN_WORDS ? nword : TOKEN_WORDS) + 2);
	} else
		put_tokens(g, u, hash, nword, starts, ends);
	u->vocab = (uint32_t)g->nvocab;
	u->nvocab = s.nvocab;
	memcpy(g->vocab + g->nvocab + s.nvocab, none, sizeof(none));
	g->nvocab += vocab_room(s.nvocab);
	nstop = nword - u->nvocab;

	begin = next_word(&c, 0, len);
	end = word_end(&c, begin, len);
	second = next_word(&c, end, len);
	u->prefix = prefix_of(p, begin, end, second, hash);
	u->hash = hash_key(s.all + u->cut); /* a summary that a feed cut repeats nothing */
	if ((m.kinds & (HAS_COLON | HAS_BAR)) != 0 || (nword > 1 && p[second] == 'l'))
		lead = lead_of(&c, p, len, nword, hash);
	u->nword = len < n ? (uint32_t)((uint64_t)nword * n / len) : nword;
	u->good = ends >= END_QUOTE && nword >= 8 && nstop >= 2;
	k = nword <= 16 ? phrase_bits(phrase, s.all) : 0;
	u->replies = (k & PHRASE_REPLIES) != 0 && u->mark == 0; /* in a list it is a link to them */
	u->style = style_of(u->nword, ends, starts, u->mark != 0);

	cell[PAGE_OWN - 1] = (uint8_t)cue_of(p, n, len, u, &m, lead, nword, ends, k, phrase);
	cell[COL_WORDS] = scan_bin(u->nword);
	cell[COL_ENDS] = (uint8_t)ends;
	cell[COL_STARTS] = (uint8_t)starts;
	cell[COL_STOPS] = share(nstop, nword);
	cell[COL_TITLE] = share(f.capital, f.longer);
	cell[COL_MARK] = (uint8_t)(u->mark + 1);
	cell[COL_COMMAS] = cap(m.comma, 15);
	cell[COL_DIGITS] = share(f.figure < nword ? f.figure : nword, nword);
	cell[COL_NSTOP] = cap(nstop, 40);
	cell[COL_UPPER] = share(f.upper, nword);
}

/* What a unit says ends before an invitation to read on elsewhere. */
static inline void
cut_unit(const struct page *g, struct unit *u)
{
	const struct line *l = &g->line[u->line + u->nline - 1];
	const size_t from = u->nline == 1 ? u->from : l->from;
	size_t cut;

	if (u->to - u->from < CUT_MIN)
		return;
	cut = from + cue_cut(g->text + from, l->to - from);
	if (cut >= u->from + CUT_MIN / 2 && cut < u->to) {
		u->to = cut > from ? (uint32_t)cut : l[-1].to; /* it may be all of the last line */
		u->cut = true;
	}
}

void
page_cut(struct page *g)
{
	size_t i;

	for (i = 0; i < g->nunit; i++)
		cut_unit(g, &g->unit[i]);
}

#ifdef VEC_WIDE
VEC_WIDE static void __attribute__((noinline))
fill_wide(struct page *g, struct unit *u, uint8_t *cell, const signed char *word, const unsigned char *phrase)
{
	fill_unit(g, u, cell, word, phrase, true, true);
}
#endif

static void __attribute__((noinline))
fill_narrow(struct page *g, struct unit *u, uint8_t *cell, const signed char *word,
	    const unsigned char *phrase, bool weigh)
{
	fill_unit(g, u, cell, word, phrase, weigh, false);
}

VEC_INLINE void
scan_unit(struct page *g, struct unit *u, uint8_t *cell, const signed char *word, const unsigned char *phrase,
	  bool weigh, bool quickly)
{
	cut_unit(g, u);
#ifdef VEC_WIDE
	if (quickly) {
		fill_wide(g, u, cell, word, phrase);
		return;
	}
#endif
	(void)quickly;
	fill_narrow(g, u, cell, word, phrase, weigh);
}

/* Zero into the rows before a column's first unit and behind its last. */
static void
clear_pads(struct page *g, int c)
{
	uint8_t *column = page_column(g, c);
	size_t i;

	vec_store(column - PAGE_PAD, vec_all(0));
	for (i = g->nunit; i < g->nunit + 2 * PAGE_PAD; i += VEC)
		vec_store(column + i, vec_all(0));
}

static void
make_room(struct page *g, bool html)
{
	/* a multiple of VEC, so that vectors of numbers are aligned */
	size_t i, rows = (MEM_LINE + g->nunit + PAGE_PAD + 16 + VEC - 1) / VEC * VEC;

	/*
	 * kept while it is not much too wide, and page.asked with it; by half a step, lest columns
	 * share a cache's sets
	 */
	if (rows > g->stride || rows < g->stride / 4)
		g->stride = (rows + rows / 4 + 127) / 128 * 128 + 64;
	if (g->stride * COL_ALL > g->cell_cap) {
		g->cell_cap = 2 * g->stride * COL_ALL;
		free(g->cell);
		g->cell = mem_lines(g->cell_cap);
	}
	if (rows > g->row_cap) {
		g->row_cap = 2 * rows;
		g->score = mem_array(g->score, g->row_cap, sizeof(*g->score));
		g->first = mem_array(g->first, g->row_cap, sizeof(*g->first));
		g->sum = mem_array(g->sum, g->row_cap + 1, 2 * sizeof(uint64_t));
		g->scratch = mem_array(g->scratch, g->row_cap, 16);
		g->open = mem_array(g->open, g->row_cap / 16 + 1, sizeof(*g->open));
		g->keep = mem_array(g->keep, g->row_cap, sizeof(*g->keep));
	}
	/*
	 * the rows of the units are all written, by this or by later steps; those around are read
	 * of some columns alone
	 */
	for (i = 0; i < COL_NEAR; i++)
		clear_pads(g, (int)i);
	clear_pads(g, COL_SCORE);
	clear_pads(g, COL_FLOWS);
	for (i = COL_HTML; html && i < COL_HTML_NEAR; i++)
		clear_pads(g, (int)i);
	g->ntoken = g->nvocab = 0;
}

VEC_INLINE void
scan_page(struct page *g, const signed char *word, const unsigned char *phrase, bool html, bool weigh,
	  bool quickly)
{
	uint8_t row[PAGE_OWN][PAGE_OWN];
	struct place at[VEC];
	vec column[PAGE_OWN];
	struct seen *seen;
	uint8_t *to;
	size_t i, k, n, stride;

	make_room(g, html);
	if (weigh && g->seen == NULL)
		g->seen = mem_zeros((size_t)2 * SEEN_SETS, sizeof(*g->seen));
	seen = g->seen;
	stride = g->stride;
	memset(row, 0, sizeof(row)); /* columns that later steps fill */
	for (i = 0; i < g->nunit; i += VEC) {
		struct unit *u = &g->unit[i];

		n = g->nunit - i < VEC ? g->nunit - i : VEC;
		while (g->vocab_cap - g->nvocab < VEC * (WORDS_MAX + PAGE_VOCAB_STEP))
			g->vocab = mem_double(g->vocab, &g->vocab_cap, sizeof(*g->vocab));
		/* looked for first, so that what was kept is near when it is compared */
		for (k = 0; weigh && k < n; k++)
			seen_place(&at[k], seen, g->text, &u[k]);
		for (k = 0; k < n; k++, u++) {
			const bool kept = weigh && at[k].set != NULL; /* or may be */

			if (!kept || !seen_take(g, u, &at[k], row[k], quickly)) {
				scan_unit(g, u, row[k], word, phrase, weigh, quickly);
				if (kept)
					seen_keep(g, u, &at[k], row[k]);
			}
			row[k][COL_INDENT] = (uint8_t)(u->indent + 1);
			row[k][COL_GAP] = (uint8_t)(u->gap + 1);
		}
		for (; k < VEC; k++)
			memset(row[k], 0, PAGE_OWN);
		vec_turn(row, column);
		to = page_column(g, 0) + i;
#pragma GCC unroll 16
		for (k = 0; k < PAGE_OWN - 1; k++, to += stride)
			vec_store(to, column[k]);
		vec_store(page_column(g, COL_CUE) + i, column[k]);
	}
}

void
page_scan(struct page *g, const signed char *word, const unsigned char *phrase, bool html)
{
	scan_page(g, word, phrase, html, false, false);
}

#ifdef VEC_WIDE
VEC_WIDE static void
weigh_quickly(struct page *g, const signed char *word, const unsigned char *phrase, bool html)
{
	scan_page(g, word, phrase, html, true, true);
}
#endif

void
page_weigh(struct page *g, const signed char *word, const unsigned char *phrase, bool html)
{
#ifdef VEC_WIDE
	if (vec_wide()) {
		weigh_quickly(g, word, phrase, html);
		return;
	}
#endif
	scan_page(g, word, phrase, html, true, false);
}
