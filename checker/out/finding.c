// SPDX-License-Identifier: GPL-2.0-only
/* finding.c - what every format asks about a judged unit. */
#include "finding.h"

bool unit_is_finding(const struct unit_verdict *u)
{
	return u->verdict == VERDICT_RACY && !u->acknowledged && !u->hidden;
}

bool field_races(const struct unit_verdict *u, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		if (u->conflicts[i].a == field || u->conflicts[i].b == field)
			return true;
	return false;
}

const struct conflict *unit_argument(const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		if (!u->conflicts[i].rank)
			return &u->conflicts[i];
	return NULL;
}

uint64_t unit_bytes(const struct unit_verdict *u)
{
	return (u->unit->bit_offset % 8 + u->unit->bit_size + 7) / 8;
}

const struct loc *unit_loc(const struct unit_verdict *u)
{
	uint32_t i = 0;

	if (u->at)
		return u->at;
	while (u->verdict == VERDICT_RACY && i + 1 < u->nfields && !field_races(u, i))
		i++;
	return &u->fields[i].field->loc;
}

str unit_code_file(const struct unit_verdict *u)
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

const char *record_keyword(const struct record *r)
{
	return r->flags & RECORD_UNION ? "union" : "struct";
}

enum baseline_state unit_state(const struct out_options *o, size_t i)
{
	return o->states ? o->states[i] : BASELINE_NONE;
}

const char *state_name(uint32_t baseline_state)
{
	static const char *const names[] = {
		[BASELINE_NONE] = "none",
		[BASELINE_NEW] = "new",
		[BASELINE_UNCHANGED] = "unchanged",
		[BASELINE_UPDATED] = "updated",
	};

	return baseline_state < ARRAY_SIZE(names) ? names[baseline_state] : "?";
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
