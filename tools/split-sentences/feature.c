/* SPDX-License-Identifier: ISC */
/*
 * A feature is a conjunction of what a view says: the template's number and the
 * parts, hashed to a weight. Some hold the identity of a word (by its hash) where
 * the word is known; the others only classes, so that they are met often.
 */
#include "feature.h"

static unsigned
length_bucket(size_t n)
{
	return n < 4 ? 0 : n < 12 ? 1 : n < 28 ? 2 : n < 60 ? 3 : n < 80 ? 4 : n < 160 ? 5 : n < 400 ? 6 : 7;
}

/* Parts are under 128, but the first may be anything. */
#define F(number, ...) do {							\
	const uint32_t part[] = { __VA_ARGS__ };				\
	uint64_t key = 0;							\
										\
	for (size_t q = 0; q < sizeof(part) / sizeof(*part); q++)		\
		key = key << 7 ^ part[q];					\
	key = (key + (number) * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;	\
	out[n++] = (uint32_t)(key >> (64 - WEIGHT_BITS));			\
} while (0)

size_t
features(const struct view *v, uint32_t out[FEATURES])
{
	const unsigned gm = v->gap * 16 + v->mark, mark = v->mark, glue = v->gap == GAP_NONE, open = v->open;
	const unsigned ls = v->l.shape, rs = v->r.shape, llex = v->l.lex, rlex = v->r.lex, big = rs > SHAPE_SMALL;
	const unsigned abbr = v->abbr, quoted = v->quoted, close = v->close, follow = v->follow;
	const uint32_t lword = llex != LEX_NONE || abbr != ABBR_NONE ? v->l.hash : ls;
	const uint32_t rword = rlex != LEX_NONE ? v->r.hash : rs;
	const uint32_t rbyte = v->right_byte < 'A' || v->right_byte > 0x7F ? v->right_byte << 4 : rs;
	size_t n = 0;

	F(1, gm);
	F(2, gm, rs, open);
	F(3, gm, close, open, big);
	F(4, mark, abbr, rs, glue);
	F(5, mark, abbr, rlex, big);
	F(6, gm, ls, rs);
	F(7, mark, ls, abbr, v->start_l);
	F(8, gm, rlex, rs, v->glued);
	F(9, gm, llex, big);
	F(10, mark, close, quoted, rs, open);
	F(11, mark, close, rlex, glue, big);
	F(12, lword, mark, glue);
	F(13, abbr != ABBR_NONE ? v->l.hash : ls, mark, rlex, rs);
	F(14, rword, gm, big);
	F(15, gm, ls, v->l2.shape, v->hyphen_l);
	F(16, gm, rs, v->r2.shape, follow);
	F(17, gm, rs, ls == SHAPE_NONE, v->address, v->suffix);
	F(18, v->left_byte, rbyte & 127, rbyte >> 7, gm);
	F(19, mark, glue, llex, rlex, rs, ls > SHAPE_SMALL);
	F(20, glue, mark, ls, llex, (uint32_t)v->l.n, rs);
	F(21, gm, v->start_l, ls, rs);
	F(22, gm, quoted, open, big, close);
	F(23, gm, v->sloppy, rs, rlex);
	F(25, gm, v->l2.lex, llex, rlex);
	F(26, gm, rlex, v->r2.lex, follow, big);
	F(27, gm, close, llex, ls);
	F(31, gm, close, v->speech, rs, quoted);
	F(32, gm, v->glued, v->camel, ls, rs);
	F(33, rword, gm, follow, length_bucket(v->behind));
	F(34, gm, abbr, v->l2.shape, rs);
	F(35, gm, v->glued, llex, rlex, v->camel);
	F(36, gm, v->item_l, rs);
	F(37, gm, rs, v->r2.lex, v->r2.shape);
	F(38, gm, ls, v->before_l, rlex, rs);
	if (v->line) {
		F(28, gm, length_bucket(v->before), length_bucket(v->behind));
		F(29, gm, length_bucket(v->before), rs, rlex);
		F(30, gm, v->wrapped, rs, v->before > 50 && v->before < 90);
	} else {
		F(28, gm, length_bucket(v->length), rs, rlex);
		F(29, gm, length_bucket(v->length), ls);
		F(30, gm, v->long_token, v->address, follow);
	}
	return n;
}
