/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * front.h - the front end: reports the facts of one translation unit (tu) to a sink of callbacks.
 */
#ifndef RACYBITS_FRONT_H
#define RACYBITS_FRONT_H

#include "base/model.h"

struct overlay; /* base/overlay.h */
struct pch;

struct front_options {
	const char *kdir;	       /* top of the kernel tree */
	const struct overlay *overlay; /* files of the tree that are replaced by others; NULL: none */
	const char *overlay_file;      /* the same as overlay_write() wrote it, for clang */
	const char *annotations; /* path of annotations.h, which turns the kernel's lock annotations
				  * into attributes; NULL: do without */
	struct pch *pch;	 /* precompiled header to parse with (pch.h), or NULL */
};

/*
 * Parses a tu and reports its facts.  tu->argv is its compile command in terms of clang; flags about
 * output and dependency files are dropped here.  Not reentrant: one call at a time in a process.
 *
 * File names in facts are relative to opt->kdir if the file lies below it, else absolute.  A static
 * function or variable is named "name@file", a static variable of a header that may change
 * "name@file@main file", one inside a function "function.name@file@scope", and a record defined inside a function "tag@file@scope" (source_scope());
 * str_unqualified() gives the part that model files name.  A path that never returns ends in an empty
 * block that is its own successor.
 *
 * Returns 0; or -1 with *reason, one line that the caller frees: clang's first error as
 * "file:line: message", if it reports one.  After a failure no facts were reported, at most files and
 * missing files.  Any callback of the sink may be NULL.
 */
int front_extract(const struct tu *tu, const struct front_options *opt, const struct sink *sink,
		  char **reason);

#endif
