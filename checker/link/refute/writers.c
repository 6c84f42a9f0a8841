// SPDX-License-Identifier: GPL-2.0-only
/* writers.c - what is doubtful of one write by itself. */
#include "refuters.h"
#include "link/write_confidence.h"

/* The doubt of the weaker write. */
enum doubt refute_writers(const struct pair *p)
{
	const struct write *a = p->a, *b = p->b;
	const struct write *weak = write_confidence(a) <= write_confidence(b) ? a : b;

	return weak->doubt ? weak->doubt : weak == a ? b->doubt : a->doubt;
}
