/* SPDX-License-Identifier: ISC */
#include "sound.h"

#include <string.h>

#include "tokens.h"

/*
 * How a word sounds. Names from other alphabets are written over in several ways:
 * Zelensky, Zelenskyy, Zelenskiy, Zelenskij; Medvedev, Medvedyev; Qaddafi,
 * Gadhafi, Kadafi. Letters that these ways mix up become one.
 */
static size_t
sound_of(const char *p, size_t n, char *out, size_t room)
{
	size_t i, k = 0;
	char c, next;

	for (i = 0; i < n && k + 2 < room; i++) {
		c = p[i];
		next = i + 1 < n ? p[i + 1] : '\0';
		switch (c) {
		case 'k':
		case 'q':
			if (next == 'h') {
				c = 'h';
				i++;
			} else
				c = 'k';
			break;
		case 'g':
		case 'd':
		case 't':
			if (next == 'h')
				i++;
			break;
		case 'c':
			if (next == 'k')
				continue;
			if (next != 'h')
				c = next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
			break;
		case 'p':
			if (next == 'h') {
				c = 'f';
				i++;
			}
			break;
		case 'w':
			c = 'v';
			break;
		case 'j':
			c = 'i';
			break;
		case 'y':
			c = 'i';
			break;
		case 'o':
			if (next == 'u') {
				c = 'u';
				i++;
			}
			break;
		case 'x':
			if (k > 0 && out[k - 1] == 'k')
				k--;
			out[k++] = 'k';
			c = 's';
			break;
		default:
			break;
		}
		/* ie, ye, ia, ya, iu, yu after a consonant: the glide goes */
		if ((c == 'e' || c == 'a' || c == 'u' || c == 'o') && k > 1 && out[k - 1] == 'i')
			k--;
		if (k > 0 && out[k - 1] == c)
			continue;
		out[k++] = c;
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
