// SPDX-License-Identifier: GPL-2.0-only
/* dump_verdicts.c - prints writes, conflicts and verdicts of storage units. */
#include "dump_verdicts.h"
#include "base/names.h"
#include "writes.h"

static void put_unit(const struct dump *d, const struct record *r, const struct unit *u)
{
	fprintf(d->f, "unit %s %s..%s", str_get(r->key), str_get(r->fields[u->first].name),
		str_get(r->fields[u->last].name));
}

static void put_held(const struct dump *d, const struct write *w)
{
	static const char *const relations[] = {
		[REL_GLOBAL] = "global",   [REL_SELF] = "in the object",
		[REL_VIA] = "behind it",   [REL_OTHER] = "of another instance",
		[REL_UNKNOWN] = "by name",
	};
	uint32_t i;

	fputs("; holds", d->f);
	for (i = 0; i < w->nheld; i++)
		fprintf(d->f, "%s %s %s %s", i ? "," : "", str_get(w->held[i].name),
			mode_name(w->held[i].mode), relations[w->held[i].relation]);
	if (!w->nheld)
		fputs(" nothing", d->f);
}

static void put_write(const struct dump *d, const struct write *w)
{
	uint32_t i;

	dump_function(d, w->function);
	fputs(" at ", d->f);
	dump_loc(d, &w->loc);
	fprintf(d->f, ": %s, %s", phase_name(w->phase), str_get(w->context));
	put_held(d, w);
	fputs("; by", d->f);
	for (i = 0; i < w->nchain; i++)
		fprintf(d->f, "%s %s", i ? " >" : "", str_get(w->chain[i]));
	if (w->global)
		fprintf(d->f, "; variable %s", str_get(w->global));
	if (w->member.record)
		fprintf(d->f, "; member %s.%s", str_get(str_unqualified(w->member.record)),
			str_get(w->member.field));
	if (w->once != NONE) {
		fputs("; once per object of ", d->f);
		dump_function(d, w->once);
	}
	if (w->together)
		fprintf(d->f, "; store group %u", w->together);
	fprintf(d->f, "%s%s%s%s; %s", w->own ? "; own task" : "", w->restored ? "; restored" : "",
		w->race_ok ? "; race ok" : "", w->unseen ? "; callers not seen" : "",
		confidence_name(w->confidence));
	if (w->doubt)
		fprintf(d->f, ", %s", doubt_id(w->doubt));
	fputc('\n', d->f);
}

void dump_writes(const struct dump *d)
{
	size_t n, i, k;
	struct collected **all = collected_sorted(d->l, &n);

	for (i = 0; i < n; i++) {
		const struct collected *c = all[i];

		put_unit(d, c->record, &c->record->units[c->unit]);
		fputc('\n', d->f);
		for (k = 0; k < c->n; k++) {
			fprintf(d->f, "  %s: ",
				c->fields[k] == NONE ?
					"all" :
					str_get(c->record->fields[c->fields[k]].name));
			put_write(d, &c->writes[k]);
		}
	}
}

void dump_conflicts(const struct dump *d)
{
	size_t i;
	uint32_t k;

	for (i = 0; i < d->l->p->nverdicts; i++) {
		const struct unit_verdict *v = &d->l->p->verdicts[i];

		if (!v->nconflicts)
			continue;
		put_unit(d, v->record, v->unit);
		fputc('\n', d->f);
		for (k = 0; k < v->nconflicts; k++) {
			const struct conflict *c = &v->conflicts[k];

			fprintf(d->f, "  %s against %s: %s", str_get(v->fields[c->a].field->name),
				str_get(v->fields[c->b].field->name),
				confidence_name(c->confidence));
			fprintf(d->f, "%s%s\n    ", c->doubt ? ", " : "",
				c->doubt ? doubt_id(c->doubt) : "");
			put_write(d, &v->writes[c->write_a]);
			fputs("    ", d->f);
			put_write(d, &v->writes[c->write_b]);
		}
	}
}

static void put_fields(const struct dump *d, const struct unit_verdict *v, const char *what,
		       const uint32_t *fields, uint32_t n)
{
	uint32_t i;

	fprintf(d->f, "  %s", what);
	for (i = 0; i < n; i++)
		fprintf(d->f, " %s", str_get(v->fields[fields[i]].field->name));
	fputc('\n', d->f);
}

static void put_field(const struct dump *d, const struct unit_field *f)
{
	static const char *const states[] = {
		[CLAIM_UNCHECKED] = "unchecked",
		[CLAIM_CONFIRMED] = "confirmed",
		[CLAIM_CONTRADICTED] = "contradicted",
	};

	fprintf(d->f, "  field %s: %s", str_get(f->field->name), phase_name(f->lifetime));
	if (f->guard)
		fprintf(d->f, ", guard %s", str_get(f->guard));
	if (f->claim)
		fprintf(d->f, ", claim '%s' %s", str_get(f->claim->text), states[f->claim->state]);
	if (f->accepted)
		fprintf(d->f, ", accepts '%s'", str_get(f->accepted));
	fputc('\n', d->f);
}

void dump_verdicts(const struct dump *d)
{
	size_t i;
	uint32_t k;

	for (i = 0; i < d->l->p->nverdicts; i++) {
		const struct unit_verdict *v = &d->l->p->verdicts[i];

		put_unit(d, v->record, v->unit);
		fprintf(d->f, ": %s", verdict_name(v->verdict));
		if (v->verdict == VERDICT_RACY)
			fprintf(d->f, ", %s", confidence_name(v->confidence));
		if (v->why_unknown)
			fprintf(d->f, ", %s", str_get(v->why_unknown));
		fprintf(d->f, "%s%s\n", v->handed ? ", handed from context to context" : "",
			v->acknowledged ? ", acknowledged" : "");
		for (k = 0; k < v->nfields; k++)
			put_field(d, &v->fields[k]);
		if (v->verdict != VERDICT_RACY)
			continue;
		put_fields(d, v, "split lifetime:", v->split_lifetime, v->nlifetime);
		put_fields(d, v, "split strict:", v->split_strict, v->nstrict);
	}
}
