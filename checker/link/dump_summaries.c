// SPDX-License-Identifier: GPL-2.0-only
/* dump_summaries.c - prints the summaries of functions: objects published, members changed. */
#include "dump_summaries.h"
#include "callgraph.h"
#include "escape.h"
#include "facts/dump.h"
#include "modref.h"
#include "oneshot.h"
#include "ownership.h"
#include "predicates.h"
#include "specialise.h"

/* --- modref, ownership: questions about members, asked for each that the facts name */

struct members {
	struct assigned_member *v;
	size_t n, cap;
};

static void members_add(struct members *m, str record, str field)
{
	size_t i;

	for (i = 0; i < m->n; i++)
		if (m->v[i].record == record && m->v[i].field == field)
			return;
	*vec_add(m->v, m->n, m->cap) = (struct assigned_member){ record, field };
}

static int by_member(const void *a, const void *b)
{
	const struct assigned_member *x = a, *y = b;
	int c = strcmp(str_get(x->record), str_get(y->record));

	return c ? c : strcmp(str_get(x->field), str_get(y->field));
}

static void members_sort(struct members *m)
{
	if (m->n)
		qsort(m->v, m->n, sizeof(*m->v), by_member);
}

static void put_member(const struct dump *d, const struct assigned_member *m)
{
	fprintf(d->f, " %s.%s", str_get(str_unqualified(m->record)), str_get(m->field));
}

void dump_modref(const struct dump *d)
{
	const struct program *p = d->l->p;
	struct members all = { 0 };
	uint32_t i, f, k;

	for (f = 0; f < p->nfunctions; f++)
		for (i = 0; i < p->functions[f].nassigned; i++)
			members_add(&all, p->functions[f].assigned[i].record,
				    p->functions[f].assigned[i].field);
	members_sort(&all);
	for (i = 0; i < p->nfunctions; i++) {
		dump_function(d, d->functions[i]);
		fputs(" may change", d->f);
		for (k = 0; k < all.n; k++)
			if (modref_may_change(d->l, d->functions[i], all.v[k].record,
					      all.v[k].field))
				put_member(d, &all.v[k]);
		fputc('\n', d->f);
	}
	free(all.v);
}

void dump_ownership(const struct dump *d)
{
	const struct program *p = d->l->p;
	struct members all = { 0 };
	uint32_t f, b, e;
	size_t i;

	for (f = 0; f < p->nfunctions; f++)
		for (b = 0; b < p->functions[f].nblocks; b++)
			for (e = 0; e < p->functions[f].blocks[b].nevents; e++) {
				const struct event *ev = &p->functions[f].blocks[b].events[e];

				if (ev->kind == EV_STORE && ev->field && ev->obj->type)
					members_add(&all, ev->obj->type, ev->field);
			}
	members_sort(&all);
	for (i = 0; i < all.n; i++) {
		struct path to = { .nsteps = 1,
				   .steps = { { STEP_PTR, all.v[i].record, all.v[i].field } } };

		fputs(step_is_owned(d->l, &to, 0) ? "owns its object:" : "does not own it:", d->f);
		put_member(d, &all.v[i]);
		fputc('\n', d->f);
	}
	free(all.v);
}

/* --- specialise */

static void put_assumed(const struct dump *d, const struct function *fn, const struct predicates *k)
{
	static const char *const tests[] = {
		[TEST_NONE] = "?",	 [TEST_NONZERO] = "!= 0", [TEST_NEGATIVE] = "< 0",
		[TEST_EQUAL] = "==",	 [TEST_MASK] = "&",	  [TEST_SHIFT] = "one of",
		[TEST_SAME] = "same as",
	};
	uint32_t i;

	for (i = 0; k && i < k->n; i++) {
		const struct predicate *c = &k->of[i];
		const struct tested_member *m = &fn->tested[c->index];

		fputs("  assumes ", d->f);
		dump_path(d->f, fn, &m->obj);
		fprintf(d->f, " :: %s %s%s %lld\n", str_get(m->field), c->holds ? "" : "not ",
			tests[c->test], c->value);
	}
}

void dump_specialise(const struct dump *d)
{
	uint32_t i, f, r;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		const struct specialised *s;

		f = d->functions[i];
		s = &d->l->specialised[f];
		if (!s->has_copies && !s->nretargets)
			continue;
		fputs("function ", d->f);
		dump_function(d, f);
		fputs(s->has_copies ? d->copies[f] ? ", a copy\n" : ", has copies\n" : "\n", d->f);
		put_assumed(d, &d->l->p->functions[f], s->assumed);
		for (r = 0; r < s->nretargets; r++) {
			fputs("  ", d->f);
			dump_call(d, f, s->retargets[r].call);
			fputs(" goes to ", d->f);
			dump_function(d, s->retargets[r].copy);
			fputc('\n', d->f);
		}
	}
}

/* --- escape */

static void put_into(const struct dump *d, uint32_t param, uint64_t into)
{
	uint32_t i;

	fprintf(d->f, "  publishes arg%u into", param);
	for (i = 0; i < PARAMS_MAX; i++)
		if (into >> i & 1)
			fprintf(d->f, " arg%u", i);
	fprintf(d->f, "%s%s%s\n", into & INTO_WORLD ? " everything" : "",
		into & INTO_GLOBAL ? ", a global variable" : "",
		into & INTO_USE ? ", use by others" : "");
}

void dump_escape(const struct dump *d)
{
	static const char *const returns[] = {
		[RET_UNKNOWN] = "something unknown",
		[RET_PATH] = "",
		[RET_FRESH] = "a fresh object",
		[RET_LOOKUP] = "an object looked up",
		[RET_NULL] = "NULL",
	};
	uint32_t i, f, k;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		const struct escape *e;

		f = d->functions[i];
		e = &d->l->escape[f];
		dump_function(d, f);
		fprintf(d->f, " returns %s", returns[e->return_value]);
		if (e->return_value == RET_PATH)
			dump_path(d->f, &d->l->p->functions[f], e->return_path);
		fputc('\n', d->f);
		for (k = 0; k < e->nfresh; k++) {
			fprintf(d->f, "  fresh object %u of ", k);
			dump_call(d, f, e->fresh[k]);
			fputc('\n', d->f);
		}
		for (k = 0; k < PARAMS_MAX; k++)
			if (e->into[k])
				put_into(d, k, e->into[k]);
		for (k = 0; k < PARAMS_MAX; k++)
			if (e->stores_found >> k & 1)
				fprintf(d->f, "  stores objects looked up through arg%u\n", k);
	}
}

/* --- oneshot */

static void put_store(void *ctx, uint32_t callback, uint32_t by, const struct loc *at)
{
	const struct dump *d = ctx;

	fputs("  callback ", d->f);
	dump_function(d, callback);
	fputs(" is stored, or called, by ", d->f);
	dump_function(d, by);
	fputs(" at ", d->f);
	dump_loc(d, at);
	fputc('\n', d->f);
}

void dump_oneshot(const struct dump *d)
{
	uint32_t i;

	for (i = 0; i < d->l->p->nfunctions; i++) {
		if (!oneshot_frees(d->l, d->functions[i]))
			continue;
		dump_function(d, d->functions[i]);
		fputs(oneshot_is_elsewhere(d->l, d->functions[i]) ?
			      " frees its object, but may be called otherwise\n" :
			      " frees its object, and may run once for each\n",
		      d->f);
	}
	oneshot_each_store(d->l, put_store, (void *)d);
}
