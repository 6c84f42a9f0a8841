// SPDX-License-Identifier: GPL-2.0-only
/* lock_around.c - the strategy "lock": a store gets calls around it that take and drop the lock. */
#include "bitops_text.h"
#include "decl.h"
#include "lock_around.h"
#include "kernel/linuxmodel.h"

static bool refuse(struct taking *t, const char *why)
{
	t->refusal = why;
	return false;
}

const char *indented_lines(const struct taking *t)
{
	const char *line = t->text + t->store.lines_from, *end = t->text + t->store.lines_to;
	const char *lines = "";
	size_t n;

	for (; line < end; line += n + 1) {
		n = strcspn(line, "\n");
		lines = arena_printf(t->a, "%s%s%.*s\n", lines, n ? "\t" : "", (int)n, line);
	}
	return lines;
}

/* --- where the lock is */

/*
 * The text that names the record `strip` members around the object: "c" for "c->bi" and 1.  *op is the
 * operator behind it.  NULL: it is not spelled by members.
 */
static const char *base_text(struct taking *t, uint32_t strip, const char **op)
{
	size_t end = t->spelled[1];
	uint32_t i;

	*op = t->text[end] == '.' ? "." : "->";
	for (i = 0; i < strip; i++) {
		const char *name = str_get(t->object->steps[t->object->nsteps - 1 - i].field);
		size_t n = strlen(name);

		if (end < t->spelled[0] + n + 2 || strncmp(t->text + end - n, name, n) != 0)
			return NULL;
		end -= n;
		*op = t->text[end - 1] == '.' ? "." : "->";
		end -= strlen(*op);
		if (strncmp(t->text + end, *op, strlen(*op)) != 0)
			return NULL;
	}
	return arena_printf(t->a, "%.*s", (int)(end - t->spelled[0]), t->text + t->spelled[0]);
}

/* --- may it be taken there */

/*
 * May a spinning lock be taken under the locks that callers hold?  A lock that sleeps is never taken under
 * a spinning one (Documentation/locking/locktypes.rst), so under it the order is the known one.
 */
static bool order_is_known(struct taking *t)
{
	bool known, sleeps;
	size_t i;

	for (i = 0; i < t->site->nheld; i++) {
		sleeps = lock_sleeps(series_lock_calls(t->s), t->site->held[i], &known);
		if (!known || !sleeps)
			return refuse(t, arena_printf(t->a,
						      "it is not known whether it may be taken "
						      "under %s, which is held",
						      str_get(t->site->held[i])));
	}
	return true;
}

static bool choice_sleeps(struct taking *t, bool *known)
{
	return lock_sleeps(series_lock_calls(t->s), t->choice->name, known);
}

/* Is it a function that the model has as one that takes or drops a lock? */
static bool is_lock_call(const struct linux_model *m, const struct function *f)
{
	return model_lock(m, f->name) != NULL;
}

/* Does the function call one behind which code may not sleep? */
static bool calls_atomic(const struct linux_model *m, const struct function *f)
{
	uint32_t i;

	for (i = 0; i < f->ncalls; i++)
		if (f->calls[i].kind == CALLEE_DIRECT &&
		    model_has(m, MODEL_ATOMIC, str_unqualified(f->calls[i].name)))
			return true;
	return false;
}

static bool is_callee(const struct function *f, str key)
{
	uint32_t i;

	for (i = 0; i < f->ncalls; i++)
		if (f->calls[i].kind == CALLEE_DIRECT && f->calls[i].name == key)
			return true;
	return false;
}

/* May the store be atomic by what the function, or one that it calls, has called before? */
static bool is_atomic_behind(const struct taking *t)
{
	const struct program *p = t->s->p;
	size_t i;

	if (calls_atomic(p->model, t->site->f))
		return true;
	for (i = 0; i < p->nfunctions; i++)
		if (calls_atomic(p->model, &p->functions[i]) &&
		    is_callee(t->site->f, p->functions[i].key) &&
		    !is_lock_call(p->model, &p->functions[i]))
			return true;
	return false;
}

/* --- as the function takes it elsewhere */

/* How a function takes and drops the lock. */
struct own_way {
	struct guard_text guard; /* a cleanup guard's: its class and argument; or 0 */
	const char *take, *drop; /* else the two calls, with their `;` */
};

/* The call that takes or drops the lock, with its `;`; NULL: it is no statement in this file. */
static const char *own_call(struct taking *t, const struct lock_call *c)
{
	struct statement_text st;

	if (c->loc.file != t->site->write->loc.file ||
	    !statement_of_call(&st, t->text, text_offset(t->text, c->loc.line, c->loc.col)))
		return NULL;
	return arena_printf(t->a, "%.*s", (int)(st.to - st.from), t->text + st.from);
}

/* The text of all calls of the function that take, or drop, the lock; NULL: they differ, or are none. */
static const char *own_text(struct taking *t, bool acquires)
{
	const char *first = NULL, *said;
	size_t i;

	for (i = 0; i < t->own.n; i++) {
		if (t->own.v[i].does.acquires != acquires)
			continue;
		said = own_call(t, &t->own.v[i]);
		if (!said || (first && strcmp(first, said) != 0))
			return NULL;
		first = said;
	}
	return first;
}

/* Do cleanup guards of one class, on one lock as it is spelled, take the lock, and nothing else? */
static bool own_guards(struct taking *t, struct guard_text *g)
{
	struct guard_text other;
	size_t i;

	for (i = 0; i < t->own.n; i++) {
		const struct lock_call *c = &t->own.v[i];

		if (!c->call->is_guard || !c->does.acquires || !c->does.always ||
		    c->loc.file != t->site->write->loc.file ||
		    !guard_of_call(&other, t->text, text_offset(t->text, c->loc.line, c->loc.col)))
			return false;
		if (i && (strcmp(str_get(other.class), str_get(g->class)) != 0 ||
			  strcmp(str_get(other.lock), str_get(g->lock)) != 0))
			return false;
		*g = other;
	}
	return t->own.n;
}

static bool find_own_way(struct taking *t, struct own_way *w)
{
	*w = (struct own_way){ 0 };
	if (own_guards(t, &w->guard))
		return true;
	w->guard = (struct guard_text){ 0 };
	w->take = own_text(t, true);
	w->drop = own_text(t, false);
	return w->take && w->drop;
}

/* Offset of the function's body, or 0. */
static size_t body_start(const struct taking *t)
{
	size_t at = text_offset(t->text, t->site->f->loc.line, t->site->f->loc.col);

	at += strcspn(t->text + at, "(");
	if (t->text[at])
		at = value_end(t->text, at + 1);
	at += strcspn(t->text + at, "{;");
	return t->text[at] == '{' ? at : 0;
}

/* Is the variable first named outside of inner blocks of the function, so that the store sees it? */
static bool is_seen(const struct taking *t, const char *name, size_t n)
{
	size_t at = body_start(t), depth = 0, next;

	for (; at && t->text[at] && at < t->store.from; at = next) {
		next = skip_literal(t->text, at);
		depth += next == at && t->text[at] == '{';
		depth -= next == at && t->text[at] == '}';
		if (next == at && !is_word(t->text[at - 1]) && !strncmp(t->text + at, name, n) &&
		    !is_word(t->text[at + n]))
			return depth == 1;
		next = next == at ? at + 1 : next;
	}
	return false;
}

/*
 * Is `arg` the argument of the function's own lock calls, spelled as the store names the object: "&p->lock",
 * or "p" of a function that takes the lock of p?
 */
static bool is_spelled_alike(struct taking *t, const char *arg)
{
	const struct lock_action *does = &t->own.v[0].does;
	const struct path *lock = &does->path;
	const char *base, *op;
	uint32_t common = steps_in_common(t->object, lock);

	if (lock->root == ROOT_GLOBAL && !lock->nsteps)
		return true;
	base = base_text(t, t->object->nsteps - common, &op);
	if (!base)
		return false;
	if (*arg == '&')
		return !strncmp(arg + 1, base, strlen(base)) &&
		       !strncmp(arg + 1 + strlen(base), op, strlen(op));
	return does->wraps && !strncmp(arg, base, strlen(base)) && strchr(",)", arg[strlen(base)]);
}

/* The same of the arguments of a call; those behind the first are variables that the store sees. */
static bool is_call_alike(struct taking *t, const char *call)
{
	const char *more = strchr(call, ',');

	if (more) {
		more += 1 + strspn(more + 1, " \t\n");
		if (!is_seen(t, more, strcspn(more, " ,)")))
			return false;
	}
	return is_spelled_alike(t, strchr(call, '(') + 1);
}

/* Puts calls around the lines of the store, with braces if it is all that an if or loop does. */
static void put_around(struct taking *t, const char *before, const char *behind)
{
	const struct statement_text *st = &t->store;
	const char *indent = t->text + st->lines_from;
	int n = (int)strspn(indent, " \t");

	if (st->header)
		edits_add(t->edits, st->header, st->header, " {");
	edits_add(t->edits, st->lines_from, st->lines_from, "%.*s%s\n", n, indent, before);
	edits_add(t->edits, st->lines_to, st->lines_to, "%.*s%s\n", n, indent, behind);
	if (st->header)
		edits_add(t->edits, st->lines_to, st->lines_to, "%.*s}\n", n - 1, indent);
}

/* The lines of the store, one tab further to the right, in the scope of a guard. */
static void put_guard(struct taking *t, str class, const char *lock)
{
	const char *line = t->text + t->store.lines_from;

	edits_add(t->edits, t->store.lines_from, t->store.lines_to, "%.*sscoped_guard(%s, %s)\n%s",
		  (int)strspn(line, " \t"), line, str_get(class), lock, indented_lines(t));
}

/* May the function, which takes the lock elsewhere and so may sleep there, sleep at the store? */
static bool may_sleep(struct taking *t)
{
	if (t->site->nheld)
		return refuse(t, arena_printf(t->a, "it sleeps, and %s is held",
					      str_get(t->site->held[0])));
	if (is_atomic_behind(t))
		return refuse(t, "it sleeps, and the function may be atomic");
	return true;
}

/* May the function, which takes the lock so elsewhere, take it so at the store? */
static bool may_spin(struct taking *t, const struct own_way *w)
{
	const struct linux_model *m = t->s->p->model;
	str name = w->take ? str_intern_n(w->take, strcspn(w->take, "(")) : 0;
	bool any_context = name ? model_paired(m, MODEL_PLAIN_LOCK, name, false) ||
					   model_paired(m, MODEL_GUARD_CLASS, name, true) :
				  model_paired(m, MODEL_GUARD_CLASS, w->guard.class, false) != 0;

	if (is_atomic_behind(t) && !any_context)
		return refuse(t, "the function may have interrupts off");
	return order_is_known(t);
}

/* The function takes the lock itself, in the same contexts: its callers do not hold it. */
static bool as_itself(struct taking *t)
{
	struct own_way way;
	bool known, sleeps = choice_sleeps(t, &known), alike;

	alike = find_own_way(t, &way) &&
		(way.take ? is_call_alike(t, way.take) && is_call_alike(t, way.drop) :
			    is_spelled_alike(t, str_get(way.guard.lock)));
	if (!alike)
		return refuse(t, "the function takes it otherwise than by one pair of calls");
	if (!(sleeps ? may_sleep(t) : may_spin(t, &way)))
		return false;
	if (way.take)
		put_around(t, way.take, way.drop);
	else
		put_guard(t, way.guard.class, str_get(way.guard.lock));
	return true;
}

/* --- as others take it */

/* The function or macro that is called at `loc`, by its text; 0: the file cannot be read.  *g: if it is a guard. */
static str called_at(const struct taking *t, const struct loc *loc, struct guard_text *g)
{
	char *path = xasprintf("%s/%s", t->s->o->kdir, str_get(loc->file));
	char *text = read_file(path, NULL);
	size_t at = text ? text_offset(text, loc->line, loc->col) : 0, end = at;
	str name;

	*g = (struct guard_text){ 0 };
	while (text && is_word(text[end]))
		end++;
	if (text && !guard_of_call(g, text, at))
		*g = (struct guard_text){ 0 };
	name = text ? str_intern_n(text + at, end - at) : 0;
	free(text);
	free(path);
	return name;
}

/* How the program takes the lock. */
struct habit {
	bool plain;   /* by functions that leave interrupts as they are, always */
	str lock;     /* the first of them */
	str guard;    /* class of a guard that takes it in any context, or 0 */
	bool in_file; /* somewhere in the file of the store */
};

static void find_habit(struct taking *t, struct habit *h)
{
	const struct lock_calls *all = series_lock_calls(t->s);
	const struct linux_model *m = t->s->p->model;
	size_t i;

	*h = (struct habit){ .plain = true };
	for (i = 0; i < all->n; i++) {
		const struct lock_call *c = &all->v[i];
		struct guard_text guard;
		str name;

		/* (a wrapper has a call of its own) */
		if (c->name != t->choice->name || (c->does.wraps && !c->call->is_guard))
			continue;
		name = called_at(t, &c->loc, &guard);
		h->in_file |= c->loc.file == t->site->write->loc.file;
		h->plain &= name && model_paired(m, MODEL_PLAIN_LOCK, name, false);
		h->lock = h->lock ? h->lock : name;
		if (!h->guard && c->call->is_guard)
			h->guard = model_paired(m, MODEL_GUARD_CLASS, guard.class, false) ?
					   guard.class :
					   0;
		else if (!h->guard)
			h->guard = model_paired(m, MODEL_GUARD_CLASS, name, true);
	}
}

/* "&c->space_lock" as the store would name it, or NULL. */
static const char *lock_text(struct taking *t, const struct habit *h)
{
	const char *name = str_get(t->choice->name), *dot = strchr(name, '.'), *base, *op;
	const struct path *p = t->object;
	str type = p->type;
	uint32_t strip = 0;

	if (!dot)
		return t->choice->relation == REL_GLOBAL && h->in_file ?
			       arena_printf(t->a, "&%s", name) :
			       NULL;
	while (str_unqualified(type) != str_intern_n(name, (size_t)(dot - name))) {
		if (strip == p->nsteps || p->steps[p->nsteps - 1 - strip].kind != STEP_FIELD)
			return NULL;
		type = p->steps[p->nsteps - 1 - strip++].record;
	}
	base = base_text(t, strip, &op);
	return base ? arena_printf(t->a, "&%s%s%s", base, op, dot + 1) : NULL;
}

/* Does the function jump by goto?  It must not have a guard then (linux/cleanup.h). */
static bool has_goto(const struct taking *t)
{
	size_t at = body_start(t);
	const char *jump = at ? strstr(t->text + at, "goto ") : NULL;

	return !at || (jump && jump < strstr(t->text + at, "\n}"));
}

/* Why the lock cannot be taken around the store as others take it, or NULL. */
static const char *refuse_habit(struct taking *t, const struct habit *h)
{
	if (t->site->unseen)
		return "not all callers of the function are known, which may hold it,";
	if (!h->plain && !h->guard)
		return "no other call saves whether interrupts are on, or all leave them as they are,";
	if (h->plain && (t->site->interrupt || !t->choice->task))
		return "a plain call takes it, and an interrupt stores";
	if (!h->plain && has_goto(t))
		return "the function has a goto, which a guard must not meet (linux/cleanup.h),";
	return NULL;
}

static bool as_others(struct taking *t)
{
	const struct linux_model *m = t->s->p->model;
	const char *lock, *why;
	bool known, sleeps = choice_sleeps(t, &known);
	struct habit habit;

	if (!known || sleeps)
		return refuse(t, known ? "it sleeps, and the function does not take it" :
					 "no call that takes it is known");
	find_habit(t, &habit);
	lock = lock_text(t, &habit);
	why = lock ? refuse_habit(t, &habit) : "the store does not name the object that it is in";
	if (why)
		return refuse(t, why);
	if (!order_is_known(t))
		return false;
	if (habit.plain)
		put_around(
			t, arena_printf(t->a, "%s(%s);", str_get(habit.lock), lock),
			arena_printf(t->a, "%s(%s);",
				     str_get(model_paired(m, MODEL_PLAIN_LOCK, habit.lock, false)),
				     lock));
	else
		put_guard(t, habit.guard, lock);
	return true;
}

bool lock_around(struct taking *t)
{
	return t->own.n ? as_itself(t) : as_others(t);
}
