/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * node.h - the syntax tree of a function as the front end walks it.
 *
 * libclang's tree is rewritten once: parentheses are dropped, and operands that are not evaluated
 * (C11 6.5.3.4, GNU typeof); __builtin_choose_expr() and _Generic are replaced by the chosen operand,
 * `*&x` by x.  Of the implicit conversions, which libclang hides, those of integers by assignment,
 * argument, return and ?: become casts.
 */
#ifndef RACYBITS_FRONT_NODE_H
#define RACYBITS_FRONT_NODE_H

#include "base/integer.h"
#include "record.h"

struct fn;
struct var;

enum node_kind {
	NODE_OTHER,  /* evaluates its kids in order; its value is not followed */
	NODE_CONST,  /* the integer `value` */
	NODE_EVAL,   /* a constant that clang evaluates on demand: a literal, sizeof */
	NODE_REF,    /* names a variable or function: `at` refers to it */
	NODE_MEMBER, /* `member` of kid 0, a record or a pointer to one */
	NODE_DEREF,
	NODE_ADDR,
	NODE_CAST,
	NODE_NOT,
	NODE_UNARY, /* +, -, ~: `op` */
	NODE_INCDEC,
	NODE_INDEX,
	NODE_ASSIGN,
	NODE_UPDATE, /* compound assignment */
	NODE_BINARY, /* `op` */
	NODE_AND,
	NODE_OR,
	NODE_COMMA,
	NODE_COND,  /* c ? a : b */
	NODE_ELVIS, /* a ?: b (GNU C) */
	NODE_CALL,  /* kid 0: the function, then the arguments */
	NODE_UNREACHABLE,
	NODE_OFFSETOF,	 /* `designators` name the member */
	NODE_STMTEXPR,	 /* ({ ... }) (GNU C); kid 0: its NODE_BLOCK */
	NODE_INIT,	 /* a braced initialiser list; kids are values or NODE_DESIGNATED */
	NODE_DESIGNATED, /* .a[1] = kid 0: `designators` */
	NODE_LITERAL,	 /* compound literal; kid 0: its initialiser */
	/* statements */
	NODE_BLOCK, /* a compound statement, which is a scope */
	NODE_LIST,  /* statements without a scope of their own */
	NODE_VAR,   /* declares `var`; kid 0: its initialiser, if any */
	NODE_IF,    /* condition, then, else (may be missing) */
	NODE_WHILE,
	NODE_DO,     /* body, condition */
	NODE_FOR,    /* init, condition, increment, body: NULL where missing */
	NODE_SWITCH, /* value, body */
	NODE_CASE,   /* one value or two (GNU range), then the statement */
	NODE_DEFAULT,
	NODE_LABEL,
	NODE_GOTO,
	NODE_GOTO_ANY, /* goto *p (GNU C) */
	NODE_BREAK,
	NODE_CONTINUE,
	NODE_RETURN,
	NODE_ASM,
};

/* .member or [first ... last] */
struct designator {
	const struct member_decl *member; /* NULL: an array index */
	long long first, last;		  /* the same for [index]; negative: not known */
};

struct node {
	uint32_t kind; /* enum node_kind */
	uint32_t op;   /* enum CXBinaryOperatorKind or CXUnaryOperatorKind */
	CXCursor at;
	CXType type;			  /* canonical; statements have none */
	long long value;		  /* NODE_CONST */
	const struct member_decl *member; /* NODE_MEMBER */
	struct var *var; /* NODE_VAR; NODE_REF: NULL for what is not the function's */
	uint32_t ndesignators;
	struct designator *designators;
	uint32_t call;	/* NODE_CALL: index into fn.calls, or NONE while it has none */
	uint32_t local; /* NODE_COND, NODE_ELVIS: local that stands for its value, or NONE */
	uint32_t width; /* NODE_CAST to a bitfield: its width in bits, else 0 */
	bool targets;	/* a label or case is in it */
	uint32_t n;
	struct node **kids;
};

/* Returns a node without kids; nodes live as long as the function. */
struct node *node_new(struct fn *f, enum node_kind kind, CXCursor at);
/* Gives a node room for so many kids. */
void node_reserve(struct fn *f, struct node *n, size_t kids);
/*
 * Pushes the children of a cursor on fr->kids and returns the index of the first; *n: how many.  The
 * caller pops them by setting fr->nkids back to that index.
 */
size_t node_push(struct front *fr, CXCursor c, size_t *n);
/* The integer type of the values of an expression, of a bitfield with its width; see type_integer(). */
struct integer node_integer(const struct node *n);
/*
 * The expression converted to the canonical type of an object (of a bitfield of `width` bits if that is
 * not 0): a cast, or `n` itself if both are no integers or the types agree.
 */
struct node *node_convert(struct fn *f, struct node *n, CXType to, uint32_t width);
/* The operand of any number of casts. */
struct node *node_uncast(struct node *n);
/* The operand of casts that do not change the value, and do not make a number of anything else. */
struct node *node_same_value(struct node *n);
/* The operand of casts that change no value to zero. */
struct node *node_same_zero(struct node *n);
/* The expression without the conversions that the source does not spell, see node_convert(). */
struct node *node_as_written(struct node *n);
/* The expression that gives a statement expression its value; NULL: it has none. */
struct node *node_last(const struct node *stmtexpr);
/* Lets clang evaluate an integer constant expression (C11 6.6); false: it is none. */
bool node_evaluate(CXCursor c, long long *value);

#endif
