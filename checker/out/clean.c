// SPDX-License-Identifier: GPL-2.0-only
/* clean.c - text of the analysed source, made fit for a terminal and for JSON. */
#include "clean.h"

/*
 * Well-formed UTF-8, the Unicode Standard table 3-7, without the control characters of
 * ASCII and ISO 8859-1.
 */
static const struct {
	unsigned char first, last; /* lead byte */
	unsigned char low, high;   /* second byte */
	unsigned char bytes;
} characters[] = {
	{ 0x20, 0x7e, 0x00, 0xff, 1 }, { 0xc2, 0xc2, 0xa0, 0xbf, 2 }, { 0xc3, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
	{ 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

/* Bytes of the character at s; 0: the end, a control character or not UTF-8. */
static size_t character_bytes(const char *s)
{
	const unsigned char *c = (const unsigned char *)s;
	size_t i, n = 0;

	for (i = 0; i < ARRAY_SIZE(characters) && !n; i++)
		if (c[0] >= characters[i].first && c[0] <= characters[i].last &&
		    c[1] >= characters[i].low && c[1] <= characters[i].high)
			n = characters[i].bytes;
	for (i = 2; i < n; i++)
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

const char *clean(const char *s)
{
	size_t at = 0, n;
	char *copy;
	str id;

	while ((n = character_bytes(s + at)))
		at += n;
	if (!s[at])
		return s;
	copy = xstrdup(s);
	while (copy[at]) {
		n = character_bytes(copy + at);
		if (!n)
			copy[at++] = '?';
		at += n;
	}
	id = str_intern(copy);
	free(copy);
	return str_get(id);
}

const char *clean_str(str s)
{
	return clean(str_get(s));
}
