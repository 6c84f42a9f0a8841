// SPDX-License-Identifier: GPL-2.0-only
/*
 * user_files.c - the files of sysfs, debugfs and the like by which user space enters a function.
 *
 * What serialises the callbacks of a file belongs to one struct file (fs/kernfs/file.c,
 * fs/seq_file.c).  It excludes nobody who has opened another file.
 */
#include "user_files.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "registrations.h"
#include "rules.h"
#include "slots.h"

/* Files are of one group if they are likely of one object. */
struct user_file {
	bool made; /* by a call in function `group`; else it is a variable in source file `group` */
	uint32_t group;
};

struct user_files {
	struct user_file *all;
	size_t n, cap;
	struct keymap of;      /* function: indexes into `all` */
	struct keymap entered; /* the same: functions that it has */
	struct keymap debug;   /* names of functions that are entered by files to find errors */
};

static void add_file(struct user_files *u, uint32_t function, bool made, uint32_t group)
{
	keymap_add(&u->of, function, (uint32_t)u->n);
	*vec_add(u->all, u->n, u->cap) = (struct user_file){ made, group };
}

/* May any number of tasks enter what is stored in the slot? */
static bool is_entered_by_tasks(const struct link *l, const struct stored *s)
{
	const struct entry_rule *r = registrations_rule(l, s);

	return rule_is_entry(r) && r->phase == PHASE_RUNTIME &&
	       model_has(l->model, MODEL_PARALLEL, r->context);
}

/* Each variable that is an attribute is a file; of tables of callbacks files are made by calls. */
static void note_initialisers(struct link *l)
{
	struct user_files *u = l->user_files;
	size_t i;

	for (i = 0; i < l->slots->nstored; i++) {
		const struct stored *s = &l->slots->stored[i];

		if (!s->object || !is_entered_by_tasks(l, s))
			continue;
		if (model_has(l->model, MODEL_FILE, str_unqualified(s->record)))
			add_file(u, s->function, false, l->p->functions[s->function].loc.file);
		else
			keymap_add(&u->entered, s->object, s->function);
	}
}

static void note_call(struct link *l, uint32_t f, const struct call *c)
{
	struct user_files *u = l->user_files;
	const uint32_t *entered;
	size_t n, i;
	uint32_t a;

	for (a = 0; c->kind == CALLEE_DIRECT && a < c->nargs; a++) {
		if (c->args[a]->root != ROOT_GLOBAL || c->args[a]->nsteps)
			continue;
		n = 0;
		entered = keymap_list(&u->entered, c->args[a]->name, &n);
		for (i = 0; entered && i < n; i++) {
			add_file(u, entered[i], true, f);
			if (call_has(l, c, MODEL_DEBUG_FILE))
				keymap_mark(&u->debug, l->p->functions[entered[i]].name);
		}
	}
}

void user_files_find(struct link *l)
{
	uint32_t f, c;

	l->user_files = xcalloc(1, sizeof(*l->user_files));
	note_initialisers(l);
	for (f = 0; f < l->p->nfunctions; f++)
		for (c = 0; c < l->p->functions[f].ncalls; c++)
			note_call(l, f, &l->p->functions[f].calls[c]);
}

void user_files_free(struct link *l)
{
	keymap_free(&l->user_files->of);
	keymap_free(&l->user_files->entered);
	keymap_free(&l->user_files->debug);
	free(l->user_files->all);
	free(l->user_files);
	l->user_files = NULL;
}

bool user_files_are_two(const struct link *l, uint32_t a, uint32_t b)
{
	const struct user_files *u = l->user_files;
	size_t na = 0, nb = 0, i, k;
	const uint32_t *of_a = keymap_list(&u->of, a, &na), *of_b = keymap_list(&u->of, b, &nb);

	for (i = 0; of_a && i < na; i++)
		for (k = 0; of_b && k < nb; k++) {
			const struct user_file *x = &u->all[of_a[i]], *y = &u->all[of_b[k]];

			if (x != y && x->made == y->made && x->group == y->group)
				return true;
		}
	return false;
}

bool enters_to_debug(const struct link *l, str function)
{
	return keymap_has(&l->user_files->debug, function);
}
