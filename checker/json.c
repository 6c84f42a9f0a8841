// SPDX-License-Identifier: GPL-2.0-only
/* json.c - JSON, version 1. */
#include <jansson.h>

#include "out.h"

#define JSON_VERSION 1

/* Every insertion goes through here: jansson's only failure is lack of memory. */
static void put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		die("out of memory");
}

static void add(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		die("out of memory");
}

static json_t *text(const char *s)
{
	return json_string(clean(s));
}

static json_t *text_or_null(const char *s)
{
	return s && *s ? text(s) : json_null();
}

static json_t *json_locks(const struct write *w)
{
	json_t *locks = json_array(), *lock;
	uint32_t i;

	for (i = 0; i < w->nheld; i++) {
		lock = json_object();
		put(lock, "lock", text(str_get(w->held[i].name)));
		put(lock, "mode", text(mode_name(w->held[i].mode)));
		add(locks, lock);
	}
	return locks;
}

static json_t *json_chain(const struct write *w)
{
	json_t *chain = json_array();
	uint32_t i;

	for (i = 0; i < w->nchain; i++)
		add(chain, text(str_get(w->chain[i])));
	return chain;
}

static json_t *json_write(const struct program *p, const struct write *w)
{
	json_t *o = json_object();

	put(o, "file", text(str_get(w->loc.file)));
	put(o, "line", json_integer(w->loc.line));
	put(o, "function", text(str_get(p->functions[w->function].name)));
	put(o, "phase", text(phase_name(w->phase)));
	put(o, "context", text(str_get(w->context)));
	put(o, "locks", json_locks(w));
	put(o, "chain", json_chain(w));
	return o;
}

static json_t *json_field(const struct program *p, const struct unit_verdict *u,
			  const struct unit_field *uf)
{
	json_t *o = json_object(), *writes = json_array();
	uint32_t i;

	put(o, "name", text(str_get(uf->field->name)));
	put(o, "line", json_integer(uf->field->loc.line));
	put(o, "bit_offset",
	    json_integer((json_int_t)(uf->field->bit_offset - u->unit->bit_offset)));
	put(o, "width", json_integer((json_int_t)uf->field->bit_size));
	put(o, "lifetime", text(phase_name(uf->lifetime)));
	put(o, "guard", text_or_null(str_get(uf->guard)));
	for (i = 0; i < uf->nwrites; i++)
		add(writes, json_write(p, &u->writes[uf->writes[i]]));
	put(o, "writes", writes);
	return o;
}

/* Where the write stands in the field's own list. */
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

	put(o, "a", text(str_get(u->fields[c->a].field->name)));
	put(o, "b", text(str_get(u->fields[c->b].field->name)));
	add(writes, json_write_index(&u->fields[c->a], c->write_a));
	add(writes, json_write_index(&u->fields[c->b], c->write_b));
	put(o, "writes", writes);
	put(o, "confidence", text(confidence_name(c->confidence)));
	put(o, "doubt", text_or_null(c->doubt));
	return o;
}

static json_t *json_names(const struct unit_verdict *u, const uint32_t *fields, uint32_t n)
{
	json_t *names = json_array();
	uint32_t i;

	for (i = 0; i < n; i++)
		add(names, text(str_get(u->fields[fields[i]].field->name)));
	return names;
}

static json_t *json_split(const struct unit_verdict *u)
{
	json_t *split = json_object();

	put(split, "lifetime", json_names(u, u->split_lifetime, u->nlifetime));
	put(split, "strict", json_names(u, u->split_strict, u->nstrict));
	return split;
}

/* The confidence is that of the finding: other verdicts have none. */
static json_t *json_unit(const struct program *p, const struct unit_verdict *u)
{
	json_t *o = json_object(), *fields = json_array(), *conflicts = json_array();
	const struct loc *loc = &u->record->fields[u->unit->first].loc;
	bool racy = u->verdict == VERDICT_RACY;
	uint32_t i;

	put(o, "struct", text(str_get(u->record->name)));
	put(o, "file", text(str_get(loc->file)));
	put(o, "line", json_integer(loc->line));
	put(o, "verdict", text(verdict_name(u->verdict)));
	put(o, "confidence", racy ? text(confidence_name(u->confidence)) : json_null());
	put(o, "acknowledged", json_boolean(u->acknowledged));
	put(o, "doubt", text_or_null(str_get(u->why_unknown)));
	put(o, "bytes", json_integer((json_int_t)unit_bytes(u)));
	for (i = 0; i < u->nfields; i++)
		add(fields, json_field(p, u, &u->fields[i]));
	put(o, "fields", fields);
	for (i = 0; i < u->nconflicts; i++)
		add(conflicts, json_conflict(u, &u->conflicts[i]));
	put(o, "conflicts", conflicts);
	put(o, "split", json_split(u));
	return o;
}

static json_t *json_stats(const struct program *p, const struct out_options *o)
{
	json_t *stats = json_object();

	put(stats, "tus", json_integer(p->stats.tus));
	put(stats, "failed", json_integer(p->stats.failed));
	put(stats, "units", json_integer(p->stats.units));
	put(stats, "seconds", json_integer(o->timing ? (json_int_t)(p->stats.seconds + 0.5) : 0));
	return stats;
}

static json_t *json_failed(const struct program *p)
{
	json_t *failed = json_array(), *o;
	size_t i;

	for (i = 0; i < p->nfailed; i++) {
		o = json_object();
		put(o, "file", text(p->failed[i].file));
		put(o, "reason", text(p->failed[i].reason));
		add(failed, o);
	}
	return failed;
}

void json_report(FILE *f, const struct program *p, const struct out_options *o)
{
	json_t *root = json_object(), *units = json_array();
	size_t i;

	put(root, "version", json_integer(JSON_VERSION));
	put(root, "kernel", text(p->kernel));
	put(root, "policy", text(p->strict ? "strict" : "lifetime"));
	put(root, "stats", json_stats(p, o));
	put(root, "failed", json_failed(p));
	for (i = 0; i < p->nverdicts; i++)
		if (o->all || p->verdicts[i].verdict != VERDICT_STABLE)
			add(units, json_unit(p, &p->verdicts[i]));
	put(root, "units", units);
	json_dumpf(root, f, JSON_PRESERVE_ORDER | JSON_INDENT(1));
	fputc('\n', f);
	json_decref(root);
}
