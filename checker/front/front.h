/* SPDX-License-Identifier: GPL-2.0-only */
/* front.h - the front end: what one translation unit says, through a sink of callbacks. */
#ifndef RACYBITS_FRONT_H
#define RACYBITS_FRONT_H

#include "base/model.h"

struct pch;

struct front_options {
	const char *kdir;    /* top of the kernel tree: files below it are named relative to it */
	const char *overlay; /* file for clang's -ivfsoverlay: contents that take the place of
			      * those in the tree; NULL: none */
	const char *annotations; /* path of annotations.h, which makes the kernel's lock
				  * annotations visible; NULL: do without */
	struct pch *pch;	 /* precompiled header to parse with (pch.h), or NULL */
};

/*
 * Parses one translation unit and reports its facts.
 *
 * tu->argv is the compile command fit for clang, the source file last or anywhere in it; output
 * and dependency-file flags are dropped here.  One call at a time per process.
 *
 * File names in facts are relative to opt->kdir where they lie below it, else absolute.  Static
 * functions and static global variables are named "name@file", static variables of a function
 * "function.name@file"; so str_unqualified() gives the name to compare with the model.  A path that
 * never returns ends in an empty block that is its own successor.
 *
 * Returns 0; or -1 with *reason (malloc'd, one line, caller frees), "file:line: message" of the
 * first error, when clang reports one: then nothing was reported to the sink.  A callback of the
 * sink may be NULL.
 */
int front_extract(const struct tu *tu, const struct front_options *opt, const struct sink *sink,
		  char **reason);

#endif
