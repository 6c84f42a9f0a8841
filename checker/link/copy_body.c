// SPDX-License-Identifier: GPL-2.0-only
/* copy_body.c - the body of a function whose arguments are partly known. */
#include "copy_body.h"
#include "branch_inputs.h"
#include "path.h"
#include "predicates.h"

bool is_number_value(str value)
{
	const char *s = str_get(value);

	return *s == '-' || (*s >= '0' && *s <= '9');
}

/* Does the value of the parameter pass the test at the end of block b?  A function is not NULL. */
static bool passes(const struct block *b, str value)
{
	long long v = is_number_value(value) ? strtoll(str_get(value), NULL, 10) : 1;

	return test_passes(b->test.kind, strtoll(str_get(b->test.value), NULL, 10), v);
}

/* Removes the successors that a branch cannot reach with these values. */
static void decide_branches(struct link *l, struct function *fn, const str *values)
{
	uint32_t b, taken;

	fn->blocks = arena_copy(l->arena, fn->blocks, fn->nblocks * sizeof(*fn->blocks));
	for (b = 0; b < fn->nblocks; b++) {
		struct block *blk = &fn->blocks[b];

		if (blk->test.kind == TEST_NONE || blk->test.param >= PARAMS_MAX ||
		    blk->nsuccs != 2 || !values[blk->test.param])
			continue;
		taken = passes(blk, values[blk->test.param]) != blk->negate ? 0 : 1;
		blk->succs = arena_copy(l->arena, &blk->succs[taken], sizeof(uint32_t));
		blk->nsuccs = 1;
		blk->test.kind = TEST_NONE;
	}
}

static const struct path *constant_path(struct link *l, str value)
{
	struct path p = { .root = is_number_value(value) ? ROOT_NULL : ROOT_FUNC, .name = value };

	return arena_copy(l->arena, &p, sizeof(p));
}

/* Replaces the parameters by the values in calls, as arguments and as the function called. */
static void substitute_values(struct link *l, struct function *fn, const str *values)
{
	uint32_t c, a;
	str value;

	fn->calls = arena_copy(l->arena, fn->calls, fn->ncalls * sizeof(*fn->calls));
	for (c = 0; c < fn->ncalls; c++) {
		struct call *call = &fn->calls[c];

		call->args = arena_copy(l->arena, call->args, call->nargs * sizeof(*call->args));
		for (a = 0; a < call->nargs; a++) {
			value = is_passed_on(call->args[a]) ? values[call->args[a]->index] : 0;
			if (value)
				call->args[a] = constant_path(l, value);
		}
		if (call->kind == CALLEE_PARAM && call->index < PARAMS_MAX && values[call->index] &&
		    !is_number_value(values[call->index])) {
			call->kind = CALLEE_DIRECT;
			call->name = values[call->index];
		}
	}
}

void copy_put_values(struct link *l, struct function *fn, const str *values)
{
	decide_branches(l, fn, values);
	substitute_values(l, fn, values);
}

void copy_grow_tested(struct link *l, struct function *fn, uint32_t more)
{
	struct tested_member *tested =
		arena_alloc(l->arena, (fn->ntested + more) * sizeof(*tested));

	if (fn->ntested)
		memcpy(tested, fn->tested, fn->ntested * sizeof(*tested));
	fn->tested = tested;
}

uint32_t copy_tested_index(struct function *fn, const struct tested_member *m)
{
	uint32_t t;

	for (t = 0; t < fn->ntested; t++)
		if (fn->tested[t].field == m->field && fn->tested[t].obj.type == m->obj.type &&
		    same_object(&fn->tested[t].obj, &m->obj))
			return t;
	fn->tested[fn->ntested++] = *m;
	return t;
}
