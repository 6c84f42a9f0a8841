// SPDX-License-Identifier: GPL-2.0-only
/* taking.c - the strategy "lock": stores that lack the lock of the others take it. */
#include "bitops_text.h"
#include "decl.h"
#include "lock_around.h"
#include "lock_choice.h"
#include "taking.h"

#define SITES_NAMED 4 /* stores that lack a lock that are named */

/* Refuses the lock because of the site. */
static bool refuse(struct taking *t, const char *why)
{
	const struct loc *loc = &t->site->write->loc;

	t->refusal = arena_printf(t->a, "%s at %s:%u", why, str_get(loc->file), loc->line);
	return false;
}

/* --- the store */

/* Is a function called within the statement? */
static bool calls_something(const struct taking *t)
{
	const struct function *f = t->site->f;
	uint32_t i;

	for (i = 0; i < f->ncalls; i++) {
		size_t at = text_offset(t->text, f->calls[i].loc.line, f->calls[i].loc.col);

		if (f->calls[i].loc.file == t->site->write->loc.file && at >= t->store.from &&
		    at < t->store.to)
			return true;
	}
	return false;
}

/* Finds the store in the facts and in the text. */
static bool find_store(struct taking *t)
{
	const struct loc *loc = &t->site->write->loc;
	const char *name = str_get(t->site->unit->fields[t->site->field].field->name);
	size_t at = text_offset(t->text, loc->line, loc->col);

	if (!store_event(t->site->f, loc, &t->block, &t->event) ||
	    strncmp(t->text + at, name, strlen(name)) != 0 || is_word(t->text[at + strlen(name)]))
		return refuse(t, "a macro stores to it");
	if (!statement_of_store(&t->store, t->text, at, t->spelled))
		return refuse(t, "the store is no statement on lines of its own");
	t->object = t->site->f->blocks[t->block].events[t->event].obj;
	if (calls_something(t))
		return refuse(t, "the value stored comes from a call");
	return true;
}

/* --- moving the call that takes or drops the lock, next to the store */

/* Is there no other call between the events of one block? */
static bool no_call_between(const struct function *f, uint32_t block, uint32_t from, uint32_t to,
			    const struct loc *but)
{
	uint32_t i;

	for (i = from + 1; i < to; i++) {
		const struct event *e = &f->blocks[block].events[i];

		if ((e->kind == EV_CALL || e->kind == EV_SCOPE_END) &&
		    (e->loc.line != but->line || e->loc.col != but->col))
			return false;
	}
	return true;
}

static bool is_moved(const struct taking *t, size_t at)
{
	size_t i;

	for (i = 0; i < t->edits->n; i++)
		if (t->edits->v[i].from == at && t->edits->v[i].to > at)
			return true;
	return false;
}

/* Moves the lines of the call to `to`. */
static void move_call(struct taking *t, const struct statement_text *st, size_t to)
{
	edits_add(t->edits, to, to, "%.*s", (int)(st->lines_to - st->lines_from),
		  t->text + st->lines_from);
	edits_add(t->edits, st->lines_from, st->lines_to, "%s", "");
}

/* Takes the lock earlier if it is taken behind the store, with no call between. */
static bool take_earlier(struct taking *t, const struct lock_call *c)
{
	struct statement_text st;

	if (!c->does.acquires || !c->does.always || c->block != t->block || c->event < t->event ||
	    !no_call_between(t->site->f, t->block, t->event, c->event, &c->loc) ||
	    !statement_of_call(&st, t->text, text_offset(t->text, c->loc.line, c->loc.col)) ||
	    st.from < t->store.to || !text_is_straight(t->text, t->store.to, st.from))
		return false;
	if (!is_moved(t, st.lines_from))
		move_call(t, &st, t->store.lines_from);
	t->way = TAKEN_EARLIER;
	return true;
}

/* End of the lines of the store, with a blank one behind it that nothing would be in front of. */
static size_t store_end(const struct taking *t)
{
	const char *text = t->text;
	size_t from = t->store.lines_from, to = t->store.lines_to;
	bool alone = from > 1 && (text[from - 2] == '{' || text[from - 2] == '\n');

	return alone && text[to] == '\n' ? to + 1 : to;
}

/* Moves the store to the start of the scope behind it that the lock is taken for, with no call between. */
static bool move_inside(struct taking *t, const struct lock_call *c)
{
	struct guard_text g;
	size_t open;

	if (!c->call->is_guard || !c->does.always || c->block != t->block || c->event < t->event ||
	    !no_call_between(t->site->f, t->block, t->event, c->event, &c->loc) ||
	    !guard_of_call(&g, t->text, text_offset(t->text, c->loc.line, c->loc.col)) ||
	    g.from < t->store.to || !text_is_straight(t->text, t->store.to, g.from))
		return false;
	open = g.to + strspn(t->text + g.to, " \t");
	if (t->text[open] != '{' || t->text[open + 1] != '\n')
		return false;
	edits_add(t->edits, open + 2, open + 2, "%s", indented_lines(t));
	edits_add(t->edits, t->store.lines_from, store_end(t), "%s", "");
	t->way = MOVED_INSIDE;
	return true;
}

/* Drops the lock later if it is dropped before the store, with no call between. */
static bool drop_later(struct taking *t, const struct lock_call *c)
{
	struct statement_text st;

	if (c->does.acquires || c->block != t->block || c->event > t->event ||
	    !no_call_between(t->site->f, t->block, c->event, t->event, &c->loc) ||
	    !statement_of_call(&st, t->text, text_offset(t->text, c->loc.line, c->loc.col)) ||
	    st.to > t->store.from || !text_is_straight(t->text, st.to, t->store.from) ||
	    is_moved(t, st.lines_from))
		return false;
	move_call(t, &st, t->store.lines_to);
	t->way = DROPPED_LATER;
	return true;
}

/* --- one store */

/* The calls of the function that take and drop the lock, of the object that is written. */
static void own_calls(struct taking *t)
{
	struct lock_calls calls = { 0 };
	size_t i;

	t->own.n = 0;
	lock_calls_of(series_lock_functions(t->s), t->site->f, &calls);
	for (i = 0; i < calls.n; i++)
		if (calls.v[i].name == t->choice->name && !calls.v[i].does.shared &&
		    lock_is_near(t->object, &calls.v[i].does.path))
			*vec_add(t->own.v, t->own.n, t->own.cap) = calls.v[i];
	free(calls.v);
}

static bool change_site(struct taking *t)
{
	size_t i;

	if (!find_store(t))
		return false;
	own_calls(t);
	for (i = 0; i < t->own.n && !t->store.header; i++)
		if (take_earlier(t, &t->own.v[i]) || move_inside(t, &t->own.v[i]) ||
		    drop_later(t, &t->own.v[i]))
			return true;
	if (!lock_around(t))
		return refuse(t, t->refusal);
	t->way = TAKEN_AROUND;
	return true;
}

/* --- all stores */

/* The list, "a, b", with the word unless it has it; from `a`. */
static const char *list_add(const char *list, const char *word, struct arena *a)
{
	size_t n = strlen(word);
	const char *at;

	for (at = list ? strstr(list, word) : NULL; at; at = strstr(at + 1, word))
		if ((at == list || at[-1] == ' ') && (!at[n] || at[n] == ','))
			return list;
	return list ? arena_printf(a, "%s, %s", list, word) : arena_printf(a, "%s", word);
}

/* Notes for the message what is done at the site. */
static void note_change(struct taking *t)
{
	struct patch *patch = t->patch;
	size_t i;

	for (i = 0; i < patch->ntaken && patch->taken[i].name != t->site->f->name; i++)
		;
	if (i == patch->ntaken)
		*vec_add(patch->taken, patch->ntaken, patch->taken_cap) =
			(struct taken_function){ .name = t->site->f->name };
	patch->taken[i].ways |= 1U << t->way;
	for (i = 0; i < t->site->nheld && t->way == TAKEN_AROUND; i++)
		patch->lock_under = list_add(patch->lock_under, str_get(t->site->held[i]), t->a);
}

/* Changes the sites in one file, from sites[i] on; *next is the first one of another. */
static bool change_file(struct taking *t, size_t i, size_t *next)
{
	struct lock_site *sites = t->choice->sites;
	const char *file = str_get(sites[i].write->loc.file);
	struct changed_file *f = patch_file(t->s, t->patch, file);
	struct edits edits = { 0 };
	size_t last = SIZE_MAX;
	bool ok = true;

	t->text = f->before;
	t->edits = &edits;
	for (; ok && i < t->choice->nsites && !strcmp(str_get(sites[i].write->loc.file), file);
	     i++) {
		t->site = &sites[i];
		ok = find_store(t) && (t->store.from == last || change_site(t));
		if (!ok)
			break;
		note_change(t);
		last = t->store.from;
	}
	*next = i;
	free(f->after);
	f->after = edits_apply(&edits, f->before);
	edits_free(&edits);
	t->edits = NULL;
	return ok;
}

/* Makes plan->moves the fields whose stores lack the lock, each once. */
static void choose_fields(struct fix_plan *plan, const struct lock_choice *c, struct arena *a)
{
	size_t i;
	uint32_t j;

	plan->nmoves = 0;
	plan->moves = arena_alloc(a, (c->nsites + 1) * sizeof(*plan->moves));
	for (i = 0; i < c->nsites; i++) {
		const struct unit_field *uf = &c->sites[i].unit->fields[c->sites[i].field];

		for (j = 0; j < plan->nmoves && plan->moves[j].judged != uf; j++)
			;
		if (j == plan->nmoves)
			plan->moves[plan->nmoves++] = (struct field_move){
				.unit = c->sites[i].unit,
				.judged = uf,
				.field = (uint32_t)(uf->field - c->sites[i].unit->record->fields),
				.behind = NONE,
			};
	}
}

/* Is a file with a store changed by an earlier patch, so that the facts do not tell where the store is? */
static bool is_touched(const struct taking *t)
{
	const struct patch *other;
	size_t i, j;

	for (other = t->s->patches; other < t->patch; other++)
		for (i = 0; i < other->nfiles; i++)
			for (j = 0; j < t->choice->nsites; j++)
				if (!strcmp(other->files[i].file,
					    str_get(t->choice->sites[j].write->loc.file)))
					return true;
	return false;
}

static bool change_all(struct taking *t)
{
	size_t i = 0;
	bool ok = true;

	t->patch->ntaken = 0;
	t->patch->lock_under = NULL;
	if (t->choice->refusal || !t->choice->nsites || is_touched(t)) {
		t->refusal = t->choice->refusal ? t->choice->refusal :
						  "an earlier patch changes a file of a store";
		return false;
	}
	while (ok && i < t->choice->nsites)
		ok = change_file(t, i, &i);
	if (!ok)
		patch_drop_files(t->patch);
	return ok;
}

/* The lock of the object that the fewest stores lack, of those that a store holds; NULL: there is none. */
static const struct lock_choice *best_own(const struct lock_choices *choices)
{
	size_t i;

	for (i = 0; i < choices->n; i++)
		if (choices->v[i].relation == REL_SELF && choices->v[i].nholders)
			return &choices->v[i];
	return NULL;
}

/* Why no lock was tried: of the best one, which stores lack it. */
static const char *no_choice(const struct lock_choices *choices, bool single, struct arena *a)
{
	const struct lock_choice *c = best_own(choices);
	size_t i, n = 0;
	const char *list = "";

	if (!single || !c)
		return "no store to a field of a conflict holds a lock of the object";
	for (i = 0; i < c->nsites && n < SITES_NAMED; i++, n++)
		list = arena_printf(a, "%s%s%s:%u", list, n ? ", " : "",
				    str_get(c->sites[i].write->loc.file),
				    c->sites[i].write->loc.line);
	return arena_printf(a, "%s, the best one, is lacked by %zu store%s of %zu (%s%s)",
			    str_get(c->name), c->nsites, c->nsites == 1 ? "" : "s",
			    c->nsites + c->nholders, list, n < c->nsites ? ", ..." : "");
}

bool taking_make(struct fix_series *s, struct patch *patch, bool single)
{
	struct taking t = { .s = s, .patch = patch, .a = &s->a };
	struct lock_choices choices = { 0 };
	const char *refusal = NULL;
	bool ok = false;
	size_t i;

	lock_choices_collect(s, &patch->plan, &choices);
	for (i = 0; i < choices.n && !ok; i++) {
		t.choice = &choices.v[i];
		if (single && !t.choice->single)
			continue;
		ok = change_all(&t);
		if (ok)
			choose_fields(&patch->plan, t.choice, &s->a);
		else if (!refusal)
			refusal = arena_printf(&s->a, "%s cannot be taken: %s",
					       str_get(t.choice->name), t.refusal);
	}
	if (ok) {
		patch->lock = t.choice->name;
		patch->lock_is_held = t.choice->rel != NONE;
		patch->plan.refusal = NULL;
	} else {
		patch->plan.refusal = refusal ? refusal : no_choice(&choices, single, &s->a);
		patch->plan.picture = NULL;
	}
	free(t.own.v);
	lock_choices_free(&choices);
	return ok;
}
