// SPDX-License-Identifier: GPL-2.0-only
/* util.c - arenas, interned strings, growing arrays, errors, output files. */
#include <errno.h>
#include <stdarg.h>
#include <stdalign.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

const struct path path_none;

static void say(const char *fmt, va_list ap)
{
	int saved = errno;
	size_t n = strlen(fmt);

	fflush(stdout);
	fputs("racybits: ", stderr);
	vfprintf(stderr, fmt, ap);
	if (n && fmt[n - 1] == ':')
		fprintf(stderr, " %s", strerror(saved));
	fputc('\n', stderr);
}

void warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(2);
}

void *xmalloc(size_t bytes)
{
	void *p = malloc(bytes ? bytes : 1);

	if (!p)
		die("out of memory");
	return p;
}

void *xcalloc(size_t n, size_t bytes)
{
	void *p = calloc(n ? n : 1, bytes ? bytes : 1);

	if (!p)
		die("out of memory");
	return p;
}

void *xrealloc(void *p, size_t bytes)
{
	void *moved = realloc(p, bytes ? bytes : 1);

	if (!moved)
		die("out of memory");
	return moved;
}

char *xstrdup(const char *s)
{
	return strcpy(xmalloc(strlen(s) + 1), s);
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
	return s;
}

#define CHUNK_FIRST ((size_t)4 << 10)
#define CHUNK_MOST ((size_t)1 << 20)

struct arena_chunk {
	struct arena_chunk *next;
	size_t used, size;
	alignas(uint64_t) unsigned char data[];
};

void *arena_alloc(struct arena *a, size_t bytes)
{
	size_t align = alignof(uint64_t), need = (bytes + align - 1) / align * align;
	struct arena_chunk *c = a->head;
	void *p;

	if (!c || c->size - c->used < need) {
		size_t size = c ? c->size * 2 : CHUNK_FIRST;

		if (size > CHUNK_MOST)
			size = CHUNK_MOST;
		if (size < need)
			size = need;

		c = xcalloc(1, sizeof(*c) + size);
		c->next = a->head;
		c->size = size;
		c->used = 0;
		a->head = c;
	}
	p = c->data + c->used;
	c->used += need;
	return p;
}

void *arena_copy(struct arena *a, const void *p, size_t bytes)
{
	return bytes ? memcpy(arena_alloc(a, bytes), p, bytes) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *s;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	s = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return s;
}

void arena_free(struct arena *a)
{
	struct arena_chunk *c, *next;

	for (c = a->head; c; c = next) {
		next = c->next;
		free(c);
	}
	a->head = NULL;
}

/* Open addressing over string ids; strings live for the process. */
static struct {
	struct arena text;
	const char **strings;
	uint64_t *hashes;
	size_t n, cap, hash_cap, nslots;
	uint32_t *slots;
} strtab;

static void strtab_rehash(void)
{
	size_t i, at;

	free(strtab.slots);
	strtab.nslots = strtab.nslots ? strtab.nslots * 2 : 4096;
	strtab.slots = xcalloc(strtab.nslots, sizeof(*strtab.slots));
	for (i = 1; i < strtab.n; i++) {
		at = strtab.hashes[i] & (strtab.nslots - 1);
		while (strtab.slots[at])
			at = (at + 1) & (strtab.nslots - 1);
		strtab.slots[at] = (uint32_t)i;
	}
}

str str_intern_n(const char *s, size_t n)
{
	uint64_t h;
	size_t at;
	char *copy;

	if (!s || !n)
		return 0;
	if (!strtab.n) {
		strtab.strings = vec_grow(strtab.strings, 0, &strtab.cap, sizeof(char *));
		strtab.hashes = vec_grow(strtab.hashes, 0, &strtab.hash_cap, sizeof(uint64_t));
		strtab.strings[0] = "";
		strtab.n = 1;
	}
	if (strtab.n * 2 >= strtab.nslots)
		strtab_rehash();
	h = hash_bytes(HASH_SEED, s, n);
	for (at = h & (strtab.nslots - 1); strtab.slots[at]; at = (at + 1) & (strtab.nslots - 1)) {
		uint32_t id = strtab.slots[at];

		if (strtab.hashes[id] == h && !strncmp(strtab.strings[id], s, n) &&
		    !strtab.strings[id][n])
			return id;
	}
	copy = arena_alloc(&strtab.text, n + 1);
	memcpy(copy, s, n);
	strtab.strings = vec_grow(strtab.strings, strtab.n, &strtab.cap, sizeof(char *));
	strtab.hashes = vec_grow(strtab.hashes, strtab.n, &strtab.hash_cap, sizeof(uint64_t));
	strtab.strings[strtab.n] = copy;
	strtab.hashes[strtab.n] = h;
	strtab.slots[at] = (uint32_t)strtab.n;
	return (str)strtab.n++;
}

str str_intern(const char *s)
{
	return s ? str_intern_n(s, strlen(s)) : 0;
}

str str_printf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	str id;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		die("out of memory");
	va_end(ap);
	id = str_intern(s);
	free(s);
	return id;
}

const char *str_get(str s)
{
	return s && s < strtab.n ? strtab.strings[s] : "";
}

static uint64_t str_hash(str s)
{
	return s && s < strtab.n ? strtab.hashes[s] : HASH_SEED;
}

uint64_t str_pair_hash(str a, str b)
{
	uint64_t pair[] = { str_hash(a), str_hash(b) };

	return hash_bytes(HASH_SEED, pair, sizeof(pair));
}

/* Asked for millions of times, of the same few strings: the answers are kept. */
str str_unqualified(str key)
{
	static struct {
		str *of; /* + 1; 0: not asked for yet */
		size_t n;
	} known;
	const char *s, *at;
	size_t n;

	if (key >= known.n) {
		n = strtab.cap > key ? strtab.cap : (size_t)key + 1;
		known.of = xrealloc(known.of, n * sizeof(*known.of));
		memset(known.of + known.n, 0, (n - known.n) * sizeof(*known.of));
		known.n = n;
	}
	if (!known.of[key]) {
		s = str_get(key);
		at = strchr(s, '@');
		known.of[key] = (at ? str_intern_n(s, (size_t)(at - s)) : key) + 1;
	}
	return known.of[key] - 1;
}

void *vec_grow(void *v, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return v;
	*cap = *cap ? *cap * 2 : 8;
	return xrealloc(v, *cap * size);
}

uint64_t hash_bytes(uint64_t seed, const void *p, size_t bytes)
{
	const unsigned char *b = p;

	while (bytes--)
		seed = (seed ^ *b++) * 0x100000001b3ULL;
	return seed;
}

uint64_t hash_string(uint64_t seed, const char *s)
{
	return hash_bytes(seed, s, strlen(s) + 1);
}

char *read_file(const char *path, size_t *bytes)
{
	FILE *f = fopen(path, "rb");
	size_t n = 0, cap = 0;
	char *s = NULL;
	int saved;

	if (!f)
		return NULL;
	do {
		if (cap - n < 2) {
			cap = cap ? cap * 2 : 1 << 16;
			s = xrealloc(s, cap);
		}
		n += fread(s + n, 1, cap - n - 1, f);
	} while (!feof(f) && !ferror(f));
	if (ferror(f)) {
		saved = errno;
		fclose(f);
		free(s);
		errno = saved;
		return NULL;
	}
	fclose(f);
	s[n] = '\0';
	if (bytes)
		*bytes = n;
	return s;
}

void output_open(struct output *o, const char *path)
{
	struct stat st;

	memset(o, 0, sizeof(*o));
	if (!path || !strcmp(path, "-")) {
		o->f = stdout;
		return;
	}
	o->path = xstrdup(path);
	/* A device or a pipe cannot be renamed over. */
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		o->f = fopen(path, "w");
	else {
		o->tmp = xasprintf("%s.%ld.tmp", path, (long)getpid());
		o->f = fopen(o->tmp, "w");
	}
	if (!o->f)
		die("cannot write %s:", path);
}

void output_commit(struct output *o)
{
	int failed = fflush(o->f) || ferror(o->f);

	if (o->f != stdout)
		failed |= fclose(o->f);
	if (!failed && o->tmp)
		failed = rename(o->tmp, o->path);
	if (failed) {
		int saved = errno;

		if (o->tmp)
			unlink(o->tmp);
		errno = saved;
		die("cannot write %s:", o->path ? o->path : "standard output");
	}
	free(o->tmp);
	free(o->path);
	memset(o, 0, sizeof(*o));
}
