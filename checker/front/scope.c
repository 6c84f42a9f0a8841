// SPDX-License-Identifier: GPL-2.0-only
/* scope.c - the end of scopes with variables that have a cleanup attribute. */
#include "bb.h"
#include "callee.h"
#include "event.h"
#include "path.h"
#include "scope.h"
#include "source.h"

/* function(&variable) */
static void call_cleanup(struct fn *f, const struct live_guard *g, CXCursor at)
{
	struct var *v = g->var;
	struct path arg = { .root = ROOT_STACK,
			    .index = var_local(f, v),
			    .type = record_key(f->fr, v->type) };
	struct call call = { .kind = CALLEE_DIRECT,
			     .name = v->cleanup,
			     .base = &path_none,
			     .nargs = 1,
			     .dst = NONE,
			     .is_cleanup = true,
			     .constructor = g->call,
			     .loc = source_loc(f->fr, v->decl) };

	if (!clang_Cursor_isNull(v->cleanup_decl))
		call.name = callee_use(f->fr, v->cleanup_decl)->key;
	call.args = arena_alloc(&f->arena, sizeof(*call.args));
	call.args[0] = path_keep(&f->arena, &arg);
	event_add(f, EV_CALL, at)->call = (uint32_t)f->ncalls;
	*vec_add(f->calls, f->ncalls, f->calls_cap) = call;
}

void scope_end(struct fn *f, struct live_guard *until, CXCursor at)
{
	struct live_guard *g;

	for (g = f->guards; g != until; g = g->prev) {
		if (!bb_is_dead(f->cur))
			call_cleanup(f, g, at);
		if (g->call != NONE)
			event_add(f, EV_SCOPE_END, at)->call = g->call;
	}
}
