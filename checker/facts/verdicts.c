// SPDX-License-Identifier: GPL-2.0-only
/*
 * verdicts.c - verdicts as bytes.
 *
 * One function for each struct encodes and decodes it.  The strings stand before all else.
 */
#include "verdicts.h"
#include "verdict_coder.h"

/* Stops the build when a struct changes: a new member that is not coded would be lost silently. */
#define CODED(type, bytes)                                                    \
	_Static_assert(sizeof(struct type) == (bytes) || sizeof(void *) != 8, \
		       "struct " #type " has changed: code its members that reports show")

CODED(record, 72);
CODED(field, 72);
CODED(unit, 24);
CODED(held, 32);
CODED(via, 16);
CODED(maybe_held, 12);
CODED(write, 208);
CODED(claim, 24);
CODED(unit_field, 80);
CODED(unit_verdict, 144);
CODED(stats, 40);
CODED(limit_use, 20);

static void code_str_of(struct verdict_coder *c, void *one)
{
	code_str(c, one);
}

static void code_u32_of(struct verdict_coder *c, void *one)
{
	code_u32(c, one);
}

/* --- records and functions */

static void code_field(struct verdict_coder *c, void *one)
{
	struct field *f = one;

	code_str(c, &f->name);
	code_str(c, &f->type);
	code_str(c, &f->record);
	code_str(c, &f->comment);
	code_str(c, &f->group_comment);
	code_loc(c, &f->loc);
	code_u64(c, &f->bit_offset);
	code_u64(c, &f->bit_size);
	code_u32(c, &f->flags);
	code_u32(c, &f->group);
	code_u64(c, &f->group_end);
	code_index(c, &f->unit);
}

static void code_unit(struct verdict_coder *c, void *one)
{
	struct unit *u = one;

	code_u32(c, &u->first);
	code_u32(c, &u->last);
	code_u64(c, &u->bit_offset);
	code_u64(c, &u->bit_size);
}

static void code_record(struct verdict_coder *c, void *one)
{
	struct record *r = one;
	uint32_t i;

	code_str(c, &r->key);
	code_str(c, &r->name);
	code_str(c, &r->variant_of);
	code_loc(c, &r->loc);
	code_u64(c, &r->bytes);
	code_u64(c, &r->align);
	code_u32(c, &r->flags);
	code_str(c, &r->comment);
	CODE_LIST(c, r->fields, r->nfields, code_field);
	CODE_LIST(c, r->units, r->nunits, code_unit);
	for (i = 0; i < r->nunits && !c->bad; i++)
		c->bad |= r->units[i].first > r->units[i].last || r->units[i].last >= r->nfields;
	for (i = 0; i < r->nfields && !c->bad; i++)
		c->bad |= r->fields[i].unit != NONE && r->fields[i].unit >= r->nunits;
}

/* A function that a verdict names, as its number among these. */
static void code_function(struct verdict_coder *c, void *one)
{
	uint32_t *f = one, number = 0;

	if (c->out) {
		if (!c->function_of[*f]) {
			*vec_add(c->functions, c->nfunctions, c->functions_cap) = *f;
			c->function_of[*f] = (uint32_t)c->nfunctions;
		}
		number = c->function_of[*f] - 1;
	}
	code_u32(c, &number);
	if (c->out)
		return;
	if (number >= c->nfunctions)
		c->nfunctions = (size_t)number + 1;
	*f = number;
}

static void code_name_of_function(struct verdict_coder *c, void *one)
{
	struct function *f = one;

	code_str(c, &f->key);
	code_str(c, &f->name);
	code_loc(c, &f->loc);
	code_u32(c, &f->flags);
}

/* The functions that are named, in the order of their numbers. */
static void code_functions(struct verdict_coder *c)
{
	struct function *named = NULL;
	uint32_t n = (uint32_t)c->nfunctions, i;

	if (c->out) {
		named = xcalloc(n + 1, sizeof(*named));
		for (i = 0; i < n; i++)
			named[i] = c->p->functions[c->functions[i]];
	}
	CODE_LIST(c, named, n, code_name_of_function);
	if (c->out) {
		free(named);
		return;
	}
	c->bad |= n != c->nfunctions;
	c->p->functions = named;
	c->p->nfunctions = n;
}

/* --- writes */

static void code_held(struct verdict_coder *c, void *one)
{
	struct held *h = one;

	code_str(c, &h->name);
	code_u32(c, &h->mode);
	code_u32(c, &h->relation);
	code_u32(c, &h->rel);
	code_bool(c, &h->in_frame);
	code_str(c, &h->owned);
	code_bool(c, &h->spins);
	code_str(c, &h->element);
	code_str(c, &h->whose);
}

static void code_maybe_held(struct verdict_coder *c, void *one)
{
	struct maybe_held *h = one;

	code_str(c, &h->name);
	code_u32(c, &h->mode);
	code_bool(c, &h->lost);
	code_bool(c, &h->optional);
}

static void code_via(struct verdict_coder *c, void *one)
{
	struct via *v = one;

	code_str(c, &v->record);
	code_str(c, &v->field);
	code_str(c, &v->function);
}

static void code_chain_of(struct verdict_coder *c, struct write *w)
{
	uint32_t n = w->nvia;

	code_chain(c, &w->chain, &w->chain_locs, &w->nchain);
	CODE_SHARED(c, SHARED_VIA, w->via, w->nvia, code_via);
	CODE_SHARED(c, SHARED_VIA_FRAMES, w->via_frames, n, code_u32_of);
	c->bad |= n != w->nvia;
}

static void code_write(struct verdict_coder *c, void *one)
{
	struct write *w = one;

	code_function(c, &w->function);
	code_loc(c, &w->loc);
	code_u32(c, &w->access);
	code_u32(c, &w->phase);
	code_str(c, &w->context);
	CODE_SHARED(c, SHARED_HELD, w->held, w->nheld, code_held);
	CODE_SHARED(c, SHARED_SOMETIMES, w->sometimes, w->nsometimes, code_maybe_held);
	code_chain_of(c, w);
	code_str(c, &w->value);
	CODE_SHARED(c, SHARED_CONDITIONS, w->conditions, w->nconditions, code_str_of);
	code_str(c, &w->global);
	code_u32(c, &w->member.kind);
	code_str(c, &w->member.record);
	code_str(c, &w->member.field);
	code_u32(c, &w->confidence);
	code_below(c, &w->doubt, DOUBT_COUNT);
	code_bool(c, &w->own);
	code_bool(c, &w->restored);
	code_bool(c, &w->race_ok);
	code_bool(c, &w->whole);
	code_bool(c, &w->unseen);
	if (!c->out)
		w->once = NONE;
}

/* --- verdicts */

static void code_claim(struct verdict_coder *c, const struct claim **at, uint32_t nwrites)
{
	struct claim claim = *at ? **at : (struct claim){ .write = NONE };
	bool is_there = *at;
	str why = str_intern(claim.why);

	code_bool(c, &is_there);
	if (!is_there)
		return;
	code_str(c, &claim.text);
	code_str(c, &claim.lock);
	code_u32(c, &claim.state);
	code_index(c, &claim.write);
	code_str(c, &why);
	c->bad |= claim.write != NONE && claim.write >= nwrites;
	if (c->out)
		return;
	claim.why = why ? str_get(why) : NULL;
	*at = arena_copy(c->arena, &claim, sizeof(claim));
}

static void code_unit_field(struct verdict_coder *c, struct unit_verdict *v, struct unit_field *f)
{
	uint32_t field = c->out ? (uint32_t)(f->field - v->record->fields) : 0;

	code_below(c, &field, v->record->nfields);
	if (!c->out)
		f->field = &v->record->fields[field];
	code_u32(c, &f->lifetime);
	code_str(c, &f->guard);
	code_rising(c, &f->writes, &f->nwrites, v->nwrites);
	CODE_LIST(c, f->readers, f->nreaders, code_function);
	code_claim(c, &f->claim, v->nwrites);
	code_str(c, &f->accepted);
}

static void code_unit_fields(struct verdict_coder *c, struct unit_verdict *v)
{
	uint32_t i;

	code_u32(c, &v->nfields);
	if (!c->out) {
		c->bad |= v->nfields > v->record->nfields;
		v->fields = c->bad ? NULL : arena_alloc(c->arena, v->nfields * sizeof(*v->fields));
	}
	for (i = 0; i < v->nfields && !c->bad; i++)
		code_unit_field(c, v, &v->fields[i]);
}

static void code_conflict(struct verdict_coder *c, void *one)
{
	struct conflict *k = one;
	uint32_t i, said;

	code_u32(c, &k->a);
	code_u32(c, &k->b);
	code_u32(c, &k->write_a);
	code_u32(c, &k->write_b);
	code_index(c, &k->refuter);
	code_u32(c, &k->confidence);
	code_below(c, &k->doubt, DOUBT_COUNT);
	code_u64(c, &k->doubts);
	for (i = 0; i < REFUTER_COUNT; i++) {
		said = k->said[i];
		code_below(c, &said, DOUBT_COUNT);
		if (!c->out)
			k->said[i] = (uint8_t)said;
	}
	code_u32(c, &k->rank);
	code_bool(c, &k->meets_gcc);
	code_bool(c, &k->meets_clang);
}

static void code_conflicts(struct verdict_coder *c, struct unit_verdict *v)
{
	const struct conflict *k;

	CODE_LIST(c, v->conflicts, v->nconflicts, code_conflict);
	for (k = v->conflicts; k < v->conflicts + v->nconflicts && !c->bad; k++)
		c->bad |= k->a >= v->nfields || k->b >= v->nfields || k->write_a >= v->nwrites ||
			  k->write_b >= v->nwrites;
}

/* Which unit of which record the verdict is on. */
static void code_subject(struct verdict_coder *c, struct unit_verdict *v)
{
	uint32_t record = 0, unit = 0;

	if (c->out) {
		record = c->record_of[v->record - c->p->records];
		unit = (uint32_t)(v->unit - v->record->units);
	}
	code_below(c, &record, c->out ? NONE : (uint32_t)c->p->nrecords);
	if (!c->out && !c->bad)
		v->record = &c->p->records[record];
	if (c->bad)
		return;
	code_below(c, &unit, v->record->nunits);
	if (!c->out && !c->bad)
		v->unit = &v->record->units[unit];
}

static void code_verdict(struct verdict_coder *c, void *one)
{
	struct unit_verdict *v = one;

	code_subject(c, v);
	if (c->bad)
		return;
	code_u32(c, &v->verdict);
	code_u32(c, &v->confidence);
	code_bool(c, &v->handed);
	code_u64(c, &v->refuted);
	code_bool(c, &v->acknowledged);
	code_str(c, &v->why_unknown);
	CODE_LIST(c, v->writes, v->nwrites, code_write);
	code_unit_fields(c, v);
	code_conflicts(c, v);
	code_rising(c, &v->split_lifetime, &v->nlifetime, v->nfields);
	code_rising(c, &v->split_strict, &v->nstrict, v->nfields);
}

/* --- the program */

static void code_figures(struct verdict_coder *c)
{
	struct program *p = c->p;
	uint32_t i;

	code_u32(c, &p->stats.tus);
	code_u32(c, &p->stats.failed);
	code_u32(c, &p->stats.units);
	code_u32(c, &p->stats.functions);
	code_u32(c, &p->stats.calls_unresolved);
	code_u32(c, &p->stats.variants);
	for (i = 0; i < LIMIT_COUNT; i++) {
		code_u32(c, &p->limits[i].count);
		code_loc(c, &p->limits[i].at);
		code_str(c, &p->limits[i].name);
	}
}

static void code_failed(struct verdict_coder *c, void *one)
{
	struct failed_tu *f = one;
	str file = str_intern(f->file), reason = str_intern(f->reason);

	code_str(c, &file);
	code_str(c, &reason);
	if (!c->out)
		*f = (struct failed_tu){ str_get(file), str_get(reason) };
}

static void encode_records(struct verdict_coder *c)
{
	const struct program *p = c->p;
	struct record *with_units = xcalloc(p->nrecords + 1, sizeof(*with_units));
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < p->nrecords; i++)
		if (p->records[i].nunits) {
			c->record_of[i] = n;
			with_units[n++] = p->records[i];
		}
	CODE_LIST(c, with_units, n, code_record);
	free(with_units);
}

static void code_program(struct verdict_coder *c)
{
	struct program *p = c->p;
	uint32_t nfailed = (uint32_t)p->nfailed, nrecords = 0, nverdicts = (uint32_t)p->nverdicts;

	code_figures(c);
	CODE_LIST(c, p->failed, nfailed, code_failed);
	if (c->out)
		encode_records(c);
	else
		CODE_LIST(c, p->records, nrecords, code_record);
	if (!c->out)
		p->nrecords = nrecords;
	CODE_LIST(c, p->verdicts, nverdicts, code_verdict);
	p->nfailed = nfailed;
	p->nverdicts = nverdicts;
	code_functions(c);
}

void verdicts_encode(struct buf *out, const struct program *p)
{
	struct program copy = *p;
	struct buf body = { 0 };
	struct verdict_coder c = { .out = &body, .p = &copy };

	c.function_of = xcalloc(p->nfunctions + 1, sizeof(*c.function_of));
	c.record_of = xcalloc(p->nrecords + 1, sizeof(*c.record_of));
	code_program(&c);
	coder_put_strings(&c, out);
	buf_add(out, body.data, body.n);
	free(body.data);
	coder_free(&c);
}

bool verdicts_decode(const unsigned char *data, size_t n, struct arena *a, struct program *p)
{
	struct verdict_coder c = { .at = data, .end = data + n, .arena = a, .p = p };

	p->nfailed = p->nverdicts = p->nrecords = 0;
	coder_get_strings(&c);
	code_program(&c);
	c.bad |= c.at != c.end;
	coder_free(&c);
	return !c.bad;
}
