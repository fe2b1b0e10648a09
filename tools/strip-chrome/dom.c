/* SPDX-License-Identifier: ISC */
/*
 * From tokens to segments.
 *
 * No tree is built: a stack of open elements says all that a segment needs. An
 * end tag closes the nearest element of its name, unless a table cell or the
 * like stands between; p, li, dt, dd, tr, td, th and option close as the
 * standard has it; what it says of formatting elements makes no difference to
 * lines of text.
 */
#include "dom.h"

#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "little.h"
#include "meta.h"
#include "spread.h"
#include "table.h"
#include "u8.h"
#include "vec.h"

#include "strip-chrome/classes.h"
#include "strip-chrome/elements.h"

enum { NEAR = 64 }; /* elements looked back at; a page's depth is 20 to 40 */

#define NO_NAME 1 /* of a tag: none that has one has this key */

#define IN_MASK 0xFFFFF000u /* the bits that elements hand down */

static uint32_t
hash_name(struct span s)
{
	uint32_t h = 2166136261u;
	size_t i;

	for (i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

/* The open element of this depth, none where that is too far away. */
static inline const struct element *
near_element(const struct dom *d, size_t depth)
{
	return &d->open[d->top->depth - depth < NEAR - 1 ? depth : 0];
}

/* What the elements around a segment say, of which `last` is the innermost, but their numbers. */
static inline void
put_elements(struct dom *d, struct segment *s, const struct element *last, const struct element *block)
{
	const struct element *e;

	s->tags = block->tags;
	s->path = block->path;
	s->narticle = block->narticle;
	s->about = s->near = 0;
	if (block != d->open) {
		s->about = last->about;
		s->near = last->near;
	}
	while (d->token_cap - d->ntoken < DOM_WORDS)
		d->token = mem_double(d->token, &d->token_cap, sizeof(*d->token));
	s->token = (uint32_t)d->ntoken;
	s->nown = 0;
	for (e = near_element(d, last->classed);
	     e != d->open && d->ntoken - s->token + e->ntoken <= DOM_WORDS;
	     e = near_element(d, e[-1].classed)) {
		memcpy(d->token + d->ntoken, d->class_token + e->token, e->ntoken * sizeof(*d->token));
		d->ntoken += e->ntoken;
		if (s->nown == 0)
			s->nown = e->ntoken;
	}
	s->ntoken = (uint32_t)(d->ntoken - s->token);
}

/* The text under way is a segment. */
static void __attribute__((noinline)) end_segment(struct dom *d)
{
	const struct element *last = d->top, *block = near_element(d, last->block),
			     *parent = near_element(d, block->outer);
	const uint64_t shape = d->likeness[last->depth].shape;
	struct segment *s;

	if (d->nsegment == d->segment_cap)
		d->segment = mem_grow(d->segment, d->nsegment, &d->segment_cap, sizeof(*d->segment));
	s = &d->segment[d->nsegment++];
	if (d->nsegment > 1 && s[-1].shape == shape)
		*s = s[-1];
	else {
		put_elements(d, s, last, block);
		s->shape = shape;
	}
	s->from = (uint32_t)d->begin;
	s->to = (uint32_t)d->text.n;
	s->linked = d->linked;
	s->parent = parent->number;
	s->grand = near_element(d, parent->outer)->number;
	d->newlines.at = mem_grow(d->newlines.at, d->newlines.n, &d->newlines.cap, sizeof(*d->newlines.at));
	d->newlines.at[d->newlines.n++] = (uint32_t)d->text.n;
	buf_byte(&d->text, '\n');
	d->begin = d->text.n;
	d->linked = 0;
}

/* End the segment under way, if there is any. */
static inline void
flush(struct dom *d)
{
	d->gap = false;
	if (d->text.n != d->begin)
		end_segment(d);
}

static void __attribute__((noinline)) learn_name(struct name_memo *m, struct span s, uint64_t key)
{
	m->key = key;
	m->hash = hash_name(s);
	m->hash += m->hash == 0;
	m->tags = table_get(&elements, s.p, s.n);
	if (m->tags == 0)
		m->tags = KIND_OTHER;
	m->content = html_content(s);
	m->end = html_end(s);
}

/* What is known of a tag's name. */
static inline const struct name_memo *
known_name(struct dom *d, struct span s)
{
	struct name_memo *m = &d->name[NAME_MEMOS];
	uint64_t key = 0;

	if (s.n <= HTML_NAME) {
		key = little64(s.p) & ~(uint64_t)0 >> 8 * (HTML_NAME - s.n);
		m = &d->name[key * 0x9E3779B97F4A7C15u >> 58];
	}
	if (m->key != key || key == 0)
		learn_name(m, s, key);
	return m;
}

/* Bits of the 64 bytes at p that are small letters, or are so with these bits set. */
static inline uint64_t
small_letters(const char *p, char set)
{
	vec at[4];
	size_t k;

#pragma GCC unroll 4
	for (k = 0; k < 4; k++)
		at[k] = vec_in(vec_load(p + k * VEC) | vec_all(set), 'a', 'z');
	return vec_bits(at[0], at[1], at[2], at[3]);
}

/*
 * Words of class and id: parted by what is no letter, and by a capital behind a small letter. Where
 * they begin and end is found in the bits of 64 bytes at once; as many are readable behind s.
 */
static size_t
class_words(struct span s, uint16_t *to, size_t most, unsigned *about)
{
	size_t at, begin = 0, k, n = 0;
	uint64_t was_letter = 0, was_small = 0; /* the byte before the block */

	for (at = 0; at <= s.n; at += VEC_BLOCK) {
		const uint64_t valid = s.n - at < VEC_BLOCK ? ((uint64_t)1 << (s.n - at)) - 1 : ~(uint64_t)0,
			       small = small_letters(s.p + at, 0) & valid,
			       letter = small_letters(s.p + at, 0x20) & valid,
			       new = letter & ~small &(small << 1 | was_small),
			       before = letter << 1 | was_letter, end = before &(~letter | new);
		uint64_t bits = end | (letter & ~before) | new;

		for (; bits != 0; bits &= bits - 1) {
			const size_t i = vec_first(bits), len = at + i - begin;
			const char *word = s.p + begin;

			begin = at + i;
			if ((end >> i & 1) == 0 || len == 1)
				continue;
			if (len <= VEC) {
				char lower[VEC];

				vec_store(lower, vec_load(word) | vec_all(0x20));
				*about |= table_get(&classes, lower, len);
			}
			if (n < most) {
				uint32_t h = 2166136261u;

				for (k = 0; k < len; k++)
					h = (h ^ (unsigned char)(word[k] | 0x20)) * 16777619u;
				to[n++] = (uint16_t)(h * 0x9E3779B1u >> 19);
			}
		}
		was_letter = letter >> (VEC_BLOCK - 1);
		was_small = small >> (VEC_BLOCK - 1);
	}
	return n;
}

/*
 * The same, by what was found the last time: a page says the same few classes over and over. By a
 * hash with the run's own seed: what is known outlives the page, and nobody can make a class be
 * taken for another one on the next.
 */
static size_t
known_class_words(struct dom *d, struct span s, uint16_t *to, size_t most, unsigned *about)
{
	const uint64_t key = XXH3_64bits_withSeed(s.p, s.n, spread_factor) | 1;
	struct class_memo *m = &d->memo[key >> 56];
	unsigned found = 0;

	if (most < CLASS_WORDS)
		return class_words(s, to, most, about);
	if (m->key != key) {
		m->n = (uint16_t)class_words(s, m->token, CLASS_WORDS, &found);
		m->about = (uint16_t)found;
		m->key = key;
	}
	memcpy(to, m->token, sizeof(m->token));
	*about |= m->about;
	return m->n;
}

static bool
has(struct span s, const char *word)
{
	size_t m = strlen(word), i, k;

	for (i = 0; i + m <= s.n; i++) {
		for (k = 0; k < m && ascii_fold(s.p[i + k]) == word[k]; k++)
			;
		if (k == m)
			return true;
	}
	return false;
}

/* Close e and what is open inside it. */
static inline void
close_element(struct dom *d, const struct element *e)
{
	do {
		if (d->top->own & TAG_BLOCK)
			flush(d);
		d->top--;
	} while (d->top >= e);
}

/*
 * Close the nearest open element whose kind is one of kinds, if none of the barriers, which are
 * others, stands before it.
 */
static void __attribute__((noinline)) close_kind(struct dom *d, uint32_t kinds, uint32_t barriers)
{
	const struct element *e;

	for (e = d->top; e > d->open && d->top - e < NEAR - 1; e--) {
		const uint32_t kind = 1u << (e->own & KIND_MASK);

		if (kind & kinds) {
			close_element(d, e);
			return;
		}
		if (kind & barriers)
			return;
	}
}

/* Attributes that say something of an element's text. */
enum attribute {
	ATTR_OTHER,
	ATTR_CLASS,
	ATTR_ITEMPROP,
	ATTR_HIDDEN,
	ATTR_ARIA_HIDDEN,
	ATTR_STYLE,
	ATTR_ROLE,
	ATTR_TYPE
};

static inline enum attribute
attribute_of(struct span name)
{
	switch (name.n) {
	case 2:
		return span_eq(name, SPAN("id")) ? ATTR_CLASS : ATTR_OTHER;
	case 4:
		return span_eq(name, SPAN("role"))   ? ATTR_ROLE
		       : span_eq(name, SPAN("type")) ? ATTR_TYPE
						     : ATTR_OTHER;
	case 5:
		return span_eq(name, SPAN("class"))   ? ATTR_CLASS
		       : span_eq(name, SPAN("style")) ? ATTR_STYLE
						      : ATTR_OTHER;
	case 6:
		return span_eq(name, SPAN("hidden")) ? ATTR_HIDDEN : ATTR_OTHER;
	case 8:
		return span_eq(name, SPAN("itemprop")) ? ATTR_ITEMPROP : ATTR_OTHER;
	case 11:
		return span_eq(name, SPAN("aria-hidden")) ? ATTR_ARIA_HIDDEN : ATTR_OTHER;
	default:
		return ATTR_OTHER;
	}
}

/* Do a tag's attributes say nothing of its text? */
static inline bool
is_plain(const struct html_token *t)
{
	size_t i;

	for (i = 0; i < t->nattr && attribute_of(t->attr[i].name) == ATTR_OTHER; i++)
		;
	return i == t->nattr;
}

/* What an element's attributes say: its tags, path and tokens; *about: what its classes say. */
static void __attribute__((noinline)) read_attributes(struct dom *d, struct element *e, unsigned *about)
{
	const struct html_token *t = &d->html.token;
	size_t i;

	for (i = 0; i < t->nattr; i++) {
		const struct span attr = t->attr[i].name;
		const enum attribute what = attribute_of(attr);
		struct span value;

		if (what == ATTR_OTHER)
			continue;
		value = html_value(&d->decoded, t->attr[i].value);
		switch (what) {
		case ATTR_CLASS: {
			size_t room = sizeof(d->class_token) / sizeof(*d->class_token) - e->token - e->ntoken;
			size_t n = known_class_words(d, value, d->class_token + e->token + e->ntoken,
						     room < CLASS_WORDS ? room : CLASS_WORDS, about);

			if (n > 0)
				e->path = e->path * 31 + d->class_token[e->token + e->ntoken];
			e->ntoken = (uint16_t)(e->ntoken + n);
			break;
		}
		case ATTR_ITEMPROP:
			if (has(value, "articlebody") || has(value, "reviewbody"))
				e->tags |= TAG_BODY;
			if (has(value, "comment") && !has(value, "commentcount"))
				*about |= CLASS_COMMENT;
			break;
		case ATTR_HIDDEN:
			e->tags |= TAG_HIDDEN;
			break;
		case ATTR_ARIA_HIDDEN:
			if (has(value, "true"))
				e->tags |= TAG_HIDDEN;
			break;
		case ATTR_STYLE:
			if (has(value, "display:none") || has(value, "display: none"))
				e->tags |= TAG_HIDDEN;
			break;
		case ATTR_ROLE:
			if (has(value, "navigation") || has(value, "menu"))
				e->tags |= TAG_IN_NAV;
			else if (has(value, "complementary"))
				e->tags |= TAG_IN_ASIDE;
			else if (has(value, "contentinfo"))
				e->tags |= TAG_IN_FOOTER;
			else if (has(value, "dialog"))
				e->tags |= TAG_IN_FORM;
			break;
		case ATTR_TYPE:
			if (d->html.content == HTML_SCRIPT && has(value, "ld+json"))
				d->in_json = true;
			break;
		case ATTR_OTHER:
			break;
		}
	}
}

#define K(name) (1u << KIND_##name)

/* What stands before a p that is still open and is none of the block's. */
enum { AROUND_P = K(CELL) | K(TABLE) | K(LIST) };

/* A tag that begins a block ends what cannot be around it, and the line. */
static inline void
begin_block(struct dom *d, uint32_t tags)
{
	const uint32_t kind = tags & KIND_MASK;

	if (tags & TAG_ENDS_P && d->top->in_p)
		close_kind(d, K(P), AROUND_P);
	if (kind == KIND_LI) {
		if ((d->top->own & KIND_MASK) != KIND_LIST) /* most often it is one */
			close_kind(d, K(LI), K(LIST) | K(TABLE) | K(CELL));
	} else if (kind == KIND_CELL)
		close_kind(d, K(CELL), K(ROW) | K(TABLE));
	else if (kind == KIND_ROW)
		close_kind(d, K(ROW), K(TABLE));
	if (d->top->own & TAG_HEAD && kind != KIND_TITLE)
		close_element(d, d->top);
	flush(d);
}

/*
 * Pass over an element that is no text, whose tag was the last token, to behind its end tag; or,
 * where it has none, up to what ends it all the same: the end tag of a block around it (the one of
 * which none was opened inside), the next select or button, or a block, which is in no picture.
 * Nothing in it, as the paths of a picture, which may be hundreds and need no end tags, is ever
 * open on the page. A button without an end tag is passed over alone: browsers show what is in it.
 */
static void __attribute__((noinline)) skip_element(struct dom *d, const struct name_memo *skipped)
{
	const struct html_token *t = &d->html.token;
	const uint32_t name = skipped->hash, kind = skipped->tags & KIND_MASK;
	const char *const begin = d->html.p, *at = begin;
	const bool alone = kind == KIND_SELECT || kind == KIND_BUTTON; /* none of its name is in it */
	bool foreign = kind == KIND_FOREIGN;
	size_t depth = 1, nblock = 0;

	for (; html_next(&d->html); at = d->html.p) {
		const struct name_memo *known;

		if (t->type != HTML_OPEN && t->type != HTML_CLOSE)
			continue;
		known = known_name(d, t->name);
		if (t->type == HTML_OPEN && !t->closes_itself && (known->tags & TAG_VOID) == 0) {
			foreign = foreign && !span_eq(t->name, SPAN("foreignobject")) &&
				  !span_eq(t->name, SPAN("desc"));
			if ((alone && known->hash == name) ||
			    (foreign && known->tags & TAG_BLOCK && (known->tags & KIND_MASK) != KIND_TITLE))
				break;
			d->html.content = known->content;
			depth += known->hash == name;
			nblock += (known->tags & TAG_BLOCK) != 0;
		} else if (t->type == HTML_CLOSE && known->hash == name) {
			if (--depth == 0)
				return;
		} else if (t->type == HTML_CLOSE && known->tags & TAG_BLOCK && nblock-- == 0)
			break;
	}
	d->html.p = kind == KIND_BUTTON ? begin : at;
	d->html.content = HTML_DATA;
}

/*
 * Is what is elsewhere no text shown where it stands: a template that is the shadow of the element
 * around it, or a button that is a heading, by which browsers unfold what is below?
 */
static bool
is_shown(const struct dom *d, uint32_t tags)
{
	const struct html_token *t = &d->html.token;
	const uint32_t around = near_element(d, d->top->block)->own & KIND_MASK;
	size_t i;

	if ((tags & KIND_MASK) == KIND_BUTTON)
		return around >= KIND_H1 && around <= KIND_H2;
	for (i = 0; i < t->nattr && !span_eq(t->attr[i].name, SPAN("shadowrootmode")); i++)
		;
	return i < t->nattr;
}

/* What an element is by its tag, which was the last token, and by the one around it, before it. */
VEC_INLINE void
fill_element(struct dom *d, struct element *e, const struct name_memo *name, uint32_t tags, bool plain)
{
	const struct element *up = e - 1;
	const uint32_t kind = tags & KIND_MASK;
	unsigned about = 0;

	e->end = name->end;
	e->name = e->path = name->hash;
	e->own = e->tags = tags;
	e->token = (uint16_t)(up->token + up->ntoken);
	e->ntoken = 0;
	e->about = up->about;
	e->near = up->near;
	e->depth = (uint16_t)(up->depth + 1);
	e->classed = up->classed;
	e->outer = up->block;
	e->narticle = up->narticle;
	if (!plain) {
		read_attributes(d, e, &about);
		/* classes of the whole page are of no part of it */
		if (kind == KIND_OTHER && tags & (TAG_BLOCK | TAG_HEAD)) {
			about = 0;
			e->ntoken = 0;
		}
		if ((about & CLASS_OF) && (about & CLASS_TEXT) && !(about & CLASS_FIRST))
			e->tags |= TAG_BODY;
		about &= CLASS_FIRST;
		e->about |= (uint16_t)about;
		if (about != 0)
			e->near = (uint16_t)about;
		if (e->ntoken > 0)
			e->classed = e->depth;
	}
	e->path += up->path * 7;
	e->tags |= up->tags & (IN_MASK | TAG_PRE);
	if (tags & TAG_IN_ARTICLE) {
		if (e->narticle < 9)
			e->narticle++;
		/* inside an article begun anew, a header or footer around it is none of its */
		if (up->depth > 0)
			e->tags &= ~(uint32_t)(TAG_IN_HEADER | TAG_IN_FOOTER);
	}
	e->block = up->block;
	e->in_p = up->in_p;
	if (tags & TAG_BLOCK) {
		e->block = e->depth;
		e->in_p = kind == KIND_P || (up->in_p && (1u << kind & AROUND_P) == 0);
	}
}

VEC_INLINE void
open_tag(struct dom *d)
{
	const struct html_token *t = &d->html.token;
	const struct name_memo *name = known_name(d, t->name);
	uint32_t tags = name->tags;
	struct likeness *like;
	bool plain;

	if (d->want_meta)
		meta_tag(d, t);
	if (tags & TAG_BREAK) {
		flush(d);
		return;
	}
	if (tags & TAG_BLOCK)
		begin_block(d, tags);
	if (tags & (TAG_VOID | TAG_SKIP)) { /* few */
		if (tags & TAG_VOID || t->closes_itself)
			return;
		if (name->content == HTML_DATA) {
			if (!is_shown(d, tags)) {
				skip_element(d, name);
				return;
			}
			tags &= ~(uint32_t)TAG_SKIP;
		}
	}
	d->html.content = name->content;
	if (d->top->depth == DOM_DEPTH) {
		if (name->content == HTML_DATA)
			d->too_deep++;
		else /* a script and the like: up to its end tag */
			while (html_next(&d->html) && d->html.token.type == HTML_TEXT)
				;
		return;
	}
	like = &d->likeness[d->top->depth + 1];
	d->top++;
	d->top->number = ++d->number;
	plain = is_plain(t);
	if (plain && like->name == name->key && like->around == like[-1].shape)
		return; /* what stood there says the same */
	like->name = plain && name->key != 0 ? name->key : NO_NAME;
	like->around = like[-1].shape;
	like->shape = ++d->nshape;
	fill_element(d, d->top, name, tags, plain);
}

VEC_INLINE void
close_tag(struct dom *d)
{
	const struct html_token *t = &d->html.token;
	const struct name_memo *known = known_name(d, t->name);
	const uint32_t name = known->hash, tags = known->tags;
	const struct element *e;

	d->in_json = false;
	if (d->top->name == name && d->too_deep == 0) { /* most */
		close_element(d, d->top);
		return;
	}
	if (tags & TAG_BREAK) { /* </br> is <br> */
		flush(d);
		return;
	}
	if (d->too_deep > 0) {
		d->too_deep--;
		if (tags & TAG_BLOCK)
			flush(d);
		return;
	}
	for (e = d->top; e > d->open && d->top - e < NEAR; e--) {
		if (e->name == name) {
			close_element(d, e);
			return;
		}
		/* inline tags close nothing beyond their block; blocks nothing beyond a cell */
		if ((!(tags & TAG_BLOCK) && e->own & TAG_BLOCK) ||
		    ((e->own & KIND_MASK) == KIND_CELL && (tags & KIND_MASK) != KIND_TABLE &&
		     (tags & KIND_MASK) != KIND_ROW))
			break;
	}
	if (tags & TAG_BLOCK)
		flush(d);
}

/*
 * Copy a block to `to`: a bit for each byte that is not to be kept as it is, of white space all but
 * a single blank; and for what may be no text.
 */
static inline uint64_t
copy_block(char *to, const char *p)
{
	vec stop[4];
	size_t i;

#pragma GCC unroll 4
	for (i = 0; i < 4; i++) {
		const vec v = vec_load(p + i * VEC), next = vec_load(p + i * VEC + 1);

		vec_store(to + i * VEC, v);
		stop[i] =
		    vec_to(v, 0x1F) | vec_is(v, '<') | vec_is(v, '&') | (vec_is(v, ' ') & vec_to(next, ' '));
	}
	return vec_bits(stop[0], stop[1], stop[2], stop[3]);
}

#ifdef VEC_WIDE
/* The same of half a block. */
VEC_WIDE static inline uint32_t
copy_half(char *to, const char *p)
{
	const __m256i v = _mm256_loadu_si256((const void *)p),
		      next = _mm256_loadu_si256((const void *)(p + 1)), blank = _mm256_set1_epi8(' '),
		      control = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1F)), v),
		      space = _mm256_cmpeq_epi8(_mm256_min_epu8(next, blank), next),
		      markup = _mm256_or_si256(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('<')),
					       _mm256_cmpeq_epi8(v, _mm256_set1_epi8('&')));

	_mm256_storeu_si256((void *)to, v);
	return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(
	    _mm256_or_si256(control, markup), _mm256_and_si256(_mm256_cmpeq_epi8(v, blank), space)));
}

VEC_WIDE static inline uint64_t
copy_wide(char *to, const char *p)
{
	const uint32_t low = copy_half(to, p);

	return low | (uint64_t)copy_half(to + VEC_BLOCK / 2, p + VEC_BLOCK / 2) << 32;
}
#else
#define copy_wide copy_block
#endif

/* Copy text up to the first byte that is not to be kept as it is. */
VEC_INLINE size_t
copy_run(char *to, const char *p, const char *end, bool wide)
{
	const char *q = p;
	uint64_t bits;

	/* both have room for a block more, and its next byte; most texts are no longer than one */
	for (; q < end; q += VEC_BLOCK) {
		bits = (wide ? copy_wide : copy_block)(to + (q - p), q);
		if (bits != 0) {
			q += vec_first(bits);
			break;
		}
	}
	if (q > end)
		q = end;
	/* what follows a last blank is another text's */
	if (q > p && q[-1] == ' ' && (q == end || *q == '<'))
		q--;
	return (size_t)(q - p);
}

VEC_INLINE void
put_text(struct dom *d, struct span s, bool pre, bool linked, bool wide)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t before, n;

	if (s.n == 1 && !pre &&
	    (*p == ' ' || (unsigned char)(*p - '\t') < 5)) { /* between tags, most often */
		d->gap = true;
		return;
	}
	(void)buf_room(&d->text, s.n + 2 * VEC_BLOCK);
	before = d->text.n;
	while (p < end) {
		if (*p == ' ' || (unsigned char)(*p - '\t') < 5) {
			if (pre && *p == '\n') {
				d->linked += linked ? (uint32_t)(d->text.n - before) : 0;
				flush(d);
				(void)buf_room(&d->text, (size_t)(end - p) + 2 * VEC_BLOCK);
				before = d->text.n;
				p++;
				continue;
			}
			d->gap = true;
			do
				p++;
			while (!pre && p < end && (*p == ' ' || (unsigned char)(*p - '\t') < 5));
			continue;
		}
		if (d->gap && d->text.n > d->begin)
			buf_byte(&d->text, ' ');
		d->gap = false;
		n = copy_run(d->text.p + d->text.n, p, end, wide);
		d->text.n += n;
		p += n;
		if (n == 0) { /* a control that is no space, or what looked like markup */
			if (*p != '\0')
				buf_byte(&d->text, *p);
			p++;
		}
	}
	if (linked && d->text.n > before)
		d->linked += (uint32_t)(d->text.n - before);
}

/*
 * Copy the text that comes next, or as much of it as is kept as it is: of that no token is made,
 * and its end need not be sought before. False where there is none, or where it needs a token.
 */
VEC_INLINE bool
take_text(struct dom *d, bool wide)
{
	enum { MOST = 4096 };
	const struct element *e = d->top;
	const char *p = d->html.p, *end = d->html.end;
	size_t before, n;

	if ((unsigned char)*p <= ' ' || *p == '<' || *p == '&' || p >= end || d->html.content != HTML_DATA ||
	    (e->tags & (TAG_SKIP | TAG_PRE)) != 0 || (e->own & TAG_HEAD) != 0 || d->in_json || d->want_meta)
		return false;
	(void)buf_room(&d->text, MOST + 2 * VEC_BLOCK);
	before = d->text.n;
	if (d->gap && d->text.n > d->begin)
		buf_byte(&d->text, ' ');
	n = copy_run(d->text.p + d->text.n, p, end - p < MOST ? end : p + MOST, wide);
	d->text.n += n;
	p += n;
	d->gap = p < end && *p == ' ';
	d->html.p = p + d->gap;
	if (e->tags & TAG_IN_LINK)
		d->linked += (uint32_t)(d->text.n - before);
	return true;
}

bool
dom_is_html(const char *text, size_t n)
{
	const char *p = text, *end = text + (n < 4096 ? n : 4096), *q;
	unsigned tags = 0, closes = 0;
	bool link = false;
	char name[16];
	size_t len;

	while (p < end && (ascii_space(*p)))
		p++;
	if (end - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	if (end - p >= 14 && p[0] == '<' && p[1] == '!' && has((struct span){ p + 2, 7 }, "doctype"))
		return true;
	if (p >= end)
		return false;
	for (q = p; (q = memchr(q, '<', (size_t)(end - q))) != NULL; q++) {
		bool close = q + 1 < end && q[1] == '/';
		uint32_t what;

		for (len = 0;
		     len < sizeof(name) - 1 && q + 1 + close + len < end && ascii_alnum(q[1 + close + len]);
		     len++)
			name[len] = ascii_fold(q[1 + close + len]);
		if (q + 1 + close + len >= end)
			break;
		what = table_get(&elements, name, len);
		if (what == 0 || (q[1 + close + len] != '>' && !ascii_space(q[1 + close + len]) &&
				  q[1 + close + len] != '/'))
			continue;
		if (close)
			closes++;
		else
			tags++;
		if (q == p && !close &&
		    ((len == 4 && (memcmp(name, "html", 4) == 0 || memcmp(name, "head", 4) == 0)) ||
		     (len == 1 && *name == 'p')))
			return true;
		link = link || (!close && len == 1 && *name == 'a' && end - q > 8 &&
				has((struct span){ q + 3, 5 }, "href="));
	}
	/*
	 * a stray tag in a text is none: tags that open and close, a link in a single line, or a
	 * page that begins with one
	 */
	return (*p == '<' && tags >= 1 && (closes >= 1 || tags >= 3)) || (tags >= 4 && closes >= 2) ||
	       (link && closes >= 1 && memchr(p, '\n', (size_t)(end - p)) == NULL);
}

/* Runs of three words of text: how many; those in known are counted, or put into to. */
static unsigned
three_words(struct span text, const unsigned char *known, unsigned char *to, unsigned *hits)
{
	uint32_t h = 2166136261u, w[3] = { 0 }, g;
	unsigned n = 0, words = 0;
	size_t i, len = 0;

	for (i = 0; i <= text.n; i++) {
		char c = i < text.n ? text.p[i] : ' ';

		if (ascii_alnum(c)) {
			h = (h ^ (unsigned char)ascii_fold(c)) * 16777619u;
			len++;
		} else if (len > 0) {
			w[words++ % 3] = h;
			h = 2166136261u;
			len = 0;
			if (words >= 3) {
				g = (w[words % 3] * 31 + w[(words + 1) % 3]) * 31 + w[(words + 2) % 3];
				g = g * 0x9E3779B1u >> 17;
				n++;
				if (to != NULL)
					to[g >> 3] |= (unsigned char)(1 << (g & 7));
				else
					*hits += known[g >> 3] >> (g & 7) & 1;
			}
		}
	}
	return n;
}

unsigned
dom_known(const struct dom *d, struct span text, unsigned *known)
{
	*known = 0;
	return three_words(text, d->gram, NULL, known);
}

/*
 * html_next behind what most tokens are and needs none: the end tags of the innermost elements,
 * line ends between tags, and text.
 */
VEC_INLINE bool
next_token(struct dom *d, bool wide)
{
	for (;;) {
		const struct element *e = d->top;

		if (d->too_deep == 0 && html_ends(&d->html, &e->end)) {
			d->in_json = false;
			close_element(d, e);
		} else if (html_newline(&d->html) && (e->tags & (TAG_SKIP | TAG_PRE)) == 0 &&
			   (e->own & TAG_HEAD) == 0 && !d->in_json) {
			d->gap = true;
			d->html.p++;
		} else if (!take_text(d, wide))
			return html_next(&d->html);
	}
}

VEC_INLINE void
read_by(struct dom *d, const char *p, size_t n, bool wide)
{
	d->text.n = 0;
	d->nsegment = d->newlines.n = d->ntoken = d->too_deep = d->begin = 0;
	d->open[0] = (struct element){ .tags = KIND_OTHER, .end.bytes = 1 };
	d->top = d->open;
	d->likeness[0].shape = ++d->nshape;
	d->number = 0;
	d->linked = 0;
	d->gap = d->in_json = false;
	d->body.n = 0;
	if (d->want_meta)
		meta_begin(d);
	html_begin(&d->html, p, n);
	while (next_token(d, wide)) {
		const struct html_token *t = &d->html.token;
		const struct element *e;
		struct span s;

		switch (t->type) {
		case HTML_OPEN:
			open_tag(d);
			break;
		case HTML_CLOSE:
			close_tag(d);
			break;
		case HTML_TEXT:
			if (d->in_json) {
				meta_body(d, t->text);
				if (d->want_meta)
					meta_json(d, t->text);
				break;
			}
			e = d->top;
			if (e->tags & TAG_SKIP || e->own & TAG_HEAD)
				break;
			s = t->text;
			if (t->refs || (e->tags & TAG_PRE && memchr(s.p, '\r', s.n) != NULL)) {
				d->decoded.n = 0;
				html_decode(&d->decoded, s, t->refs, false);
				memset(buf_room(&d->decoded, VEC_BLOCK + 1), 0, VEC_BLOCK + 1);
				s = (struct span){ d->decoded.p, d->decoded.n };
			}
			put_text(d, s, e->tags & TAG_PRE, e->tags & TAG_IN_LINK, wide);
			if (d->want_meta)
				meta_text(d, e, s);
			break;
		default:
			break;
		}
	}
	if (d->top > d->open)
		close_element(d, d->open + 1);
	flush(d);
	if (d->body.n > 0) {
		memset(d->gram, 0, sizeof(d->gram));
		three_words((struct span){ d->body.p, d->body.n }, NULL, d->gram, NULL);
	}
	(void)buf_room(&d->text, 64);
	memset(d->text.p + d->text.n, 0, 64);
}

#ifdef VEC_WIDE
VEC_WIDE static void
read_wide(struct dom *d, const char *p, size_t n)
{
	read_by(d, p, n, true);
}
#endif

void
dom_read(struct dom *d, const char *p, size_t n)
{
#ifdef VEC_WIDE
	if (vec_wide()) {
		read_wide(d, p, n);
		return;
	}
#endif
	read_by(d, p, n, false);
}

void
dom_free(struct dom *d)
{
	size_t i;

	html_free(&d->html);
	buf_free(&d->text);
	free(d->newlines.at);
	buf_free(&d->decoded);
	buf_free(&d->value);
	buf_free(&d->body);
	for (i = 0; i < META_COUNT; i++)
		buf_free(&d->meta[i].value);
	free(d->segment);
	free(d->token);
}
