/* SPDX-License-Identifier: ISC */
#include "columns.h"

void
out_id(struct out *o, struct span id)
{
	if (o->plain)
		return;
	buf_span(&o->buf, id);
	buf_byte(&o->buf, '\t');
}

void
out_last_id(struct out *o, struct span id)
{
	buf_span(&o->buf, id);
	buf_byte(&o->buf, '\n');
	o->whole = o->buf.n;
}

void
out_score(struct out *o, uint32_t score)
{
	char s[8] = { (char)('0' + score / 1000), '.', (char)('0' + score / 100 % 10),
		      (char)('0' + score / 10 % 10), (char)('0' + score % 10) };

	out_field(o, (struct span){ s, 5 });
}

struct span
kind_name(enum seen_kind kind)
{
	static const char *const name[] = {
		[SEEN_EXACT] = "exact", [SEEN_NEAR] = "near", [SEEN_PART] = "part"
	};

	return span_of(name[kind]);
}
