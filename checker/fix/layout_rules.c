// SPDX-License-Identifier: GPL-2.0-only
/* layout_rules.c - what the layout of a record has to keep, because code depends on it. */
#include "base/uses.h"
#include "layout_rules.h"
#include "layout_users.h"

/* --- which */

static uint32_t field_of(const struct record *r, str name)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (name && r->fields[i].name == name)
			return i;
	return NONE;
}

static void add_rule(struct fix_plan *plan, uint32_t kind, uint32_t field, struct loc loc)
{
	*vec_add(plan->rules, plan->nrules, plan->rules_cap) =
		(struct layout_rule){ .kind = kind, .field = field, .loc = loc };
}

void layout_rules_collect(struct fix_plan *plan, const char *kdir)
{
	const struct program *p = plan->program;
	struct layout_user user;
	size_t i;

	if (plan->ruled)
		return;
	plan->ruled = true;
	plan->nrules = 0;
	for (i = 0; i < p->nuses; i++) {
		const struct member_use *u = &p->uses[i];

		if (u->record == plan->record->key &&
		    (u->kind == USE_POSITION || u->kind == USE_SIZE || u->kind == USE_OFFSET))
			add_rule(plan, u->kind, field_of(plan->record, u->field), u->loc);
	}
	if (layout_users_unseen(p, plan->record, kdir, &user))
		add_rule(plan, user.kind, NONE, user.loc);
}

/* --- are they kept */

/* Are the named members up to `last` declared in the same order as before? */
static bool keeps_positions(const struct fix_plan *plan, const struct relayout_member *order,
			    uint32_t n, uint32_t last)
{
	const struct record *r = plan->record;
	uint32_t i = 0, field;

	for (field = 0; field < r->nfields && (last == NONE || field <= last); field++) {
		if (!r->fields[field].name)
			continue;
		while (i < n && !r->fields[order[i].field].name)
			i++;
		if (i == n || order[i++].field != field)
			return false;
	}
	return true;
}

static bool keeps(const struct fix_plan *plan, const struct relayout_member *order, uint32_t n,
		  const struct layout_rule *rule)
{
	const struct record *tree = plan->units[0]->record; /* as it is without the series */

	switch (rule->kind) {
	case USE_POSITION:
		return keeps_positions(plan, order, n, rule->field);
	case USE_SIZE:
		return plan->bytes == plan->tree_bytes;
	default:
		return rule->field == NONE ||
		       plan->offsets[rule->field] == tree->fields[rule->field].bit_offset;
	}
}

const struct layout_rule *layout_rules_broken(const struct fix_plan *plan,
					      const struct relayout_member *order, uint32_t n)
{
	uint32_t i;

	for (i = 0; i < plan->nrules; i++)
		if (!keeps(plan, order, n, &plan->rules[i]))
			return &plan->rules[i];
	return NULL;
}

const char *layout_rule_text(const struct fix_plan *plan, const struct layout_rule *rule,
			     struct arena *a)
{
	const char *file = str_get(rule->loc.file);
	const struct field *f = rule->field == NONE ? NULL : &plan->record->fields[rule->field];

	if (rule->kind == USE_POSITION)
		return arena_printf(a, "%s:%u initialises members by position", file,
				    rule->loc.line);
	if (rule->kind == USE_SIZE)
		return arena_printf(a, "%s:%u asserts its size of %llu bytes", file, rule->loc.line,
				    (unsigned long long)plan->tree_bytes);
	return arena_printf(a, "%s:%u asserts the offset of %s", file, rule->loc.line,
			    f ? str_get(f->name) : "a member");
}
