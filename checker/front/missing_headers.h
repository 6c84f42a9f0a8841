/* SPDX-License-Identifier: GPL-2.0-only */
/* missing_headers.h - for a tu that cannot be parsed: which files would have to appear. */
#ifndef RACYBITS_FRONT_MISSING_HEADERS_H
#define RACYBITS_FRONT_MISSING_HEADERS_H

#include "clang_args.h"
#include "front_state.h"

/* clang's words behind the quoted name of a header */
#define FILE_NOT_FOUND "' file not found"

/*
 * Reports the files that were read for a tu that could not be parsed, and every path where a missing
 * file was looked for.  fr->tu NULL: not even `source`, the main file, was read.
 */
void missing_headers_report(struct front *fr, const struct tu *tu, const char *source,
			    const struct clang_args *args);

#endif
