/* SPDX-License-Identifier: GPL-2.0-only */
/* program.h - small programs made by hand, for the tests of link's passes. */
#ifndef RACYBITS_TESTS_PROGRAM_H
#define RACYBITS_TESTS_PROGRAM_H

#include <sys/mman.h>
#include <unistd.h>

#include "kernel/model_read.h"
#include "link/called_works.h"
#include "link/callgraph.h"
#include "link/funcptr.h"
#include "link/limit.h"
#include "link/lock_intern.h"
#include "link/slots.h"
#include "link/symtab.h"

#define PROGRAM_MAX 16 /* functions, and calls, blocks, events of a block, variables of each */

/* A program, and what link makes of it. */
struct hand_made {
	struct program p;
	struct linux_model model;
	struct arena arena;
	struct link l;
};

static inline void *room(struct hand_made *h, size_t size)
{
	return arena_alloc(&h->arena, PROGRAM_MAX * size);
}

/* Starts a program of which the model files say `text`. */
static inline void program_begin(struct hand_made *h, const char *text)
{
	int fd = memfd_create("model", 0);
	char path[64];

	memset(h, 0, sizeof(*h));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		abort();
	model_read(&h->model, (const char *const[]){ path }, 1);
	close(fd);
	h->p.functions = room(h, sizeof(struct function));
	h->p.records = room(h, sizeof(struct record));
	h->p.slots = room(h, sizeof(struct slot_store));
	h->p.model = &h->model;
	h->l = (struct link){ .p = &h->p, .model = &h->model, .arena = &h->arena };
}

static inline void program_end(struct hand_made *h)
{
	arena_free(&h->arena);
	model_free(&h->model);
}

/* A function with one empty block; its number. */
static inline uint32_t add_function(struct hand_made *h, const char *name, uint32_t nparams)
{
	uint32_t f = (uint32_t)h->p.nfunctions++, i;
	struct function *fn = &h->p.functions[f];

	fn->key = fn->name = str_intern(name);
	fn->loc = (struct loc){ str_intern("a.c"), f + 1, 1 };
	fn->nparams = nparams;
	fn->params = room(h, sizeof(struct param));
	fn->locals = room(h, sizeof(struct local));
	fn->calls = room(h, sizeof(struct call));
	fn->blocks = room(h, sizeof(struct block));
	fn->returns = room(h, sizeof(struct path));
	fn->tested = room(h, sizeof(struct tested_member));
	fn->assigned = room(h, sizeof(struct assigned_member));
	for (i = 0; i < PROGRAM_MAX; i++) {
		fn->blocks[i].events = room(h, sizeof(struct event));
		fn->blocks[i].succs = room(h, sizeof(uint32_t));
		fn->blocks[i].test = NO_TEST;
	}
	fn->nblocks = 1;
	return f;
}

static inline struct function *function_of(struct hand_made *h, uint32_t f)
{
	return &h->p.functions[f];
}

/* A record with a bitfield of one bit, which is a unit. */
static inline void add_record(struct hand_made *h, const char *key, const char *field)
{
	struct record *r = &h->p.records[h->p.nrecords++];

	r->key = r->name = str_intern(key);
	r->fields = room(h, sizeof(struct field));
	r->units = room(h, sizeof(struct unit));
	r->fields[0] = (struct field){ .name = str_intern(field),
				       .bit_size = 1,
				       .flags = FIELD_BITFIELD };
	r->nfields = r->nunits = 1;
	r->units[0].bit_size = 1;
}

static inline void add_slot(struct hand_made *h, const char *record, const char *field,
			    const char *func)
{
	h->p.slots[h->p.nslots++] =
		(struct slot_store){ .record = str_intern(record),
				     .field = str_intern(field),
				     .func = str_intern(func),
				     .loc = { str_intern("a.c"), 1, 1 } };
}

/* A path; `field` NULL: the root itself, else the member record.field of it. */
static inline const struct path *make_path(struct hand_made *h, uint32_t root, uint32_t index,
					   const char *record, const char *field)
{
	struct path *p = arena_alloc(&h->arena, sizeof(*p));

	p->root = root;
	p->index = index;
	if (field)
		p->steps[p->nsteps++] =
			(struct step){ STEP_FIELD, str_intern(record), str_intern(field) };
	else
		p->type = str_intern(record);
	return p;
}

static inline const struct path *param_path(struct hand_made *h, uint32_t index)
{
	return make_path(h, ROOT_PARAM, index, NULL, NULL);
}

static inline const struct path *number_path(struct hand_made *h, const char *value)
{
	struct path *p = arena_alloc(&h->arena, sizeof(*p));

	p->root = ROOT_NULL;
	p->name = str_intern(value);
	return p;
}

/* The last event of a block. */
static inline struct event *add_event(struct hand_made *h, uint32_t f, uint32_t block,
				      uint32_t kind)
{
	struct block *b = &h->p.functions[f].blocks[block];
	struct event *e = &b->events[b->nevents++];

	e->kind = kind;
	e->local = NONE;
	e->obj = e->src = &path_none;
	return e;
}

/* A call of `name` in a block with one argument, or none (NULL); its number. */
static inline uint32_t add_call(struct hand_made *h, uint32_t f, uint32_t block, const char *name,
				const struct path *arg)
{
	struct function *fn = &h->p.functions[f];
	struct call *c = &fn->calls[fn->ncalls];

	c->kind = CALLEE_DIRECT;
	c->name = str_intern(name);
	c->base = &path_none;
	c->dst = NONE;
	c->args = room(h, sizeof(*c->args));
	if (arg)
		c->args[c->nargs++] = arg;
	add_event(h, f, block, EV_CALL)->call = fn->ncalls;
	return fn->ncalls++;
}

/* A store to the bitfield record.field of the object `obj`. */
static inline void add_write(struct hand_made *h, uint32_t f, uint32_t block, const char *record,
			     const char *field, uint32_t param)
{
	struct event *e = add_event(h, f, block, EV_ACCESS);

	e->access = ACCESS_WRITE;
	e->field = str_intern(field);
	e->obj = make_path(h, ROOT_PARAM, param, record, NULL);
}

static inline void add_edge(struct hand_made *h, uint32_t f, uint32_t from, uint32_t to)
{
	struct block *b = &h->p.functions[f].blocks[from];

	b->succs[b->nsuccs++] = to;
	if (h->p.functions[f].nblocks <= to)
		h->p.functions[f].nblocks = to + 1;
}

/* The passes up to the call graph; program_unlink() frees what they made, and ends the program. */
static inline void program_link(struct hand_made *h)
{
	limits_begin(&h->l);
	lock_intern_begin(&h->l);
	symtab_build(&h->l);
	symtab_check(&h->l);
	called_works_find(&h->l);
	funcptr_solve(&h->l);
	funcptr_check(&h->l);
	slots_collect(&h->l);
	slots_check(&h->l);
	callgraph_build(&h->l);
	callgraph_check(&h->l);
}

static inline void program_unlink(struct hand_made *h)
{
	slots_free(&h->l);
	funcptr_free(&h->l);
	called_works_free(&h->l);
	symtab_free(&h->l);
	lock_intern_end(&h->l);
	limits_end(&h->l);
	program_end(h);
}

/* The place of the function in l->bottom_up. */
static inline uint32_t bottom_up_place(const struct hand_made *h, uint32_t f)
{
	uint32_t i;

	for (i = 0; h->l.bottom_up[i] != f; i++)
		;
	return i;
}

#endif
