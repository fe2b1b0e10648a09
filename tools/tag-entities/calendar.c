/* SPDX-License-Identifier: ISC */
#include "calendar.h"

#include "u8.h"

bool
day_read(struct span s, struct day *d)
{
	int v[3] = { 0 }, i, k;
	size_t at = 0;
	struct day day;

	if (s.n < 10)
		return false;
	for (i = 0; i < 3; i++) {
		for (k = i == 0 ? 4 : 2; k > 0; k--, at++) {
			if (!ascii_digit(s.p[at]))
				return false;
			v[i] = v[i] * 10 + (s.p[at] - '0');
		}
		if (i < 2 && s.p[at++] != '-')
			return false;
	}
	if (v[0] < 1 || v[1] < 1 || v[1] > 12 || v[2] < 1 || v[2] > 31)
		return false;
	day = (struct day){ v[0], v[1], v[2] };
	if (day_of(day_number(day)).day != v[2]) /* February 30 */
		return false;
	*d = day;
	return true;
}

/* Howard Hinnant, "chrono-compatible low-level date algorithms". */
long
day_number(struct day d)
{
	long y = d.month <= 2 ? d.year - 1 : d.year, era = y / 400, yoe = y - era * 400;
	long doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy;
}

struct day
day_of(long n)
{
	long era = n / 146097, doe = n - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, y = yoe + era * 400;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	struct day d;

	d.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	d.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	d.year = (int)(d.month <= 2 ? y + 1 : y);
	return d;
}

/* Day 0 was a Wednesday. */
int
weekday_of(long n)
{
	return (int)((n + 2) % 7) + 1;
}

long
nth_of_month(int year, int month, int weekday, int n)
{
	struct day d = { year, month, 1 };
	long first;

	if (n == 0) /* in the week before the next month */
		add_months(&d, 1);
	first = day_number(d) + 7 * (n - 1);
	return first + (weekday - weekday_of(first) + 7) % 7;
}

void
iso_week(struct day d, int *year, int *week)
{
	long n = day_number(d), thursday = n - weekday_of(n) + 4;
	struct day t = day_of(thursday);

	*year = t.year;
	*week = (int)((thursday - day_number((struct day){ t.year, 1, 1 })) / 7) + 1;
}

void
add_months(struct day *d, int n)
{
	int m = d->year * 12 + d->month - 1 + n;

	d->year = m / 12;
	d->month = m % 12 + 1;
}
