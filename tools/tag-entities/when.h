/* SPDX-License-Identifier: ISC */
/*
 * Words of dates and amounts: what each is, as when.tsv says, and how the table
 * is laid out that when-gen.c makes of that file. It is read while tokens are cut.
 */
#ifndef WHEN_H
#define WHEN_H

#include <stddef.h>
#include <stdint.h>

/* What a word is (bits 8 to 15), with a number (bits 0 to 7). */
enum {
	MONTH = 1 << 8,
	WEEKDAY = 2 << 8,
	NUMBER = 3 << 8,
	SCALE = 4 << 8,
	ORDINAL = 5 << 8,
	UNIT = 6 << 8,
	DEICTIC = 7 << 8, /* today and so on: days from today, and 8 */
	SHIFT = 8 << 8,	  /* last, this, next: -1, 0, 1, and 8 */
	PART = 9 << 8,	  /* early, late, mid, end */
	DAYTIME = 10 << 8,
	SEASON = 11 << 8,
	AGO = 12 << 8,
	EVERY = 13 << 8,
	EACH = 14 << 8,
	VAGUE = 15 << 8,
	HALF = 16 << 8,
	CLOCK = 17 << 8,
	ZONE = 18 << 8,
	PERCENTAGE = 19 << 8,
	CURRENCY = 20 << 8,
	CODE = 21 << 8,
	MEASURE = 22 << 8,
	PHRASE = 23 << 8,  /* a word of amounts of several: per cent, square miles */
	DECADES = 24 << 8, /* sixties */
	FEAST = 25 << 8,   /* a word of one that is not Day nor a weekday, feasts.c */
	CLASS = 255 << 8,
	SHORT = 1 << 16,
	PLURAL = 1 << 17,
	LOOSE = 1 << 18,
	NIGHT = 1 << 19,
	FINAL = 1 << 20,
	TOLD = 1 << 21 /* counts from what the text told before: the same day, the following year */
};
enum {
	U_SECOND,
	U_MINUTE,
	U_HOUR,
	U_DAY,
	U_WEEK,
	U_MON,
	U_YEAR,
	U_DECADE,
	U_CENTURY,
	U_QUARTER,
	U_WEEKEND,
	U_NIGHT,
	U_FORTNIGHT
};
enum { D_MO, D_AF, D_EV, D_NI, D_NOON, D_MIDNIGHT };
enum { S_SP, S_SU, S_FA, S_WI };

/* clang-format off */
/*
 * Currencies by their codes, USc and GBp for cents and pence; then those that several lands have,
 * with what they are where no land is named: the best known, or XXX.
 */
#define CURRENCIES(X) \
	X(AED) X(AFN) X(AMD) X(ARS) X(ATS) X(AUD) X(AZN) X(BDT) X(BGN) X(BHD) X(BRL) X(BTC) X(BWP) X(CAD) \
	X(CHF) X(CLP) X(CNY) X(CRC) X(CZK) X(DEM) X(DKK) X(DZD) X(EGP) X(ESP) X(ETB) X(EUR) X(FIM) X(FRF) \
	X(GBP) X(GBp) X(GEL) X(GHS) X(GRD) X(HKD) X(HUF) X(IDR) X(ILS) X(INR) X(IQD) X(IRR) X(ISK) X(ITL) \
	X(JOD) X(JPY) X(KES) X(KRW) X(KWD) X(KZT) X(LAK) X(LKR) X(MMK) X(MNT) X(MXN) X(MYR) X(NGN) X(NLG) \
	X(NOK) X(NZD) X(OMR) X(PHP) X(PKR) X(PLN) X(PYG) X(QAR) X(RON) X(RSD) X(RUB) X(RWF) X(SAR) \
	X(SEK) X(SGD) X(THB) X(TND) X(TRY) X(TWD) X(TZS) X(UAH) X(UGX) X(USD) X(USc) X(UYU) X(VES) X(VND) \
	X(XAF) X(XEU) X(XOF) X(ZAR) X(ZMW)
#define SHARED_CURRENCIES(X) \
	X(DOLLAR, USD) X(POUND, GBP) X(FRANC, XXX) X(PESO, XXX) X(RUPEE, INR) X(DINAR, XXX) X(RIYAL, SAR) \
	X(RIAL, IRR) X(KRONA, SEK) X(KRONE, XXX) X(CROWN, XXX) X(LIRA, TRY) X(SHILLING, XXX) X(RUBLE, RUB) \
	X(WON, KRW) X(LEU, RON) X(DIRHAM, AED) X(REAL, BRL) X(GUILDER, NLG) X(ESCUDO, PTE) X(MARK, DEM)
#define CURRENCY_ENUM(code) code,
#define SHARED_ENUM(word, code) word,
enum { CURRENCIES(CURRENCY_ENUM) SHARED_CURRENCIES(SHARED_ENUM) CURRENCY_N };

#define MEASURES(X) \
	X(M_METRE, "metre") X(M_KILOMETRE, "kilometre") X(M_CENTIMETRE, "centimetre") X(M_MILLIMETRE, "millimetre") \
	X(M_MILE, "mile") X(M_FOOT, "foot") X(M_INCH, "inch") X(M_YARD, "yard") X(M_GRAM, "gram") \
	X(M_KILOGRAM, "kilogram") X(M_TONNE, "tonne") X(M_POUND, "pound") X(M_OUNCE, "ounce") X(M_LITRE, "litre") \
	X(M_MILLILITRE, "millilitre") X(M_GALLON, "gallon") X(M_BARREL, "barrel") X(M_BPD, "barrel per day") X(M_BUSHEL, "bushel") X(M_ACRE, "acre") \
	X(M_HECTARE, "hectare") X(M_DEGREE, "degree") X(M_CARAT, "carat") X(M_WATT, "watt") X(M_TERAWATT, "terawatt") X(M_MEGAWATT, "megawatt") X(M_KILOWATT, "kilowatt") \
	X(M_GIGAWATT, "gigawatt") X(M_KWH, "kilowatt hour") X(M_MWH, "megawatt hour") \
	X(M_GWH, "gigawatt hour") X(M_TWH, "terawatt hour") X(M_HORSEPOWER, "horsepower") X(M_VOLT, "volt") X(M_MPH, "mph") X(M_KPH, "kph") X(M_KNOT, "knot") \
	X(M_LIGHT_YEAR, "light-year") X(M_MICROGRAM, "microgram") X(M_MILLIGRAM, "milligram") \
	X(M_MEGABYTE, "megabyte") X(M_GIGABYTE, "gigabyte") X(M_TERABYTE, "terabyte") X(M_KILOBYTE, "kilobyte") \
	X(M_KILOTON, "kiloton") X(M_MEGATON, "megaton") X(M_DECIBEL, "decibel") X(M_CALORIE, "calorie") \
	X(M_HERTZ, "hertz") X(M_KILOHERTZ, "kilohertz") X(M_MEGAHERTZ, "megahertz") X(M_GIGAHERTZ, "gigahertz")
#define MEASURE_ENUM(id, name) id,
enum { MEASURES(MEASURE_ENUM) MEASURE_N };
/* clang-format on */

/* A word of small letters by its hash, which tells it from all others, as in the gazetteer. */
enum { WHEN_LONGEST = 16, WHEN_BITS = 10, WHEN_FACTORS = 256 };
struct when_word {
	uint32_t hash; /* letters_hash; 0: nothing stands here */
	uint32_t value;
};

/* Made of when.tsv. */
extern const struct when_word when_words[1 << WHEN_BITS];
extern const uint16_t when_factor[WHEN_FACTORS];

/*
 * The place of a word by its hash (letters_hash) and the factor of those with the same first byte
 * of it, which is such that each word of the table has a place of its own (hash and displace):
 * nothing is branched on.
 */
static inline unsigned
when_place(uint32_t hash, const uint16_t factor[WHEN_FACTORS])
{
	return hash * factor[hash >> 24] >> (32 - WHEN_BITS);
}

/* The entry of the word with the hash, if it has one: else that of any other, or an empty one. */
static inline const struct when_word *
when_entry(uint32_t hash)
{
	return &when_words[when_place(hash, when_factor)];
}

#endif
