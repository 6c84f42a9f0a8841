/* SPDX-License-Identifier: GPL-2.0-only */
/* filestate.h - has a file changed since it was read?  Each is looked at once a run. */
#ifndef RACYBITS_FILESTATE_H
#define RACYBITS_FILESTATE_H

#include "base/overlay.h"
#include "base/util.h"

struct file_state;

#define FILE_ABSENT (-1)

/* A file as it was when facts were made from it. */
struct file_version {
	int64_t id;
	uint64_t hash;		/* of its content */
	int64_t size, mtime_ns; /* size FILE_ABSENT: it did not exist */
	struct file_state *file;
	struct file_version *next; /* of the same file */
};

struct file_states {
	struct file_state *by_path;
	int64_t started_ns; /* a file that changed later may differ from what was read */
	const struct overlay *overlay;
};

/* The time now in nanoseconds, by the clock of file timestamps. */
int64_t filestate_now(void);
/* `overlay` (NULL: none) must outlive the states; filestate_free() frees them. */
void filestate_init(struct file_states *s, const struct overlay *overlay, int64_t started_ns);
void filestate_free(struct file_states *s); /* with all versions */

/* Is there a regular file at the path? */
bool filestate_there(struct file_states *s, const char *path);

/* Adds a copy of `v` to the known versions of the file at an absolute path, and returns it. */
struct file_version *filestate_add(struct file_states *s, const char *path,
				   const struct file_version *v);

/* The absolute path of the file with the content now of the version's file. */
const char *filestate_path(const struct file_version *v);

/*
 * Does the file have the content of the version?  It has if size and time of change agree, else the
 * content is compared; then *touched says that the version was given the new time.
 */
bool filestate_same(const struct file_states *s, struct file_version *v, bool *touched);

/*
 * The known version that the file has now; else NULL, and *now is a new version without an id.
 * *trusted is false, and there is no version, if the file cannot be read or has changed since the
 * start: that may have been after facts were made from it.
 */
struct file_version *filestate_find(struct file_states *s, const char *path,
				    struct file_version *now, bool *trusted, bool *touched);

/* The known version "does not exist"; else NULL, and *now is that version without an id. */
struct file_version *filestate_absent(struct file_states *s, const char *path,
				      struct file_version *now);

#endif
