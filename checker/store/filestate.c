// SPDX-License-Identifier: GPL-2.0-only
/* filestate.c - has a file changed since it was read? */
#include <sys/stat.h>
#include <time.h>

#include "filestate.h"

#define uthash_fatal(msg) die("out of memory")
#include <uthash.h>

struct file_state {
	char *path;
	const char *actual; /* path of the file with its content: another one under an overlay */
	bool looked, there, hashed;
	int64_t size, mtime_ns;
	uint64_t hash;
	struct file_version *versions;
	UT_hash_handle hh;
};

static int64_t time_ns(const struct timespec *t)
{
	return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

/* File timestamps come from the coarse clock. */
int64_t filestate_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	return time_ns(&now);
}

void filestate_init(struct file_states *s, const struct overlay *overlay, int64_t started_ns)
{
	*s = (struct file_states){ .started_ns = started_ns, .overlay = overlay };
}

void filestate_free(struct file_states *s)
{
	struct file_state *f, *next_file;
	struct file_version *v, *next;

	next_file = s->by_path;
	HASH_CLEAR(hh, s->by_path);
	while ((f = next_file)) {
		next_file = f->hh.next;
		for (v = f->versions; v; v = next) {
			next = v->next;
			free(v);
		}
		free(f->path);
		free(f);
	}
}

static struct file_state *state_get(struct file_states *s, const char *path)
{
	struct file_state *f;

	HASH_FIND_STR(s->by_path, path, f);
	if (!f) {
		f = xcalloc(1, sizeof(*f));
		f->path = xstrdup(path);
		f->actual = overlay_find(s->overlay, path);
		if (!f->actual)
			f->actual = f->path;
		HASH_ADD_KEYPTR(hh, s->by_path, f->path, strlen(f->path), f);
	}
	return f;
}

struct file_version *filestate_add(struct file_states *s, const char *path,
				   const struct file_version *v)
{
	struct file_version *copy = xmalloc(sizeof(*copy));

	*copy = *v;
	copy->file = state_get(s, path);
	copy->next = copy->file->versions;
	copy->file->versions = copy;
	return copy;
}

static bool look(struct file_state *f)
{
	struct stat st;

	if (!f->looked) {
		f->looked = true;
		f->there = !stat(f->actual, &st) && S_ISREG(st.st_mode);
		if (f->there) {
			f->size = st.st_size;
			f->mtime_ns = time_ns(&st.st_mtim);
		}
	}
	return f->there;
}

bool filestate_there(struct file_states *s, const char *path)
{
	return look(state_get(s, path));
}

/* Hashes the file; false if it has changed since it was looked at. */
static bool content(struct file_state *f)
{
	struct stat st;
	char *data;
	size_t n;

	if (!f->hashed) {
		f->hashed = true;
		data = read_file(f->actual, &n);
		f->hash = data ? hash_bytes(HASH_SEED, data, n) : 0;
		f->there = data && !stat(f->actual, &st) && f->mtime_ns == time_ns(&st.st_mtim) &&
			   f->size == st.st_size;
		free(data);
	}
	return f->there;
}

const char *filestate_path(const struct file_version *v)
{
	return v->file->actual;
}

bool filestate_same(const struct file_states *s, struct file_version *v, bool *touched)
{
	struct file_state *f = v->file;

	*touched = false;
	if (v->size == FILE_ABSENT)
		return !look(f);
	if (!look(f) || f->size != v->size)
		return false;
	if (f->mtime_ns == v->mtime_ns)
		return true;
	if (!content(f) || f->hash != v->hash)
		return false;
	*touched = f->mtime_ns < s->started_ns;
	if (*touched)
		v->mtime_ns = f->mtime_ns;
	return true;
}

struct file_version *filestate_find(struct file_states *s, const char *path,
				    struct file_version *now, bool *trusted, bool *touched)
{
	struct file_state *f = state_get(s, path);
	struct file_version *v;

	*trusted = look(f) && f->mtime_ns < s->started_ns;
	for (v = f->versions; *trusted && v; v = v->next)
		if (filestate_same(s, v, touched))
			return v;
	*trusted = *trusted && content(f);
	*now = (struct file_version){ .hash = f->hash, .size = f->size, .mtime_ns = f->mtime_ns };
	return NULL;
}

struct file_version *filestate_absent(struct file_states *s, const char *path,
				      struct file_version *now)
{
	struct file_version *v;

	for (v = state_get(s, path)->versions; v; v = v->next)
		if (v->size == FILE_ABSENT)
			return v;
	*now = (struct file_version){ .size = FILE_ABSENT };
	return NULL;
}
