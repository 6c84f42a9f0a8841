// SPDX-License-Identifier: GPL-2.0-only
/* json.c - the report as JSON, version 2. */
#include "base/access_unit.h"
#include "base/names.h"
#include "claim_text.h"
#include "finding.h"
#include "json.h"
#include "json_writes.h"

#define JSON_VERSION 2

struct json_out {
	struct emitter e;
	const struct program *p;
	const struct out_options *o;
	struct json_tables tables;
};

/* --- fields */

static void emit_claim(struct emitter *e, const struct claim *claim)
{
	if (!claim) {
		emit_null(e, "claim");
		return;
	}
	emit_object_line(e, "claim");
	emit_text(e, "text", str_get(claim->text));
	emit_text_or_null(e, "lock", str_get(claim->lock));
	emit_text(e, "state", claim_state_name(claim->state));
	emit_text_or_null(e, "why", claim->why);
	emit_end(e);
}

static void emit_range(struct emitter *e, const char *key, struct byte_range r)
{
	emit_array(e, key);
	emit_number(e, NULL, (long long)r.first);
	emit_number(e, NULL, (long long)r.last);
	emit_end(e);
}

/* The bytes of the record that a store to the field writes. */
static void emit_bytes(struct emitter *e, const struct unit_verdict *u, const struct field *f)
{
	emit_object_line(e, "bytes");
	emit_range(e, "gcc", access_unit_gcc(u->record, f));
	emit_range(e, "clang", access_unit_clang(u->record, f));
	emit_end(e);
}

static void emit_readers(struct emitter *e, const struct program *p, const struct unit_field *uf)
{
	uint32_t i;

	emit_array_line(e, "read_by");
	for (i = 0; i < uf->nreaders; i++)
		emit_text(e, NULL, str_get(p->functions[uf->readers[i]].name));
	emit_end(e);
}

static void emit_field(struct json_out *out, const struct unit_verdict *u,
		       const struct unit_field *uf, const struct numbered_writes *writes)
{
	struct emitter *e = &out->e;

	emit_object(e, NULL);
	emit_text(e, "name", str_get(uf->field->name));
	emit_number(e, "line", uf->field->loc.line);
	emit_number(e, "bit_offset", (long long)(uf->field->bit_offset - u->unit->bit_offset));
	emit_number(e, "width", (long long)uf->field->bit_size);
	if (uf->field->flags & FIELD_BITFIELD)
		emit_bytes(e, u, uf->field);
	emit_text(e, "lifetime", phase_name(uf->lifetime));
	emit_text_or_null(e, "guard", str_get(uf->guard));
	emit_claim(e, uf->claim);
	emit_readers(e, out->p, uf);
	emit_text_or_null(e, "accepted", str_get(uf->accepted));
	emit_field_writes(e, writes, uf);
	emit_end(e);
}

/* --- conflicts and the argument */

static void emit_pair(struct emitter *e, const char *key, uint32_t a, uint32_t b)
{
	emit_array(e, key);
	emit_number(e, NULL, a);
	emit_number(e, NULL, b);
	emit_end(e);
}

static void emit_conflict(struct emitter *e, const struct unit_verdict *u, const struct conflict *c,
			  const struct numbered_writes *writes)
{
	const struct write_place *a = &writes->places[c->write_a], *b = &writes->places[c->write_b];

	emit_object_line(e, NULL);
	emit_text(e, "a", str_get(u->fields[c->a].field->name));
	emit_text(e, "b", str_get(u->fields[c->b].field->name));
	emit_pair(e, "writes", a->store, b->store);
	emit_pair(e, "ways", a->way, b->way);
	emit_pair(e, "locksets", a->lockset, b->lockset);
	emit_pair(e, "chains", a->chain, b->chain);
	emit_text(e, "confidence", confidence_name(c->confidence));
	emit_text_or_null(e, "doubt", doubt_sentence(c->doubt));
	emit_text_or_null(e, "doubt_id", doubt_id(c->doubt));
	emit_end(e);
}

static void emit_strs(struct emitter *e, const char *key, const str *v, uint32_t n)
{
	uint32_t i;

	emit_array_line(e, key);
	for (i = 0; i < n; i++)
		emit_text(e, NULL, str_get(v[i]));
	emit_end(e);
}

/* One of the two writers of the argument: the store and its way there. */
static void emit_writer(struct json_out *out, const struct unit_verdict *u, uint32_t field,
			const struct write *w)
{
	struct emitter *e = &out->e;

	emit_object(e, NULL);
	emit_text(e, "field", str_get(u->fields[field].field->name));
	emit_text_or_null(e, "value", str_get(w->value));
	emit_text(e, "file", str_get(w->loc.file));
	emit_number(e, "line", w->loc.line);
	emit_text(e, "function", str_get(out->p->functions[w->function].name));
	emit_text(e, "phase", phase_name(w->phase));
	emit_text(e, "context", str_get(w->context));
	emit_strs(e, "tests", w->conditions, w->nconditions);
	emit_lockset(e, "locks", w);
	emit_strs(e, "chain", w->chain, w->nchain);
	emit_end(e);
}

static void emit_doubts(struct emitter *e, uint64_t doubts)
{
	uint32_t i;

	emit_array_line(e, "doubts");
	for (i = 0; i < DOUBT_COUNT; i++)
		if (doubts >> i & 1)
			emit_text(e, NULL, doubt_id(i));
	emit_end(e);
}

static void emit_argument(struct json_out *out, const struct unit_verdict *u)
{
	const struct conflict *c = unit_argument(u);
	struct emitter *e = &out->e;

	if (!c) {
		emit_null(e, "argument");
		return;
	}
	emit_object(e, "argument");
	emit_array(e, "writers");
	emit_writer(out, u, c->a, &u->writes[c->write_a]);
	emit_writer(out, u, c->b, &u->writes[c->write_b]);
	emit_end(e);
	emit_object_line(e, "overlap");
	emit_bool(e, "gcc", c->meets_gcc);
	emit_bool(e, "clang", c->meets_clang);
	emit_end(e);
	emit_doubts(e, c->doubts);
	emit_end(e);
}

/* The ids of the refuters that refuted a candidate pair of the unit. */
static void emit_refuted(struct emitter *e, const struct unit_verdict *u)
{
	uint32_t i;

	emit_array_line(e, "refuted_by");
	for (i = 0; i < REFUTER_COUNT; i++)
		if (u->refuted >> i & 1)
			emit_text(e, NULL, refuter_id(i));
	emit_end(e);
}

static void emit_names(struct emitter *e, const char *key, const struct unit_verdict *u,
		       const uint32_t *fields, uint32_t n)
{
	uint32_t i;

	emit_array_line(e, key);
	for (i = 0; i < n; i++)
		emit_text(e, NULL, str_get(u->fields[fields[i]].field->name));
	emit_end(e);
}

static void emit_split(struct emitter *e, const struct unit_verdict *u)
{
	emit_object(e, "split");
	emit_names(e, "lifetime", u, u->split_lifetime, u->nlifetime);
	emit_names(e, "strict", u, u->split_strict, u->nstrict);
	emit_end(e);
}

/* --- units */

/* Only racy units have a confidence. */
static void emit_head(struct emitter *e, const struct unit_verdict *u, enum baseline_state state)
{
	const struct loc *loc = &u->record->fields[u->unit->first].loc;
	bool racy = u->verdict == VERDICT_RACY;

	emit_text(e, "struct", str_get(u->record->name));
	emit_text(e, "file", str_get(loc->file));
	emit_number(e, "line", loc->line);
	emit_text(e, "verdict", verdict_name(u->verdict));
	emit_text_or_null(e, "confidence", racy ? confidence_name(u->confidence) : NULL);
	if (state != BASELINE_NONE)
		emit_text(e, "baseline", state_name(state));
	emit_bool(e, "acknowledged", u->acknowledged);
	emit_text_or_null(e, "doubt", str_get(u->why_unknown));
	emit_number(e, "bit_offset", (long long)u->unit->bit_offset);
	emit_number(e, "bytes", (long long)unit_bytes(u));
}

static void emit_unit(struct json_out *out, const struct unit_verdict *u, enum baseline_state state)
{
	struct emitter *e = &out->e;
	struct numbered_writes writes;
	uint32_t i;

	unit_writes_number(&writes, &out->tables, u);
	emit_object(e, NULL);
	emit_head(e, u, state);
	emit_array(e, "fields");
	for (i = 0; i < u->nfields; i++)
		emit_field(out, u, &u->fields[i], &writes);
	emit_end(e);
	emit_writes(e, &writes, out->p, u);
	emit_array(e, "conflicts");
	for (i = 0; i < u->nconflicts; i++)
		emit_conflict(e, u, &u->conflicts[i], &writes);
	emit_end(e);
	emit_argument(out, u);
	emit_refuted(e, u);
	emit_split(e, u);
	emit_end(e);
	unit_writes_free(&writes);
}

/* --- the report */

static void emit_stats(struct json_out *out)
{
	const struct stats *stats = &out->p->stats;
	struct emitter *e = &out->e;

	emit_object(e, "stats");
	emit_number(e, "tus", stats->tus);
	emit_number(e, "failed", stats->failed);
	emit_number(e, "units", stats->units);
	emit_number(e, "calls_unresolved", stats->calls_unresolved);
	emit_number(e, "seconds", out->o->timing ? (long long)(stats->seconds + 0.5) : 0);
	emit_end(e);
}

static void emit_failed(struct json_out *out)
{
	struct emitter *e = &out->e;
	size_t i;

	emit_array(e, "failed");
	for (i = 0; i < out->p->nfailed; i++) {
		emit_object(e, NULL);
		emit_text(e, "file", out->p->failed[i].file);
		emit_text(e, "reason", out->p->failed[i].reason);
		emit_end(e);
	}
	emit_end(e);
}

static void emit_limit(struct emitter *e, enum limit limit, const struct limit_use *use)
{
	char *where =
		xasprintf("%s:%u: %s", str_get(use->at.file), use->at.line, str_get(use->name));

	emit_object(e, NULL);
	emit_text(e, "id", limit_rows[limit].id);
	emit_text(e, "kind", limit_kind_name(limit_rows[limit].kind));
	emit_number(e, "count", use->count);
	emit_text(e, "where", where);
	emit_end(e);
	free(where);
}

/* The limits of the analysis that were met, in the order of limits.def. */
static void emit_limits(struct json_out *out)
{
	size_t i;

	emit_array(&out->e, "limits");
	for (i = 0; i < LIMIT_COUNT; i++)
		if (out->p->limits[i].count)
			emit_limit(&out->e, (enum limit)i, &out->p->limits[i]);
	emit_end(&out->e);
}

static void emit_report_head(struct json_out *out)
{
	struct emitter *e = &out->e;

	emit_number(e, "version", JSON_VERSION);
	emit_object_line(e, "tool");
	emit_text(e, "name", "racybits");
	emit_text(e, "version", RACYBITS_VERSION);
	emit_end(e);
	emit_text(e, "kernel", out->p->kernel);
	emit_text(e, "policy", out->p->strict ? "strict" : "lifetime");
	emit_stats(out);
	emit_failed(out);
	emit_limits(out);
}

void json_report(FILE *f, const struct program *p, const struct out_options *o)
{
	struct json_out out = { .p = p, .o = o };
	size_t i;

	emit_start(&out.e, f);
	json_tables_init(&out.tables);
	emit_object(&out.e, NULL);
	emit_report_head(&out);
	emit_array(&out.e, "units");
	for (i = 0; i < p->nverdicts; i++)
		if (o->all || p->verdicts[i].verdict != VERDICT_STABLE)
			emit_unit(&out, &p->verdicts[i], unit_state(o, i));
	emit_end(&out.e);
	emit_tables(&out.e, &out.tables);
	emit_end(&out.e);
	json_tables_free(&out.tables);
}
