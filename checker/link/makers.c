// SPDX-License-Identifier: GPL-2.0-only
/* makers.c - drivers that allocate objects of their own. */
#include "makers.h"
#include "callgraph.h"
#include "escape.h"
#include "keymap.h"
#include "modules.h"

struct makers {
	str *of;	     /* by function: its driver */
	struct keymap made;  /* driver, key of a record */
	struct keymap calls; /* driver, driver: a direct call */
};

struct files_called {
	const struct link *l;
	struct keymap of; /* files of which another one calls a function */
};

static void note_file(void *ctx, uint32_t f, uint32_t callee)
{
	struct files_called *c = ctx;
	str file = c->l->p->functions[callee].loc.file;

	if (c->l->p->functions[f].loc.file != file)
		keymap_mark(&c->of, file);
}

static void find_drivers(struct link *l)
{
	struct files_called called = { .l = l };
	uint32_t f;

	callgraph_each_direct(l, note_file, &called);
	for (f = 0; f < l->p->nfunctions; f++)
		l->makers->of[f] = keymap_has(&called.of, l->p->functions[f].loc.file) ?
					   module_of(l, f) :
					   l->p->functions[f].loc.file;
	keymap_free(&called.of);
}

static void note_call(void *ctx, uint32_t f, uint32_t callee)
{
	struct makers *m = ctx;

	if (m->of[f] != m->of[callee])
		keymap_mark(&m->calls, keymap_pair(m->of[f], m->of[callee]));
}

/* (who returns what it allocates makes it for its caller) */
static void note_made(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	const struct escape *e = &l->escape[f];
	uint32_t i, dst;

	for (i = 0; e->return_value != RET_FRESH && i < e->nfresh; i++) {
		dst = fn->calls[e->fresh[i]].dst;
		if (dst != NONE && fn->locals[dst].type)
			keymap_mark(&l->makers->made,
				    keymap_pair(l->makers->of[f], fn->locals[dst].type));
	}
}

void makers_find(struct link *l)
{
	uint32_t f;

	l->makers = xcalloc(1, sizeof(*l->makers));
	l->makers->of = xmalloc((l->p->nfunctions + 1) * sizeof(str));
	find_drivers(l);
	callgraph_each_direct(l, note_call, l->makers);
	for (f = 0; f < l->p->nfunctions; f++)
		note_made(l, f);
}

void makers_free(struct link *l)
{
	free(l->makers->of);
	keymap_free(&l->makers->made);
	keymap_free(&l->makers->calls);
	free(l->makers);
	l->makers = NULL;
}

str lone_driver(const struct link *l, uint32_t f)
{
	str file = l->p->functions[f].loc.file;

	return l->makers->of[f] == file ? file : 0;
}

/* The driver on the chain that makes objects of the record, the nearest to the store; or 0. */
static str maker_of(const struct link *l, str record, const struct write *w)
{
	uint32_t i, f;

	for (i = w->nchain; i--;) {
		f = w->chain_functions[i];
		if (f != NONE &&
		    keymap_has(&l->makers->made, keymap_pair(l->makers->of[f], record)))
			return l->makers->of[f];
	}
	return 0;
}

bool makers_are_apart(const struct link *l, str record, const struct write *a,
		      const struct write *b)
{
	str x = maker_of(l, record, a), y = x ? maker_of(l, record, b) : 0;

	return y && x != y && !keymap_has(&l->makers->calls, keymap_pair(x, y)) &&
	       !keymap_has(&l->makers->calls, keymap_pair(y, x));
}
