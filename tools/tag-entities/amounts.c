/* SPDX-License-Identifier: ISC */
#include "patterns.h"

#define CURRENCY_NAME(code) #code,
#define SHARED_NAME(word, code) #code,
static const char *const currency_name[] = { CURRENCIES(CURRENCY_NAME) SHARED_CURRENCIES(SHARED_NAME) };
#define MEASURE_NAME(id, name) name,
static const char *const measure_name[] = { MEASURES(MEASURE_NAME) };

/*
 * Whose dollars, pounds, francs: a land's adjective or name,
 * as far as it is one word, and the codes of its currencies.
 */
static const struct land {
	const char *land;
	uint8_t currency;
	char code[4];
} lands[] = {
	{ "us", DOLLAR, "USD" },	  { "u.s.", DOLLAR, "USD" },	   { "american", DOLLAR, "USD" },
	{ "australian", DOLLAR, "AUD" },  { "canadian", DOLLAR, "CAD" },   { "singapore", DOLLAR, "SGD" },
	{ "kong", DOLLAR, "HKD" },	  { "zealand", DOLLAR, "NZD" },	   { "taiwan", DOLLAR, "TWD" },
	{ "taiwanese", DOLLAR, "TWD" },	  { "jamaican", DOLLAR, "JMD" },   { "namibian", DOLLAR, "NAD" },
	{ "zimbabwe", DOLLAR, "ZWL" },	  { "zimbabwean", DOLLAR, "ZWL" }, { "fijian", DOLLAR, "FJD" },
	{ "british", POUND, "GBP" },	  { "uk", POUND, "GBP" },	   { "sudanese", POUND, "SDG" },
	{ "egyptian", POUND, "EGP" },	  { "syrian", POUND, "SYP" },	   { "lebanese", POUND, "LBP" },
	{ "cypriot", POUND, "CYP" },	  { "irish", POUND, "IEP" },	   { "swiss", FRANC, "CHF" },
	{ "french", FRANC, "FRF" },	  { "belgian", FRANC, "BEF" },	   { "luxembourg", FRANC, "LUF" },
	{ "congolese", FRANC, "CDF" },	  { "rwandan", FRANC, "RWF" },	   { "burundian", FRANC, "BIF" },
	{ "guinean", FRANC, "GNF" },	  { "mexican", PESO, "MXN" },	   { "philippine", PESO, "PHP" },
	{ "argentine", PESO, "ARS" },	  { "argentinian", PESO, "ARS" },  { "chilean", PESO, "CLP" },
	{ "colombian", PESO, "COP" },	  { "cuban", PESO, "CUP" },	   { "uruguayan", PESO, "UYU" },
	{ "dominican", PESO, "DOP" },	  { "indian", RUPEE, "INR" },	   { "pakistani", RUPEE, "PKR" },
	{ "pakistan", RUPEE, "PKR" },	  { "lankan", RUPEE, "LKR" },	   { "lanka", RUPEE, "LKR" },
	{ "nepalese", RUPEE, "NPR" },	  { "nepali", RUPEE, "NPR" },	   { "mauritian", RUPEE, "MUR" },
	{ "kuwaiti", DINAR, "KWD" },	  { "iraqi", DINAR, "IQD" },	   { "jordanian", DINAR, "JOD" },
	{ "serbian", DINAR, "RSD" },	  { "libyan", DINAR, "LYD" },	   { "algerian", DINAR, "DZD" },
	{ "tunisian", DINAR, "TND" },	  { "bahraini", DINAR, "BHD" },	   { "yugoslav", DINAR, "YUM" },
	{ "saudi", RIYAL, "SAR" },	  { "qatari", RIYAL, "QAR" },	   { "omani", RIYAL, "OMR" },
	{ "yemeni", RIYAL, "YER" },	  { "iranian", RIYAL, "IRR" },	   { "iranian", RIAL, "IRR" },
	{ "omani", RIAL, "OMR" },	  { "yemeni", RIAL, "YER" },	   { "qatari", RIAL, "QAR" },
	{ "saudi", RIAL, "SAR" },	  { "swedish", KRONA, "SEK" },	   { "icelandic", KRONA, "ISK" },
	{ "norwegian", KRONE, "NOK" },	  { "danish", KRONE, "DKK" },	   { "swedish", KRONE, "SEK" },
	{ "swedish", CROWN, "SEK" },	  { "norwegian", CROWN, "NOK" },   { "danish", CROWN, "DKK" },
	{ "czech", CROWN, "CZK" },	  { "slovak", CROWN, "SKK" },	   { "estonian", CROWN, "EEK" },
	{ "turkish", LIRA, "TRY" },	  { "italian", LIRA, "ITL" },	   { "maltese", LIRA, "MTL" },
	{ "lebanese", LIRA, "LBP" },	  { "syrian", LIRA, "SYP" },	   { "kenyan", SHILLING, "KES" },
	{ "kenya", SHILLING, "KES" },	  { "ugandan", SHILLING, "UGX" },  { "uganda", SHILLING, "UGX" },
	{ "tanzanian", SHILLING, "TZS" }, { "somali", SHILLING, "SOS" },   { "russian", RUBLE, "RUB" },
	{ "belarusian", RUBLE, "BYN" },	  { "belarussian", RUBLE, "BYN" }, { "korean", WON, "KRW" },
	{ "romanian", LEU, "RON" },	  { "moldovan", LEU, "MDL" },	   { "moroccan", DIRHAM, "MAD" },
	{ "uae", DIRHAM, "AED" },	  { "emirati", DIRHAM, "AED" },	   { "brazilian", REAL, "BRL" },
	{ "dutch", GUILDER, "NLG" },	  { "antillean", GUILDER, "ANG" }, { "portuguese", ESCUDO, "PTE" },
	{ "verdean", ESCUDO, "CVE" },	  { "german", MARK, "DEM" },	   { "deutsche", MARK, "DEM" },
	{ "finnish", MARK, "FIM" },	  { "bosnian", MARK, "BAM" },	   { "estonian", MARK, "EEM" },
};

/*
 * The code of a land's currency; NULL where token i
 * is no land that is known to have one of that name.
 */
static const char *
currency_of(const struct tokens *ts, size_t i, uint32_t currency)
{
	size_t k;

	for (k = 0; k < sizeof lands / sizeof lands[0]; k++)
		if (lands[k].currency == currency && is_text(ts, i, lands[k].land))
			return lands[k].code;
	return NULL;
}

/* Is it the name or adjective of a land of the list? */
static bool
is_land(const struct tokens *ts, size_t i)
{
	size_t k;

	for (k = 0; k < sizeof lands / sizeof lands[0]; k++)
		if (is_text(ts, i, lands[k].land))
			return true;
	return is_text(ts, i, "chinese") || is_text(ts, i, "japanese");
}

/*
 * Add the number of an amount, in thousandths; where it is what token i
 * says in digits, and not scaled, with all of its decimals: 1.0845.
 */
static char *
add_amount(char *to, const struct tokens *ts, size_t i, int64_t num)
{
	enum { WHOLE_MAX = 16, DECIMALS_MAX = 20 }; /* bytes, with commas or the point */
	const struct token *t = &ts->tok[i];
	const char *p = ts->text + t->begin, *end = ts->text + t->end, *point;
	int64_t plain = 0;
	int k;

	if (t->kind != TOKEN_NUMBER || end - p < 6 || num == 0)
		return add_number(to, num);
	for (point = p; point < end && point - p < WHOLE_MAX && *point != '.'; point++)
		if (ascii_digit(*point))
			plain = plain * 10 + (*point - '0');
	if (end - point > DECIMALS_MAX)
		end = point + DECIMALS_MAX;
	for (p = point + 1; p < end && ascii_digit(*p); p++)
		;
	for (end = p; end - point > 4 && end[-1] == '0'; end--)
		;
	if (*point != '.' || end - point <= 4)
		return add_number(to, num);
	for (k = 1; k < 4; k++)
		plain = plain * 10 + (point[k] - '0');
	if (plain != (num < 0 ? -num : num))
		return add_number(to, num);
	to = add_number(add_text(to, num < 0 ? "-" : ""), plain / 1000 * 1000);
	memcpy(to, point, (size_t)(end - point));
	return to + (end - point);
}

/*
 * An amount: what stands before the number, or else the one or two words (last not NULL) behind it.
 */
static bool
found_amount(struct phrase *w, size_t end, enum mention_type type, const char *before, int64_t num,
	     const char *behind, const char *last)
{
	char *to = w->value;
	size_t i = w->i;

	while (w->ts->tok[i].kind != TOKEN_NUMBER && i + 1 < end)
		i++;
	if (before != NULL)
		to = add_amount(add_text(add_text(to, before), " "), w->ts, i, num);
	else
		to = add_text(add_text(add_amount(to, w->ts, i, num), " "), behind);
	if (last != NULL)
		to = add_text(add_text(to, " "), last);
	set_end(w, to);
	return found(w, end, type, true);
}

/* The currency whose sign the mark at token i is; NULL for none. */
static const char *
sign_at(const struct tokens *ts, size_t i)
{
	static const char dollar[] = "USD";
	static const struct {
		uint32_t cp;
		char code[4];
	} list[] = { { 0x20AC, "EUR" }, { 0xA3, "GBP" },   { 0xA5, "JPY" },   { 0x20B9, "INR" },
		     { 0x20BD, "RUB" }, { 0x20B4, "UAH" }, { 0x20BA, "TRY" }, { 0x20A9, "KRW" },
		     { 0x20AA, "ILS" }, { 0x20B1, "PHP" }, { 0x20A6, "NGN" }, { 0x20AB, "VND" },
		     { 0x20B8, "KZT" }, { 0x20AE, "MNT" }, { 0x20A1, "CRC" }, { 0x20AD, "LAK" },
		     { 0x20B2, "PYG" }, { 0x20B5, "GHS" }, { 0x20BC, "AZN" }, { 0x20BE, "GEL" },
		     { 0x20BF, "BTC" }, { 0xA2, "USc" } };
	const struct token *t = &ts->tok[(ptrdiff_t)i];
	const uint32_t cp = MARK_CP(t->hash);
	size_t k;

	if (t->kind != TOKEN_MARK)
		return NULL;
	if (cp < 0x80) /* most marks */
		return cp == '$' ? dollar : NULL;
	for (k = 0; k < sizeof list / sizeof list[0]; k++)
		if (cp == list[k].cp)
			return list[k].code;
	return NULL;
}

/* Whose dollars they are, by what stands before their sign; NULL where that is no land's. */
static const char *
dollars_of(const struct tokens *ts, size_t i)
{
	static const char list[][2][5] = {
		{ "us", "USD" },  { "u.s.", "USD" }, { "a", "AUD" },   { "au", "AUD" },	 { "aud", "AUD" },
		{ "c", "CAD" },	  { "ca", "CAD" },   { "can", "CAD" }, { "cad", "CAD" }, { "nz", "NZD" },
		{ "nzd", "NZD" }, { "hk", "HKD" },   { "hkd", "HKD" }, { "s", "SGD" },	 { "sg", "SGD" },
		{ "sgd", "SGD" }, { "r", "BRL" },    { "nt", "TWD" },  { "mx", "MXN" },	 { "mxn", "MXN" },
		{ "mex", "MXN" }, { "usd", "USD" },  { "z", "ZWL" },   { "j", "JMD" },	 { "tt", "TTD" },
		{ "n", "NAD" },	  { "ec", "XCD" },   { "fj", "FJD" },  { "b", "BND" }
	};
	size_t k;

	for (k = 0; k < sizeof list / sizeof list[0]; k++)
		if (is_text(ts, i, list[k][0]))
			return list[k][1];
	return NULL;
}

/*
 * Below nought: where a minus is before the number at
 * token i, it goes with it, but for plus or minus.
 */
static int64_t
signed_number(struct phrase *w, size_t i, int64_t num)
{
	const struct token *t = &w->ts->tok[(ptrdiff_t)i - 1];

	if ((is_text(w->ts, i - 1, "minus") && !is_text(w->ts, i - 2, "or") && mark(w->ts, i - 2) != '/') ||
	    ((mark(w->ts, i - 1) == '-' || (t->kind == TOKEN_MARK && t->hash == MARK_HASH(0x2212u))) &&
	     t->flags & TOKEN_SPACE && !(t[1].flags & TOKEN_SPACE))) {
		num = -num;
		w->i = i - 1;
	}
	return num;
}

/* A share: num thousandths of a percent, or of a hundredth of one, which is a basis point. */
static bool
found_percent(struct phrase *w, size_t i, size_t end, int64_t num, bool basis)
{
	if (basis)
		num /= 100;
	return found_amount(w, end, MENTION_PERCENT, NULL, signed_number(w, i, num), "%", NULL);
}

/* Whose degrees stand at token `at`; NULL: it is not said. */
static const char *
degrees_of(const struct tokens *ts, size_t at)
{
	if (is_text(ts, at, "celsius") || is_text(ts, at, "centigrade") || is_text(ts, at, "c"))
		return "Celsius";
	return is_text(ts, at, "fahrenheit") || is_text(ts, at, "f") ? "Fahrenheit" : NULL;
}

/*
 * A quantity of the measure m, whose word ends before token `at`,
 * with what makes it another: an hour, Celsius, hours of watts.
 */
static bool
found_measure(struct phrase *w, size_t i, size_t at, int64_t num, const char *before, unsigned m)
{
	const struct tokens *ts = w->ts;
	const char *last = NULL;
	size_t k;

	switch (m) {
	case M_KILOMETRE:
	case M_MILE:
		if ((mark(ts, at) == '/' && is_text(ts, at + 1, "h")) ||
		    ((is_text(ts, at, "per") || is_indefinite(ts, at)) && is_text(ts, at + 1, "hour"))) {
			m = m == M_MILE ? M_MPH : M_KPH;
			at += 2;
		}
		break;
	case M_DEGREE:
		if ((last = degrees_of(ts, at)) != NULL)
			at++;
		num = signed_number(w, i, num);
		break;
	case M_WATT:
	case M_KILOWATT:
	case M_MEGAWATT:
	case M_GIGAWATT:
	case M_TERAWATT:
		k = at + is_dash(ts, at);
		if (is_text(ts, k, "hour") || is_text(ts, k, "hours")) {
			last = "hour";
			at = k + 1;
		}
		break;
	default:
		break;
	}
	if (before != NULL)
		return found_amount(w, at, MENTION_QUANTITY, NULL, num, before, measure_name[m]);
	return found_amount(w, at, MENTION_QUANTITY, NULL, num, measure_name[m], last);
}

/*
 * A quantity whose measure is of two words, from token
 * `at` on: square miles, sq. km, metric tons, light years.
 */
static bool
measure_phrase(struct phrase *w, size_t i, size_t at, int64_t num)
{
	static const char *const words[][2] = {
		{ "square", "square" },	    { "sq", "square" }, { "cubic", "cubic" },
		{ "nautical", "nautical" }, { "metric", NULL },
	};
	const struct tokens *ts = w->ts;
	uint32_t v;
	size_t k;

	if (is_text(ts, at, "light")) {
		at += 1u + is_dash(ts, at + 1);
		return (word(ts, at) & (CLASS | 255)) == (UNIT | U_YEAR) &&
		       found_measure(w, i, at + 1, num, NULL, M_LIGHT_YEAR);
	}
	for (k = 0; k < sizeof words / sizeof words[0] && !is_text(ts, at, words[k][0]); k++)
		;
	at += 1u + (mark(ts, at + 1) == '.');
	v = word(ts, at);
	return k < sizeof words / sizeof words[0] && (v & CLASS) == MEASURE &&
	       found_measure(w, i, at + 1, num, words[k][1], v & 255);
}

/*
 * A quantity whose measure is token `at` with a power behind it: km2, m², m³.
 */
static bool
measure_power(struct phrase *w, size_t at, int64_t num)
{
	const struct token *t = &w->ts->tok[at];
	const char *p = w->ts->text + t->begin;
	size_t n = t->end - t->begin, k = 0;
	uint32_t v;
	bool square, cubic;

	while (k < n && ascii_alpha(p[k]))
		k++;
	square = (n == k + 1 && p[k] == '2') || (n == k + 2 && memcmp(p + k, "\302\262", 2) == 0);
	cubic = (n == k + 1 && p[k] == '3') || (n == k + 2 && memcmp(p + k, "\302\263", 2) == 0);
	if (k == 0 || (!square && !cubic))
		return false;
	v = k == 1 && p[0] == 'm' ? MEASURE | M_METRE : word_what(p, k);
	return (v & CLASS) == MEASURE && (v & 255) <= M_YARD &&
	       found_amount(w, at + 1, MENTION_QUANTITY, NULL, num, square ? "square" : "cubic",
			    measure_name[v & 255]);
}

/*
 * Do the pounds before token `at` weigh something: what stands at the number, token i, says so, or what
 * they are in kilograms: weighs 200 pounds, 200 pounds (90 kg), a 90-pound door?
 */
static bool
is_weight(const struct tokens *ts, size_t i, size_t at, bool scaled)
{
	uint32_t v;
	int64_t num;
	size_t k, used;

	if (is_text(ts, at - 1, "pound") && is_dash(ts, at - 2) && !scaled &&
	    (ts->tok[at].kind == TOKEN_LOWER || mark(ts, at) == ','))
		return true;
	for (k = 1; k < 4; k++)
		if (is_one_of(ts, i - k, "weigh", "weighs", "weighed", "weighing"))
			return true;
	if (mark(ts, at) != '(')
		return false;
	used = number_at(ts, at + 1, 0, &num);
	v = used > 0 ? word(ts, at + 1 + used) : suffix_at(ts, at + 1, &num);
	return (v & CLASS) == MEASURE && (v & 255) >= M_GRAM && (v & 255) <= M_TONNE;
}

/*
 * The unit of the number at token i that goes on from one with a sign: the 2 of $1-2 million; NULL
 * for none.
 */
static const char *
unit_of_range(const struct tokens *ts, size_t i)
{
	return is_dash(ts, i - 1) && !((ts->tok[i].flags | ts->tok[(ptrdiff_t)i - 1].flags) & TOKEN_SPACE) &&
		       ts->tok[(ptrdiff_t)i - 2].kind == TOKEN_NUMBER
		   ? sign_at(ts, i - 3)
		   : NULL;
}

/*
 * $3-3.5 billion, from $14 to $34 billion: the first
 * of the two numbers is of the second one's scale.
 */
static int64_t
scale_of_range(const struct tokens *ts, size_t at, const char *unit, int64_t num)
{
	if (num >= 1000000 || (!is_dash(ts, at) && !is_text(ts, at, "to") && !is_text(ts, at, "and")))
		return num;
	if (sign_at(ts, ++at) == unit)
		at++;
	(void)scale_number(&num, scale_at(ts, at)); /* less than a thousand: it can be told */
	return num;
}

/* number_at, or two and a half, two and a half million. Returns tokens used, 0 for none. */
static size_t
amount_at(const struct tokens *ts, size_t i, int64_t *num)
{
	size_t used = number_at(ts, i, 0, num), half;
	uint32_t v;

	if (used == 0 || (half = and_a_half(ts, i + used)) == 0 || *num > INT64_MAX - 500)
		return used;
	*num += 500;
	used += half;
	v = word(ts, i + used);
	return (v & CLASS) == SCALE && scale_number(num, v & 255) ? used + 1 : used;
}

/* The eight of 7/8. */
static bool
is_denominator(const struct tokens *ts, size_t i)
{
	const struct token *t = &ts->tok[(ptrdiff_t)i];

	return mark(ts, i - 1) == '/' && !((t->flags | t[-1].flags) & TOKEN_SPACE) &&
	       t[-2].kind == TOKEN_NUMBER;
}

bool
amount(struct phrase *w, size_t i)
{
	struct tokens *ts = w->ts;
	size_t at = i, used;
	const char *unit = NULL;
	uint32_t v;
	int64_t num;
	bool basis, points;

	/* a currency's sign or code before the number, a country's letters before the sign */
	if (ts->tok[i].kind == TOKEN_NAME && mark(ts, i + 1) == '$') {
		if ((unit = dollars_of(ts, i)) == NULL)
			return false;
		at = i + 2;
	} else if (ts->tok[i].kind == TOKEN_MARK) {
		if ((unit = sign_at(ts, i)) == NULL)
			return false;
		at = i + 1;
	} else if (((v = word(ts, i)) & (CLASS | SHORT)) == CODE &&
		   (ts->tok[i].shape == SHAPE_UPPER || (v & LOOSE && ts->tok[i].kind == TOKEN_NAME))) {
		unit = currency_name[v & 255];
		at = i + 1;
		if (v & LOOSE && mark(ts, at) == '.') /* Rs. 500 */
			at++;
	}
	if (unit != NULL) {
		if (!ascii_digit(ts->text[ts->tok[at].begin]) || (used = number_at(ts, at, 0, &num)) == 0)
			return false;
		if (used == 1)
			num = scale_of_range(ts, at + 1, unit, num);
		at += used;
		if (word(ts, at) == (CURRENCY | DOLLAR))
			at++;
		return found_amount(w, at, MENTION_MONEY, unit, num, "", NULL);
	}
	if ((used = amount_at(ts, i, &num)) == 0 || is_denominator(ts, i))
		return false;
	at = i + used;
	if (mark(ts, at) == '%')
		return found_percent(w, i, at + 1, num, false);
	if (ts->tok[at].hash == MARK_HASH(0xB0u))
		return found_measure(w, i, at + 1, num, NULL, M_DEGREE);
	if ((unit = sign_at(ts, at)) != NULL) /* 50 euros the European way */
		return ts->tok[at + 1].kind != TOKEN_NUMBER &&
		       found_amount(w, at + 1, MENTION_MONEY, unit, num, "", NULL);
	if (is_dash(ts, at) && !(ts->tok[at].flags & TOKEN_SPACE))
		at++;
	v = word(ts, at);
	basis = v == (PERCENTAGE | 2) || is_text(ts, at, "basis");
	if ((v & CLASS) == PERCENTAGE || basis || is_text(ts, at, "percentage") ||
	    (is_text(ts, at, "per") && is_text(ts, at + 1, "cent"))) {
		points = is_text(ts, at, "basis") || is_text(ts, at, "percentage");
		at += is_text(ts, at, "per") ? 2 : 1;
		used = is_dash(ts, at);
		if (is_text(ts, at + used, "points") || is_text(ts, at + used, "point"))
			at += used + 1;
		else if (points)
			return false;
		return found_percent(w, i, at, num, basis);
	}
	if ((v & (CLASS | LOOSE)) == CODE && ts->tok[at].shape == SHAPE_UPPER)
		return found_amount(w, at + 1, MENTION_MONEY, currency_name[v & 255], num, "", NULL);
	if (v == (CURRENCY | POUND) && is_weight(ts, i, at + 1, (word(ts, i + used - 1) & CLASS) == SCALE))
		return found_amount(w, at + 1, MENTION_QUANTITY, NULL, num, measure_name[M_POUND], NULL);
	if (is_text(ts, at, "pound") && is_dash(ts, at + 1)) /* 500 pound-feet */
		return false;
	if ((v & CLASS) == CURRENCY && !(v & LOOSE)) {
		at += is_text(ts, at + 1, "sterling");
		return found_amount(w, at + 1, MENTION_MONEY, currency_name[v & 255], num, "", NULL);
	}
	/*
	 * 20 US dollars, 5 million Canadian dollars, 3 billion
	 * Swiss francs, 20 Hong Kong dollars, 4,000 deutsche marks
	 */
	if (ts->tok[at].kind == TOKEN_NAME && ts->tok[at + 1].kind == TOKEN_NAME &&
	    (word(ts, at + 2) & CLASS) == CURRENCY)
		at++;
	v = word(ts, at + 1);
	if (ts->tok[at].kind <= TOKEN_NAME && (v & CLASS) == CURRENCY) {
		unit = currency_of(ts, at, v & 255);
		if (unit == NULL && ts->tok[at].kind == TOKEN_LOWER && !is_land(ts, at))
			return false;
		if (unit == NULL && v & LOOSE)
			return false;
		if (unit == NULL)
			unit = (v & 255) >= DOLLAR ? "XXX" : currency_name[v & 255];
		return found_amount(w, at + 2, MENTION_MONEY, unit, num, "", NULL);
	}
	v = word(ts, at);
	if ((v & CLASS) == PHRASE)
		return measure_phrase(w, i, at, num);
	if (ts->tok[at].shape == SHAPE_MIXED)
		return measure_power(w, at, num);
	if ((v & CLASS) != MEASURE && (unit = unit_of_range(ts, i)) != NULL)
		return found_amount(w, i + used, MENTION_MONEY, unit, num, "", NULL);
	return (v & CLASS) == MEASURE &&
	       (ts->tok[i].kind == TOKEN_NUMBER || ts->tok[at].end - ts->tok[at].begin > 2) &&
	       found_measure(w, i, at + 1, num, NULL, v & 255);
}

bool
glued_amount(struct phrase *w, size_t i)
{
	const struct token *t = &w->ts->tok[i];
	const char *p = w->ts->text + t->begin;
	size_t k, used;
	int64_t num;
	uint32_t v;

	if (ascii_digit(p[0])) { /* 5km, 115USD */
		v = suffix_at(w->ts, i, &num);
		if ((v & CLASS) == MEASURE)
			return found_measure(w, i, i + 1, num, NULL, v & 255);
		if ((v & CLASS) == PERCENTAGE) /* 5bps */
			return found_percent(w, i, i + 1, num, v == (PERCENTAGE | 2));
		return (v & CLASS) == CODE &&
		       found_amount(w, i + 1, MENTION_MONEY, currency_name[v & 255], num, "", NULL);
	}
	/* USD50, Rs500; behind one letter what can only be money: N5,000, R1.2bn */
	for (k = 0; k < t->end - t->begin && ascii_alpha(p[k]); k++)
		;
	v = word_what(p, k);
	if ((v & CLASS) != CODE || !(v & LOOSE ? ascii_upper(p[0]) : ascii_upper(p[k - 1])) ||
	    (used = number_at(w->ts, i, k, &num)) == 0 || (v & SHORT && num < 1000000))
		return false;
	return found_amount(w, i + used, MENTION_MONEY, currency_name[v & 255], num, "", NULL);
}
