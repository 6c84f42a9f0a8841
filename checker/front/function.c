// SPDX-License-Identifier: GPL-2.0-only
/* function.c - one function from its declaration to the report: the order of the steps. */
#include "annotation.h"
#include "attribute.h"
#include "branch_test.h"
#include "callee.h"
#include "cfg.h"
#include "function.h"
#include "local_defs.h"
#include "node_build.h"
#include "simplify.h"
#include "source.h"
#include "stored_value.h"
#include "type.h"
#include "value_range.h"
#include "versions.h"

static enum CXChildVisitResult take_body(CXCursor c, CXCursor parent, CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(c) == CXCursor_CompoundStmt)
		*(CXCursor *)data = c;
	return CXChildVisit_Continue;
}

static void add_params(struct fn *f)
{
	int i, n = clang_Cursor_getNumArguments(f->decl);
	struct function *out = &f->out;

	out->nparams = n > 0 ? (uint32_t)n : 0;
	out->params = arena_alloc(&f->arena, out->nparams * sizeof(*out->params));
	for (i = 0; i < n; i++) {
		CXCursor arg = clang_Cursor_getArgument(f->decl, (unsigned)i);
		struct var *v = var_add(f, arg, VAR_PARAM);

		v->index = (uint32_t)i;
		out->params[i].name = v->name;
		if (!type_is_pointer(v->type))
			out->params[i].integer = type_integer(v->type);
		out->params[i].type = type_is_record(v->type) ? record_key(f->fr, v->type) :
								record_pointee_key(f->fr, v->type);
	}
}

static uint32_t body_hash(struct fn *f, CXCursor body)
{
	const struct source *s;
	size_t from, to;
	uint64_t h = HASH_SEED;

	if (source_extent(f->fr, body, &s, &from, &to))
		h = hash_bytes(h, s->text + from, to - from);
	return (uint32_t)(h ^ h >> 32);
}

static void describe(struct fn *f, const struct callee *c)
{
	struct function *out = &f->out;

	out->key = c->key;
	out->name = c->name;
	out->loc = source_loc(f->fr, f->decl);
	if (clang_Cursor_getStorageClass(f->decl) == CX_SC_Static)
		out->flags |= FUNC_STATIC;
	if (clang_Cursor_isFunctionInlined(f->decl))
		out->flags |= FUNC_INLINE;
	if (c->noreturn)
		out->flags |= FUNC_NORETURN;
	if (attribute_weak(f->decl))
		out->flags |= FUNC_WEAK;
	if (attribute_text(f->decl, "section_init"))
		out->flags |= FUNC_INIT;
	if (attribute_text(f->decl, "section_exit"))
		out->flags |= FUNC_EXIT;
	if (out->loc.file != source_of(f->fr, f->fr->main)->name)
		out->flags |= FUNC_HEADER;
	out->annotations = annotation_list(f->fr, &f->arena, f->decl, &out->nannotations);
}

void function_report(struct front *fr, CXCursor decl)
{
	struct callee *c = callee_of(fr, decl);
	struct value_set results = { 0 };
	struct fn f;
	CXCursor body = clang_getNullCursor();

	clang_visitChildren(decl, take_body, &body);
	if (clang_Cursor_isNull(body) || !fr->sink->function)
		return;
	fn_init(&f, fr, decl);
	add_params(&f);
	describe(&f, c);
	f.out.body_hash = body_hash(&f, body);
	f.body = node_build(&f, body);
	var_collect(&f, f.body);
	branch_test_mark(&f, f.body);
	f.results = &results;
	cfg_build(&f);
	versions_resolve(&f);
	stored_value_results(&f);
	value_set_free(&results);
	simplify_blocks(&f);
	local_defs_fill(&f);
	f.out.ncalls = (uint32_t)f.ncalls;
	f.out.calls = f.calls;
	f.out.nreturns = (uint32_t)f.nreturns;
	f.out.returns = f.returns;
	f.out.ntested = (uint32_t)f.ntested;
	f.out.tested = f.tested;
	f.out.nassigned = (uint32_t)f.nassigned;
	f.out.assigned = f.assigned;
	f.out.nparts = (uint32_t)f.nparts;
	f.out.parts = f.parts;
	fr->sink->function(fr->sink->ctx, &f.out);
	fn_drop(&f);
}
