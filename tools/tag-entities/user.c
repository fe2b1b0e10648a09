/* SPDX-License-Identifier: ISC */
#include "user.h"

#include <stdlib.h>
#include <string.h>

#include "mentions.h"
#include "msg.h"
#include "option.h"
#include "rec.h"
#include "u8.h"

static struct user_slot *
slot_of(const struct user_names *u, uint32_t key)
{
	size_t i = (key * 0x9E3779B1u) & u->mask;

	while (u->slot[i].key != 0 && u->slot[i].key != key)
		i = (i + 1) & u->mask;
	return &u->slot[i];
}

static struct user_slot *
slot_add(struct user_names *u, uint32_t key)
{
	struct user_slot *s, *old = u->slot;
	size_t i, n = u->mask + 1;

	if (old == NULL || u->used * 2 > n) {
		if (old == NULL)
			n = 512;
		u->slot = mem_array(NULL, 2 * n, sizeof *u->slot);
		memset(u->slot, 0, 2 * n * sizeof *u->slot);
		u->mask = 2 * n - 1;
		for (i = 0; old != NULL && i < n; i++)
			if (old[i].key != 0)
				*slot_of(u, old[i].key) = old[i];
		free(old);
	}
	s = slot_of(u, key);
	if (s->key == 0) {
		s->key = key;
		u->used++;
	}
	return s;
}

/*
 * The sign at *i of the n bytes at p, behind which *i is moved:
 * white space is one blank, a curly apostrophe a straight one.
 */
static char
sign_at(const char *p, size_t n, size_t *i)
{
	char c = p[(*i)++];

	if (ascii_space(c)) {
		while (*i < n && ascii_space(p[*i]))
			++*i;
		return ' ';
	}
	if (c == '\342' && n - *i >= 2 && p[*i] == '\200' && (p[*i + 1] == '\230' || p[*i + 1] == '\231')) {
		*i += 2;
		return '\'';
	}
	return c;
}

/*
 * Are the alias and the text the same but for the
 * amount of white space and the look of apostrophes?
 */
static bool
same_letters(const char *a, size_t an, const char *b, size_t bn)
{
	size_t i = 0, j = 0;

	while (i < an && j < bn)
		if (sign_at(a, an, &i) != sign_at(b, bn, &j))
			return false;
	return i == an && j == bn;
}

/* Without the white space about it that spreadsheets leave. */
static struct span
trimmed(const char *p, size_t n)
{
	for (; n > 0 && ascii_space(p[n - 1]); n--)
		;
	for (; n > 0 && ascii_space(p[0]); n--)
		p++;
	return (struct span){ p, n };
}

/* Longer names would make a text of their first words, repeated, quadratic. */
enum { NAME_TOKENS = 64 };

/* False when it is too long. */
static bool
add_alias(struct user_names *u, struct tokens *ts, struct buf *copy, struct span alias, uint32_t entry)
{
	const char *p = alias.p;
	const size_t n = alias.n;
	struct user_slot *s = NULL;
	uint32_t key = 0, *last;
	size_t i;

	copy->n = 0;
	buf_put(copy, p, n);
	memset(buf_room(copy, REC_SLACK), 0, REC_SLACK);
	tokens_read(ts, copy->p, n);
	if (ts->n > NAME_TOKENS)
		return false;
	for (i = 0; i < ts->n; i++) {
		if (s != NULL)
			s->prefix = 1;
		key = name_hash(key, ts->tok[i].hash);
		s = slot_add(u, key);
	}
	if (s == NULL)
		return true;
	for (last = &s->alias; *last != 0; last = &u->alias[*last - 1].next)
		if (same_letters(u->alias[*last - 1].p, u->alias[*last - 1].n, p, n))
			return true; /* the first of two stays */
	if (ts->tok[0].kind != TOKEN_NAME)
		u->small = true;
	*last = (uint32_t)u->nalias + 1;
	u->alias = mem_grow(u->alias, u->nalias, &u->alias_cap, sizeof *u->alias);
	u->alias[u->nalias++] = (struct user_alias){ .p = p, .n = (uint32_t)n, .entry = entry };
	return true;
}

void
user_read(struct user_names *u, const char *path)
{
	struct buf *all = &u->file, copy = { 0 };
	bool fits;
	struct tokens ts = { 0 };
	const char *p, *end, *tab;
	size_t got, line = 0, k;
	struct user_entry *e;
	struct span name;

	option_list(all, path);
	buf_byte(all, '\n');
	for (p = all->p; p < all->p + all->n; p = end + 1) {
		line++;
		end = memchr(p, '\n', (size_t)(all->p + all->n - p));
		got = (size_t)(end - p);
		if (got > 0 && p[got - 1] == '\r')
			got--;
		if (got == 0 || *p == '#')
			continue;
		if (u8_clean(p, got) != got)
			msg_die(EXIT_USAGE, "%s:%zu: not UTF-8", path, line);
		tab = memchr(p, '\t', got);
		if (tab == NULL || (name = trimmed(p, (size_t)(tab - p))).n == 0)
			msg_die(EXIT_USAGE, "%s:%zu: want a name, a TAB and a type", path, line);
		u->entry = mem_grow(u->entry, u->nentry, &u->entry_cap, sizeof *u->entry);
		e = &u->entry[u->nentry++];
		*e = (struct user_entry){ name.p, (uint32_t)name.n, 0 };
		got -= (size_t)(tab + 1 - p);
		p = tab + 1;
		tab = memchr(p, '\t', got);
		k = tab != NULL ? (size_t)(tab - p) : got;
		for (e->type = MENTION_PER; e->type <= MENTION_MISC; e->type++)
			if (span_eq(mention_type_name[e->type], (struct span){ p, k }))
				break;
		if (e->type > MENTION_MISC)
			msg_die(EXIT_USAGE, "%s:%zu: \"%.*s\" is not a type: want PER, ORG, LOC or MISC",
				path, line, k > 40 ? 40 : (int)k, p);
		fits = add_alias(u, &ts, &copy, name, (uint32_t)u->nentry - 1);
		while (tab != NULL && fits) {
			got -= (size_t)(tab + 1 - p);
			p = tab + 1;
			tab = memchr(p, '\t', got);
			k = tab != NULL ? (size_t)(tab - p) : got;
			fits = add_alias(u, &ts, &copy, trimmed(p, k), (uint32_t)u->nentry - 1);
		}
		if (!fits)
			msg_die(EXIT_USAGE, "%s:%zu: a name of more than %d words and marks", path, line,
				NAME_TOKENS);
	}
	tokens_free(&ts);
	buf_free(&copy);
}

size_t
user_match(const struct user_names *u, const struct tokens *ts, size_t i, const struct user_entry **entry)
{
	const struct user_alias *a;
	const struct user_slot *s;
	struct token *t;
	size_t j, found = 0;
	uint32_t key = 0, k;

	if (u->slot == NULL) /* a list without names */
		return 0;
	for (j = i; j < ts->n; j++) {
		t = &ts->tok[j];
		if (t->kind == TOKEN_LINE)
			break;
		key = name_hash(key, t->hash);
		if ((s = slot_of(u, key))->key == 0)
			break;
		for (k = s->alias; k != 0; k = a->next) {
			a = &u->alias[k - 1];
			if (u->ignore_case || same_letters(a->p, a->n, ts->text + ts->tok[i].begin,
							   t->end - ts->tok[i].begin)) {
				found = j - i + 1;
				*entry = &u->entry[a->entry];
				break;
			}
		}
		if (!s->prefix)
			break;
	}
	return found;
}
