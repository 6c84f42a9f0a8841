/* SPDX-License-Identifier: GPL-2.0-only */
/* limits.h - the caps of the analysis, from the table limits.def. */
#ifndef RACYBITS_LIMITS_H
#define RACYBITS_LIMITS_H

#include <stdint.h>

/* PATH_STEPS_MAX and so on: the value of each limit. */
enum {
#define LIMIT(name, value, kind, id, what) name##_MAX = (value),
#include "limits.def"
#undef LIMIT
};

enum limit {
#define LIMIT(name, value, kind, id, what) LIMIT_##name,
#include "limits.def"
#undef LIMIT
	LIMIT_COUNT
};

/* Consequence of meeting a limit, see limits.def. */
enum limit_kind { LIMIT_KIND_UNSAFE, LIMIT_KIND_PRECISION, LIMIT_KINDS };

struct limit_row {
	const char *id;	  /* "path-steps": never changes */
	const char *what; /* "steps in an access path" */
	uint32_t value;	  /* met where there would be more */
	enum limit_kind kind;
};

extern const struct limit_row limit_rows[LIMIT_COUNT];

/* "unsafe" or "precision"; a static string. */
const char *limit_kind_name(enum limit_kind kind);

#endif
