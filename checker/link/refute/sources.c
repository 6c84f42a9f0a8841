// SPDX-License-Identifier: GPL-2.0-only
/* sources.c - the writers have their objects from different sources. */
#include "base/names.h"
#include "link/sources.h"
#include "link/write_confidence.h"
#include "refuters.h"

/* (an argument that is doubted as much is not asked about: that takes time) */
static bool is_sure(const struct write *w)
{
	return write_confidence(w) > doubt_level(DOUBT_OTHER_SOURCE);
}

enum doubt refute_sources(const struct pair *p)
{
	return is_sure(p->a) && is_sure(p->b) && sources_are_apart(p->l, p->a, p->b) ?
		       DOUBT_OTHER_SOURCE :
		       DOUBT_NONE;
}
