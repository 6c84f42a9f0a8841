/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * known.h - programs by hand, whose outcome is known.
 *
 * Each has a record with the bitfields a and b in one storage unit (c in another), mutexes M0 and M2,
 * a spinlock and a read-write semaphore.
 */
#ifndef INTERLEAVE_KNOWN_H
#define INTERLEAVE_KNOWN_H

#include "ast.h"

enum { A, B, C };
enum { M0, SPIN, M2, RWSEM };

/* `lost` is "ab ba" if a store to a is lost by one to b and the other way round; "undone" if that is
 * for a moment only, "end" in remove only. */
struct known_case {
	const char *name, *lost;
	void (*build)(void);
	enum find find;
	unsigned int nobjects;
};

extern const struct known_case known_life[]; /* the last has no name */

/* The one that is being built. */
extern struct program now;

/* A program without functions. */
void world(enum find find, unsigned int nobjects);
/* Adds a function that finds its object, and then does body. */
void function(enum role role, uint16_t body);
/* ... an ioctl and a write. */
void two(uint16_t ioctl, uint16_t write);
/* ... a probe, which makes the object. */
void probe(uint16_t body);
/* ... a helper to which a lock is handed. Returns its number. */
unsigned int helper_with_lock(uint16_t body);

/* Nodes; `body` and its like are the first of a list, or 0. */
uint16_t act(enum node_kind kind, unsigned int index);
uint16_t both(uint16_t first, uint16_t second);
uint16_t block(enum node_kind kind, uint16_t body);
uint16_t store(unsigned int field, enum value value);
uint16_t set_ready(void);
uint16_t when(enum cond_kind kind, uint16_t body);
uint16_t locked(unsigned int lock, uint16_t body);
uint16_t trylocked(unsigned int lock, uint16_t success, uint16_t failure);
uint16_t dropped(unsigned int lock, uint16_t body);
uint16_t call_with(unsigned int helper, unsigned int lock);
/* Changes of a node: it is about q, takes the lock shared, or changes p under the lock. */
uint16_t of_q(uint16_t node);
uint16_t shared(uint16_t node);
uint16_t rebind(uint16_t node);

/* Runs them all, and prints those of which the interpreter finds something else. Returns 0 if there is none. */
int known(void);

#endif
