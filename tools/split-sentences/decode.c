/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "entity.h"
#include "rec.h"
#include "scan.h"
#include "u8.h"

/*
 * A reference of n bytes is read: its character into d. A second one, an accent of mathematics,
 * is no matter here.
 */
static void
put_reference(struct decode *d, uint32_t cp, size_t n)
{
	size_t by = d->n > 0 ? d->at[d->n - 1].by : 0, put;

	put = u8_put(buf_room(&d->text, U8_MAX), cp);
	d->text.n += put;
	if (d->n == d->cap)
		d->at = mem_grow(d->at, d->n, &d->cap, sizeof(*d->at));
	d->at[d->n++] = (struct shift){ d->text.n, by + n - put };
}

bool
decode_text(struct decode *d, struct span text)
{
	const char *p = text.p, *end = text.p + text.n, *amp;
	uint32_t cp[2];
	size_t n;

	d->n = d->text.n = 0;
	for (amp = p; (amp = memchr(amp, '&', (size_t)(end - amp))) != NULL; amp++) {
		n = entity_left(amp + 1, (size_t)(end - amp) - 1, cp);
		if (n == 0)
			continue;
		buf_put(&d->text, p, (size_t)(amp - p));
		put_reference(d, cp[0], n + 1);
		amp += n;
		p = amp + 1;
	}
	if (d->n == 0)
		return false;
	buf_put(&d->text, p, (size_t)(end - p));
	memset(buf_room(&d->text, REC_SLACK), 0, REC_SLACK);
	return back_over_blanks(d->text.p, d->text.n) > 0;
}

void
decode_free(struct decode *d)
{
	buf_free(&d->text);
	free(d->at);
	*d = (struct decode){ 0 };
}
