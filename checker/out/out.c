// SPDX-License-Identifier: GPL-2.0-only
/* out.c - names and phrases that the output formats share. */
#include "out.h"

#define NAME(names, i) ((i) < ARRAY_SIZE(names) ? (names)[i] : "?")

const char *state_name(uint32_t baseline_state)
{
	static const char *const names[] = {
		[BASELINE_NONE] = "none",
		[BASELINE_NEW] = "new",
		[BASELINE_UNCHANGED] = "unchanged",
		[BASELINE_UPDATED] = "updated",
	};

	return NAME(names, baseline_state);
}

/*
 * Well-formed UTF-8, the Unicode Standard table 3-7, less the control characters of
 * ASCII and of ISO 8859-1.
 */
static const struct {
	unsigned char first, last; /* lead byte */
	unsigned char low, high;   /* second byte */
	unsigned char bytes;
} characters[] = {
	{ 0x20, 0x7e, 0x00, 0xff, 1 }, { 0xc2, 0xc2, 0xa0, 0xbf, 2 }, { 0xc3, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 }, { 0xe1, 0xec, 0x80, 0xbf, 3 }, { 0xed, 0xed, 0x80, 0x9f, 3 },
	{ 0xee, 0xef, 0x80, 0xbf, 3 }, { 0xf0, 0xf0, 0x90, 0xbf, 4 }, { 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

/* Bytes of the character at s; 0: the end, a control character or not UTF-8. */
static size_t character_bytes(const char *s)
{
	const unsigned char *c = (const unsigned char *)s;
	size_t i, n = 0;

	for (i = 0; i < ARRAY_SIZE(characters) && !n; i++)
		if (c[0] >= characters[i].first && c[0] <= characters[i].last &&
		    c[1] >= characters[i].low && c[1] <= characters[i].high)
			n = characters[i].bytes;
	for (i = 2; i < n; i++)
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

const char *clean(const char *s)
{
	size_t at = 0, n;
	char *copy;
	str id;

	while ((n = character_bytes(s + at)))
		at += n;
	if (!s[at])
		return s;
	copy = xstrdup(s);
	while (copy[at]) {
		n = character_bytes(copy + at);
		if (!n)
			copy[at++] = '?';
		at += n;
	}
	id = str_intern(copy);
	free(copy);
	return str_get(id);
}

const char *clean_str(str s)
{
	return clean(str_get(s));
}

FILE *text_open(struct text *t)
{
	t->f = open_memstream(&t->s, &t->bytes);
	if (!t->f)
		die("out of memory");
	return t->f;
}

char *text_close(struct text *t)
{
	if (fclose(t->f))
		die("out of memory");
	return t->s;
}

bool unit_is_finding(const struct unit_verdict *u)
{
	return u->verdict == VERDICT_RACY && !u->acknowledged;
}

uint64_t unit_bytes(const struct unit_verdict *u)
{
	return (u->unit->bit_offset % 8 + u->unit->bit_size + 7) / 8;
}

const char *record_keyword(const struct record *r)
{
	return r->flags & RECORD_UNION ? "union" : "struct";
}

/* The code, not the header it shares: where the first conflict's writer is, else any writer. */
static str unit_code_file(const struct unit_verdict *u)
{
	if (u->nconflicts)
		return u->writes[u->conflicts[0].write_a].loc.file;
	return u->nwrites ? u->writes[0].loc.file : u->fields[0].field->loc.file;
}

char *unit_subsystem(const struct unit_verdict *u)
{
	const char *file = str_get(unit_code_file(u)), *slash = strchr(file, '/'), *second;

	second = slash ? strchr(slash + 1, '/') : NULL;
	if (second)
		slash = second;
	return xasprintf("%.*s", slash ? (int)(slash - file) : 1, slash ? file : ".");
}

enum baseline_state unit_state(const struct out_options *o, size_t i)
{
	return o->states ? o->states[i] : BASELINE_NONE;
}

uint64_t unit_fingerprint(const struct unit_verdict *u)
{
	uint64_t hash = hash_string(HASH_SEED, str_get(u->record->key));
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (field_races(u, i) || !u->nconflicts)
			hash = hash_string(hash_bytes(hash, ".", 1),
					   str_get(u->fields[i].field->name));
	return hash;
}

void put_store(FILE *f, const struct unit_verdict *u, const struct write *w, str field)
{
	if (w->whole)
		fprintf(f, "all of %s %s is written", record_keyword(u->record),
			clean_str(u->record->name));
	else if (w->access == ACCESS_RMW)
		fprintf(f, "'%s' is updated in place", clean_str(field));
	else
		fprintf(f, "'%s = %s'", clean_str(field), w->value ? clean_str(w->value) : "...");
}

/* Whose lock it is, where that is not the object written itself. */
static const char *relation_phrase(uint32_t relation)
{
	if (relation == REL_OTHER)
		return ", of another instance";
	return relation == REL_UNKNOWN ? ", of an instance not known" : "";
}

void put_locks(FILE *f, const struct write *w)
{
	uint32_t i;

	if (!w->nheld)
		fputs("none", f);
	for (i = 0; i < w->nheld; i++)
		fprintf(f, "%s%s (%s%s)", i ? ", " : "", clean_str(w->held[i].name),
			mode_name(w->held[i].mode), relation_phrase(w->held[i].relation));
}

/*
 * A lock that both name: preferably one that would have kept them apart, were it the
 * same one.  *shared: both hold it shared.
 */
static str common_name(const struct write *a, const struct write *b, bool *shared)
{
	uint32_t i, j;
	str name = 0;

	*shared = true;
	for (i = 0; i < a->nheld; i++) {
		for (j = 0; j < b->nheld; j++) {
			if (a->held[i].name != b->held[j].name)
				continue;
			name = a->held[i].name;
			*shared = a->held[i].mode == MODE_SHARED && b->held[j].mode == MODE_SHARED;
			if (!*shared)
				return name;
		}
	}
	return name;
}

void put_reason(FILE *f, const struct write *a, const char *writer_a, const struct write *b,
		const char *writer_b)
{
	bool shared;
	str name = common_name(a, b, &shared);

	if (!a->nheld && !b->nheld)
		fprintf(f, "%s", "neither holds a lock");
	else if (!a->nheld || !b->nheld)
		fprintf(f, "%s holds no lock", a->nheld ? writer_b : writer_a);
	else if (!name)
		fputs("no lock in common", f);
	else if (shared)
		fprintf(f, "both hold %s, but shared", clean_str(name));
	else
		fprintf(f, "%s need not be the same one for both", clean_str(name));
}

enum split_class { SPLIT_MOVES, SPLIT_STAYS_WRITTEN, SPLIT_STAYS };

static enum split_class split_classify(const struct program *p, const struct unit_verdict *u,
				       uint32_t field)
{
	const uint32_t *split = p->strict ? u->split_strict : u->split_lifetime;
	uint32_t i, n = p->strict ? u->nstrict : u->nlifetime;

	for (i = 0; i < n; i++)
		if (split[i] == field)
			return SPLIT_MOVES;
	return u->fields[field].lifetime == PHASE_RUNTIME ? SPLIT_STAYS_WRITTEN : SPLIT_STAYS;
}

/* Lists the fields of a class after `head`; writes nothing if there is none. */
static void put_class(FILE *f, const struct program *p, const struct unit_verdict *u,
		      enum split_class class, const char *head)
{
	uint32_t i, n = 0;

	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (split_classify(p, u, i) != class)
			continue;
		fprintf(f, "%s%s", n++ ? ", " : head, clean_str(uf->field->name));
		if (class == SPLIT_STAYS_WRITTEN && uf->guard)
			fprintf(f, " (write locked by %s)", clean_str(uf->guard));
	}
}

void put_split(FILE *f, const struct program *p, const struct unit_verdict *u)
{
	fprintf(f, "split by policy %s: ", p->strict ? "strict" : "lifetime");
	put_class(f, p, u, SPLIT_MOVES, "move out of the unit: ");
	put_class(f, p, u, SPLIT_STAYS_WRITTEN, "; keep: ");
	put_class(f, p, u, SPLIT_STAYS, "; keep (not written at runtime): ");
}
