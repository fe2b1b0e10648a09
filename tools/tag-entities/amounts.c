/* SPDX-License-Identifier: ISC */
#include "patterns.h"

static const char *const currency_name[] = { "AED", "AUD", "AZN", "BDT", "BGN", "BRL", "BTC", "CAD", "CHF",
					     "CNY", "CZK", "DEM", "DKK", "EGP", "EUR", "GBP", "GBp", "GEL",
					     "GRD", "HKD", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "JPY",
					     "KES", "KRW", "KWD", "KZT", "MXN", "MYR", "NGN", "NOK", "NZD",
					     "PKR", "PLN", "RON", "RUB", "SAR", "SEK", "SGD", "THB", "TRY",
					     "TWD", "UAH", "USD", "USc", "VND", "ZAR" };
static const char *const measure_name[] = {
	"metre",    "kilometre", "centimetre", "millimetre", "mile",	  "foot",     "inch",	  "yard",
	"gram",	    "kilogram",	 "tonne",      "pound",	     "ounce",	  "litre",    "gallon",	  "barrel",
	"acre",	    "hectare",	 "degree",     "megawatt",   "kilowatt",  "gigawatt", "volt",	  "mph",
	"kph",	    "knot",	 "light-year", "microgram",  "milligram", "megabyte", "gigabyte", "terabyte",
	"kilobyte", "hertz",	 "megahertz",  "gigahertz"
};

/* Whose pounds, dollars, francs, pesos or crowns: the land's adjective before them decides. XXX where it is not known. */
static const char *
currency_of(const struct tokens *ts, size_t i, const char *bare)
{
	static const struct {
		const char *land, *bare, *code;
	} list[] = {
		{ "us", "USD", "USD" },		{ "u.s.", "USD", "USD" },     { "american", "USD", "USD" },
		{ "australian", "USD", "AUD" }, { "canadian", "USD", "CAD" }, { "singapore", "USD", "SGD" },
		{ "kong", "USD", "HKD" },	{ "hong", "USD", "HKD" },     { "zealand", "USD", "NZD" },
		{ "taiwan", "USD", "TWD" },	{ "jamaican", "USD", "JMD" }, { "namibian", "USD", "NAD" },
		{ "british", "GBP", "GBP" },	{ "uk", "GBP", "GBP" },	      { "sterling", "GBP", "GBP" },
		{ "sudanese", "GBP", "SDG" },	{ "egyptian", "GBP", "EGP" }, { "syrian", "GBP", "SYP" },
		{ "lebanese", "GBP", "LBP" },	{ "cypriot", "GBP", "CYP" },  { "irish", "GBP", "IEP" },
	};
	size_t k;

	for (k = 0; k < sizeof list / sizeof list[0]; k++)
		if (strcmp(bare, list[k].bare) == 0 && is_text(ts, i, list[k].land))
			return list[k].code;
	return strcmp(bare, "USD") == 0 || strcmp(bare, "GBP") == 0 ? "XXX" : bare;
}

/* An amount: what stands before the number, or else the one or two words (last not NULL) behind it. */
static bool
found_amount(struct phrase *w, size_t end, enum mention_type type, const char *before, int64_t num,
	     const char *behind, const char *last)
{
	char *to = w->value;

	if (before != NULL)
		to = add_number(add_text(add_text(to, before), " "), num);
	else
		to = add_text(add_text(add_number(to, num), " "), behind);
	if (last != NULL)
		to = add_text(add_text(to, " "), last);
	set_end(w, to);
	return found(w, end, type, true);
}

bool
amount(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	const char *p = ts->text + ts->tok[i].begin;
	size_t n = ts->tok[i].end - ts->tok[i].begin, at = i, used;
	const char *unit = NULL;
	uint32_t v;
	int64_t num;

	/* a currency's sign before the number, a country's letters before the sign */
	if (ts->tok[i].kind == TOKEN_NAME && mark(ts, i + 1) == '$' && n <= 4 &&
	    ts->tok[i].shape != SHAPE_INITIAL) {
		unit = p[0] == 'C' || is_text(ts, i, "ca") ? "CAD"
		       : p[0] == 'A'			   ? "AUD"
		       : p[0] == 'N'			   ? "NZD"
		       : p[0] == 'H'			   ? "HKD"
		       : p[0] == 'S'			   ? "SGD"
							   : "USD";
		at = i + 2;
	} else if (ts->tok[i].kind == TOKEN_MARK) {
		switch (ts->tok[i].hash & 0x7FFFFFFF) {
		case '$':
			unit = "USD";
			break;
		case 0x20AC:
			unit = "EUR";
			break;
		case 0xA3:
			unit = "GBP";
			break;
		case 0xA5:
			unit = "JPY";
			break;
		case 0x20B9:
			unit = "INR";
			break;
		case 0x20BD:
			unit = "RUB";
			break;
		case 0x20B4:
			unit = "UAH";
			break;
		case 0x20BA:
			unit = "TRY";
			break;
		case 0x20A9:
			unit = "KRW";
			break;
		case 0x20AA:
			unit = "ILS";
			break;
		default:
			return false;
		}
		at = i + 1;
	} else if (((v = word(ts, i)) & CLASS) == CODE && ts->tok[i].shape == SHAPE_UPPER) {
		unit = currency_name[v & 255];
		at = i + 1;
	}
	if (unit != NULL) {
		if (ts->tok[at].kind != TOKEN_NUMBER || (used = number_at(ts, at, &num)) == 0)
			return false;
		at += used;
		if ((word(ts, at) & CLASS) == CURRENCY && strcmp(unit, "USD") == 0)
			at++;
		return found_amount(w, at, MENTION_MONEY, unit, num, "", NULL);
	}
	if ((used = number_at(ts, i, &num)) == 0)
		return false;
	at = i + used;
	if (mark(ts, at) == '%')
		return found_amount(w, at + 1, MENTION_PERCENT, NULL, num, "%", NULL);
	if (is_dash(ts, at) && !(ts->tok[at].flags & TOKEN_SPACE))
		at++;
	v = word(ts, at);
	if ((v & CLASS) == PERCENTAGE || is_text(ts, at, "percentage") ||
	    (is_text(ts, at, "per") && is_text(ts, at + 1, "cent"))) {
		at += is_text(ts, at, "per") ? 2 : 1;
		if (is_text(ts, at, "points") || is_text(ts, at, "point"))
			at++;
		else if (is_text(ts, at - 1, "percentage"))
			return false;
		return found_amount(w, at, MENTION_PERCENT, NULL, num, "%", NULL);
	}
	if (((v & CLASS) == CODE && ts->tok[at].shape == SHAPE_UPPER) ||
	    ((v & CLASS) == CURRENCY && !(v & LOOSE)))
		return found_amount(w, at + 1, MENTION_MONEY, currency_name[v & 255], num, "", NULL);
	/* 20 US dollars, 5 million Canadian dollars, 3 billion Swiss francs */
	if (ts->tok[at].kind == TOKEN_NAME && (word(ts, at + 1) & CLASS) == CURRENCY) {
		v = word(ts, at + 1);
		unit = currency_of(ts, at, currency_name[v & 255]);
		return found_amount(w, at + 2, MENTION_MONEY, unit, num, "", NULL);
	}
	if (is_text(ts, at, "square") || is_text(ts, at, "sq") || is_text(ts, at, "cubic") ||
	    is_text(ts, at, "nautical")) {
		v = word(ts, at + 1);
		if ((v & CLASS) != MEASURE)
			return false;
		return found_amount(w, at + 2, MENTION_QUANTITY, NULL, num,
				    is_text(ts, at, "cubic")	  ? "cubic"
				    : is_text(ts, at, "nautical") ? "nautical"
								  : "square",
				    measure_name[v & 255]);
	}
	if ((v & CLASS) == MEASURE &&
	    (ts->tok[i].kind == TOKEN_NUMBER || ts->tok[at].end - ts->tok[at].begin > 2))
		return found_amount(w, at + 1, MENTION_QUANTITY, NULL, num, measure_name[v & 255], NULL);
	return false;
}
