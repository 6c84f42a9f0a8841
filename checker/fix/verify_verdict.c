// SPDX-License-Identifier: GPL-2.0-only
/* verify_verdict.c - verify that a patch ends the race and makes no other verdict worse. */
#include "plan_lookup.h"
#include "verify_verdict.h"

/* Verdicts from good to bad. */
static int badness(uint32_t verdict)
{
	static const int order[] = {
		[VERDICT_STABLE] = 0, [VERDICT_SERIALIZED] = 1, [VERDICT_UNKNOWN] = 2, [VERDICT_RACY] = 3
	};

	return order[verdict];
}

/* The verdict before the patches on the unit that the first field of `u` was in, or NULL. */
static const struct unit_verdict *verdict_before(const struct program *p,
						 const struct unit_verdict *u)
{
	uint32_t j;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		for (j = 0; j < p->verdicts[i].nfields; j++)
			if (p->verdicts[i].record->key == u->record->key &&
			    p->verdicts[i].fields[j].field->name == u->fields[0].field->name)
				return &p->verdicts[i];
	return NULL;
}

/* Is the conflict one that the patch was to end? */
static bool is_left(const struct fix_plan *plan, const struct unit_verdict *u,
		    const struct conflict *c)
{
	return (!plan->nonly || plan_asks(plan, u, c)) &&
	       !(plan->leaves_doubtful && c->confidence == CONF_LOW);
}

/* Does a field that the patch moves still conflict with another? */
static bool still_racy(const struct patch *patch, const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		if (is_left(&patch->plan, u, &u->conflicts[i]))
			return true;
	return false;
}

/* Is it what became of a unit that the patch is to mend, or none that was there before? */
static bool is_ours(const struct patch *patch, const struct unit_verdict *u,
		    const struct unit_verdict *old)
{
	uint32_t i;

	if (u->record->key != patch->plan.record->key)
		return false;
	for (i = 0; old && i < patch->plan.nunits && patch->plan.units[i] != old; i++)
		;
	return !old || i < patch->plan.nunits;
}

static bool has_failed(const struct program *p, const char *file)
{
	size_t i;

	for (i = 0; i < p->nfailed && strcmp(p->failed[i].file, file); i++)
		;
	return i < p->nfailed;
}

/* A line for each unit that is still racy or became worse, or NULL. */
static const char *compare_verdicts(struct fix_series *s, const struct patch *patch,
				    const struct program *now)
{
	const char *worse = "";
	size_t i;

	for (i = 0; i < now->nverdicts; i++) {
		const struct unit_verdict *u = &now->verdicts[i], *old = verdict_before(s->p, u);
		bool ours = is_ours(patch, u, old);

		if (u->acknowledged || (ours && !still_racy(patch, u)))
			continue;
		if (ours || badness(u->verdict) > (old ? badness(old->verdict) : 0))
			worse = arena_printf(&s->a, "%sunit of %s in struct %s is %s\n", worse,
					     str_get(u->fields[0].field->name),
					     str_get(u->record->name),
					     ours ? "still racy" : "worse than before");
	}
	for (i = 0; i < now->nfailed; i++)
		if (!has_failed(s->p, now->failed[i].file))
			worse = arena_printf(&s->a, "%s%s could not be analysed\n", worse,
					     now->failed[i].file);
	return *worse ? worse : NULL;
}

/* What the step says that judged anew or, with `again`, read the sources of the objects built again. */
static const char *step_text(struct fix_series *s, const struct patch *patch, bool again)
{
	return arena_printf(&s->a, "racybits check%s: %s, %s",
			    again ? " of the objects built, with the writers found before" : "",
			    patch->plan.nonly ? "no conflict with a field named is left" :
			    patch->plan.leaves_doubtful ?
						"conflicts of low confidence alone are left" :
						"the unit is not racy any longer",
			    s->o->ntargets ? "no other unit of the structs named is worse" :
					     "no other verdict worse");
}

/* Do the patches give the structs named another layout, and do no more? */
static bool only_lay_out(const struct fix_series *s)
{
	size_t i;

	for (i = 0; i < s->n && patch_moves_fields(&s->patches[i]); i++)
		;
	return s->o->ntargets && i == s->n;
}

void verify_verdicts(struct copy_builds *c)
{
	struct fix_series *s = c->s;
	struct program now = { 0 };
	struct args files = { 0 };
	struct arena a = { 0 };
	const char *worse;
	size_t i, j;
	bool again;

	for (i = 0; i < s->n; i++)
		for (j = 0; j < s->patches[i].nfiles; j++)
			args_add_once(&files, s->patches[i].files[j].file,
				      strlen(s->patches[i].files[j].file));
	again = s->o->judge(s->o->ctx, c->src, &files, only_lay_out(s) ? &c->targets : NULL, s->p,
			    &now, &a);
	for (i = 0; i < s->n; i++) {
		worse = compare_verdicts(s, &s->patches[i], &now);
		patch_add_step(&s->patches[i], worse ? VERIFY_FAILED : VERIFY_OK,
			       step_text(s, &s->patches[i], again), worse)
			->brief = "racybits check";
	}
	args_free(&files);
	arena_free(&a);
}
