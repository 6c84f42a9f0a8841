/* SPDX-License-Identifier: GPL-2.0-only */
/* overlay.h - files of the tree whose contents are taken from elsewhere, without touching the tree. */
#ifndef RACYBITS_OVERLAY_H
#define RACYBITS_OVERLAY_H

#include "util.h"

struct overlay;

struct overlay *overlay_new(void); /* empty; overlay_free() frees it */
void overlay_free(struct overlay *o);

/* The file at the absolute path `path` has, or would have, the content of the file `actual`. */
void overlay_add(struct overlay *o, const char *path, const char *actual);

/* The file that has the content of the one at `path`; NULL: it has its own.  `o` may be NULL. */
const char *overlay_find(const struct overlay *o, const char *path);

/* Writes it to `file` as clang's -ivfsoverlay reads it; dies if it cannot be written. */
void overlay_write(const struct overlay *o, const char *file);

#endif
