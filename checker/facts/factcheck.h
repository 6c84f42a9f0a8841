/* SPDX-License-Identifier: GPL-2.0-only */
/* factcheck.h - is a fact sound, that is, does every index in it refer to something? */
#ifndef RACYBITS_FACTS_FACTCHECK_H
#define RACYBITS_FACTS_FACTCHECK_H

#include "base/util.h"

/*
 * Is every index and number of steps in the function in range?  Checked when a fact is encoded, so
 * that a defect of the front end is found where it happens, and when it is decoded, as bytes may be
 * damaged.  A declaration has nothing that its paths could be checked against.
 */
bool facts_function_fits(const struct function *f);

#endif
