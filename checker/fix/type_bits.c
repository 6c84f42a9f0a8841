// SPDX-License-Identifier: GPL-2.0-only
/* type_bits.c - the size of an arithmetic or pointer type, by its name. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "type_bits.h"
#include "base/util.h"

/* The size in the name of a type of exact width: u8, __u32, int64_t; 0: none. */
static uint64_t width_in_name(const char *name)
{
	size_t n = strlen(name), digits;
	uint64_t bits;

	if (n > 2 && !strcmp(name + n - 2, "_t"))
		n -= 2;
	for (digits = 0; digits < n && isdigit((unsigned char)name[n - digits - 1]); digits++)
		;
	bits = digits ? strtoul(name + n - digits, NULL, 10) : 0;
	return bits == 8 || bits == 16 || bits == 32 || bits == 64 ? bits : 0;
}

uint64_t type_bits(const char *name)
{
	static const struct {
		const char *word;
		uint64_t bits;
	} words[] = {
		/* The first word that occurs in the name decides. */
		{ "*", POINTER_BITS }, { "long long", 64 }, { "long", POINTER_BITS },
		{ "short", 16 },       { "char", 8 },	    { "bool", 8 },
		{ "_Bool", 8 },	       { "enum ", 32 },	    { "unsigned", 32 },
		{ "signed", 32 },
	};
	size_t i;

	if (!strncmp(name, "struct ", 7) || !strncmp(name, "union ", 6))
		return strchr(name, '*') ? POINTER_BITS : 0;
	if (!strcmp(name, "int"))
		return 32;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strstr(name, words[i].word))
			return words[i].bits;
	return width_in_name(name);
}
