// SPDX-License-Identifier: GPL-2.0-only
/* order.c - contexts whose calls for one object follow one another. */
#include "refuters.h"
#include "kernel/linuxmodel.h"

enum doubt refute_order(const struct pair *p)
{
	return p->a->context == p->b->context &&
			       model_has(p->l->model, MODEL_ORDERED, p->a->context) ?
		       DOUBT_ORDERED_CONTEXT :
		       DOUBT_NONE;
}
