// SPDX-License-Identifier: GPL-2.0-only
/* sarif_location.c - messages and locations of a SARIF log. */
#include "sarif_location.h"

json_t *sarif_message(const char *text)
{
	json_t *o = json_object();

	json_put(o, "text", json_text(text));
	return o;
}

json_t *sarif_message_stream(struct memstream *t)
{
	json_t *o = json_object();

	json_put(o, "text", json_stream(t));
	return o;
}

/* RFC 3986: percent-encodes what a path may not contain, and ':', which would end a scheme. */
static json_t *uri(const char *file)
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
	return json_stream(&t);
}

json_t *sarif_location(const char *file, uint32_t line, uint32_t col, json_t *said)
{
	json_t *o = json_object(), *physical = json_object(), *artifact = json_object(), *region;

	json_put(artifact, "uri", uri(file));
	if (*file != '/')
		json_put(artifact, "uriBaseId", json_text(SARIF_ROOT));
	json_put(physical, "artifactLocation", artifact);
	if (line) {
		region = json_object();
		json_put(region, "startLine", json_integer(line));
		if (col)
			json_put(region, "startColumn", json_integer(col));
		json_put(physical, "region", region);
	}
	json_put(o, "physicalLocation", physical);
	if (said)
		json_put(o, "message", said);
	return o;
}

json_t *sarif_location_of(const struct loc *at, json_t *said)
{
	return sarif_location(str_get(at->file), at->line, at->col, said);
}
