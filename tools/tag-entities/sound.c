/* SPDX-License-Identifier: ISC */
#include "sound.h"

#include <string.h>

#include "tokens.h"
#include "u8.h"

/*
 * The letter of ASCII for one with a stroke or without its dot,
 * of two bytes, which no folding takes apart; 0 for others.
 */
static char
plain_letter(const char *p)
{
	static const char list[][4] = { "\305\202l", "\303\270o", "\304\221d", "\304\261i" };
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (memcmp(p, list[i], 2) == 0)
			return list[i][2];
	return '\0';
}

/*
 * How a word sounds. Names from other alphabets are written over in several ways:
 * Zelensky, Zelenskyy, Zelenskiy, Zelenskij; Medvedev, Medvedyev; Qaddafi,
 * Gadhafi, Kadafi. Letters that these ways mix up become one.
 */
static size_t
sound_of(const char *p, size_t n, char *out, size_t room)
{
	/*
	 * what letters become, c and x aside; the one behind each that
	 * goes with it, and what both become then
	 */
	static const char alone[] = "abcdefghiiklmnopkrstuvvxiz", behind[] = "   h  h   h   uhh  h      ",
			  both[] = "   d  g   h   ufh  t      ";
	const unsigned vowels = 1u << ('a' - 'a') | 1u << ('e' - 'a') | 1u << ('o' - 'a') | 1u << ('u' - 'a');
	size_t i, k = 0;
	char c, next, last = 0;

	for (i = 0; i < n && k + 2 < room; i++) {
		c = p[i];
		if ((signed char)c < 0 && i + 1 < n && plain_letter(p + i) != '\0')
			c = plain_letter(p + i++);
		next = i + 1 < n ? p[i + 1] : '\0';
		if (c == 'c') {
			if (next == 'k')
				continue;
			if (next != 'h')
				c = next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
		} else if (c == 'x') {
			if (last == 'k')
				k--;
			out[k++] = 'k';
			last = 'k';
			c = 's';
		} else if (ascii_lower(c)) {
			const size_t letter = (size_t)(c - 'a');

			i += next == behind[letter];
			c = next == behind[letter] ? both[letter] : alone[letter];
		}
		/* ie, ye, ia, ya, iu, yu after a consonant: the glide goes */
		if (last == 'i' && k > 1 && ascii_lower(c) && vowels >> (c - 'a') & 1) {
			k--;
			last = out[k - 1];
		}
		out[k] = c;
		k += last != c;
		last = c;
	}
	return k;
}

uint32_t
word_sound(const char *p, size_t n)
{
	char room[64 + 16];

	memset(room, 0, sizeof room);
	return word_hash(room, sound_of(p, n, room, 64));
}
