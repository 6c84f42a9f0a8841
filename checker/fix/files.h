/* SPDX-License-Identifier: GPL-2.0-only */
/* files.h - make directories, and replace files without following links. */
#ifndef RACYBITS_FIX_FILES_H
#define RACYBITS_FIX_FILES_H

/* Makes the directory and those that it is in, as mkdir -p does; dies if it is not there then. */
void directory_make(const char *path);
/* Dies if directory_make() could not make it, or if no file could be made in it; makes nothing. */
void directory_check(const char *path);
/*
 * Writes `text` to a new file `path` (which has a slash), with the directories it is in.  What was
 * there is removed first, so that neither a symbolic nor a hard link is written through.  Dies.
 */
void file_replace(const char *path, const char *text);

#endif
