// SPDX-License-Identifier: GPL-2.0-only
/* html_escape.c - text, locations and identifiers of the analysed source in HTML. */
#include "clean.h"
#include "finding.h"
#include "html_escape.h"

/* The code point of a bidirectional control (U+202A..U+202E, U+2066..U+2069) at `s`, or 0. */
static uint32_t bidi_control(const char *s)
{
	unsigned char last;

	if (strncmp(s, "\xe2\x80", 2) && strncmp(s, "\xe2\x81", 2))
		return 0;
	last = (unsigned char)s[2];
	if (s[1] == '\x80' && last >= 0xaa && last <= 0xae)
		return 0x2000u + (last & 0x3f);
	if (s[1] == '\x81' && last >= 0xa6 && last <= 0xa9)
		return 0x2040u + (last & 0x3f);
	return 0;
}

void html_text(FILE *f, const char *s)
{
	static const struct {
		char c;
		const char *as;
	} escapes[] = {
		{ '&', "&amp;" },  { '<', "&lt;" },   { '>', "&gt;" },
		{ '"', "&quot;" }, { '\'', "&#39;" },
	};
	size_t i;

	for (s = clean(s); *s; s++) {
		for (i = 0; i < ARRAY_SIZE(escapes) && escapes[i].c != *s; i++)
			;
		if (i < ARRAY_SIZE(escapes)) {
			fputs(escapes[i].as, f);
		} else if (bidi_control(s)) {
			fprintf(f, "[U+%X]", bidi_control(s));
			s += 2;
		} else {
			fputc(*s, f);
		}
	}
}

void html_str(FILE *f, str s)
{
	html_text(f, str_get(s));
}

void html_stream(FILE *f, struct memstream *t)
{
	char *text = memstream_close(t), *line = text, *end;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		html_text(f, line);
		fputc('\n', f);
	}
	html_text(f, line);
	free(text);
}

void html_loc(FILE *f, const struct loc *at)
{
	html_str(f, at->file);
	fprintf(f, ":%u", at->line);
}

void html_id(FILE *f, const struct unit_verdict *u)
{
	fprintf(f, "u%016llx", (unsigned long long)unit_fingerprint(u));
}
