/* SPDX-License-Identifier: GPL-2.0-only */
/* filestate.h - is a file still what it was?  Each is looked at once a run (store room). */
#ifndef RACYBITS_FILESTATE_H
#define RACYBITS_FILESTATE_H

#include "base/overlay.h"
#include "base/util.h"

struct file_state;

#define FILE_ABSENT (-1)

/* What a file was like when it was read for facts. */
struct file_version {
	int64_t id;
	uint64_t hash;		/* of its content */
	int64_t size, mtime_ns; /* size FILE_ABSENT: there was none */
	struct file_state *file;
	struct file_version *next; /* of the same file */
};

struct file_states {
	struct file_state *by_path;
	int64_t started_ns; /* a file changed since cannot be told from what was read */
	const struct overlay *overlay;
};

/* The time now, in nanoseconds, by the clock that files get their times from. */
int64_t filestate_now(void);
/* `overlay` (NULL: none) must outlive the states. */
void filestate_init(struct file_states *s, const struct overlay *overlay, int64_t started_ns);
void filestate_free(struct file_states *s); /* with all versions */

/* True if there is a regular file at the path. */
bool filestate_there(struct file_states *s, const char *path);

/* Adds a known version of the file at an absolute path; copies `v`. */
struct file_version *filestate_add(struct file_states *s, const char *path,
				   const struct file_version *v);

/*
 * True if the file has the content of the version now: by size and time of change, else by content;
 * then *touched says that the version has been given the new time.
 */
bool filestate_same(const struct file_states *s, struct file_version *v, bool *touched);

/*
 * The known version that the file has now, or NULL and in *now what a new one would be; its id is
 * then to be filled in.  *trusted is false, and there is no version, when the file cannot be read
 * or was changed since the start, that is, perhaps after it had been read for facts.
 */
struct file_version *filestate_find(struct file_states *s, const char *path,
				    struct file_version *now, bool *trusted, bool *touched);

/* The known version that says that there is no such file, or NULL and in *now what it would be. */
struct file_version *filestate_absent(struct file_states *s, const char *path,
				      struct file_version *now);

#endif
