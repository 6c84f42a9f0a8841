// SPDX-License-Identifier: GPL-2.0-only
/* frozen.c - the task of one context does not run while the other does. */
#include "refuters.h"
#include "kernel/linuxmodel.h"

enum doubt refute_frozen(const struct pair *p)
{
	return model_has_pair(p->l->model, MODEL_FROZEN, p->a->context, p->b->context) ?
		       IMPOSSIBLE :
		       DOUBT_NONE;
}
