/* SPDX-License-Identifier: GPL-2.0-only */
/* fn.h - one function while its facts are built; all of it is dropped with its arena. */
#ifndef RACYBITS_FRONT_FN_H
#define RACYBITS_FRONT_FN_H

#include "memo.h"
#include "var.h"

struct bb;
struct jump;
struct label;
struct live_guard;
struct pending_goto;
struct value_set;

struct fn {
	struct front *fr;
	struct arena arena;
	struct function out; /* the fact */
	CXCursor decl;
	struct node *body;
	struct var *vars, **vars_end;
	struct memo *var_memos;
	struct node **stores; /* assignments of pointers to a member, see stack_member.c */
	size_t nstores, stores_cap;
	struct node **global_stores; /* those of pointers to variables with static storage */
	size_t nglobal_stores, global_stores_cap;
	struct fn_local *locals;
	size_t nlocals, locals_cap;
	struct call *calls;
	size_t ncalls, calls_cap;
	struct path *returns;
	size_t nreturns, returns_cap;
	const struct member_decl **branches_on; /* members that branches depend on */
	size_t nbranches_on, branches_on_cap;
	struct tested_member *tested;
	size_t ntested, tested_cap;
	struct part_write *parts;
	size_t nparts, parts_cap;
	struct assigned_member *assigned;
	size_t nassigned, assigned_cap;
	struct bb *bbs, **bbs_end; /* basic blocks; the first one is the entry */
	struct bb *cur;		   /* where events are appended */
	struct bb *trap;	   /* the endless loop that stands for not returning; NULL: none */
	struct live_guard *guards;
	struct jump *jump;
	struct label *labels;
	struct pending_goto *gotos;
	unsigned race_ok; /* depth of expressions that admit races, such as data_race() */
	unsigned ranging; /* depth of variables whose values are collected, see value_range.c, ... */
	unsigned nested;  /* ... and of operands whose range is asked for */
	struct value_set *results; /* what the function returns, if that is an integer */
	unsigned flat;		   /* paths are built without versions, see versions.h */
	unsigned depth;		   /* recursion of path_object() and path_value() */
};

/* Starts a function, or an initialiser at file scope, with `decl`; drop it with fn_drop(). */
void fn_init(struct fn *f, struct front *fr, CXCursor decl);
void fn_drop(struct fn *f);

#endif
