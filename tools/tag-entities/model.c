/* SPDX-License-Identifier: ISC */
#include "model.h"

const uint8_t outer_tag[8] = { TAG_O,	  TAG_B_PER, TAG_S_PER, TAG_B_ORG,
			       TAG_S_ORG, TAG_B_LOC, TAG_S_LOC, TAG_B_MISC };
const uint8_t inner_tag[8] = { TAG_I_PER, TAG_E_PER, TAG_I_ORG,	 TAG_E_ORG,
			       TAG_I_LOC, TAG_E_LOC, TAG_I_MISC, TAG_ROW - 1 };
const uint8_t ending_tag[TAG_ENDINGS] = { TAG_O,     TAG_S_PER, TAG_S_ORG, TAG_S_LOC, TAG_B_MISC,
					  TAG_E_PER, TAG_E_ORG, TAG_E_LOC, TAG_I_MISC };

static void
follow_read(struct follow *f, const int16_t (*follow)[TAG_ROW])
{
	int i, k, a;

	for (k = 0; k < 8; k++) {
		for (i = 0; i < TAG_ENDINGS; i++)
			f->outer[i][k] = follow[ending_tag[i]][outer_tag[k]];
		f->begun[k] = follow[outer_tag[k | 1]][inner_tag[k]];
		f->inside[k] = follow[inner_tag[k & 6]][inner_tag[k]];
	}
	for (a = 0; a < TAG_ROW; a++)
		for (k = 0; k < TAG_ROW; k++)
			f->before[k][a] = follow[a][k];
	for (a = 0; a < TAG_ROW; a++) {
		i = follow[TAG_O][a] + follow[a][TAG_O];
		f->alone[a] = (int16_t)(i < -30000 ? -30000 : i);
	}
}

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
	at += (size_t)h->nbucket * 4 * TAG_ROW;
	m->no_row = (const void *)at;
	at += TAG_ROW;
	m->typing = (const void *)at;
	at += sizeof *m->typing << TYPING_BITS;
	follow_read(&m->follow, h->follow);
	return (size_t)(at - (const char *)p) <= size;
}
