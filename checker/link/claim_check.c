// SPDX-License-Identifier: GPL-2.0-only
/* claim_check.c - checks the claims of comments against the writes that were found. */
#include "claim_check.h"
#include "claim_parse.h"
#include "keymap.h"
#include "lockset.h"
#include "lock_compare.h"
#include "kernel/linuxmodel.h"
#include "limit.h"
#include "lock_name.h"
#include "symtab.h"

static bool is_lock_member(const struct link *l, const struct field *f)
{
	return f->record && model_has(l->model, MODEL_LOCK_TYPE, str_unqualified(f->record));
}

#define TEXTS 3 /* comments on a field */

/* The comments on a field: its own, the kernel-doc of the struct, that of its group. */
static void field_texts(const struct record *r, const struct field *f, str texts[TEXTS])
{
	texts[0] = f->comment;
	texts[1] = claim_section(str_get(r->comment), str_get(f->name));
	texts[2] = f->group_comment;
}

/* A claim in the comments on the field. */
static bool own_claim(const struct link *l, const struct record *r, const struct field *f,
		      struct claim_text *out)
{
	str texts[TEXTS];
	size_t i;

	field_texts(r, f, texts);
	for (i = 0; i < TEXTS; i++)
		if (texts[i] && claim_read(l->model, str_get(texts[i]), out))
			return true;
	return false;
}

/* A claim in the comment on a lock of the same record. */
static bool lock_claim(const struct link *l, const struct record *r, const struct field *f,
		       struct claim_text *out)
{
	uint32_t i;
	str words;

	for (i = 0; i < r->nfields; i++) {
		const struct field *lock = &r->fields[i];

		if (!lock->comment || !is_lock_member(l, lock))
			continue;
		words = claim_protects(l->model, str_get(lock->comment), str_get(f->name),
				       lock < f);
		if (!words)
			continue;
		*out = (struct claim_text){
			.kind = CLAIM_LOCK,
			.quote = words,
			.nnames = 1,
			.names = { lock->name },
		};
		return true;
	}
	return false;
}

/* Does the comment mean this lock by `name`? */
static bool is_called(str lock, str name)
{
	return lock == name || lock_last_member(lock) == name;
}

void claims_begin(struct link *l)
{
	bool *met = xcalloc(str_count(),
			    sizeof(*met)); /* by name: many functions have the same locks */
	uint32_t k;
	size_t f;

	l->lock_names = xcalloc(1, sizeof(*l->lock_names));
	for (f = 0; f < l->p->nfunctions; f++)
		for (k = 0; k < l->locks[f].nlocks; k++) {
			str name = l->locks[f].locks[k]->name;

			if (met[name])
				continue;
			met[name] = true;
			keymap_mark(l->lock_names, name);
			keymap_mark(l->lock_names, lock_last_member(name));
		}
	free(met);
}

void claims_end(struct link *l)
{
	keymap_free(l->lock_names);
	free(l->lock_names);
	l->lock_names = NULL;
}

/* Drops the names that are no lock of the program. */
static void drop_unknown(struct link *l, struct claim_text *c)
{
	uint32_t i, n = 0;

	for (i = 0; i < c->nnames; i++)
		if (keymap_has(l->lock_names, c->names[i]))
			c->names[n++] = c->names[i];
	c->nnames = n;
}

/* Does the write hold that lock exclusively, and not that of another instance? */
static bool holds(const struct write *w, str name)
{
	uint32_t i;

	for (i = 0; i < w->nheld; i++)
		if (w->held[i].mode == MODE_EXCLUSIVE && w->held[i].relation != REL_OTHER &&
		    w->held[i].relation != REL_FORMER && is_called(w->held[i].name, name))
			return true;
	return false;
}

/* "Only set at open": is there an "open" in the names of the call chain? */
static bool is_named_so(const struct claim_text *c, const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nchain; i++)
		if (strstr(str_get(w->chain[i]), str_get(c->names[0])))
			return true;
	return false;
}

/* Does the write respect the claim? */
static bool write_agrees(const struct claim_text *c, const struct write *w)
{
	uint32_t i, held = 0;

	if (c->kind == CLAIM_SETUP)
		return is_named_so(c, w);
	for (i = 0; i < c->nnames; i++)
		held += holds(w, c->names[i]);
	return c->all ? held == c->nnames : held;
}

/* Checks the claim against the runtime writes of the field. */
static void judge_claim(const struct unit_verdict *v, const struct unit_field *f,
			const struct claim_text *c, struct claim *out)
{
	uint32_t i, runtime = 0;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (w->phase != PHASE_RUNTIME)
			continue;
		runtime++;
		if (write_agrees(c, w))
			continue;
		if (w->unseen || w->confidence == CONF_LOW) {
			out->why = "only a write that is less than sure contradicts it";
			continue;
		}
		out->state = CLAIM_CONTRADICTED;
		out->write = f->writes[i];
		out->why = NULL;
		return;
	}
	if (!f->nwrites)
		out->why = "no write was found";
	else if (!runtime && c->kind != CLAIM_SETUP)
		out->why = "no write after set-up was found";
	else if (v->why_unknown)
		out->why = "a file that may write it was not analysed";
	if (!out->why)
		out->state = CLAIM_CONFIRMED;
}

/* The locks of the claim in one phrase, "a and b". */
static str shown_lock(const struct claim_text *c)
{
	str out = c->nnames ? c->names[0] : 0;
	uint32_t i;

	for (i = 1; i < c->nnames; i++)
		out = str_printf("%s %s %s", str_get(out), c->all ? "and" : "or",
				 str_get(c->names[i]));
	return out;
}

/* A claim that says why a marker without a reason counts for nothing; NULL: there is none. */
static const struct claim *bare_marker(struct link *l, const struct unit_verdict *v,
				       const struct unit_field *f)
{
	struct claim *out = NULL;
	str texts[TEXTS];
	bool bare;
	size_t i;

	field_texts(v->record, f->field, texts);
	for (i = 0; i < TEXTS && !out && !f->accepted; i++) {
		if (!texts[i] || claim_marker(str_get(texts[i]), &bare) || !bare)
			continue;
		out = arena_alloc(l->arena, sizeof(*out));
		*out = (struct claim){ .text = str_intern("racybits: ok"),
				       .write = NONE,
				       .why = "it gives no reason, and so accepts nothing" };
	}
	return out;
}

/* The judged claim on the field, or NULL. */
static const struct claim *field_claim(struct link *l, const struct unit_verdict *v,
				       const struct unit_field *f)
{
	const struct claim *marker = bare_marker(l, v, f);
	struct claim_text c;
	struct claim *out;
	str named;

	if (marker)
		return marker;
	if (!own_claim(l, v->record, f->field, &c) &&
	    (f->accepted || !lock_claim(l, v->record, f->field, &c)))
		return NULL;
	if (c.more)
		limit_met_at(l, LIMIT_CLAIM_LOCKS, &f->field->loc, f->field->name);
	named = c.kind == CLAIM_SETUP ? 0 : shown_lock(&c);
	if (c.kind != CLAIM_SETUP)
		drop_unknown(l, &c);
	if (c.kind == CLAIM_HELD && !c.nnames)
		return NULL;
	out = arena_alloc(l->arena, sizeof(*out));
	*out = (struct claim){ .text = c.quote, .lock = named, .write = NONE };
	if (c.kind == CLAIM_SETUP || c.nnames)
		judge_claim(v, f, &c, out);
	else
		out->why = "no lock of that name is known";
	if (c.kind != CLAIM_SETUP && c.nnames)
		out->lock = shown_lock(&c);
	return out;
}

bool claims_name_locks(const struct link *l, const struct record *r)
{
	struct claim_text c;
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[i];

		if (f->unit == NONE)
			continue;
		if (own_claim(l, r, f, &c) ? c.kind != CLAIM_SETUP : lock_claim(l, r, f, &c))
			return true;
	}
	return false;
}

void claims_check(struct link *l, struct unit_verdict *v)
{
	uint32_t i;

	for (i = 0; i < v->nfields; i++)
		v->fields[i].claim = field_claim(l, v, &v->fields[i]);
}

/* The words of its comments that accept races on the field, or 0: those of a marker first. */
static str field_accepted(const struct link *l, const struct record *r, const struct field *f)
{
	str texts[TEXTS], found = 0;
	size_t i;

	field_texts(r, f, texts);
	for (i = 0; i < TEXTS && !found; i++)
		found = texts[i] ? claim_marker(str_get(texts[i]), NULL) : 0;
	for (i = 0; i < TEXTS && !found; i++)
		found = texts[i] ? claim_accepts(l->model, str_get(texts[i])) : 0;
	return found;
}

void claims_accept(struct link *l, struct unit_verdict *v)
{
	uint32_t i;

	for (i = 0; i < v->nfields; i++)
		v->fields[i].accepted = field_accepted(l, v->record, v->fields[i].field);
}
