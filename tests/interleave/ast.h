/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * ast.h - a small driver as a tree: generate.c makes one, print.c writes it as C, lower.c compiles
 * it for the interpreter.
 *
 * A program has one record (`struct devN`) with locks, flags and bitfields, at most two objects of
 * it, and functions that run in several contexts.  Nodes, functions and fields are indexes into
 * arrays of struct program, so a program is copied by assignment.
 */
#ifndef INTERLEAVE_AST_H
#define INTERLEAVE_AST_H

#include <stdbool.h>
#include <stdint.h>

#define OBJECTS 2
#define FIELDS 6
#define GROUPS 2
#define CELLS (FIELDS * 2) /* a field in each copy of its group */
#define LOCKS 5
#define FLAGS 2
#define WORKS 2
#define IRQS 2
#define TABLES 2
#define FUNCTIONS 20
#define NODES 400

/* How the members of a group are declared. */
enum group_kind {
	GROUP_PLAIN,  /* members of struct devN itself */
	GROUP_NESTED, /* struct devN_st st (and alt, if there are two copies) */
	GROUP_UNION,  /* union { struct { u8 a:1, b:1; }; u8 all; } */
	GROUP_ARRAY,  /* struct devN_st st[2] */
	GROUP_CHILD,  /* struct devN_st *st, which is made with the object */
};

/* What separates a bitfield from the one before; a separator starts a storage unit (C11 3.14). */
enum separator { SEP_NONE, SEP_ZERO, SEP_MEMBER };

struct group {
	uint8_t kind;	/* enum group_kind */
	uint8_t copies; /* 2 for a nested record that is embedded twice, and for an array */
};

struct field {
	uint8_t group;
	uint8_t separator; /* enum separator */
	uint8_t width;	   /* bits, 1 or 2 */
	uint8_t type;	   /* 0: bool or u8, 1: unsigned int */
	uint8_t unit; /* set by program_layout(): units of one program have different numbers */
};

enum lock_kind { LOCK_MUTEX, LOCK_SPIN, LOCK_RWSEM };

struct lock {
	uint8_t kind;	 /* enum lock_kind */
	uint8_t global;	 /* one for all objects */
	uint8_t element; /* 1 or 2: element 0 or 1 of an array of locks */
};

#define LOCK_PARAM LOCKS /* as the lock of a node: the one that the caller handed */
#define LOCK_NONE (LOCKS + 1)
#define COPY_PARAM 2 /* as the copy of a node: in the nested record that the caller handed */
#define COPY_ARG 3   /* ... in element `arg & 1` of an array */

/* Pointer variables of a function. */
enum var { VAR_P, VAR_Q, VAR_O, VARS };

enum role {
	ROLE_HELPER,
	ROLE_PROBE, /* of a pci_driver: one call an object, one after the other */
	ROLE_REMOVE,
	ROLE_OPEN, /* of the file_operations, from here ... */
	ROLE_RELEASE,
	ROLE_READ,
	ROLE_WRITE,
	ROLE_IOCTL, /* ... to here */
	ROLE_WORK0,
	ROLE_WORK1,
	ROLE_TIMER,
	ROLE_IRQ0,
	ROLE_IRQ1,
	ROLE_THREAD,
	ROLE_GONE, /* dropped by shrink.c */
};

/* Where objects come from. */
enum birth { BIRTH_PROBE, BIRTH_OPEN, BIRTH_STATIC };

/* How a file operation finds its object. */
enum find {
	FIND_MISC, /* a misc device of each object; open, if there is one, stores the object in the file */
	FIND_GLOBAL, /* a global pointer, NULL until it is published */
	FIND_FILE,   /* the file has it, open made it */
	FIND_STATIC, /* a global object */
};

enum cond_kind {
	COND_ARG,   /* bit `index` of the argument */
	COND_FLAG,  /* flag `index` of the object of `var` */
	COND_FIELD, /* bitfield `index`, in copy 0, of the object of `var` */
	COND_PARAM, /* the parameter `locked` */
};

struct cond {
	uint8_t kind, index, var, negate;
};

enum value { VALUE_0, VALUE_1, VALUE_ARG, VALUE_FLIP };

/* The children of a node are the first nodes of its blocks. */
enum node_kind {
	NODE_NONE,
	/* stores */
	NODE_STORE, /* var->field = value, in several ways */
	NODE_WHOLE, /* the nested record `copy` of var is set to zero; style 1: by memset() */
	NODE_OVERLAY, /* the union's other member; style 0: = 0, 1: |= bit of `field`, 2: = that bit */
	NODE_FLAG,    /* var->flag = value */
	/* control flow */
	NODE_IF,     /* if (cond) child 0 else child 1 */
	NODE_SWITCH, /* switch (arg & 1) { case 1: child 0; default: child 1 }; style 1: no break */
	NODE_REPEAT, /* for (i = 0; i < 2; i++) child 0 */
	NODE_RETURN,
	NODE_CALL,     /* func(var, ...) */
	NODE_CALL_OPS, /* var->ops->set(var) */
	NODE_SET_OPS,  /* var->ops = table `value` */
	/* locks */
	NODE_LOCKED,  /* lock; child 0; unlock, by `style` */
	NODE_TRY,     /* if (trylock) { child 0; unlock } else child 1, by `style` */
	NODE_MAYLOCK, /* if (cond) lock; child 0; if (cond) unlock */
	NODE_DROP,    /* unlock; child 0; lock */
	NODE_RCU,     /* rcu_read_lock; child 0; rcu_read_unlock; style 1: preempt_disable() */
	/* other objects */
	NODE_ALIAS, /* q = p; child 0 */
	NODE_PEER,  /* q = p->peer; if (q) child 0 */
	NODE_EACH,  /* list_for_each_entry(q, ...) child 0 */
	/* the start and end of what runs */
	NODE_QUEUE,
	NODE_CANCEL,
	NODE_FLUSH,
	NODE_ARM,
	NODE_DISARM,
	NODE_REQUEST,
	NODE_FREE_IRQ,
	NODE_SYNC_IRQ,
	NODE_RUN, /* the thread, once */
	NODE_STOP,
	/* the life of an object */
	NODE_FIND,    /* p = the object that the function is called for */
	NODE_ALLOC,   /* p = a new object */
	NODE_INIT,    /* INIT_WORK() and timer_setup() */
	NODE_DRVDATA, /* the device knows it; in open: the file does */
	NODE_PUBLISH, /* the global pointer */
	NODE_LIST_ADD,
	NODE_LIST_DEL,
	NODE_PAIR, /* the peer of the object that came before, and that one's peer */
	NODE_REGISTER,
	NODE_DEREGISTER,
	NODE_FREE,
	NODE_KINDS,
};

enum locked_style {
	STYLE_MANUAL,
	STYLE_GUARD,
	STYLE_SCOPED,
	STYLE_WRAPPER, /* a helper takes the lock, another one drops it */
	STYLE_REBIND,  /* under the lock p becomes its peer */
	STYLE_POINTER, /* by a local pointer to the lock */
	STYLE_GETTER,  /* by a helper that returns the pointer */
};

enum try_style {
	TRY_PLAIN,
	TRY_WRAPPER,	   /* a helper tries */
	TRY_VARIABLE,	   /* the result is in a variable */
	TRY_INTERRUPTIBLE, /* mutex_lock_interruptible(), of a mutex */
	TRY_STYLES,
};

struct node {
	uint8_t kind;
	uint8_t var, field, copy;
	uint8_t lock, shared, style;
	uint8_t value; /* enum value; of a call: the constant for `locked` */
	uint8_t index; /* of a flag, work, irq or group; of a call: the function */
	uint8_t lock_arg,
		pass_arg; /* of a call: the lock that is handed on, and whether `arg` is */
	uint8_t arg;	  /* of a call that does not hand `arg` on: the constant for it */
	struct cond cond;
	uint16_t child[2], next; /* 0: none */
	uint16_t line[2];	 /* set by print.c: where it begins and ends */
};

struct function {
	uint8_t role;
	uint8_t takes_arg, takes_locked, takes_st; /* parameters of a helper, besides p */
	uint8_t container;			   /* from the record it takes, it finds p */
	uint8_t lock_kind, takes_lock;
	uint8_t level;	  /* 0: an entry point; a helper is called by lower levels only */
	uint8_t sleeps;	  /* takes a mutex or waits, or a callee does: not for atomic context */
	uint8_t takes;	  /* bits: locks that it or a callee takes */
	uint8_t waits;	  /* bits: works 0 and 1, the timer, irqs 0 and 1: that it waits for */
	uint8_t wants;	  /* a lock that its callers should hold, or LOCK_NONE */
	uint8_t is_op;	  /* called through ops->set() only, by table is_op - 1 */
	uint16_t body;	  /* first node */
	uint16_t line[2]; /* set by print.c */
};

struct program {
	uint32_t number; /* in all names */
	uint8_t birth, find, nobjects;
	uint8_t nfields, ngroups, nunits, nlocks, nflags, nfunctions;
	uint8_t list, peer, ops; /* has a list, peers, tables of operations */
	uint8_t delayed;	 /* its works are delayed_work */
	uint8_t once;		 /* flags by READ_ONCE() and WRITE_ONCE() */
	uint8_t spin_flavour;	 /* how spinlocks are taken in tasks: 0 plain, 1 _irqsave, 2 _bh */
	struct field fields[FIELDS];
	struct group groups[GROUPS];
	struct lock locks[LOCKS];
	struct function functions[FUNCTIONS];
	uint16_t nnodes;
	struct node nodes[NODES]; /* the first is not used */
};

/* Appends a node; dies if there are too many. Returns its index. */
uint16_t node_new(struct program *p, enum node_kind kind);
/* Appends a function without a body. Returns its index. */
uint8_t function_new(struct program *p, enum role role);
/* Links a node (or a list of them) behind the last of the list *first. */
void block_append(struct program *p, uint16_t *first, uint16_t node);
/* Numbers the storage units: fields[].unit and nunits. */
void program_layout(struct program *p);
/* The function of a role, or NULL. */
const struct function *program_role(const struct program *p, enum role role);
/* Is there a node of the kind (and index, if not -1) in any function? */
bool program_has(const struct program *p, enum node_kind kind, int index);
/* Does a node take or try the lock by a wrapper, or call the function? */
bool program_wraps(const struct program *p, unsigned int lock);
bool program_calls(const struct program *p, unsigned int function);
/* Calls visit for each node of the list and below, in order. */
void block_walk(const struct program *p, uint16_t first,
		void (*visit)(const struct program *p, uint16_t node, void *data), void *data);
static inline bool role_is_file(unsigned int role)
{
	return role >= ROLE_OPEN && role <= ROLE_IOCTL;
}
/* Are the fields of the group in a record of their own? */
static inline bool group_has_record(const struct group *g)
{
	return g->kind != GROUP_PLAIN && g->kind != GROUP_UNION;
}
/* May the function not sleep? */
static inline bool role_is_atomic(unsigned int role)
{
	return role == ROLE_TIMER || role == ROLE_IRQ0 || role == ROLE_IRQ1;
}
static inline unsigned int cell_of(unsigned int field, unsigned int copy)
{
	return copy * FIELDS + field;
}

#endif
