/* SPDX-License-Identifier: GPL-2.0-only */
/* formats.h - the report formats by name. */
#ifndef RACYBITS_FORMATS_H
#define RACYBITS_FORMATS_H

#include "report.h"

/* The format that --format=NAME means, or NULL. */
report_fn *report_find(const char *name);
/* The names, "text|json|...", for messages and help. */
extern const char report_names[];

#endif
