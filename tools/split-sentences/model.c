/* SPDX-License-Identifier: ISC */
#include "embed.h"
#include "model.h"

EMBED(split_model, "tools/split-sentences/model.bin");

const uint16_t *
model_lex(void)
{
	return (const uint16_t *)(const void *)split_model;
}

int32_t
model_score(const uint32_t *feature, size_t n)
{
	const int8_t *weight = (const int8_t *)(split_model + LEX_SIZE * sizeof(uint16_t));
	int32_t sum = 0;
	size_t k;

	for (k = 0; k < n; k++)
		sum += weight[feature[k]];
	return sum;
}
