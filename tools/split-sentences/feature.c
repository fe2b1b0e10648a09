/* SPDX-License-Identifier: ISC */
/*
 * A feature is a conjunction of what a view says: the template's number and the
 * parts, hashed to a weight. Some hold the identity of a word (by its hash) where
 * the word is known; the others only classes, so that they are met often.
 */
#include "feature.h"

/* A template's number and its parts: all under 128 but the first, which may be anything. */
#define P1(a) ((uint64_t)(a))
#define P2(a, b) (P1(a) << 7 ^ (b))
#define P3(a, b, c) (P2(a, b) << 7 ^ (c))
#define P4(a, b, c, d) (P3(a, b, c) << 7 ^ (d))
#define P5(a, b, c, d, e) (P4(a, b, c, d) << 7 ^ (e))
#define P6(a, b, c, d, e, f) (P5(a, b, c, d, e) << 7 ^ (f))

#define F(number, parts) \
	(out[n++] = (uint32_t)(((parts) + (number)*0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u >> \
			       (64 - WEIGHT_BITS)))

size_t
features(const struct view *v, uint32_t out[FEATURES])
{
	const unsigned gm = v->gap * 16 + v->mark, mark = v->mark, glue = v->gap == GAP_NONE, open = v->open;
	const unsigned ls = v->l.shape, rs = v->r.shape, llex = v->l.lex, rlex = v->r.lex,
		       big = rs > SHAPE_SMALL ? 1 + v->capitals : 0;
	const unsigned abbr = v->abbr, quoted = v->quoted, close = v->close, follow = v->follow;
	const uint32_t lword = llex != LEX_NONE || abbr != ABBR_NONE ? v->l.hash : ls;
	const uint32_t rbyte = v->right_byte < 'A' || v->right_byte > 0x7F ? v->right_byte << 4 : rs;
	const uint32_t rword = rlex != LEX_NONE ? v->r.hash : rs;
	size_t n = 0;

	F(1, P4(gm, close, open, big));
	F(2, P4(mark, abbr, rlex, big));
	F(3, P4(gm, rlex, rs, v->glued));
	F(4, P5(mark, close, quoted, rs, open));
	F(5, P5(mark, close, rlex, glue, big));
	F(6, P3(lword, mark, glue));
	F(7, P4(abbr != ABBR_NONE ? v->l.hash : ls, mark, rlex, rs));
	F(8, P4(gm, ls, v->l2.shape, v->hyphen_l));
	F(9, P4(gm, rs, v->r2.shape, follow));
	F(10, P5(gm, rs, ls == SHAPE_NONE, v->address, v->suffix));
	F(11, P4(v->left_byte, rbyte & 127, rbyte >> 7, gm));
	F(12, P4(gm, v->start_l, ls, rs));
	F(13, P5(gm, quoted, open, big, close));
	F(14, P4(gm, v->sloppy > 0, rs, rlex));
	F(15, P5(gm, rlex, v->r2.lex, follow, big));
	F(16, P4(gm, close, llex, ls));
	F(17, P5(gm, close, v->speech, rs, quoted));
	F(18, P5(gm, v->glued, v->camel, ls, rs));
	F(19, P4(gm, abbr, v->l2.shape, rs));
	F(20, P3(gm, v->item_l, rs));
	F(21, P4(gm, rs, v->r2.lex, v->r2.shape));
	F(22, P5(gm, ls, v->before_l, rlex, rs));
	F(23, P3(rword, gm, follow));
	return n;
}
