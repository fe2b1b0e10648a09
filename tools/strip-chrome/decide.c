/* SPDX-License-Identifier: ISC */
/*
 * From scores to what is kept.
 */
#include "decide.h"

void
decide(struct page *g)
{
	size_t i;

	for (i = 0; i < g->nunit; i++)
		g->keep[i] = g->score[i] > 0;
}

void
decide_captions(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS);
	size_t i, first, last;

	for (first = 0; first < g->nunit && !g->keep[first]; first++)
		;
	for (last = g->nunit; last > first && !g->keep[last - 1]; last--)
		;
	for (i = first; i < last; i++)
		if (!g->keep[i] && g->unit[i].nword >= 5 && (ends[i] == 6 || ends[i] >= 11))
			g->keep[i] = true;
}

/* A heading: short, begins with a capital, ends with no mark, and the next kept unit is longer. */
void
decide_headings(struct page *g)
{
	const uint8_t *ends = page_column(g, COL_ENDS), *starts = page_column(g, COL_STARTS);
	uint32_t next = 0;
	size_t i;

	for (i = g->nunit; i-- > 0;)
		if (g->keep[i]) {
			if (g->unit[i].nword <= 16 && next > 16 && g->unit[i].mark == 0 && !g->unit[i].flows &&
			    (ends[i] < 7 || ends[i] == 12) && starts[i] > 4 && starts[i] < 11)
				g->keep[i] = false;
			else
				next = g->unit[i].nword;
		}
}
