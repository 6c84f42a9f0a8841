// SPDX-License-Identifier: GPL-2.0-only
/* verdicts_adopt.c - verdicts and the facts that they are of, in one program. */
#include "verdicts_adopt.h"

/* --- functions */

/* By key: the index of the first function that has it, plus one. */
struct function_index {
	uint32_t *of;
	size_t n;
};

static void index_open(struct function_index *x, const struct program *p, size_t n)
{
	size_t i;

	*x = (struct function_index){ 0 };
	for (i = 0; i < n; i++)
		if (p->functions[i].key >= x->n)
			x->n = (size_t)p->functions[i].key + 1;
	x->of = xcalloc(x->n + 1, sizeof(*x->of));
	for (i = n; i-- > 0;)
		x->of[p->functions[i].key] = (uint32_t)i + 1;
}

/* Finds the function again that has the key of one of `from`; false: none has it. */
static bool find_function(const struct function_index *x, const struct program *from, uint32_t *f)
{
	str key = from->functions[*f].key;

	if (key >= x->n || !x->of[key])
		return false;
	*f = x->of[key] - 1;
	return true;
}

static bool find_functions(const struct function_index *x, const struct program *from,
			   struct unit_verdict *v)
{
	bool ok = true;
	uint32_t i, j;

	for (i = 0; i < v->nwrites; i++)
		ok &= find_function(x, from, &v->writes[i].function);
	for (i = 0; i < v->nfields; i++)
		for (j = 0; j < v->fields[i].nreaders; j++)
			ok &= find_function(x, from, &v->fields[i].readers[j]);
	return ok;
}

void verdicts_drop_copies(struct program *p, size_t n)
{
	struct function_index x;
	size_t i;

	index_open(&x, p, n);
	for (i = 0; i < p->nverdicts; i++)
		find_functions(&x, p, &p->verdicts[i]);
	free(x.of);
	p->nfunctions = n;
}

/* --- records */

/* The record of the program that `old` is, or NULL. */
static const struct record *find_record(const struct program *p, const struct record *old)
{
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		if (p->records[i].key == old->key && p->records[i].nfields == old->nfields &&
		    p->records[i].nunits == old->nunits)
			return &p->records[i];
	return NULL;
}

static bool find_parts(const struct program *now, struct unit_verdict *v)
{
	const struct record *old = v->record, *r = find_record(now, old);
	uint32_t i;

	if (!r)
		return false;
	v->record = r;
	v->unit = &r->units[v->unit - old->units];
	for (i = 0; i < v->nfields; i++)
		v->fields[i].field = &r->fields[v->fields[i].field - old->fields];
	return true;
}

bool verdicts_adopt(struct program *now, const struct program *kept)
{
	struct function_index x;
	bool ok = true;
	size_t i;

	index_open(&x, now, now->nfunctions);
	for (i = 0; i < kept->nverdicts && ok; i++)
		ok = find_parts(now, &kept->verdicts[i]) &&
		     find_functions(&x, kept, &kept->verdicts[i]);
	free(x.of);
	if (!ok)
		return false;
	now->verdicts = kept->verdicts;
	now->nverdicts = kept->nverdicts;
	now->stats = kept->stats;
	memcpy(now->limits, kept->limits, sizeof(now->limits));
	return true;
}
