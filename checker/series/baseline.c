// SPDX-License-Identifier: GPL-2.0-only
/* baseline.c - findings known before, by names. */
#include <jansson.h>

#include "baseline.h"

#define BASELINE_VERSION 1

struct writers {
	str *v; /* functions, sorted by name, each once */
	size_t n, cap;
};

/* A pair of racing fields, and who writes them. */
struct known_pair {
	str record;    /* key of the record */
	str fields[2]; /* sorted by name */
	struct writers writers[2];
};

struct baseline {
	struct known_pair *v; /* sorted by names */
	size_t n, cap;
};

static int str_cmp(str a, str b)
{
	return strcmp(str_get(a), str_get(b));
}

static int known_cmp(const void *x, const void *y)
{
	const struct known_pair *a = x, *b = y;
	int d = str_cmp(a->record, b->record);

	if (!d)
		d = str_cmp(a->fields[0], b->fields[0]);
	return d ? d : str_cmp(a->fields[1], b->fields[1]);
}

static int writer_cmp(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static void writers_sort(struct writers *w)
{
	size_t i, kept = 0;

	if (w->n)
		qsort(w->v, w->n, sizeof(*w->v), writer_cmp);
	for (i = 0; i < w->n; i++)
		if (!i || w->v[i] != w->v[i - 1])
			w->v[kept++] = w->v[i];
	w->n = kept;
}

static void baseline_sort(struct baseline *b)
{
	if (b->n)
		qsort(b->v, b->n, sizeof(*b->v), known_cmp);
}

static void known_free(struct known_pair *k)
{
	free(k->writers[0].v);
	free(k->writers[1].v);
}

void baseline_free(struct baseline *b)
{
	while (b->n)
		known_free(&b->v[--b->n]);
	free(b->v);
	free(b);
}

/* --- one that is made of parts */

struct baseline *baseline_new(void)
{
	return xcalloc(1, sizeof(struct baseline));
}

void baseline_add(struct baseline *b, str record, const str fields[2], str *const writers[2],
		  const size_t nwriters[2])
{
	bool turned = str_cmp(fields[0], fields[1]) > 0;
	struct known_pair *k = vec_add(b->v, b->n, b->cap);
	size_t i, j;

	*k = (struct known_pair){ .record = record };
	for (i = 0; i < 2; i++) {
		struct writers *w = &k->writers[turned ? 1 - i : i];

		k->fields[turned ? 1 - i : i] = fields[i];
		for (j = 0; j < nwriters[i]; j++)
			*vec_add(w->v, w->n, w->cap) = writers[i][j];
		writers_sort(w);
	}
}

void baseline_end(struct baseline *b)
{
	baseline_sort(b);
}

void baseline_add_all(struct baseline *b, const struct baseline *other)
{
	size_t i;

	for (i = 0; i < other->n; i++) {
		const struct known_pair *k = &other->v[i];
		str *const writers[] = { k->writers[0].v, k->writers[1].v };
		const size_t n[] = { k->writers[0].n, k->writers[1].n };

		baseline_add(b, k->record, k->fields, writers, n);
	}
}

/* --- the findings of a program */

static bool is_finding(const struct unit_verdict *u)
{
	return u->verdict == VERDICT_RACY && !u->acknowledged;
}

/* Lists the functions that write the field at runtime. */
static void writers_fill(struct writers *out, const struct program *p, const struct unit_verdict *u,
			 const struct unit_field *f)
{
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &u->writes[f->writes[i]];

		if (w->phase == PHASE_RUNTIME)
			*vec_add(out->v, out->n, out->cap) = p->functions[w->function].name;
	}
	writers_sort(out);
}

static struct known_pair known_of(const struct program *p, const struct unit_verdict *u,
				  const struct conflict *c)
{
	const struct unit_field *a = &u->fields[c->a], *b = &u->fields[c->b];
	struct known_pair k = { .record = u->record->key };

	if (str_cmp(a->field->name, b->field->name) > 0) {
		a = &u->fields[c->b];
		b = &u->fields[c->a];
	}
	k.fields[0] = a->field->name;
	k.fields[1] = b->field->name;
	writers_fill(&k.writers[0], p, u, a);
	writers_fill(&k.writers[1], p, u, b);
	return k;
}

static void unit_add(struct baseline *b, const struct program *p, const struct unit_verdict *u,
		     uint32_t least)
{
	uint32_t i;

	for (i = 0; is_finding(u) && i < u->nconflicts; i++)
		if (u->conflicts[i].confidence >= least)
			*vec_add(b->v, b->n, b->cap) = known_of(p, u, &u->conflicts[i]);
}

struct baseline *baseline_of(const struct program *p, uint32_t least)
{
	struct baseline *b = baseline_new();
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		unit_add(b, p, &p->verdicts[i], least);
	baseline_sort(b);
	return b;
}

struct baseline *baseline_of_unit(const struct program *p, const struct unit_verdict *u,
				  uint32_t least)
{
	struct baseline *b = baseline_new();

	unit_add(b, p, u, least);
	baseline_sort(b);
	return b;
}

/* --- comparison */

static bool writers_within(const struct writers *w, const struct writers *known)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (!known->n || !bsearch(&w->v[i], known->v, known->n, sizeof(str), writer_cmp))
			return false;
	return true;
}

static const struct known_pair *pair_find(const struct baseline *b, const struct known_pair *k)
{
	return b->n ? bsearch(k, b->v, b->n, sizeof(*b->v), known_cmp) : NULL;
}

static enum baseline_state pair_state(const struct baseline *b, const struct known_pair *k)
{
	const struct known_pair *found = pair_find(b, k);

	if (!found)
		return BASELINE_NEW;
	return writers_within(&k->writers[0], &found->writers[0]) &&
			       writers_within(&k->writers[1], &found->writers[1]) ?
		       BASELINE_UNCHANGED :
		       BASELINE_UPDATED;
}

enum baseline_state baseline_compare(const struct baseline *known, const struct baseline *unit)
{
	size_t i, of[BASELINE_UPDATED + 1] = { 0 };

	for (i = 0; i < unit->n; i++)
		of[pair_state(known, &unit->v[i])]++;
	if (!unit->n)
		return BASELINE_NONE;
	if (of[BASELINE_NEW] == unit->n)
		return BASELINE_NEW;
	return of[BASELINE_UNCHANGED] == unit->n ? BASELINE_UNCHANGED : BASELINE_UPDATED;
}

uint8_t *baseline_states(const struct baseline *known, const struct program *p, uint32_t least)
{
	uint8_t *states = xcalloc(p->nverdicts, sizeof(*states));
	size_t i;

	for (i = 0; i < p->nverdicts; i++) {
		struct baseline *unit = baseline_of_unit(p, &p->verdicts[i], least);

		states[i] = (uint8_t)baseline_compare(known, unit);
		baseline_free(unit);
	}
	return states;
}

enum baseline_state baseline_conflict(const struct baseline *known, const struct program *p,
				      const struct unit_verdict *u, const struct conflict *c)
{
	struct known_pair k = known_of(p, u, c);
	enum baseline_state state = pair_state(known, &k);

	known_free(&k);
	return state;
}

static bool has_writer(const struct writers *w, str function)
{
	return w->n && bsearch(&function, w->v, w->n, sizeof(str), writer_cmp);
}

bool baseline_has_writers(const struct baseline *known, const struct program *p,
			  const struct unit_verdict *u, const struct conflict *c)
{
	str a = p->functions[u->writes[c->write_a].function].name;
	str b = p->functions[u->writes[c->write_b].function].name;
	struct known_pair k = known_of(p, u, c);
	const struct known_pair *found = pair_find(known, &k);
	bool first = k.fields[0] == u->fields[c->a].field->name;

	known_free(&k);
	return found && has_writer(&found->writers[0], first ? a : b) &&
	       has_writer(&found->writers[1], first ? b : a);
}

/* --- bytes */

static void writers_pack(const struct writers *w, struct buf *out)
{
	size_t i;

	buf_varint(out, w->n);
	for (i = 0; i < w->n; i++)
		packed_text_put(out, str_get(w->v[i]));
}

static void writers_unpack(struct writers *w, struct packed *in)
{
	size_t n = packed_number(in);

	while (n--)
		*vec_add(w->v, w->n, w->cap) = str_intern(packed_text(in));
}

void baseline_pack(const struct baseline *b, struct buf *out)
{
	size_t i;

	buf_varint(out, b->n);
	for (i = 0; i < b->n; i++) {
		packed_text_put(out, str_get(b->v[i].record));
		packed_text_put(out, str_get(b->v[i].fields[0]));
		packed_text_put(out, str_get(b->v[i].fields[1]));
		writers_pack(&b->v[i].writers[0], out);
		writers_pack(&b->v[i].writers[1], out);
	}
}

struct baseline *baseline_unpack(struct packed *in)
{
	struct baseline *b = baseline_new();
	size_t n = packed_number(in);

	while (n--) {
		struct known_pair *k = vec_add(b->v, b->n, b->cap);

		*k = (struct known_pair){ .record = str_intern(packed_text(in)) };
		k->fields[0] = str_intern(packed_text(in));
		k->fields[1] = str_intern(packed_text(in));
		writers_unpack(&k->writers[0], in);
		writers_unpack(&k->writers[1], in);
	}
	return b;
}

/* --- the file */

static void put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		die("out of memory");
}

static json_t *text(str s)
{
	/* jansson takes UTF-8 only; a name that is not comes from damaged facts. */
	json_t *value = json_string(str_get(s));

	return value ? value : json_string("?");
}

static json_t *names(const str *v, size_t n)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		if (json_array_append_new(list, text(v[i])))
			die("out of memory");
	return list;
}

void baseline_write(FILE *f, const struct baseline *b)
{
	json_t *root = json_object(), *findings = json_array();
	size_t i;

	for (i = 0; i < b->n; i++) {
		const struct known_pair *k = &b->v[i];
		json_t *o = json_object(), *writers = json_array();

		put(o, "struct", text(k->record));
		put(o, "fields", names(k->fields, 2));
		json_array_append_new(writers, names(k->writers[0].v, k->writers[0].n));
		json_array_append_new(writers, names(k->writers[1].v, k->writers[1].n));
		put(o, "writers", writers);
		json_array_append_new(findings, o);
	}
	put(root, "version", json_integer(BASELINE_VERSION));
	put(root, "findings", findings);
	if (json_dumpf(root, f, JSON_INDENT(1)))
		die("out of memory");
	fputc('\n', f);
	json_decref(root);
}

static _Noreturn void not_one(const char *path, size_t i)
{
	die("%s: finding %zu: expected a \"struct\", two \"fields\" and two lists of \"writers\"; write the baseline anew with --write-baseline",
	    path, i);
}

static str text_read(const json_t *value, const char *path, size_t i)
{
	const char *s = json_string_value(value);

	if (!s || !*s)
		not_one(path, i);
	return str_intern(s);
}

static void writers_read(struct writers *w, const json_t *list, const char *path, size_t i)
{
	size_t j;

	if (!json_is_array(list))
		not_one(path, i);
	for (j = 0; j < json_array_size(list); j++)
		*vec_add(w->v, w->n, w->cap) = text_read(json_array_get(list, j), path, i);
	writers_sort(w);
}

static void known_read(struct known_pair *k, const json_t *o, const char *path, size_t i)
{
	const json_t *fields = json_object_get(o, "fields");
	const json_t *writers = json_object_get(o, "writers");
	size_t j;

	*k = (struct known_pair){ .record = text_read(json_object_get(o, "struct"), path, i) };
	for (j = 0; j < 2; j++) {
		k->fields[j] = text_read(json_array_get(fields, j), path, i);
		writers_read(&k->writers[j], json_array_get(writers, j), path, i);
	}
}

struct baseline *baseline_read(const char *path)
{
	struct baseline *b = baseline_new();
	size_t bytes, i;
	char *data = read_file(path, &bytes);
	json_error_t error;
	json_t *root, *list;

	if (!data)
		die("cannot read the baseline %s:", path);
	root = json_loadb(data, bytes, 0, &error);
	if (!root)
		die("%s:%d: not a baseline: %s; --write-baseline makes one", path, error.line,
		    error.text);
	list = json_object_get(root, "findings");
	if (!json_is_array(list))
		die("%s: not a baseline (no \"findings\"); --write-baseline makes one", path);
	if (json_integer_value(json_object_get(root, "version")) != BASELINE_VERSION)
		die("%s: baseline of another version (this is %d); write it anew with --write-baseline",
		    path, BASELINE_VERSION);
	for (i = 0; i < json_array_size(list); i++)
		known_read(vec_add(b->v, b->n, b->cap), json_array_get(list, i), path, i + 1);
	baseline_sort(b);
	json_decref(root);
	free(data);
	return b;
}
