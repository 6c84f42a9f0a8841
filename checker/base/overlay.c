// SPDX-License-Identifier: GPL-2.0-only
/* overlay.c - files of the tree that are read from elsewhere. */
#include "overlay.h"

#define uthash_fatal(msg) die("out of memory")
#include <uthash.h>

struct overlay_entry {
	char *path, *actual;
	UT_hash_handle hh;
};

struct overlay {
	struct overlay_entry *by_path;
};

struct overlay *overlay_new(void)
{
	return xcalloc(1, sizeof(struct overlay));
}

void overlay_free(struct overlay *o)
{
	struct overlay_entry *e, *next;

	next = o->by_path;
	HASH_CLEAR(hh, o->by_path);
	while ((e = next)) {
		next = e->hh.next;
		free(e->path);
		free(e->actual);
		free(e);
	}
	free(o);
}

void overlay_add(struct overlay *o, const char *path, const char *actual)
{
	struct overlay_entry *e = xcalloc(1, sizeof(*e));

	e->path = xstrdup(path);
	e->actual = xstrdup(actual);
	HASH_ADD_KEYPTR(hh, o->by_path, e->path, strlen(e->path), e);
}

void overlay_set(struct overlay *o, const char *path, const char *actual)
{
	char *copy = actual ? xstrdup(actual) : NULL;
	struct overlay_entry *e;

	HASH_FIND_STR(o->by_path, path, e);
	if (e) {
		HASH_DEL(o->by_path, e);
		free(e->path);
		free(e->actual);
		free(e);
	}
	if (copy)
		overlay_add(o, path, copy);
	free(copy);
}

size_t overlay_count(const struct overlay *o)
{
	return HASH_COUNT(o->by_path);
}

const char *overlay_find(const struct overlay *o, const char *path)
{
	struct overlay_entry *e = NULL;

	if (o)
		HASH_FIND_STR(o->by_path, path, e);
	return e ? e->actual : NULL;
}

char *overlay_read(const struct overlay *o, const char *dir, const char *path, size_t *bytes)
{
	char *full = path_absolute(dir, path), *text;
	const char *actual = overlay_find(o, full);

	if (!actual) {
		free(full);
		actual = full = *path == '/' ? xstrdup(path) : xasprintf("%s/%s", dir, path);
	}
	text = read_file(actual, bytes);
	free(full);
	return text;
}

/* A double-quoted scalar (YAML 1.2, 7.3.1). */
static void put_quoted(FILE *f, const char *s)
{
	fputc('"', f);
	for (; *s; s++)
		if (strchr("\"\\", *s) || (unsigned char)*s < ' ')
			fprintf(f, "\\x%02x", (unsigned char)*s);
		else
			fputc(*s, f);
	fputc('"', f);
}

/* The format is documented in llvm/Support/VirtualFileSystem.h. */
void overlay_write(const struct overlay *o, const char *file)
{
	const struct overlay_entry *e;
	struct output out;

	output_open(&out, file);
	fputs("{ \"version\": 0, \"use-external-names\": false, \"roots\": [\n", out.f);
	for (e = o->by_path; e; e = e->hh.next) {
		fputs("{ \"type\": \"file\", \"name\": ", out.f);
		put_quoted(out.f, e->path);
		fputs(", \"external-contents\": ", out.f);
		put_quoted(out.f, e->actual);
		fprintf(out.f, " }%s\n", e->hh.next ? "," : "");
	}
	fputs("] }\n", out.f);
	output_commit(&out);
}
