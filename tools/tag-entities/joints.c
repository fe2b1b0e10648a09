/* SPDX-License-Identifier: ISC */
/*
 * Joints: what may stand between two capitalised words of one name.
 */
#include "runs.h"

#include <string.h>

#include "little.h"

/*
 * Small words that stand inside names (1), and those that may begin one (2), of at most
 * five letters; by their bytes as a number.
 */
static const struct {
	char word[15];
	uint8_t kind;
} joint[] = { { "of", 1 },    { "the", 1 },   { "and", 1 }, { "for", 1 }, { "in", 1 },	  { "on", 1 },
	      { "at", 1 },    { "de", 2 },    { "la", 1 },  { "le", 1 },  { "du", 1 },	  { "del", 1 },
	      { "da", 1 },    { "do", 1 },    { "dos", 1 }, { "das", 1 }, { "des", 1 },	  { "di", 1 },
	      { "della", 1 }, { "e", 1 },     { "y", 1 },   { "et", 1 },  { "ten", 1 },	  { "an", 1 },
	      { "und", 1 },   { "zu", 1 },    { "al", 2 },  { "el", 2 },  { "van", 2 },	  { "von", 2 },
	      { "bin", 2 },   { "ibn", 2 },   { "der", 2 }, { "den", 2 }, { "ul", 2 },	  { "ur", 2 },
	      { "bint", 2 },  { "ould", 2 },  { "d", 2 },   { "ben", 2 }, { "i", 1 },	  { "las", 1 },
	      { "los", 1 },   { "les", 1 },   { "lo", 1 },  { "es", 1 },  { "ap", 1 },	  { "arap", 1 },
	      { "binti", 2 }, { "binte", 2 }, { "wa", 1 },  { "ya", 1 },  { "sur", 1 },	  { "dei", 1 },
	      { "ter", 2 },   { "af", 2 },    { "nad", 1 }, { "bei", 1 }, { "dello", 1 }, { "degli", 1 },
	      { "delle", 1 }, { "dell", 1 },  { "dal", 1 }, { "sul", 1 }, { "ng", 1 },	  { "og", 1 },
	      { "och", 1 },   { "aan", 1 },   { "zum", 1 }, { "zur", 1 }, { "vom", 1 },	  { "sous", 1 },
	      { "pod", 1 },   { "na", 1 },    { "n", 1 },   { "im", 1 },  { "pour", 1 },  { "para", 1 },
	      { "con", 1 } };

/*
 * Each in a place of its own, told by its hash and its length: how long a search of several places
 * takes could not be foretold. The factor gives the words above such places; for others one is
 * found, in some hundred tries.
 */
#define JOINT_BITS 9
static uint32_t joint_slot[1 << JOINT_BITS], joint_factor = 0xe940f941u;

/* Odd, as hashes are: an even one in the table is of a word that may begin a name. */
static inline uint32_t
joint_key(uint32_t hash, size_t n)
{
	return hash ^ (uint32_t)n << 1;
}

static inline uint32_t *
joint_place(uint32_t key)
{
	return &joint_slot[(key * joint_factor) >> (32 - JOINT_BITS)];
}

static void __attribute__((constructor)) joint_fill(void)
{
	const size_t n = sizeof joint / sizeof joint[0];
	uint32_t key, *place;
	size_t i, len;

	for (i = 0; i < n; i++) {
		len = strlen(joint[i].word);
		key = joint_key(word_hash(joint[i].word, len), len);
		place = joint_place(key);
		if (*place != 0 && (*place | 1) != key) { /* anew with another factor */
			memset(joint_slot, 0, sizeof joint_slot);
			joint_factor *= 0x9E3779B1u;
			i = (size_t)-1;
			continue;
		}
		*place = key ^ (joint[i].kind == 2);
	}
}

int
joint_kind(const struct token *t)
{
	const uint32_t key = joint_key(t->hash, t->end - t->begin), other = *joint_place(key) ^ key;

	return (int)((other + 1) & -(uint32_t)(other < 2));
}

/* A hyphen with words right before and behind it. */
bool
is_hyphen(const struct token *t)
{
	return t->hash == MARK_HASH('-') && !((t->flags | t[1].flags) & TOKEN_SPACE);
}

/* The hyphen of a name behind which a line ended once: Hunter- Gault. Not LONDON- Britain. */
static bool
is_hyphen_at_end(const struct token *t)
{
	return t->hash == MARK_HASH('-') && !(t->flags & TOKEN_SPACE) && t[-1].shape == SHAPE_INITIAL &&
	       t[1].shape == SHAPE_INITIAL;
}

static bool
is_and(const struct tokens *ts, const struct token *t)
{
	return t->kind == TOKEN_LOWER && t->end - t->begin == 3 && memcmp(ts->text + t->begin, "and", 3) == 0;
}

/*
 * Does the list of names that goes on at t say what a part of a
 * government or of a school is for: Ministry of Agriculture, ...?
 */
static bool
is_field(const struct tokens *ts, const struct token *t)
{
	static const char list[][12] = { "Ministry",	"Department", "Dept",	 "Bureau",    "Office",
					 "Committee",	"Commission", "Council", "Institute", "Agency",
					 "Directorate", "Faculty",    "School",	 "Board",     "Division" };
	const struct token *least = t - ts->tok < 12 ? ts->tok : t - 12;

	for (t--; t > least && (t->kind == TOKEN_NAME || is_and(ts, t) || ts->text[t->begin] == ','); t--)
		;
	return t > least && t->kind == TOKEN_LOWER && joint_kind(t) == 1 && LISTED(ts, t - 1, list);
}

/*
 * Is the comma at t, with a name behind it, part of a name that is a list: Squire, Harmon & Gantz;
 * Ministry of Agriculture, Fisheries and Food?
 */
static bool
is_list_comma(const struct tokens *ts, const struct token *t)
{
	enum { ITEMS = 5, WORDS = 3 }; /* at most, of the list and of one item */
	const struct token *u = t;
	unsigned items, words;

	for (items = 0; items < ITEMS && u->kind == TOKEN_MARK && ts->text[u->begin] == ','; items++) {
		for (words = 0, u++; u->kind == TOKEN_NAME && words < WORDS; u++)
			words++;
		if (words == 0 && items == 0)
			return false;
		if (u->kind == TOKEN_MARK && ts->text[u->begin] == '&')
			return u[1].kind == TOKEN_NAME;
		if (is_and(ts, u))
			return u[1].kind == TOKEN_NAME && is_field(ts, t);
	}
	return false;
}

static bool
is_quote(const struct token *t)
{
	return t->kind == TOKEN_MARK && (t->hash == MARK_HASH('"') || t->hash == MARK_HASH('\''));
}

/*
 * Is t the first or the second of the quotation marks around one
 * word or two inside a name: Robert "Steve" Miller, Toys "R" Us?
 */
static bool
is_nickname(const struct token *t)
{
	const struct token *end;

	if (!(t->flags & TOKEN_SPACE)) /* the second */
		t -= is_quote(t - 2) ? 2 : 3;
	end = t + (t[2].kind == TOKEN_NAME ? 3 : 2);
	return is_quote(t) && t->flags & TOKEN_SPACE && t[-1].kind == TOKEN_NAME && t[1].kind == TOKEN_NAME &&
	       !(t[1].flags & TOKEN_SPACE) && is_quote(end) && !(end->flags & TOKEN_SPACE) &&
	       end[1].kind == TOKEN_NAME && end[1].flags & TOKEN_SPACE;
}

bool
ends_run(const struct token *t)
{
	const uint64_t inside = (uint64_t)1 << '&' | (uint64_t)1 << '-' | (uint64_t)1 << '"' |
				(uint64_t)1 << '\'' | (uint64_t)(t[1].kind == TOKEN_NAME) << ',';
	const uint32_t cp = MARK_CP(t->hash);
	const unsigned none = (t[-1].hash != MARK_HASH('-')) & (joint_kind(t) == 0);
	const unsigned mark = (cp > 63) | (~inside >> (cp & 63) & 1);

	return ((t->kind == TOKEN_LOWER) & none) | ((t->kind == TOKEN_MARK) & mark) | (t->kind == TOKEN_LINE);
}

/* Can the token stand between two capitalised words of one name? */
int
is_joint(const struct tokens *ts, const struct token *t)
{
	char c = ts->text[t->begin];

	switch (t->kind) {
	case TOKEN_LOWER: /* Stoke-by-Nayland */
		return is_hyphen(t - 1) && is_hyphen(t + 1) ? 1 : joint_kind(t);
	case TOKEN_MARK:
		if (c == '&')
			return 1;
		if (is_quote(t))
			return is_nickname(t);
		if (c == ',') /* Washington, D.C.; Sandoval, Inc.; Squire, Harmon & Gantz; but not Reno, NV */
			return (t[1].shape == SHAPE_DOTTED && memcmp(ts->text + t[1].begin, "D.C", 3) == 0) ||
			       (t[1].end - t[1].begin > 2 && name_form(ts, &t[1]) == FORM_LEGAL) ||
			       is_list_comma(ts, t);
		return is_hyphen(t) || is_hyphen_at_end(t);
	case TOKEN_POSS:
	case TOKEN_NUMBER:
		return 1;
	default:
		return 0;
	}
}
