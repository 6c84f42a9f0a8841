// SPDX-License-Identifier: GPL-2.0-only
/* emit.c - writes JSON (RFC 8259) to a stream as it is made. */
#include "clean.h"
#include "emit.h"

void emit_start(struct emitter *e, FILE *f)
{
	*e = (struct emitter){ .f = f, .lines = EMIT_DEPTH_MAX, .first = true };
}

/* Ends the line of the element before, if it has one of its own. */
static void put_break(const struct emitter *e)
{
	unsigned int i;

	if (e->depth > e->lines) {
		if (!e->first)
			fputc(' ', e->f);
		return;
	}
	fputc('\n', e->f);
	for (i = 0; i < e->depth; i++)
		fputc(' ', e->f);
}

/* RFC 8259, section 7: quotes, backslashes and control characters are escaped. */
static void put_string(FILE *f, const char *s)
{
	static const char special[] =
		"\"\\\1\2\3\4\5\6\a\b\t\n\v\f\r\16\17\20\21\22\23\24\25\26\27\30\31\32\33\34\35\36\37";
	size_t n;

	fputc('"', f);
	for (; *s; s += *s != '\0') {
		n = strcspn(s, special);
		fwrite(s, 1, n, f);
		s += n;
		if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else if (*s == '\n')
			fputs("\\n", f);
		else if (*s)
			fprintf(f, "\\u%04x", (unsigned int)*s);
	}
	fputc('"', f);
}

static void put_head(struct emitter *e, const char *key)
{
	if (!e->first)
		fputc(',', e->f);
	if (e->depth)
		put_break(e);
	e->first = false;
	if (key) {
		put_string(e->f, key);
		fputs(": ", e->f);
	}
}

static void open_container(struct emitter *e, const char *key, char begin, char end)
{
	put_head(e, key);
	if (e->depth == EMIT_DEPTH_MAX)
		die("JSON deeper than %d", EMIT_DEPTH_MAX);
	fputc(begin, e->f);
	e->ends[e->depth++] = end;
	e->first = true;
}

void emit_object(struct emitter *e, const char *key)
{
	open_container(e, key, '{', '}');
}

void emit_array(struct emitter *e, const char *key)
{
	open_container(e, key, '[', ']');
}

static void one_line(struct emitter *e)
{
	if (e->lines > e->depth)
		e->lines = e->depth;
}

void emit_object_line(struct emitter *e, const char *key)
{
	one_line(e);
	emit_object(e, key);
}

void emit_array_line(struct emitter *e, const char *key)
{
	one_line(e);
	emit_array(e, key);
}

void emit_end(struct emitter *e)
{
	bool empty = e->first;

	e->depth--;
	if (!empty && e->depth < e->lines)
		put_break(e);
	e->first = false;
	fputc(e->ends[e->depth], e->f);
	if (e->depth == e->lines)
		e->lines = EMIT_DEPTH_MAX;
	if (!e->depth)
		fputc('\n', e->f);
}

void emit_text(struct emitter *e, const char *key, const char *s)
{
	put_head(e, key);
	put_string(e->f, clean(s));
}

void emit_text_or_null(struct emitter *e, const char *key, const char *s)
{
	if (s && *s)
		emit_text(e, key, s);
	else
		emit_null(e, key);
}

void emit_stream(struct emitter *e, const char *key, struct memstream *t)
{
	char *text = memstream_close(t);

	put_head(e, key);
	put_string(e->f, text);
	free(text);
}

void emit_number(struct emitter *e, const char *key, long long n)
{
	put_head(e, key);
	fprintf(e->f, "%lld", n);
}

void emit_bool(struct emitter *e, const char *key, bool b)
{
	put_head(e, key);
	fputs(b ? "true" : "false", e->f);
}

void emit_null(struct emitter *e, const char *key)
{
	put_head(e, key);
	fputs("null", e->f);
}
