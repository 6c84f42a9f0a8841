// SPDX-License-Identifier: GPL-2.0-only
/* color.c - whether a stream is written to in colours. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "color.h"

static enum color chosen;

void color_set(enum color color)
{
	chosen = color;
}

bool terminal_takes_escapes(FILE *f)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(f)) && !(no_color && *no_color) && term && *term &&
	       strcmp(term, "dumb") != 0;
}

bool color_of(FILE *f)
{
	return chosen == COLOR_AUTO ? terminal_takes_escapes(f) : chosen == COLOR_ALWAYS;
}
