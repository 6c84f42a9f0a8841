// SPDX-License-Identifier: GPL-2.0-only
/* json1.c - the report as JSON, version 1: the whole of it is one tree in memory. */
#include "base/names.h"
#include "base/access_unit.h"
#include "claim_text.h"
#include "finding.h"
#include "json1.h"
#include "jsonput.h"

#define JSON_VERSION 1

static json_t *json_locks(const struct write *w)
{
	json_t *locks = json_array(), *lock;
	uint32_t i;

	for (i = 0; i < w->nheld; i++) {
		lock = json_object();
		json_put(lock, "lock", json_text(str_get(w->held[i].name)));
		json_put(lock, "mode", json_text(mode_name(w->held[i].mode)));
		json_add(locks, lock);
	}
	return locks;
}

static json_t *json_chain(const struct write *w)
{
	json_t *chain = json_array();
	uint32_t i;

	for (i = 0; i < w->nchain; i++)
		json_add(chain, json_text(str_get(w->chain[i])));
	return chain;
}

static json_t *json_write(const struct program *p, const struct write *w)
{
	json_t *o = json_object();

	json_put(o, "file", json_text(str_get(w->loc.file)));
	json_put(o, "line", json_integer(w->loc.line));
	json_put(o, "function", json_text(str_get(p->functions[w->function].name)));
	json_put(o, "phase", json_text(phase_name(w->phase)));
	json_put(o, "context", json_text(str_get(w->context)));
	json_put(o, "locks", json_locks(w));
	json_put(o, "chain", json_chain(w));
	return o;
}

static json_t *json_claim(const struct claim *claim)
{
	json_t *o;

	if (!claim)
		return json_null();
	o = json_object();
	json_put(o, "text", json_text(str_get(claim->text)));
	json_put(o, "lock", json_text_or_null(str_get(claim->lock)));
	json_put(o, "state", json_text(claim_state_name(claim->state)));
	json_put(o, "why", json_text_or_null(claim->why));
	return o;
}

static json_t *json_range(struct byte_range r)
{
	json_t *range = json_array();

	json_add(range, json_integer((json_int_t)r.first));
	json_add(range, json_integer((json_int_t)r.last));
	return range;
}

/* The bytes of the record that a store to the field writes. */
static json_t *json_bytes(const struct unit_verdict *u, const struct field *f)
{
	json_t *o = json_object();

	json_put(o, "gcc", json_range(access_unit_gcc(u->record, f)));
	json_put(o, "clang", json_range(access_unit_clang(u->record, f)));
	return o;
}

static json_t *json_readers(const struct program *p, const struct unit_field *uf)
{
	json_t *readers = json_array();
	uint32_t i;

	for (i = 0; i < uf->nreaders; i++)
		json_add(readers, json_text(str_get(p->functions[uf->readers[i]].name)));
	return readers;
}

static json_t *json_field(const struct program *p, const struct unit_verdict *u,
			  const struct unit_field *uf, json_t *unit_writes)
{
	json_t *o = json_object(), *writes = json_array();
	uint32_t i;

	json_put(o, "name", json_text(str_get(uf->field->name)));
	json_put(o, "line", json_integer(uf->field->loc.line));
	json_put(o, "bit_offset",
		 json_integer((json_int_t)(uf->field->bit_offset - u->unit->bit_offset)));
	json_put(o, "width", json_integer((json_int_t)uf->field->bit_size));
	if (uf->field->flags & FIELD_BITFIELD)
		json_put(o, "bytes", json_bytes(u, uf->field));
	json_put(o, "lifetime", json_text(phase_name(uf->lifetime)));
	json_put(o, "guard", json_text_or_null(str_get(uf->guard)));
	json_put(o, "claim", json_claim(uf->claim));
	json_put(o, "read_by", json_readers(p, uf));
	json_put(o, "accepted", json_text_or_null(str_get(uf->accepted)));
	for (i = 0; i < uf->nwrites; i++)
		json_add(writes, json_incref(json_array_get(unit_writes, uf->writes[i])));
	json_put(o, "writes", writes);
	return o;
}

/* A write to the whole record is one value in the lists of all fields. */
static json_t *json_fields(const struct program *p, const struct unit_verdict *u)
{
	json_t *fields = json_array(), *writes = json_array();
	uint32_t i;

	for (i = 0; i < u->nwrites; i++)
		json_add(writes, json_write(p, &u->writes[i]));
	for (i = 0; i < u->nfields; i++)
		json_add(fields, json_field(p, u, &u->fields[i], writes));
	json_decref(writes);
	return fields;
}

/* Index of the write in the field's own list. */
static json_t *json_write_index(const struct unit_field *uf, uint32_t write)
{
	uint32_t i;

	for (i = 0; i < uf->nwrites && uf->writes[i] != write; i++)
		;
	return json_integer(i);
}

static json_t *json_conflict(const struct unit_verdict *u, const struct conflict *c)
{
	json_t *o = json_object(), *writes = json_array();

	json_put(o, "a", json_text(str_get(u->fields[c->a].field->name)));
	json_put(o, "b", json_text(str_get(u->fields[c->b].field->name)));
	json_add(writes, json_write_index(&u->fields[c->a], c->write_a));
	json_add(writes, json_write_index(&u->fields[c->b], c->write_b));
	json_put(o, "writes", writes);
	json_put(o, "confidence", json_text(confidence_name(c->confidence)));
	json_put(o, "doubt", json_text_or_null(doubt_sentence(c->doubt)));
	json_put(o, "doubt_id", json_text_or_null(doubt_id(c->doubt)));
	return o;
}

static json_t *json_names(const struct unit_verdict *u, const uint32_t *fields, uint32_t n)
{
	json_t *names = json_array();
	uint32_t i;

	for (i = 0; i < n; i++)
		json_add(names, json_text(str_get(u->fields[fields[i]].field->name)));
	return names;
}

static json_t *json_split(const struct unit_verdict *u)
{
	json_t *split = json_object();

	json_put(split, "lifetime", json_names(u, u->split_lifetime, u->nlifetime));
	json_put(split, "strict", json_names(u, u->split_strict, u->nstrict));
	return split;
}

static json_t *json_texts(const str *texts, uint32_t n)
{
	json_t *all = json_array();
	uint32_t i;

	for (i = 0; i < n; i++)
		json_add(all, json_text(str_get(texts[i])));
	return all;
}

/* One of the two writers of the argument: the store and its way there. */
static json_t *json_writer(const struct program *p, const struct unit_verdict *u, uint32_t field,
			   const struct write *w)
{
	json_t *o = json_write(p, w);

	json_put(o, "field", json_text(str_get(u->fields[field].field->name)));
	json_put(o, "value", json_text_or_null(w->value ? str_get(w->value) : NULL));
	json_put(o, "tests", json_texts(w->conditions, w->nconditions));
	return o;
}

static json_t *json_argument(const struct program *p, const struct unit_verdict *u)
{
	const struct conflict *c = unit_argument(u);
	json_t *o, *writers, *overlap, *doubts;
	uint32_t i;

	if (!c)
		return json_null();
	o = json_object();
	writers = json_array();
	overlap = json_object();
	doubts = json_array();
	json_add(writers, json_writer(p, u, c->a, &u->writes[c->write_a]));
	json_add(writers, json_writer(p, u, c->b, &u->writes[c->write_b]));
	json_put(o, "writers", writers);
	json_put(overlap, "gcc", json_boolean(c->meets_gcc));
	json_put(overlap, "clang", json_boolean(c->meets_clang));
	json_put(o, "overlap", overlap);
	for (i = 0; i < DOUBT_COUNT; i++)
		if (c->doubts >> i & 1)
			json_add(doubts, json_text(doubt_id(i)));
	json_put(o, "doubts", doubts);
	return o;
}

/* The ids of the refuters that refuted a candidate pair of the unit. */
static json_t *json_refuted(const struct unit_verdict *u)
{
	json_t *ids = json_array();
	uint32_t i;

	for (i = 0; i < REFUTER_COUNT; i++)
		if (u->refuted >> i & 1)
			json_add(ids, json_text(refuter_id(i)));
	return ids;
}

/* Only racy units have a confidence. */
static json_t *json_unit(const struct program *p, const struct unit_verdict *u)
{
	json_t *o = json_object(), *conflicts = json_array();
	const struct loc *loc = &u->record->fields[u->unit->first].loc;
	bool racy = u->verdict == VERDICT_RACY;
	uint32_t i;

	json_put(o, "struct", json_text(str_get(u->record->name)));
	json_put(o, "file", json_text(str_get(loc->file)));
	json_put(o, "line", json_integer(loc->line));
	json_put(o, "verdict", json_text(verdict_name(u->verdict)));
	json_put(o, "confidence", racy ? json_text(confidence_name(u->confidence)) : json_null());
	json_put(o, "acknowledged", json_boolean(u->acknowledged));
	json_put(o, "doubt", json_text_or_null(str_get(u->why_unknown)));
	json_put(o, "bit_offset", json_integer((json_int_t)u->unit->bit_offset));
	json_put(o, "bytes", json_integer((json_int_t)unit_bytes(u)));
	json_put(o, "fields", json_fields(p, u));
	for (i = 0; i < u->nconflicts; i++)
		json_add(conflicts, json_conflict(u, &u->conflicts[i]));
	json_put(o, "conflicts", conflicts);
	json_put(o, "argument", json_argument(p, u));
	json_put(o, "refuted_by", json_refuted(u));
	json_put(o, "split", json_split(u));
	return o;
}

static json_t *json_stats(const struct program *p, const struct out_options *o)
{
	json_t *stats = json_object();

	json_put(stats, "tus", json_integer(p->stats.tus));
	json_put(stats, "failed", json_integer(p->stats.failed));
	json_put(stats, "units", json_integer(p->stats.units));
	json_put(stats, "calls_unresolved", json_integer(p->stats.calls_unresolved));
	json_put(stats, "seconds",
		 json_integer(o->timing ? (json_int_t)(p->stats.seconds + 0.5) : 0));
	return stats;
}

static json_t *json_failed(const struct program *p)
{
	json_t *failed = json_array(), *o;
	size_t i;

	for (i = 0; i < p->nfailed; i++) {
		o = json_object();
		json_put(o, "file", json_text(p->failed[i].file));
		json_put(o, "reason", json_text(p->failed[i].reason));
		json_add(failed, o);
	}
	return failed;
}

/* The limits of the analysis that were met, in the order of limits.def. */
static json_t *json_limits(const struct program *p)
{
	json_t *all = json_array(), *o;
	char *where;
	size_t i;

	for (i = 0; i < LIMIT_COUNT; i++) {
		const struct limit_use *use = &p->limits[i];

		if (!use->count)
			continue;
		o = json_object();
		json_put(o, "id", json_text(limit_rows[i].id));
		json_put(o, "kind", json_text(limit_kind_name(limit_rows[i].kind)));
		json_put(o, "count", json_integer(use->count));
		where = xasprintf("%s:%u: %s", str_get(use->at.file), use->at.line,
				  str_get(use->name));
		json_put(o, "where", json_text(where));
		free(where);
		json_add(all, o);
	}
	return all;
}

void json1_report(FILE *f, const struct program *p, const struct out_options *o)
{
	json_t *root = json_object(), *units = json_array(), *unit;
	size_t i;

	json_put(root, "version", json_integer(JSON_VERSION));
	json_put(root, "kernel", json_text(p->kernel));
	json_put(root, "policy", json_text(p->strict ? "strict" : "lifetime"));
	json_put(root, "stats", json_stats(p, o));
	json_put(root, "failed", json_failed(p));
	json_put(root, "limits", json_limits(p));
	for (i = 0; i < p->nverdicts; i++) {
		if (!o->all && p->verdicts[i].verdict == VERDICT_STABLE)
			continue;
		unit = json_unit(p, &p->verdicts[i]);
		if (unit_state(o, i) != BASELINE_NONE)
			json_put(unit, "baseline", json_text(state_name(unit_state(o, i))));
		json_add(units, unit);
	}
	json_put(root, "units", units);
	json_print(f, root);
}
