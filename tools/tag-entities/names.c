/* SPDX-License-Identifier: ISC */
#include "names.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <string.h>

#include "tag-entities/names-table.h"

void
name_fetch(uint32_t key)
{
	__builtin_prefetch(&names_slot[name_place(key, names_nslot)]);
}

#ifdef __SSE2__
/* Which of four slots are free or have the key. */
static inline __m128i
ends_search(const struct name_slot *s, uint32_t key)
{
	__m128i keys = _mm_castps_si128(_mm_shuffle_ps(_mm_loadu_ps((const float *)(const void *)s),
						       _mm_loadu_ps((const float *)(const void *)(s + 2)),
						       _MM_SHUFFLE(2, 0, 2, 0)));

	return _mm_or_si128(_mm_cmpeq_epi32(keys, _mm_setzero_si128()),
			    _mm_cmpeq_epi32(keys, _mm_set1_epi32((int)key)));
}
#endif

const struct name_slot *
name_find(uint32_t key)
{
	const struct name_slot *s = &names_slot[name_place(key, names_nslot)];
#ifdef __SSE2__
	/* eight at once: one at a time, where the search ends could not be foretold */
	unsigned ends;

	for (;; s += 8) {
		ends = (unsigned)_mm_movemask_epi8(
		    _mm_packs_epi32(ends_search(s, key), ends_search(s + 4, key)));
		if (ends != 0)
			return s + (unsigned)__builtin_ctz(ends) / 2;
	}
#else
	while (s->key != key && s->key != 0)
		s++;
	return s;
#endif
}

const struct name_slot *
name_get(uint32_t key)
{
	const struct name_slot *s = name_find(key);

	return s->key == key ? s : NULL;
}

static const char form[][13] = { "Co",	"Corp", "Inc", "Ltd", "LLC", "PLC",	"Plc",	       "plc",
				 "AG",	"SA",	"NV",  "BV",  "SE",  "GmbH",	"SpA",	       "AB",
				 "ASA", "Oyj",	"Pty", "LP",  "LLP", "Limited", "Incorporated" };

uint16_t name_form_size[32];

static void __attribute__((constructor)) form_fill(void)
{
	size_t i;

	for (i = 0; i < sizeof form / sizeof form[0]; i++)
		name_form_size[form[i][0] & 31] |= (uint16_t)(1u << strnlen(form[i], sizeof form[i]));
}

enum name_form
name_form_listed(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < sizeof form / sizeof form[0]; i++)
		if (form[i][0] == p[0] && strnlen(form[i], sizeof form[i]) == n && memcmp(form[i], p, n) == 0)
			return i < 2 ? FORM_WEAK : FORM_LEGAL;
	return FORM_NONE;
}

const struct name_slot *
name_code(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];

	if (t->shape != SHAPE_UPPER || t->end - t->begin != 3 || ts->text[t[-1].begin] != '(' ||
	    ts->text[t[1].begin] != ')' || (t[-2].kind != TOKEN_NAME && t[-2].kind != TOKEN_NUMBER))
		return NULL;
	return name_get(name_hash(CODE_SALT, t->hash));
}

struct name_hit
name_longest(const struct tokens *ts, size_t i, unsigned bits, unsigned canon)
{
	const struct token *t = &ts->tok[i];
	struct name_hit hit = name_alone(bits, canon, t);
	const struct name_slot *s;
	uint32_t key = name_hash(0, t->hash);
	size_t j = i;

	while (bits & NAME_PREFIX) {
		/* the next word, behind marks that names have inside */
		for (;;) {
			if (++j == i + 12)
				return hit;
			t = &ts->tok[j];
			if (t->kind != TOKEN_MARK || ts->text[t->begin] == '&')
				break;
			if (!(t->hash == MARK_HASH('-') &&
			      !(t->flags & TOKEN_SPACE)) && /* parts of a word with a hyphen */
			    !(ts->text[t->begin] == ',' && t[1].shape == SHAPE_DOTTED)) /* Washington, D.C. */
				return hit;
		}
		if (t->kind == TOKEN_LINE || (t->kind != TOKEN_MARK && !(t->flags & TOKEN_SPACE) &&
					      t->kind != TOKEN_POSS && t[-1].hash != MARK_HASH('-')))
			break;
		key = name_hash(key, t->kind == TOKEN_MARK ? name_and() : t->hash);
		s = name_find(key);
		bits = s->bits;
		if (name_ends(bits, t))
			hit = (struct name_hit){ (uint32_t)(j - i + 1), (uint16_t)(bits & NAME_CLASSES),
						 s->canon };
	}
	return hit;
}

struct name_hit
name_match(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[i];
	const struct name_slot *s;

	if (t->kind == TOKEN_LINE || t->kind == TOKEN_MARK || (s = name_get(name_hash(0, t->hash))) == NULL)
		return (struct name_hit){ 0, 0, 0 };
	return name_match_on(ts, i, s->bits, s->canon);
}
