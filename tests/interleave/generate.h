/* SPDX-License-Identifier: GPL-2.0-only */
/* generate.h - random programs. */
#ifndef INTERLEAVE_GENERATE_H
#define INTERLEAVE_GENERATE_H

#include "ast.h"

/* Makes program number `number` of the seed; the same whatever was made before. */
void generate(struct program *p, uint64_t seed, uint32_t number);

/* --- between generate.c and generate_body.c */

struct generator {
	struct program *p;
	uint64_t state;
	uint8_t guard[FIELDS];	  /* by unit: the lock that its stores should hold, or LOCK_NONE */
	uint8_t care;		  /* in percent: how often that is heeded */
	bool life;		  /* stores in the middle of probe */
	uint8_t fence[WORKS + 1]; /* of each work, and the timer: the lock under which it is started
				   * and ended, or LOCK_NONE */
};

/* State of the function at the point where a statement goes. */
struct site {
	uint8_t function, depth;
	uint8_t held[VARS]; /* bits: locks held, by the variable they were taken with; global ones for all */
	uint8_t spins; /* spinlocks held */
	uint8_t inner; /* the innermost lock that may be dropped, or LOCK_NONE */
	uint8_t root;  /* bits: the work, timer or irq that is entered; see function.waits */
	bool atomic, has_arg, has_q, no_return, setup;
	bool pointer, repeats; /* in a block that has l, or i */
};

unsigned int roll(struct generator *g, unsigned int sides);
bool percent(struct generator *g, unsigned int chance);
/* A block of at least one statement. */
uint16_t make_block(struct generator *g, struct site at, unsigned int count);
/* p, or q where there is one. */
uint8_t random_var(struct generator *g, const struct site *at);
struct cond random_cond(struct generator *g, const struct site *at);
/* A statement that is neither a store nor a call of a helper. */
uint16_t make_other(struct generator *g, struct site at);
/* What ends a work or the timer, in a function that a task enters; 0: there is none. */
uint16_t make_end(struct generator *g, const struct site *at);
/* A store, with the locks it should have. */
uint16_t make_store(struct generator *g, struct site at);
void site_begin(struct generator *g, struct site *at, uint8_t function);

/* --- generate_lock.c */

#define DEPTH 4 /* of nested blocks */

bool is_held(const struct site *at, unsigned int var, unsigned int lock);
/* Is the lock not held, of a kind that may be taken here, and room for what takes it? */
bool may_lock(struct generator *g, const struct site *at, unsigned int var, unsigned int lock);
/* The site behind the taking of a lock. */
struct site with_lock(struct generator *g, struct site at, unsigned int var, unsigned int lock);
/* The function at the site takes the lock, or a callee does. */
void note_lock(struct generator *g, const struct site *at, unsigned int lock);
/* A node that takes the lock around a block (still empty), in one of many ways; and the site there. */
uint16_t lock_node(struct generator *g, const struct site *at, unsigned int var, unsigned int lock);
struct site inside_of(struct generator *g, const struct site *at, const struct node *n);

#endif
