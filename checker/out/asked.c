// SPDX-License-Identifier: GPL-2.0-only
/* asked.c - a struct, or a field of one, as the user names it. */
#include <ctype.h>

#include "asked.h"
#include "clean.h"
#include "nearest.h"

/* --- the text */

void asked_check(const char *command, const char *what)
{
	static const char *const keywords[] = { "struct", "union" };
	const char *at;
	size_t i, n;

	for (i = 0; i < ARRAY_SIZE(keywords); i++) {
		n = strlen(keywords[i]);
		if (!strncmp(what, keywords[i], n) && what[n] == ' ')
			die("%s: '%s': write the name alone: %s", command, clean(what),
			    clean(what + n + strspn(what + n, " ")));
	}
	if (strchr(what, '/') || name_ends_in(what, ".c") || name_ends_in(what, ".h"))
		die("%s: '%s' is a path, and a STRUCT comes first: racybits check %s lists the structs",
		    command, clean(what), clean(what));
	for (at = what; isalnum((unsigned char)*at) || (*at && strchr("_.", *at)); at++)
		;
	if (*at || at == what)
		die("%s: '%s' is no name of a struct", command, clean(what));
}

/* --- the program */

static bool has_units(const struct record *r)
{
	return r->nunits > 0;
}

static bool is_bitfield(const struct field *f)
{
	return f->unit != NONE && str_get(f->name)[0];
}

static const struct record *record_find(const struct program *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		if (has_units(&p->records[i]) && !strcmp(str_get(p->records[i].name), name))
			return &p->records[i];
	return NULL;
}

static bool has_field(const struct record *r, const char *name)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++)
		if (is_bitfield(&r->fields[i]) && !strcmp(str_get(r->fields[i].name), name))
			return true;
	return false;
}

/* Dies if the name is that of a bitfield: says of which struct it is one. */
static void refuse_field(const struct program *p, const char *name)
{
	const struct record *first = NULL;
	size_t i, n = 0;

	for (i = 0; i < p->nrecords; i++) {
		if (!has_units(&p->records[i]) || !has_field(&p->records[i], name))
			continue;
		first = first ? first : &p->records[i];
		n++;
	}
	if (n == 1)
		die("'%s' is a field: write %s.%s", clean(name), clean_str(first->name),
		    clean(name));
	if (n > 1)
		die("'%s' is a field of %zu structs: write STRUCT.%s, as in %s.%s", clean(name), n,
		    clean(name), clean_str(first->name), clean(name));
}

_Noreturn static void die_unknown_record(const struct program *p, const char *record,
					 const char *where)
{
	char *what = xasprintf("no such struct with bitfields%s", where ? where : "");
	struct nearest near = { .wanted = record };
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		if (has_units(&p->records[i]))
			nearest_add(&near, p->records[i].name);
	nearest_die(&near, what, "racybits check --all lists those there are");
}

_Noreturn static void die_unknown_field(const struct program *p, const char *record,
					const char *field)
{
	struct nearest near = { .wanted = field };
	const struct record *r;
	uint32_t j;

	for (r = p->records; r < p->records + p->nrecords; r++)
		for (j = 0; j < r->nfields; j++)
			if (is_bitfield(&r->fields[j]) && !strcmp(str_get(r->name), record))
				nearest_add(&near, r->fields[j].name);
	nearest_die(&near, "no such bitfield", "racybits explain STRUCT lists those there are");
}

char *asked_split(const struct program *p, const char *what, const char **field)
{
	char *record = xstrdup(what), *dot = strrchr(record, '.');

	*field = NULL;
	if (dot && !record_find(p, what)) {
		*dot = '\0';
		*field = dot + 1;
	}
	return record;
}

/* Has some record of that name that field? */
static bool field_is_known(const struct program *p, const char *record, const char *field)
{
	const struct record *r;

	for (r = p->records; r < p->records + p->nrecords; r++)
		if (!strcmp(str_get(r->name), record) && has_field(r, field))
			return true;
	return false;
}

const bool *asked_records(const struct program *p, const char *what, struct arena *a)
{
	bool *asked = arena_alloc(a, p->nrecords * sizeof(*asked));
	const char *field;
	char *record = asked_split(p, what, &field);
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		asked[i] = !strcmp(str_get(p->records[i].name), record);
	free(record);
	return asked;
}

void asked_require(const struct program *p, const char *what, const char *where)
{
	const char *field;
	char *record = asked_split(p, what, &field);

	if (!record_find(p, record)) {
		if (!field)
			refuse_field(p, record);
		die_unknown_record(p, record, where);
	}
	if (field && !field_is_known(p, record, field))
		die_unknown_field(p, record, field);
	free(record);
}
