/* SPDX-License-Identifier: GPL-2.0-only */
/* sarif_result.h - one unit as a result of a SARIF log. */
#ifndef RACYBITS_SARIF_RESULT_H
#define RACYBITS_SARIF_RESULT_H

#include "report.h"
#include "jsonput.h"

enum { SARIF_RULE_INDEX = 0 }; /* of "racy-bitfield" among the tool's rules */

/* 3.27, result; the value is the caller's. */
json_t *sarif_result(const struct program *p, const struct unit_verdict *u,
		     enum baseline_state state);

#endif
