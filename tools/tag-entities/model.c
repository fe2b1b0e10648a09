/* SPDX-License-Identifier: ISC */
#include "model.h"

int
model_open(struct model *m, const void *p, size_t size)
{
	static struct model_head head; /* in the machine's order: there is one model */
	const struct model_head *h = p;
	const char *at = (const char *)(h + 1);
	int i, j;

	if (size < sizeof *h || little32(&h->magic) != MODEL_MAGIC)
		return 0;
	head.nword = little32(&h->nword);
	head.nbucket = little32(&h->nbucket);
	for (i = 0; i < TAG_ROW; i++)
		for (j = 0; j < TAG_ROW; j++)
			head.follow[i][j] = (int16_t)little16(&h->follow[i][j]);
	m->head = h = &head;
	m->word = (const void *)at;
	at += (h->nword + 64) * sizeof *m->word;
	m->print = (const void *)at;
	at += h->nbucket * sizeof *m->print;
	m->row = (const void *)at;
	at += ((size_t)h->nbucket * 4 + 1) * TAG_ROW;
	return (size_t)(at - (const char *)p) <= size;
}
