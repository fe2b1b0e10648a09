/* SPDX-License-Identifier: ISC */
#include "model.h"

int
model_open(struct model *m, const void *p, size_t size)
{
	const struct model_head *h = p;
	const char *at = (const char *)(h + 1);

	if (size < sizeof *h || h->magic != MODEL_MAGIC)
		return 0;
	m->head = h;
	m->word = (const void *)at;
	at += (h->nword + 64) * sizeof *m->word;
	m->print = (const void *)at;
	at += h->nbucket * sizeof *m->print;
	m->row = (const void *)at;
	at += ((size_t)h->nbucket * 4 + 1) * TAG_ROW;
	return (size_t)(at - (const char *)p) <= size;
}
