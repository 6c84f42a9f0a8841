// SPDX-License-Identifier: GPL-2.0-only
/* summary_table.c - how many findings each subsystem has. */
#include "base/maintainers.h"
#include "base/names.h"
#include "clean.h"
#include "finding.h"
#include "summary_table.h"

struct summary_row {
	str name;
	uint32_t of[CONF_HIGH + 1], all; /* findings by confidence */
};

struct summary_rows {
	struct summary_row *v;
	size_t n, cap;
};

static struct summary_row *row_of(struct summary_rows *rows, str name)
{
	size_t i;

	for (i = 0; i < rows->n; i++)
		if (rows->v[i].name == name)
			return &rows->v[i];
	*vec_add(rows->v, rows->n, rows->cap) = (struct summary_row){ .name = name };
	return &rows->v[rows->n - 1];
}

static void count(struct summary_row *row, uint32_t confidence)
{
	row->of[confidence]++;
	row->all++;
}

static int row_cmp(const void *pa, const void *pb)
{
	const struct summary_row *a = pa, *b = pb;

	if (a->all != b->all)
		return a->all > b->all ? -1 : 1;
	return strcmp(str_get(a->name), str_get(b->name));
}

static void put_cells(FILE *f, const char *name, const struct summary_row *row)
{
	fprintf(f, "%6u %6u %6u %6u  %s\n", row->of[CONF_HIGH], row->of[CONF_MEDIUM],
		row->of[CONF_LOW], row->all, name);
}

/* The subsystem, or the directory where MAINTAINERS has none. */
static str subsystem_of(const struct maintainers *m, const struct unit_verdict *u)
{
	const char *title = maintainers_of(m, str_get(unit_code_file(u)));
	char *dir = title ? NULL : unit_subsystem(u);
	str name = str_intern(title ? title : dir);

	free(dir);
	return name;
}

void summary_table_report(FILE *f, const struct program *p, const struct out_options *o)
{
	struct maintainers *m = maintainers_read(o->kdir);
	struct summary_row sum = { 0 };
	struct summary_rows rows = { 0 };
	size_t i;

	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];

		if (u->verdict != VERDICT_RACY || u->acknowledged)
			continue;
		count(row_of(&rows, subsystem_of(m, u)), u->confidence);
		count(&sum, u->confidence);
	}
	if (rows.n)
		qsort(rows.v, rows.n, sizeof(*rows.v), row_cmp);
	fprintf(f, "%6s %6s %6s %6s  %s\n", confidence_name(CONF_HIGH),
		confidence_name(CONF_MEDIUM), confidence_name(CONF_LOW), "all", "subsystem");
	for (i = 0; i < rows.n; i++)
		put_cells(f, clean_str(rows.v[i].name), &rows.v[i]);
	put_cells(f, "all", &sum);
	free(rows.v);
	maintainers_free(m);
}
