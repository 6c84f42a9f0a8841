// SPDX-License-Identifier: GPL-2.0-only
/* task.c - each task writes its own object only. */
#include "refuters.h"
#include "kernel/linuxmodel.h"

/*
 * Is the object written that of the running task, and is the write one of the task's own or of an
 * interrupt that leaves the object as it found it?
 */
static bool of_its_task(const struct linux_model *m, const struct write *w)
{
	return w->own && (w->restored || !model_has(m, MODEL_INTERRUPT, w->context));
}

/* The two writes are of one task, or of two objects. */
enum doubt refute_task(const struct pair *p)
{
	return of_its_task(p->l->model, p->a) && of_its_task(p->l->model, p->b) ? IMPOSSIBLE :
										  DOUBT_NONE;
}
