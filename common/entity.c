/* SPDX-License-Identifier: ISC */
#include "entity.h"

#include <stdbool.h>
#include <string.h>

#include "table.h"
#include "u8.h"

#include "common/entities.h"

enum { LEGACY_MAX = 6, LEGACY_MIN = 2 }; /* bytes of the names that need no semicolon */

/* Second characters, by the number that entities.tsv has of them. */
static const uint32_t second[] = { 0, 0x338, 0x20D2, 0x200A, 0x333, 0x20E5, 0xFE00, 0x6A, 0x331 };

static size_t
read_number(const char *p, size_t n, uint32_t *cp)
{
	const bool hex = n > 1 && (p[1] == 'x' || p[1] == 'X');
	const size_t from = hex ? 2 : 1;
	uint32_t v = 0;
	size_t i;

	for (i = from; i < n; i++) {
		unsigned d = ascii_digit(p[i]) ? (unsigned)(p[i] - '0')
			     : hex && ascii_alpha(p[i]) && (p[i] | 0x20) <= 'f'
				 ? (unsigned)((p[i] | 0x20) - 'a') + 10
				 : 99;

		if (d == 99)
			break;
		v = v * (hex ? 16 : 10) + d;
		if (v > 0x10FFFF)
			v = 0x110000;
	}
	if (i == from)
		return 0;
	if (v == 0 || v > 0x10FFFF || (v >= 0xD800 && v < 0xE000))
		v = U8_BAD;
	else if (v >= 0x80 && v < 0xA0)
		v = u8_1252[v - 0x80];
	*cp = v;
	return i + (i < n && p[i] == ';');
}

size_t
entity_read(const char *p, size_t n, uint32_t cp[2])
{
	uint32_t value;
	size_t i = 0;

	cp[1] = 0;
	if (n > 0 && *p == '#')
		return read_number(p, n, cp);
	while (i < n && i < entities.longest && ascii_alnum(p[i]))
		i++;
	if (i < n && p[i] == ';' && (value = table_get(&entities, p, i + 1)) != 0)
		i++;
	else {
		for (i = i < LEGACY_MAX ? i : LEGACY_MAX; i >= LEGACY_MIN; i--)
			if ((value = table_get(&entities, p, i)) != 0)
				break;
		if (i < LEGACY_MIN)
			return 0;
	}
	cp[0] = value & 0x1FFFFF;
	cp[1] = second[value >> 24];
	return i;
}

size_t
entity_left(const char *p, size_t n, uint32_t cp[2])
{
	uint32_t next[2];
	size_t i = 0, used;

	while ((used = entity_read(p + i, n - i, next)) > 0 && p[i + used - 1] == ';') {
		cp[0] = next[0];
		cp[1] = next[1];
		i += used;
		if (used != 4 || memcmp(p + i - 4, "amp;", 4) != 0)
			break;
	}
	return i;
}
