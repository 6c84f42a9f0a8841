// SPDX-License-Identifier: GPL-2.0-only
/* continued.c - works that continue what set-up code began. */
#include "continued.h"
#include "activity.h"
#include "callgraph.h"
#include "context.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "on_paths.h"
#include "resolve.h"
#include "restarts.h"
#include "result.h"
#include "starts.h"
#include "symtab.h"

enum continues { NOT_ASKED, NO, YES };

struct continued {
	struct keymap names;	 /* callback: names of the works that it is stored in */
	struct keymap callbacks; /* names of these callbacks */
	bool *fails;		 /* by function: it may return a negative error */
	uint8_t *answers;	 /* by function: enum continues */
};

/* --- which works have which callback */

static void note_callbacks(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];
			uint32_t callback =
				ev->kind == EV_STORE ? symtab_function_value(l, f, ev->src) : NONE;
			struct path work;

			if (callback == NONE ||
			    !model_has(l->model, MODEL_SHARED, str_unqualified(ev->obj->type)))
				continue;
			work = resolve_path(l, f, ev->obj);
			keymap_mark(&l->continued->callbacks, l->p->functions[callback].name);
			keymap_add(&l->continued->names, callback,
				   activity_of_path(l, MODE_SHARED, &work).name);
		}
}

/* --- which functions may fail? */

static bool call_may_fail(const struct link *l, uint32_t f, uint32_t call)
{
	uint32_t t, n;
	const uint32_t *targets = call_targets(l, f, call, &n);

	for (t = 0; t < n; t++)
		if (l->continued->fails[targets[t]])
			return true;
	return false;
}

/* May the variable have got the error of a callee, or a negative constant? */
static bool local_may_fail(const struct link *l, uint32_t f, uint32_t local)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e, c;

	for (c = 0; c < fn->ncalls; c++)
		if (fn->calls[c].dst == local && call_may_fail(l, f, c))
			return true;
	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind == EV_SET && ev->local == local && ev->value &&
			    str_get(ev->value)[0] == '-')
				return true;
		}
	return false;
}

/* Asked of callees before callers: an error that only a cycle of calls returns counts as none. */
static bool may_fail(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i;

	for (i = 0; i < fn->nblocks; i++) {
		const struct block *b = &fn->blocks[i];

		if (b->return_kind == RETURN_NEGATIVE ||
		    (b->return_kind == RETURN_CALL && call_may_fail(l, f, b->return_index)) ||
		    (b->return_kind == RETURN_LOCAL && local_may_fail(l, f, b->return_index)))
			return true;
	}
	return false;
}

void continued_find(struct link *l)
{
	uint32_t f;

	l->continued = arena_alloc(l->arena, sizeof(*l->continued));
	l->continued->answers = arena_alloc(l->arena, l->p->nfunctions);
	l->continued->fails = arena_alloc(l->arena, l->p->nfunctions);
	for (f = 0; f < l->p->nfunctions; f++)
		note_callbacks(l, f);
	for (f = 0; f < l->p->nfunctions; f++)
		l->continued->fails[l->bottom_up[f]] = may_fail(l, l->bottom_up[f]);
}

void continued_free(struct link *l)
{
	keymap_free(&l->continued->names);
	keymap_free(&l->continued->callbacks);
}

/* --- is a start behind a failure? */

struct failure_frame {
	const struct link *l;
	uint32_t f;
};

/* Is the edge taken only if a callee has failed? */
static bool edge_says_failed(void *ctx, const struct block *b, uint32_t which)
{
	const struct failure_frame *at = ctx;
	const struct test *t = &b->test;
	uint32_t left = result_of_test(t, (which == 0) != b->negate);

	if (!t->kind || b->nsuccs != 2 || left & RESULT_IS_ZERO || !(left & RESULT_NEGATIVE))
		return false;
	return (t->call != NONE && call_may_fail(at->l, at->f, t->call)) ||
	       (t->local != NONE && local_may_fail(at->l, at->f, t->local));
}

bool behind_failure(const struct link *l, uint32_t f, const struct event *e)
{
	struct failure_frame frame = { l, f };

	return on_all_paths(&l->p->functions[f], e, edge_says_failed, &frame);
}

static bool is_behind_failure(const struct link *l, uint32_t f, uint32_t call)
{
	const struct event *at = event_of_call(&l->p->functions[f], call);

	return at && behind_failure(l, f, at);
}

/* --- who starts it? */

/* Is the function entered from set-up code alone? */
static bool is_setup(const struct link *l, uint32_t f)
{
	const struct explorer *x = l->explorer;
	bool any = false;
	uint32_t at;

	for (at = x->of[f].first; at != NONE; at = context_at(x->l, at)->next) {
		if (context_at(x->l, at)->dropped)
			continue;
		if (context_at(x->l, at)->entry_phase != PHASE_SETUP)
			return false;
		any = true;
	}
	return any;
}

static bool only_setup_starts(const struct link *l, str name)
{
	size_t n, i;
	const uint32_t *of = starts_of(l, name, &n);
	bool any = false;

	if (restarts_unseen(l, name))
		return false;
	for (i = 0; i < n; i++) {
		const struct start *s = starts_get(l, of[i]);

		if (is_behind_failure(l, s->function, s->call))
			continue;
		if (!is_setup(l, s->function))
			return false;
		any = true;
	}
	return any;
}

/* Does the callback start its own work again, and not only behind a failure? */
static bool starts_itself(const struct link *l, uint32_t f)
{
	size_t n, i;
	const uint32_t *calls = starts_of_params(l, f, &n);

	for (i = 0; i < n; i++)
		if (!is_behind_failure(l, f, calls[i]))
			return true;
	return false;
}

/* Is the function in the slot of a work that is defined with it? */
static bool is_static(const struct link *l, uint32_t f)
{
	size_t i;

	for (i = 0; i < l->p->nslots; i++)
		if (l->p->slots[i].func == l->p->functions[f].key && l->p->slots[i].object)
			return true;
	return false;
}

bool is_work_callback(const struct link *l, str name)
{
	return keymap_has(&l->continued->callbacks, name);
}

const uint32_t *works_with_callback(const struct link *l, uint32_t f, size_t *n)
{
	*n = 0;
	return keymap_list(&l->continued->names, f, n);
}

static bool ask(const struct link *l, uint32_t f)
{
	size_t n, i;
	const uint32_t *names = works_with_callback(l, f, &n);

	for (i = 0; names && i < n; i++)
		if (!only_setup_starts(l, names[i]))
			return false;
	return names && n && !starts_itself(l, f) && !is_static(l, f);
}

bool continues_setup(const struct link *l, uint32_t f)
{
	uint8_t *answer = &l->continued->answers[f];

	if (*answer == NOT_ASKED)
		*answer = ask(l, f) ? YES : NO;
	return *answer == YES;
}
