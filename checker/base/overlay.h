/* SPDX-License-Identifier: GPL-2.0-only */
/* overlay.h - files of the tree that are read from elsewhere, without writing to the tree. */
#ifndef RACYBITS_OVERLAY_H
#define RACYBITS_OVERLAY_H

#include "util.h"

struct overlay;

struct overlay *overlay_new(void); /* an empty one; overlay_free() frees it */
void overlay_free(struct overlay *o);

/* From here on the content of the absolute path `path`, existing or not, is that of the file `actual`. */
void overlay_add(struct overlay *o, const char *path, const char *actual);
/* The same, if the path may be there already; `actual` NULL: its content is its own again. */
void overlay_set(struct overlay *o, const char *path, const char *actual);
/* Number of files whose content is that of others. */
size_t overlay_count(const struct overlay *o);

/* The file with the content of `path`, or NULL if that is `path` itself.  `o` may be NULL. */
const char *overlay_find(const struct overlay *o, const char *path);
/* The content, as by read_file(), of `path`, which may be relative to `dir`.  `o` may be NULL. */
char *overlay_read(const struct overlay *o, const char *dir, const char *path, size_t *bytes);

/* Writes the overlay to `file` in the format of clang's option -ivfsoverlay; dies if it cannot. */
void overlay_write(const struct overlay *o, const char *file);

#endif
