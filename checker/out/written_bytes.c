// SPDX-License-Identifier: GPL-2.0-only
/* written_bytes.c - in words, which bytes of the record a store to a field writes. */
#include "finding.h"
#include "summary.h"
#include "written_bytes.h"

static bool same_range(struct byte_range a, struct byte_range b)
{
	return a.first == b.first && a.last == b.last;
}

/* Are the same bytes written by stores to both fields? */
static bool same_bytes(const struct unit_verdict *u, uint32_t i, uint32_t j)
{
	const struct field *x = u->fields[i].field, *y = u->fields[j].field;

	return same_range(access_unit_gcc(u->record, x), access_unit_gcc(u->record, y)) &&
	       same_range(access_unit_clang(u->record, x), access_unit_clang(u->record, y));
}

void put_range(FILE *f, struct byte_range r)
{
	fprintf(f, r.first == r.last ? "%llu" : "%llu-%llu", (unsigned long long)r.first,
		(unsigned long long)r.last);
}

bool put_written_bytes(FILE *f, const struct unit_verdict *u)
{
	bool *marked = xcalloc(u->nfields, sizeof(*marked)),
	     *done = xcalloc(u->nfields, sizeof(*done));
	uint32_t i, j, n = 0;

	for (i = 0; i < u->nfields; i++)
		done[i] = !(u->fields[i].field->flags & FIELD_BITFIELD) || !field_races(u, i);
	for (i = 0; i < u->nfields; i++) {
		if (done[i])
			continue;
		for (j = i; j < u->nfields; j++) {
			marked[j] = !done[j] && same_bytes(u, i, j);
			done[j] |= marked[j];
		}
		fputs(n++ ? "; to " : "bytes of the struct written by a store to ", f);
		put_marked(f, u, marked);
		fputs(": ", f);
		put_range(f, access_unit_gcc(u->record, u->fields[i].field));
		fputs(" (gcc), ", f);
		put_range(f, access_unit_clang(u->record, u->fields[i].field));
		fputs(" (clang)", f);
		memset(marked, 0, u->nfields * sizeof(*marked));
	}
	free(marked);
	free(done);
	return n;
}
