// SPDX-License-Identifier: GPL-2.0-only
/* sarif_location.c - messages and locations of a SARIF log. */
#include "sarif_location.h"

void sarif_message(struct emitter *e, const char *key, const char *text)
{
	emit_object(e, key);
	emit_text(e, "text", text);
	emit_end(e);
}

void sarif_message_stream(struct emitter *e, const char *key, struct memstream *t)
{
	emit_object(e, key);
	emit_stream(e, "text", t);
	emit_end(e);
}

/* RFC 3986: percent-encodes what a path may not contain, and ':', which would end a scheme. */
static void emit_uri(struct emitter *e, const char *file)
{
	static const char unreserved[] = "-._~/!$&'()*+,;=@";
	struct memstream t;
	FILE *f = memstream_open(&t);

	if (*file == '/')
		fputs("file://", f);
	for (; *file; file++) {
		unsigned char c = (unsigned char)*file;

		if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
		    strchr(unreserved, c))
			fputc(c, f);
		else
			fprintf(f, "%%%02X", c);
	}
	emit_stream(e, "uri", &t);
}

void sarif_location(struct emitter *e, const char *key, const char *file, uint32_t line,
		    uint32_t col)
{
	emit_object(e, key);
	emit_object(e, "physicalLocation");
	emit_object_line(e, "artifactLocation");
	emit_uri(e, file);
	if (*file != '/')
		emit_text(e, "uriBaseId", SARIF_ROOT);
	emit_end(e);
	if (line) {
		emit_object_line(e, "region");
		emit_number(e, "startLine", line);
		if (col)
			emit_number(e, "startColumn", col);
		emit_end(e);
	}
	emit_end(e);
}

void sarif_location_of(struct emitter *e, const char *key, const struct loc *at)
{
	sarif_location(e, key, str_get(at->file), at->line, at->col);
}
