/* SPDX-License-Identifier: GPL-2.0-only */
/* var.h - the variables of a function and the values they are given. */
#ifndef RACYBITS_FRONT_VAR_H
#define RACYBITS_FRONT_VAR_H

#include "node.h"

enum var_kind { VAR_PARAM, VAR_LOCAL, VAR_STATIC };

struct var {
	CXCursor decl;
	uint32_t kind;	/* enum var_kind */
	uint32_t index; /* of a parameter */
	uint32_t local; /* index into fn.locals, or NONE while it has none */
	str name;
	CXType type;	    /* canonical */
	struct node **defs; /* the values it is given, flow-insensitively */
	size_t ndefs, defs_cap;
	bool addressed;	  /* its address is taken, or asm may assign it, whatever its type */
	uint32_t ranging; /* value_range.c: 1 + its depth while its values are collected, else 0 */
	uint32_t ranging_nested; /* fn.nested then */
	bool ranged;		 /* its values are known ... */
	uint32_t nvalues;	 /* ... and are these */
	struct value_source *values;
	bool unknown;	       /* its address is taken: it may have other values */
	bool tested;	       /* a branch depends on it */
	bool from_call;	       /* one of the values is a call's result */
	bool is_guard;	       /* a cleanup guard: its class's constructor makes it */
	str cleanup;	       /* function of its cleanup attribute; 0: it has none */
	CXCursor cleanup_decl; /* its declaration, or the null cursor */
	bool compared;	       /* a branch compares it with another pointer */
	bool pinned;	       /* versioned, and what its definitions go through is stored to */
	bool versioned;	       /* its paths are told apart by definition, see versions.h */
	enum { VALUE_UNKNOWN, VALUE_SEARCHING, VALUE_KNOWN } state; /* of `path` */
	struct var *pointee; /* of a parameter: the integer that it points to, or NULL */
	uint32_t pointed_by; /* of such an integer: 1 + index of the parameter; else 0 */
	bool in_address;     /* its definitions are being followed by address.c */
	bool in_callee;	     /* ... by call.c */
	bool in_const;	     /* ... by node_const.c */
	bool in_extent;	     /* its definitions are being followed by extent.c */
	struct path path;    /* what a pointer with a single definition points to */
	struct var *next;    /* all of the function, in order */
};

/* A local of the function as reported, and what its definitions are made from. */
struct fn_local {
	struct local local;
	struct var *var;      /* NULL: it stands for the value of a conditional expression */
	bool version;	      /* or for a version of a variable, and `local` is complete */
	struct node *defs[2]; /* whose two values these are */
};

/* The variable of the function that this declaration is, or NULL. */
struct var *var_find(struct fn *f, CXCursor decl);
/* The same, made if it is not there. */
struct var *var_add(struct fn *f, CXCursor decl, enum var_kind kind);
/*
 * The variable that an lvalue names: also the integer that a parameter points to, if the function
 * assigns it or passes its address on, and the parameter itself is assigned nothing.  Or NULL.
 */
struct var *var_of(const struct node *n);
/* Notes every definition in the body, and sets node.targets; once, when the body is built. */
void var_collect(struct fn *f, struct node *n);
/* The index of the variable in the function's locals. */
uint32_t var_local(struct fn *f, struct var *v);
/* The index of a nameless local that has the value of `a` or `b`, the arms of `n`. */
uint32_t var_anonymous(struct fn *f, struct node *n, struct node *a, struct node *b);
/* The name of a variable with static storage (C11 6.2.4) as facts give it, see front.h. */
str var_global_name(struct front *fr, CXCursor decl);

#endif
