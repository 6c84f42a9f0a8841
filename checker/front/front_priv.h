/* SPDX-License-Identifier: GPL-2.0-only */
/* front_priv.h - what the files of the front room share; the order below is bottom up. */
#ifndef RACYBITS_FRONT_PRIV_H
#define RACYBITS_FRONT_PRIV_H

#include <clang-c/Index.h>
#include <uthash.h>

#include "front.h"
#include "base/util.h"

/* ------------------------------------------------------------------- tu.c */

/* One translation unit being extracted.  Everything in it lives in `arena`. */
struct front {
	CXTranslationUnit unit;
	const struct sink *sink;
	struct arena arena;
	char *kdir, *kdir_real; /* as given and resolved, without trailing slash */
	CXFile main;
	CXFile annotations;	/* our own header, NULL: none; no fact */
	struct pch *pch;	/* the unit is parsed with it; NULL: without */
	bool *reached;		/* by file of pch: the unit includes it */
	struct global *globals; /* variables at file scope, by name; see visible_global() */
	bool globals_known;
	bool fatal; /* what was wrong with the unit is wrong with or without annotations */
	const char *main_dir;	      /* of the main file as named in facts, with slash */
	struct source *sources;	      /* by CXFile */
	struct memo *memos;	      /* by cursor */
	struct rec *recs, **recs_end; /* every record met, in order */
	struct callee **pending;      /* inline functions still to be extracted */
	size_t npending, pending_cap;
	CXCursor *kids; /* stack of children, for node_build() */
	size_t nkids, kids_cap;
};

/* What is known of one declaration.  `value` is a struct rec, member or callee, by its kind. */
struct memo {
	unsigned hash; /* of the cursor */
	CXCursor cursor;
	void *value;
	struct memo *next; /* same hash, another cursor */
	UT_hash_handle hh;
};

/* Sets up and drops everything but the unit; `sink` may be NULL. */
void front_init(struct front *fr, const struct front_options *opt, const struct tu *tu,
		const struct sink *sink);
void front_free(struct front *fr);

/*
 * A new index, the caller's.  libclang is not to recover from a crash: it would go on with what a parser
 * left behind in mid-work, and the same file would be tried again with other flags.  A crash ends the
 * worker process instead, which the pool reports with the file.
 */
CXIndex front_index(int exclude_precompiled);

/* The place for what is known of a declaration; *place is NULL the first time. */
void **front_memo(struct front *fr, CXCursor decl);
/* The same in any table. */
void **memo_place(struct memo **memos, struct arena *a, CXCursor decl);

/* ----------------------------------------------------------------- source.c */

struct source {
	CXFile file;
	str name;	  /* as facts name it */
	bool ours;	  /* the main file or a header private to its directory */
	bool local;	  /* read for this unit, not with a precompiled header */
	uint32_t pch;	  /* its index in fr->pch, or NONE */
	const char *text; /* NUL-terminated contents, or ""; NULL: not read, see source_read() */
	size_t bytes;
	UT_hash_handle hh;
};

/* Never NULL: for no file there is an entry without name and text. */
struct source *source_of(struct front *fr, CXFile file);
/* Sees to it that `text` and `bytes` are there. */
void source_read(struct front *fr, struct source *s);
/* The place of a cursor in the file it was written in: of a macro's expansion where it begins, of
 * a macro argument where it stands.  *at (may be NULL) is its offset in the text. */
struct source *source_place(struct front *fr, CXCursor c, struct loc *loc, size_t *at);
struct loc source_loc(struct front *fr, CXCursor c);
/* Extent of a cursor in the file its beginning was expanded in; false if it spans files. */
bool source_extent(struct front *fr, CXCursor c, const struct source **s, size_t *from, size_t *to);
/* Text of the comment that stands over the declaration at [from, to), or behind it; 0: none. */
str source_comment(const struct source *s, size_t from, size_t to);
/* How far the members of a record were read for the comments that stand over groups of them. */
struct group_scan {
	size_t at; /* start of a line */
	str alone; /* the last comment with a blank line behind it: for all that follow */
	str run;   /* the last one that heads the lines up to the next blank one */
};
/* Those two for the declaration at `from`, not before the one asked for last; 0: none. */
str source_group_comment(const struct source *s, struct group_scan *g, size_t from);
/* Is `at` between preprocessor conditionals that were opened after `from`? */
bool source_conditional(const struct source *s, size_t from, size_t at);
/* Offset of the first byte at or after `at` that is neither blank nor comment. */
size_t source_skip(const struct source *s, size_t at);
/* Interns a cursor's spelling; frees what libclang allocated. */
str source_spelling(CXCursor c);
/* The same for what is declared in a function, without the number that __COUNTER__ gave it: that
 * changes with every header included before. */
str source_inner_name(CXCursor c);

/* ----------------------------------------------------------------- macros.c */

enum mention {
	MENTION_USED, /* stands somewhere, but not in the definition of a macro */
	MENTION_DEFINED,
	MENTION_UNDEFINED,
	MENTION_IFNDEF,	 /* #ifndef of it */
	MENTION_INCLUDE, /* not a name: here an #include stands */
};

/* Calls back for every name in a text, in order.  Comments and literals are skipped. */
void macros_scan(const char *text, size_t bytes,
		 void (*use)(void *ctx, enum mention what, const char *name, size_t n), void *ctx);

/* Does a text begin like that of a header that is guarded against being read twice? */
bool macros_guarded(const char *text);

/* -------------------------------------------------------------------- pch.c */

struct pch_file {
	str name;	    /* as in facts */
	str opened;	    /* as clang knows it */
	uint32_t *includes; /* indexes of files */
	uint32_t n;
	bool root;  /* included by a command line */
	char *text; /* its contents once they were asked for */
	size_t bytes;
	UT_hash_handle hh;
};

/* A variable declared at file scope. */
struct pch_global {
	str name;
	uint32_t file;		 /* index */
	uint32_t offset;	 /* of its name in the file */
	struct pch_global *next; /* of the same name, in order */
	UT_hash_handle hh;
};

/* Files that mention a name where it may be a macro, and that would then be others. */
struct mention_list {
	str name;
	uint32_t n;
	uint32_t *files; /* indexes */
	UT_hash_handle hh;
};

struct pch {
	const struct tu *tu; /* it is built with the options of this unit */
	char *text;	     /* the main file: includes */
	int fd;		     /* of the finished file, -1: not to be used */
	struct arena arena;  /* of what follows */
	struct pch_file *files, *by_name;
	uint32_t nfiles;
	struct pch_global *globals;    /* by name */
	struct mention_list *mentions; /* by name: it would be another one with such a macro */
};

/* The clang arguments for a unit; `annotations`, `overlay` and `pch` may be NULL.  Returns the source
 * file; caller frees a->v. */
struct cc_args {
	const char **v;
	size_t n, cap;
};
const char *cc_args_make(struct cc_args *a, const struct tu *tu, struct arena *arena,
			 const char *annotations, const char *overlay, const struct pch *pch);
void cc_args_add(struct cc_args *a, const char *s);

struct buf;
/* Builds it into the file `path` and appends its description to `reply`; nothing if it fails. */
void pch_make(struct pch *pch, const struct front_options *opt, const char *path,
	      struct buf *reply);
/* Fills in what pch_make() described; false if there is nothing. */
bool pch_read(struct pch *pch, const unsigned char *data, size_t n);

/* ---------------------------------------------------------------- pch_visible.c */

/*
 * To be called once the unit is parsed, with fr->pch or without.  False: with the precompiled header
 * the unit may not be what it is without.
 */
bool visible_begin(struct front *fr);
/* Would the declaration be there without the headers of other units? */
bool visible(struct front *fr, CXCursor decl);
/* Reports every file that was read. */
void visible_files(struct front *fr);
/* Finds a variable declared at file scope. */
bool visible_global(struct front *fr, str name, CXCursor *decl);

/* ----------------------------------------------------------------- missing_headers.c */

/* clang's words behind the name of a header in quotes */
#define FILE_NOT_FOUND "' file not found"

/*
 * To be called for a unit that could not be parsed (fr->unit NULL: `source` was not read at all): reports
 * what was read for it, and the places of files that were not found.
 */
void absent_report(struct front *fr, const struct tu *tu, const char *source,
		   const struct cc_args *args);

/* ----------------------------------------------------------------- record.c */

struct rec {
	CXCursor decl;
	str key;
	bool opaque;	       /* not defined in this unit */
	bool touched;	       /* named by a fact of this unit */
	int bits;	       /* has named bitfields, itself or embedded: 0 not known yet,
					 * 1 no, 2 yes, 3 being looked at */
	bool overlays;	       /* some member shares bits with a bitfield of it */
	struct record *record; /* filled by record_fill() */
	struct rec *next;
};

/* A member as accesses see it: anonymous records around it are looked through. */
struct member {
	struct rec *rec; /* the named record it belongs to */
	str name;	 /* 0: an anonymous struct or union */
	bool bitfield;
	CXType type; /* canonical */
};

/* The named record that a record declaration is, or is an anonymous part of; marks it touched. */
struct rec *record_of(struct front *fr, CXCursor decl);
/* Record of a type through arrays, NULL if it is none. */
struct rec *record_of_type(struct front *fr, CXType type);
/* Key of that record, or of what a pointer type points to; 0: not a record. */
str record_key(struct front *fr, CXType type);
str record_pointee_key(struct front *fr, CXType type);
const struct member *record_member(struct front *fr, CXCursor field);
/* Has it named bitfields, or embeds a record that does? */
bool record_has_bits(struct front *fr, struct rec *r);
/* Does this member, not a bitfield itself, share bits with a bitfield of its record? */
bool record_overlays(struct front *fr, const struct member *m);
/* Reports the records with bits that were touched, and what they embed. */
void record_report(struct front *fr);
/* Finds a member by name, anonymous members looked through; false: there is none. */
bool record_find(CXType record, const char *name, size_t n, CXCursor *field);

/* ------------------------------------------------------------------- node.c */

/*
 * A function body is first rewritten into nodes: parentheses and implicit casts are gone, `typeof`
 * operands (not evaluated) too, __builtin_choose_expr() and _Generic are replaced by the chosen
 * operand, `*&x` by x.
 */
enum node_kind {
	NODE_OTHER,  /* evaluates its kids in order; its value is not followed */
	NODE_CONST,  /* `value` */
	NODE_EVAL,   /* a constant that clang evaluates: a literal, sizeof */
	NODE_REF,    /* names a variable, function or enumerator: `at` refers to it */
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
	NODE_ELVIS, /* a ?: b */
	NODE_CALL,  /* kid 0: the function, then arguments */
	NODE_UNREACHABLE,
	NODE_OFFSETOF,	 /* path of members: `designators` */
	NODE_STMTEXPR,	 /* kid 0: its NODE_BLOCK */
	NODE_INIT,	 /* an initialiser list; kids are values or NODE_DESIGNATED */
	NODE_DESIGNATED, /* `designators` of kid 0 */
	NODE_LITERAL,	 /* compound literal; kid 0: its initialiser */
	/* statements */
	NODE_BLOCK, /* a compound statement, which is a scope */
	NODE_LIST,  /* statements without scope */
	NODE_VAR,   /* declares `var`; kid 0: its initialiser, if any */
	NODE_IF,    /* condition, then, else (may be missing) */
	NODE_WHILE,
	NODE_DO,     /* condition, body */
	NODE_FOR,    /* init, condition, increment, body: NULL where missing */
	NODE_SWITCH, /* value, body */
	NODE_CASE,   /* one value or two, statement */
	NODE_DEFAULT,
	NODE_LABEL,
	NODE_GOTO,
	NODE_GOTO_ANY,
	NODE_BREAK,
	NODE_CONTINUE,
	NODE_RETURN,
	NODE_ASM,
};

struct node {
	uint32_t kind; /* enum node_kind */
	uint32_t op;   /* enum CXBinaryOperatorKind, CXUnaryOperatorKind */
	CXCursor at;
	CXType type;		     /* canonical; of statements none */
	long long value;	     /* NODE_CONST */
	const struct member *member; /* NODE_MEMBER */
	struct var *var;	     /* NODE_VAR, and NODE_REF to a variable of the function */
	uint32_t ndesignators;
	const struct member **designators; /* NULL entries are array indexes */
	uint32_t call;			   /* NODE_CALL: index, or NONE while it has none */
	uint32_t local; /* NODE_COND, NODE_ELVIS: stands for its value, or NONE */
	bool targets;	/* a label or case is in it */
	uint32_t n;
	struct node **kids;
};

enum var_kind { VAR_PARAM, VAR_LOCAL, VAR_STATIC };

/* A variable of the function. */
struct var {
	CXCursor decl;
	uint32_t kind;	/* enum var_kind */
	uint32_t index; /* of a parameter */
	uint32_t local; /* index into fn.locals, or NONE while it has none */
	str name;
	CXType type;	    /* canonical */
	struct node **defs; /* values it is given */
	size_t ndefs, defs_cap;
	bool unknown;	/* its address is taken */
	bool tested;	/* a branch depends on it */
	bool from_call; /* some value is a call's result */
	bool guard;	/* has a cleanup attribute */
	int state;	/* of `path`: 0 not known, 1 being found, 2 found */
	struct path path;
	struct var *next; /* all of the function, in order */
};

struct block_events {
	struct event event;
	struct block_events *next;
};

/* A block under construction. */
struct bb {
	struct block_events *events, **events_end;
	struct bb **succs;
	size_t nsuccs, succs_cap;
	struct test test;
	uint32_t return_kind, return_index;
	uint32_t npreds, id;
	bool live; /* entry or label: not dead for want of predecessors */
	bool reached;
	struct bb *next; /* all of the function, in order of creation */
};

/* A cleanup guard that is alive; the chain is the stack of them. */
struct guard {
	struct guard *prev;
	uint32_t call; /* its constructor */
};

/* Where break and continue go, and the cases of a switch. */
struct jump {
	struct bb *to_break, *to_continue;
	struct guard *break_guards, *continue_guards;
	struct bb *head;	/* of the switch, behind the cases so far; NULL: a loop */
	struct bb *test;	/* what to test for each case; NULL: nothing that is followed */
	struct bb *other;	/* its default, if there is one */
	bool constant, matched; /* it is of a constant, and some case is of it */
	long long value;
	struct jump *prev;
};

struct label {
	CXSourceLocation loc;
	struct bb *bb;
	struct guard *guards;
	struct label *next;
};

struct leap { /* a goto, finished when all labels are known */
	struct bb *from;
	struct guard *guards;
	struct label *to;
	CXCursor at;
	struct leap *next;
};

/* A local of the function as reported, with what its definitions are made from. */
struct fn_local {
	struct local local;
	struct var *var;      /* NULL: stands for a conditional expression */
	struct node *defs[2]; /* then its two values */
};

/* One function being extracted; dropped as a whole with its arena. */
struct fn {
	struct front *fr;
	struct arena arena;
	struct function out;
	CXCursor decl;
	struct node *body;
	struct var *vars, **vars_end;
	struct memo *var_memos;
	struct node **stores; /* assignments to a member, for STACK objects */
	size_t nstores, stores_cap;
	struct fn_local *locals;
	size_t nlocals, locals_cap;
	struct call *calls;
	size_t ncalls, calls_cap;
	struct path *returns;
	size_t nreturns, returns_cap;
	const struct member **branches_on; /* members that branches depend on */
	size_t nbranches_on, branches_on_cap;
	struct tested *tested;
	size_t ntested, tested_cap;
	struct changed *changed;
	size_t nchanged, changed_cap;
	struct bb *bbs, **bbs_end, *cur, *trap;
	struct guard *guards;
	struct jump *jump;
	struct label *labels;
	struct leap *leaps;
	unsigned race_ok; /* depth of expressions that admit races */
	unsigned depth;	  /* of paths being built */
};

/* Rewrites a statement or expression; NULL for what is not evaluated. */
struct node *node_build(struct fn *f, CXCursor c);
struct node *node_new(struct fn *f, enum node_kind kind, CXCursor at);
/* Pushes the children of a cursor on fr->kids and returns the index of the first; the caller pops
 * them by restoring fr->nkids. */
size_t node_push(struct front *fr, CXCursor c, size_t *n);
/* Kids `from`.. of those at `base`, rewritten; those that are not evaluated left out. */
void node_take(struct fn *f, struct node *n, size_t base, size_t from, size_t count);
/* A node with a place for each of the kids, NULL for one that is not evaluated. */
struct node *node_fixed(struct fn *f, enum node_kind kind, CXCursor c, size_t base, size_t count);
/* Lets clang evaluate an integer constant expression. */
bool node_evaluate(CXCursor c, long long *value);

/* ------------------------------------------------------------------- stmt.c */

struct node *node_stmt(struct fn *f, CXCursor c);
struct node *node_var(struct fn *f, CXCursor c);
/* Value of an integer constant expression free of effects; __builtin_constant_p() is 1 of one. */
bool node_const(struct fn *f, const struct node *n, long long *value);
/* Without casts. */
struct node *node_uncast(struct node *n);
/* Last value of a statement expression, or NULL. */
struct node *node_last(const struct node *stmtexpr);
/* Is it the null pointer, or an integer constant cast to a pointer? */
bool node_is_null(struct fn *f, const struct node *n);
bool type_is_pointer(CXType canonical);
bool type_is_array(CXType canonical);
bool type_is_record(CXType canonical);
/* Function type, or pointer to one. */
bool type_is_function(CXType canonical);

/* -------------------------------------------------------------------- var.c */

/* The variable of the function that this declaration is, or NULL. */
struct var *var_find(struct fn *f, CXCursor decl);
struct var *var_add(struct fn *f, CXCursor decl, enum var_kind kind);
/* Notes every definition in the body: to be called once, after node_build(). */
void var_collect(struct fn *f, struct node *n);
/* Index of the variable in the function's locals. */
uint32_t var_local(struct fn *f, struct var *v);
/* Index of a local without name that has the value of one of two expressions; `n` joins them. */
uint32_t var_anonymous(struct fn *f, struct node *n, struct node *a, struct node *b);
/* Name of a variable with static or external storage, as facts give it. */
str var_global_name(struct front *fr, CXCursor decl);
/* Fills function.locals; to be called when no new path is built any more. */
void var_finish(struct fn *f);

/* ------------------------------------------------------------------- path.c */

/* Path of the object that an lvalue (or record value) is. */
struct path path_object(struct fn *f, struct node *n);
/* Path of the object that a pointer value points to. */
struct path path_value(struct fn *f, struct node *n);
/* path_value() for a pointer, path_object() for a record; of integers only constants and
 * parameters passed on are followed, others are ROOT_UNKNOWN. */
struct path path_operand(struct fn *f, struct node *n);
/* Path of the record object that the member of a NODE_MEMBER belongs to. */
struct path path_base(struct fn *f, struct node *n);
/* A copy that lives as long as the function's other facts. */
const struct path *path_keep(struct fn *f, const struct path *p);
/* Appends a step; FIELD and CONTAINER of one member cancel, INDEX follows no INDEX. */
void path_step(struct path *p, enum step_kind kind, str record, str field);
/* Appends what `.member` (or `->member`, the path being of the record) does. */
void path_member(struct path *p, const struct member *m);
struct path path_unknown(str type);
bool path_equal(const struct path *a, const struct path *b);

/* ------------------------------------------------------------------- call.c */

/* What is known of a function that is called or named. */
struct callee {
	CXCursor decl;
	str key, name;
	bool noreturn;
	bool defined;	   /* in this unit; then `decl` is the definition */
	bool integer_cast; /* returns its integer argument as a pointer */
	bool queued;	   /* its body will be extracted, or was */
};

struct callee *callee_of(struct front *fr, CXCursor decl);
/* callee_of(), and its body is extracted too if it is an inline function of a header. */
struct callee *callee_use(struct front *fr, CXCursor decl);
/* Index of the call in function.calls. */
uint32_t call_index(struct fn *f, struct node *n);
/* The function that a call certainly goes to, or NULL. */
struct callee *call_target(struct fn *f, struct node *n);

/* ------------------------------------------------------------------ access.c */

/* Appends an event to the current block; to be filled by the caller. */
struct event *event_add(struct fn *f, enum event_kind kind, CXCursor at);
void access_read(struct fn *f, struct node *n);
/* A write to the lvalue `to`; `value` is what is stored, NULL for an update. */
void access_write(struct fn *f, struct node *to, struct node *value);
/* The variable gets a value that is not a call's result; NULL if that is of no interest. */
struct event *access_set(struct fn *f, struct var *v, CXCursor at);

/* ------------------------------------------------------------------ branch_test.c */

/* Marks the variables and members that branches of the body depend on: once, before cfg_build(). */
void tested_find(struct fn *f, struct node *n);
/* x of `1 << x`, or NULL. */
struct node *tested_shift(struct fn *f, struct node *n);
/* Makes the block test what `n`, not a call, evaluates to; false if that is not followed. */
bool tested_value(struct fn *f, struct bb *bb, struct node *n);
/* Makes the block test whether two pointers of the function are one; false if `n` does not ask that. */
bool tested_same(struct fn *f, struct bb *bb, struct node *n);
/* Notes that a member gets `value` (NULL: not known which), if that is what `to` is. */
void tested_change(struct fn *f, struct node *to, struct node *value);

/* --------------------------------------------------------------------- cfg.c */

/* Builds the graph of f->body into f->bbs. */
void cfg_build(struct fn *f);
void cfg_stmt(struct fn *f, struct node *n);
struct bb *cfg_block(struct fn *f);
void cfg_edge(struct fn *f, struct bb *from, struct bb *to);
/* Ends the current block with a jump and goes on in another. */
void cfg_goto(struct fn *f, struct bb *to, struct bb *next);
/* Control does not go on from the current point. */
void cfg_dead_end(struct fn *f);
/* Nothing leads to the current point (as far as known): what is there is not reported. */
bool cfg_is_dead(const struct fn *f);
/* Goes on at a label. */
void cfg_label(struct fn *f, struct node *n);
/* Ends of life of the guards down to `until`; the chain itself stays. */
void cfg_scope_end(struct fn *f, struct guard *until, CXCursor at);

/* ------------------------------------------------------------------- expr.c */

/* Events of evaluating an expression, for its value. */
void expr_value(struct fn *f, struct node *n);
/* The same, the value going into a variable. */
void expr_into(struct fn *f, struct node *n, struct var *v);
/* Goes to `yes` if it is not zero, else to `no`; leaves no current block. */
void expr_branch(struct fn *f, struct node *n, struct bb *yes, struct bb *no);

/* ----------------------------------------------------------------- simplify.c */

/* Fills function.blocks: merged, without empty and unreachable blocks. */
void simplify_blocks(struct fn *f);

/* ------------------------------------------------------------------- lock.c */

/* Annotations of a declaration, in the frame of its own parameters. */
struct annotation *lock_annotations(struct front *fr, struct arena *a, CXCursor decl, uint32_t *n);
/* Text of annotate attribute `name` ("guarded_by") of a declaration; 0: none.  A marker without
 * text gives its name. */
str lock_attribute(CXCursor decl, const char *name);
/* Reports the annotations of a function without body, if it has any. */
void lock_declaration(struct front *fr, const struct callee *c);
/* Is it a variable with a cleanup attribute? */
bool lock_is_guard(CXCursor var);
/* Is the function the constructor of the variable's class: class_X_t and class_X_constructor(),
 * as DEFINE_CLASS() of linux/cleanup.h makes them? */
bool lock_constructs(CXCursor var, const struct callee *c);

/* -------------------------------------------------------------------- slot_init.c */

/* Reports functions in the initialiser of a global variable. */
void slot_global(struct front *fr, CXCursor var);
/* Reports functions in an initialiser list or compound literal of a record. */
void slot_initialiser(struct fn *f, struct node *init, CXType type, str object);
/* Reports the functions that `value` may be as stored in the member. */
void slot_store_value(struct fn *f, const struct member *m, struct node *value, str object);
/* Calls back for every scalar of an initialiser: the member it is for (NULL: none), its value. */
void slot_walk(struct front *fr, struct node *init, CXType type,
	       void (*use)(void *ctx, const struct member *m, struct node *value), void *ctx);

/* ---------------------------------------------------------------- function.c */

/* Extracts a function with a body and reports it. */
void function_report(struct front *fr, CXCursor decl);
/* Drops what a function under construction holds. */
void function_drop(struct fn *f);

#endif
