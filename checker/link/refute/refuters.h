/* SPDX-License-Identifier: GPL-2.0-only */
/* refuters.h - refute_NAME() of each row of base/refuters.def, defined in NAME.c. */
#ifndef RACYBITS_REFUTERS_H
#define RACYBITS_REFUTERS_H

#include "refute.h"

/* Returns DOUBT_NONE, a doubt about the pair, or IMPOSSIBLE. */
#define REFUTER(name, asked, id, sentence) enum doubt refute_##name(const struct pair *p);
#include "base/refuters.def"
#undef REFUTER

/* What refute_ended() says of activities that are ended on some paths only. */
enum doubt refute_sometimes_ended(const struct pair *p);
/* What refute_tests() says of the tests in other functions than those that store. */
enum doubt refute_tests_of_chains(const struct pair *p);

#endif
