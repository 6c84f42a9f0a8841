// SPDX-License-Identifier: GPL-2.0-only
/* itself.c - one function would have to run twice at once. */
#include "refuters.h"
#include "kernel/linuxmodel.h"
#include "link/frames.h"
#include "link/user_files.h"

/* Do two files of one object lead to the two stores of tasks? */
static bool by_two_files(const struct pair *p)
{
	uint32_t a = frame_root(p->l, p->a), b = a == NONE ? NONE : frame_root(p->l, p->b);

	return b != NONE && user_files_are_two(p->l, a, b);
}

/* Does the label of an entry point name a slot whose callback runs by itself, as that of a work? */
static bool runs_by_itself(const struct link *l, str label)
{
	const char *text = str_get(label), *dot = strrchr(text, '.');
	char *record = dot ? xstrdup(text) : NULL;
	const struct entry_rule *r;
	bool self = false;
	uint32_t i;

	if (!dot)
		return true; /* what it was registered with */
	record[dot - text] = '\0';
	r = model_slot(l->model, str_intern(record), str_intern(dot + 1));
	for (i = 0; r && i < r->nheld; i++)
		self |= r->held[i].self;
	free(record);
	return self;
}

/* Are the two chains entered by two callbacks that one object may have, as by two of its threads? */
static bool by_two_callbacks(const struct link *l, const struct write *a, const struct write *b)
{
	return a->nchain > 2 && b->nchain > 2 && a->chain[1] != b->chain[1] &&
	       runs_by_itself(l, a->chain[0]);
}

/*
 * Are these two runs of one function that is entered in one way, so that nothing shows that it runs
 * twice at once?  In a context that tasks do not enter for themselves (a work item, an interrupt),
 * that goes for all that the first callee of the chain does: of a thread, or of what runs by
 * itself otherwise, an object has one as a rule, and the doubt is a greater one.
 */
enum doubt refute_itself(const struct pair *p)
{
	const struct write *a = p->a, *b = p->b;
	bool task;

	if (a->chain[0] != b->chain[0])
		return DOUBT_NONE;
	if (model_has_label(p->l->model, MODEL_IN_TURN, a->chain[0]))
		return DOUBT_CALLED_IN_TURN;
	if (a->context != b->context)
		return DOUBT_NONE;
	task = model_has(p->l->model, MODEL_PARALLEL, a->context);
	if (a->function != b->function &&
	    (a->nchain < 2 || b->nchain < 2 || a->chain[1] != b->chain[1] || task))
		return DOUBT_NONE;
	if (by_two_callbacks(p->l, a, b) || (task && by_two_files(p)))
		return DOUBT_NONE;
	return !task && runs_by_itself(p->l, a->chain[0]) ? DOUBT_SAME_CALLBACK :
							    DOUBT_SAME_FUNCTION;
}
