/* SPDX-License-Identifier: ISC */
/*
 * Offices and ranks: what somebody is rather than who.
 */
#include "rules.h"

#include <string.h>

#include "u8.h"

static const char *const office[] = {
	"secretary",	"general",	  "president",	     "minister",       "ministers",
	"ambassador",	"spokesman",	  "spokeswoman",     "spokesperson",   "chairman",
	"chairwoman",	"chair",	  "director",	     "manager",	       "governor",
	"senator",	"mayor",	  "chancellor",	     "premier",	       "envoy",
	"commissioner", "congressman",	  "congresswoman",   "lawmaker",       "deputy",
	"chief",	"officer",	  "coach",	     "captain",	       "editor",
	"reporter",	"professor",	  "analyst",	     "attorney",       "lawyer",
	"prosecutor",	"judge",	  "justice",	     "speaker",	       "leader",
	"commander",	"colonel",	  "lieutenant",	     "sergeant",       "major",
	"admiral",	"marshal",	  "brigadier",	     "representative", "counsel",
	"head",		"co-founder",	  "founder",	     "correspondent",  "spokesmen",
	"striker",	"midfielder",	  "defender",	     "goalkeeper",     "forward",
	"winger",	"actor",	  "actress",	     "singer",	       "author",
	"vice",		"assemblyman",	  "assemblywoman",   "councilman",     "councilwoman",
	"councillor",	"alderman",	  "sheriff",	     "detective",      "constable",
	"inspector",	"superintendent", "trooper",	     "corporal",       "archbishop",
	"bishop",	"cardinal",	  "rabbi",	     "comptroller",    "treasurer",
	"candidate",	"chairperson",	  "president-elect", "rear",	       "shadow",
	"columnist",	"reverend",	  "madam",	     "madame",	       "mister",
	"comrade",	"chieftainess"
};
/*
 * Those that begin with a letter: a bit for each length, since most words
 * are of none; 1 + the number of the first, and of the next behind each.
 */
static uint32_t office_size[26];
static uint8_t office_first[26], office_next[sizeof office / sizeof office[0]];

static void __attribute__((constructor)) office_fill(void)
{
	unsigned i, letter;

	for (i = 0; i < sizeof office / sizeof office[0]; i++) {
		letter = (unsigned)office[i][0] - 'a';
		office_size[letter] |= 1u << strlen(office[i]);
		office_next[i] = office_first[letter];
		office_first[letter] = (uint8_t)(i + 1);
	}
}

static const char rank[][5] = { "Lt",  "Cmdr", "Gen",  "Col",  "Capt", "Sgt",  "Maj",  "Adm",  "Rep",
				"Sen", "Gov",  "Dr",   "Mr",   "Mrs",  "Ms",   "Prof", "Brig", "Spc",
				"Pvt", "Cpl",  "Rev",  "Hon",  "Fr",   "Pte",  "Supt", "Insp", "Det",
				"Sir", "Dame", "Reps", "Sens", "Govs", "Gens", "Cols", "Drs",  "Pfc",
				"Sfc", "Amb",  "Pres", "Mme",  "Mlle", "Cde",  "Cllr", "Mzee" };
static uint8_t rank_size[26]; /* a bit for each length of those that begin with a letter */

static void __attribute__((constructor)) rank_fill(void)
{
	size_t i;

	for (i = 0; i < sizeof rank / sizeof rank[0]; i++)
		rank_size[rank[i][0] - 'A'] |= (uint8_t)(1u << strnlen(rank[i], sizeof rank[i]));
}

bool
is_rank_short(const char *p, size_t n)
{
	size_t i, k;

	n -= n > 0 && p[n - 1] == '.';
	if (n >= sizeof rank[0] || !ascii_upper(p[0]) || !(rank_size[p[0] - 'A'] >> n & 1))
		return false;
	for (i = 0; i < sizeof rank / sizeof rank[0]; i++)
		if (p[0] == rank[i][0] && rank[i][n] == '\0') {
			for (k = 1; k < n && (p[k] | 0x20) == rank[i][k]; k++)
				;
			if (k == n)
				return true;
		}
	return false;
}

bool
is_office_short(const struct tokens *ts, const struct token *t)
{
	static const char list[][5] = { "FM",  "PM",  "CM",  "MP",  "MPs", "MEP", "MEPs",
					"CMs", "CEO", "CFO", "COO", "CTO", "VP",  "IGP" };

	return LISTED(ts, t, list);
}

bool
is_addressed(const struct tokens *ts, const struct token *t)
{
	static const char title[][8] = {
		"Mr", "Mr.", "Mister", "Madam", "Madame", "Mrs.", "Mrs", "Ms.", "Ms"
	};
	static const char list[][14] = { "Chairman",   "Chairwoman",  "Chairperson", "Chair",
					 "Speaker",    "President",   "Secretary",   "Minister",
					 "Ambassador", "Commissioner" };

	static const char prime[][6] = { "Prime", "Vice" };

	return LISTED(ts, t + LISTED(ts, t, prime), list) && LISTED(ts, t - 1, title);
}

bool
is_office(const struct tokens *ts, const struct element *e)
{
	static const char police[][4] = { "ASP", "CSP", "DSP", "SSP", "PC", "WPC" };
	const struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin, i, k;

	if (t->shape == SHAPE_UPPER) /* the police's ranks are parties too, by themselves */
		return is_office_short(ts, t) || LISTED(ts, t, police);
	if (t->shape == SHAPE_DOTTED)
		return n > 2 && memcmp(p, "H.E", 3) == 0;
	if (!e->is_name || t->shape != SHAPE_INITIAL || n < 2)
		return false;
	if (is_rank_short(p, n))
		return true;
	if (n < 4)
		return false;
	if (n < 32 && ascii_upper(p[0]) && office_size[p[0] - 'A'] >> n & 1)
		for (i = office_first[p[0] - 'A']; i > 0; i = office_next[i - 1]) {
			for (k = 1; k < n && (p[k] | 0x20) == office[i - 1][k]; k++)
				;
			if (k == n && office[i - 1][k] == '\0')
				return true;
		}
	/* biologist, economist */
	return n > 6 && memcmp(p + n - 3, "ist", 3) == 0 && WORD_CASE(e->known) >= 5;
}
