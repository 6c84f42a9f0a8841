// SPDX-License-Identifier: GPL-2.0-only
/* lint_before.c - what lint needs to know of the tree before the series, as bytes of another process. */
#include "lint_before.h"
#include "out/change.h"
#include "out/memstream.h"

/* --- writing */

static void finding_put(struct buf *out, const struct program *p, const struct unit_verdict *u,
			uint32_t least)
{
	struct baseline *pairs = baseline_of_unit(p, u, least);
	struct memstream notes;
	FILE *f = memstream_open(&notes);
	char *gone;

	put_gone(f, u);
	gone = memstream_close(&notes);
	baseline_pack(pairs, out);
	packed_text_put(out, gone);
	free(gone);
	baseline_free(pairs);
}

static void unit_put(struct buf *out, const struct unit_verdict *u)
{
	uint32_t i;

	packed_text_put(out, str_get(u->record->key));
	buf_varint(out, u->nfields);
	for (i = 0; i < u->nfields; i++)
		packed_text_put(out, str_get(u->fields[i].field->name));
}

void lint_before_write(struct buf *out, const struct program *p, uint32_t least)
{
	struct baseline *known = baseline_of(p, least);
	size_t i;

	baseline_pack(known, out);
	baseline_free(known);
	buf_varint(out, p->nverdicts);
	for (i = 0; i < p->nverdicts; i++)
		finding_put(out, p, &p->verdicts[i], least);
	for (i = 0; i < p->nverdicts; i++)
		unit_put(out, &p->verdicts[i]);
	buf_varint(out, p->nfailed);
	for (i = 0; i < p->nfailed; i++) {
		packed_text_put(out, p->failed[i].file);
		packed_text_put(out, p->failed[i].reason);
	}
}

/* --- reading */

static void unit_get(struct packed *r, struct unit_before *u)
{
	size_t i;

	u->record = str_intern(packed_text(r));
	u->n = packed_number(r);
	u->fields = xcalloc(u->n + 1, sizeof(*u->fields));
	for (i = 0; i < u->n; i++)
		u->fields[i] = str_intern(packed_text(r));
}

void lint_before_read(struct lint_before *b, const struct buf *in)
{
	struct packed r = { .at = in->data, .end = in->data + in->n };
	size_t i;

	*b = (struct lint_before){ .known = baseline_unpack(&r) };
	b->nfindings = b->nunits = packed_number(&r);
	b->findings = xcalloc(b->nfindings + 1, sizeof(*b->findings));
	b->units = xcalloc(b->nunits + 1, sizeof(*b->units));
	for (i = 0; i < b->nfindings; i++) {
		b->findings[i].pairs = baseline_unpack(&r);
		b->findings[i].gone = xstrdup(packed_text(&r));
	}
	for (i = 0; i < b->nunits; i++)
		unit_get(&r, &b->units[i]);
	b->nfailed = packed_number(&r);
	b->failed = xcalloc(2 * b->nfailed + 1, sizeof(*b->failed));
	for (i = 0; i < 2 * b->nfailed; i++)
		b->failed[i] = xstrdup(packed_text(&r));
}

void lint_before_free(struct lint_before *b)
{
	size_t i;

	for (i = 0; i < b->nfindings; i++) {
		baseline_free(b->findings[i].pairs);
		free(b->findings[i].gone);
		free(b->units[i].fields);
	}
	for (i = 0; i < 2 * b->nfailed; i++)
		free(b->failed[i]);
	if (b->known)
		baseline_free(b->known);
	free(b->findings);
	free(b->units);
	free(b->failed);
}

/* --- questions */

bool lint_before_beside(const struct lint_before *b, str record, str field, str other)
{
	size_t i, j;

	for (i = 0; i < b->nunits; i++) {
		const struct unit_before *u = &b->units[i];
		int found = 0;

		for (j = 0; u->record == record && j < u->n; j++)
			found += u->fields[j] == field || u->fields[j] == other;
		if (found == 2)
			return true;
	}
	return false;
}

const char *lint_before_failed(const struct lint_before *b, const char *file)
{
	size_t i;

	for (i = 0; i < b->nfailed; i++)
		if (!strcmp(b->failed[2 * i], file))
			return b->failed[2 * i + 1];
	return NULL;
}
