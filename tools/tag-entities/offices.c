/* SPDX-License-Identifier: ISC */
/*
 * Offices and ranks: what somebody is rather than who.
 */
#include "rules.h"

#include <string.h>

#include "rec.h"

/*
 * What a word is: an office or a rank in short, with a capital first and the other letters of
 * whatever case, the rank with or without its full stop; as it stands here an office in short,
 * a police rank, how somebody is addressed, what may stand before that, and a rank that is something
 * else without its full stop: the SEC.
 */
enum { OFFICE = 1, RANK = 2, SHORT = 4, POLICE = 8, ADDRESSED = 16, PRIME = 32, DOTTED = 64 };

/* clang-format off */
static const struct {
	char word[15];
	uint8_t is;
} list[] = {
	{ "Secretary", OFFICE | ADDRESSED }, { "President", OFFICE | ADDRESSED },
	{ "Minister", OFFICE | ADDRESSED }, { "Ambassador", OFFICE | ADDRESSED },
	{ "Chairman", OFFICE | ADDRESSED }, { "Chairwoman", OFFICE | ADDRESSED },
	{ "Chair", OFFICE | ADDRESSED }, { "Commissioner", OFFICE | ADDRESSED },
	{ "Speaker", OFFICE | ADDRESSED }, { "Chairperson", OFFICE | ADDRESSED },
	{ "Vice", OFFICE | PRIME },
	{ "Prime", PRIME },
	{ "General", OFFICE }, { "Ministers", OFFICE }, { "Spokesman", OFFICE },
	{ "Spokeswoman", OFFICE }, { "Spokesperson", OFFICE }, { "Director", OFFICE },
	{ "Manager", OFFICE }, { "Governor", OFFICE }, { "Senator", OFFICE }, { "Mayor", OFFICE },
	{ "Chancellor", OFFICE }, { "Premier", OFFICE }, { "Envoy", OFFICE },
	{ "Congressman", OFFICE }, { "Congresswoman", OFFICE }, { "Lawmaker", OFFICE },
	{ "Deputy", OFFICE }, { "Chief", OFFICE }, { "Officer", OFFICE }, { "Coach", OFFICE },
	{ "Captain", OFFICE }, { "Editor", OFFICE }, { "Reporter", OFFICE },
	{ "Professor", OFFICE }, { "Analyst", OFFICE }, { "Attorney", OFFICE },
	{ "Lawyer", OFFICE }, { "Prosecutor", OFFICE }, { "Judge", OFFICE }, { "Justice", OFFICE },
	{ "Leader", OFFICE }, { "Commander", OFFICE }, { "Colonel", OFFICE },
	{ "Lieutenant", OFFICE }, { "Sergeant", OFFICE }, { "Major", OFFICE },
	{ "Admiral", OFFICE }, { "Marshal", OFFICE }, { "Brigadier", OFFICE },
	{ "Representative", OFFICE }, { "Counsel", OFFICE }, { "Head", OFFICE },
	{ "Founder", OFFICE }, { "Correspondent", OFFICE }, { "Spokesmen", OFFICE },
	{ "Striker", OFFICE }, { "Midfielder", OFFICE }, { "Defender", OFFICE },
	{ "Goalkeeper", OFFICE }, { "Forward", OFFICE }, { "Winger", OFFICE }, { "Actor", OFFICE },
	{ "Actress", OFFICE }, { "Singer", OFFICE }, { "Author", OFFICE },
	{ "Assemblyman", OFFICE }, { "Assemblywoman", OFFICE }, { "Councilman", OFFICE },
	{ "Councilwoman", OFFICE }, { "Councillor", OFFICE }, { "Alderman", OFFICE },
	{ "Sheriff", OFFICE }, { "Detective", OFFICE }, { "Constable", OFFICE },
	{ "Inspector", OFFICE }, { "Superintendent", OFFICE }, { "Trooper", OFFICE },
	{ "Corporal", OFFICE }, { "Archbishop", OFFICE }, { "Bishop", OFFICE },
	{ "Cardinal", OFFICE }, { "Rabbi", OFFICE }, { "Comptroller", OFFICE },
	{ "Treasurer", OFFICE }, { "Candidate", OFFICE }, { "Rear", OFFICE }, { "Shadow", OFFICE },
	{ "Columnist", OFFICE }, { "Reverend", OFFICE }, { "Madam", OFFICE }, { "Madame", OFFICE },
	{ "Mister", OFFICE }, { "Comrade", OFFICE }, { "Chieftainess", OFFICE },
	{ "Commodore", OFFICE }, { "Ratu", OFFICE },
	{ "Lt", RANK }, { "Cmdr", RANK }, { "Gen", RANK }, { "Col", RANK }, { "Capt", RANK },
	{ "Sgt", RANK }, { "Maj", RANK }, { "Adm", RANK }, { "Rep", RANK }, { "Sen", RANK },
	{ "Gov", RANK }, { "Dr", RANK }, { "Mr", RANK }, { "Mrs", RANK }, { "Ms", RANK },
	{ "Prof", RANK }, { "Brig", RANK }, { "Spc", RANK }, { "Pvt", RANK }, { "Cpl", RANK },
	{ "Rev", RANK }, { "Hon", RANK }, { "Fr", RANK }, { "Pte", RANK }, { "Supt", RANK },
	{ "Insp", RANK }, { "Det", RANK }, { "Sir", RANK }, { "Dame", RANK }, { "Reps", RANK },
	{ "Sens", RANK }, { "Govs", RANK }, { "Gens", RANK }, { "Cols", RANK }, { "Drs", RANK },
	{ "Pfc", RANK }, { "Sfc", RANK }, { "Amb", RANK }, { "Pres", RANK }, { "Mme", RANK },
	{ "Mlle", RANK }, { "Cde", RANK }, { "Cllr", RANK }, { "Mzee", RANK },
	{ "Rtd", RANK }, { "Retd", RANK }, { "Engr", RANK }, { "Atty", RANK }, { "Smt", RANK },
	{ "Msgr", RANK }, { "Sec", DOTTED },
	{ "FM", SHORT }, { "PM", SHORT }, { "CM", SHORT }, { "MP", SHORT }, { "MPs", SHORT },
	{ "MEP", SHORT }, { "MEPs", SHORT }, { "CMs", SHORT }, { "CEO", SHORT }, { "CFO", SHORT },
	{ "COO", SHORT }, { "CTO", SHORT }, { "VP", SHORT }, { "IGP", SHORT },
	{ "MLA", SHORT }, { "MLAs", SHORT }, { "MSP", SHORT }, { "MSPs", SHORT },
	{ "MNAs", SHORT }, { "MPAs", SHORT }, { "MCAs", SHORT }, { "TDs", SHORT },
	{ "ASP", POLICE }, { "CSP", POLICE }, { "DSP", POLICE }, { "SSP", POLICE },
	{ "PC", POLICE }, { "WPC", POLICE }, { "DC", POLICE }, { "DS", POLICE }, { "DI", POLICE },
	{ "DCI", POLICE }
};
/* clang-format on */

enum { NLIST = sizeof list / sizeof list[0], SLOT_BITS = 11, NSLOT = 1 << SLOT_BITS };
static uint8_t slot[NSLOT]; /* 1 + numbers of the words by their hashes: open addressing; 0: free */
static uint32_t hash[NLIST];

_Static_assert(NLIST < 255, "numbers of words are bytes");

static void __attribute__((constructor)) slot_fill(void)
{
	char word[sizeof list[0].word + REC_SLACK] = { 0 };
	size_t i, k;

	for (i = 0; i < NLIST; i++) {
		memcpy(word, list[i].word, sizeof list[i].word);
		hash[i] = word_hash(word, strlen(word));
		for (k = hash[i] >> (32 - SLOT_BITS); slot[k] != 0; k = (k + 1) % NSLOT)
			;
		slot[k] = (uint8_t)(i + 1);
	}
}

/* What the word is that token t is. Nearly all are nothing, which one look tells. */
static unsigned
what_is(const struct tokens *ts, const struct token *t)
{
	const char *p = ts->text + t->begin, *word;
	size_t n = t->end - t->begin, len, i, k;
	unsigned is;

	for (k = t->hash >> (32 - SLOT_BITS); slot[k] != 0 && hash[slot[k] - 1] != t->hash;
	     k = (k + 1) % NSLOT)
		;
	if (slot[k] == 0)
		return 0;
	word = list[slot[k] - 1].word;
	is = list[slot[k] - 1].is;
	len = strlen(word);
	if (n == len && memcmp(p, word, n) == 0)
		return is;
	for (i = 1; i < len && (p[i] | 0x20) == word[i]; i++)
		;
	if (p[0] != word[0] || i < len)
		return 0;
	return n == len			       ? is & (OFFICE | RANK | DOTTED)
	       : n == len + 1 && p[len] == '.' ? is & (RANK | DOTTED)
					       : 0;
}

/* May the word be a rank or an office in short? Four letters and a full stop at most. */
static bool
is_short(const struct token *t)
{
	return t->end - t->begin <= 5;
}

bool
is_rank_short(const struct tokens *ts, const struct token *t)
{
	return is_short(t) && what_is(ts, t) & RANK;
}

bool
is_title_short(const struct tokens *ts, const struct token *t)
{
	const unsigned is = is_short(t) ? what_is(ts, t) : 0;
	const struct token *name = t + 1;

	if (!(is & (RANK | DOTTED)))
		return is & SHORT;
	if (name->hash == MARK_HASH('.') && !(name->flags & TOKEN_SPACE))
		name++;
	else if (!(t->flags & TOKEN_DOT))
		return false;
	return t->shape == SHAPE_INITIAL || (name->shape == SHAPE_UPPER && name[1].hash == MARK_HASH(':'));
}

bool
is_addressed(const struct tokens *ts, const struct token *t)
{
	static const char title[][8] = {
		"Mr", "Mr.", "Mister", "Madam", "Madame", "Mrs.", "Mrs", "Ms.", "Ms"
	};
	unsigned is = what_is(ts, t);

	if (is & PRIME)
		is = what_is(ts, t + 1);
	return is & ADDRESSED && LISTED(ts, t - 1, title);
}

bool
is_office(const struct tokens *ts, const struct element *e)
{
	const struct token *t = &ts->tok[e->tok];
	const char *p = ts->text + t->begin;
	size_t n = t->end - t->begin;

	if (t->shape == SHAPE_UPPER) /* the police's ranks are parties too, by themselves */
		return what_is(ts, t) & (SHORT | POLICE);
	if (t->shape == SHAPE_DOTTED)
		return n > 2 && memcmp(p, "H.E", 3) == 0;
	if (!e->is_name || t->shape != SHAPE_INITIAL || n < 2)
		return false;
	if (what_is(ts, t) & (OFFICE | RANK))
		return true;
	/* biologist, economist */
	return n > 6 && memcmp(p + n - 3, "ist", 3) == 0 && WORD_CASE(e->known) >= 5;
}
