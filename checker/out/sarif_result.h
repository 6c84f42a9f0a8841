/* SPDX-License-Identifier: GPL-2.0-only */
/* sarif_result.h - one unit as a result of a SARIF log. */
#ifndef RACYBITS_SARIF_RESULT_H
#define RACYBITS_SARIF_RESULT_H

#include "emit.h"

enum { SARIF_RULE_INDEX }; /* of the rule that results refer to, in the tool's rules */

/* SARIF 2.1.0, 3.27: adds the result to the array that is open; `state` is against the baseline. */
void sarif_result(struct emitter *e, const struct program *p, const struct unit_verdict *u,
		  enum baseline_state state);

#endif
