/* SPDX-License-Identifier: GPL-2.0-only */
/* predicates.h - what the branches taken so far say of the values they tested. */
#ifndef RACYBITS_CONDITIONS_H
#define RACYBITS_CONDITIONS_H

#include "link.h"

enum subject { SUBJECT_PARAM, SUBJECT_LOCAL, SUBJECT_MEMBER };

/* A test of a parameter, a local or function.tested[index], and whether it holds. */
struct condition {
	uint32_t subject, index;
	uint32_t test; /* TEST_EQUAL, _MASK, _SHIFT or _NEGATIVE */
	bool holds;
	long long value;
};

struct known {
	uint32_t n;
	bool forgot; /* a condition was forgotten for a newer one: LIMIT_KNOWN */
	struct condition of[KNOWN_MAX];
};

/* Does a value pass a test (enum test_kind) against the constant `with`? */
bool test_passes(uint32_t test, long long with, long long value);
/* 1: it holds by what is known, 0: it does not, -1: not known. */
int condition_decided(const struct known *k, const struct condition *c);
/*
 * Is the argument, as the function passes it, a null pointer?  One that is named by variables is if
 * all of them are.
 */
bool known_null(const struct function *fn, const struct known *k, const struct path *arg);
void conditions_add(struct known *k, const struct condition *c);
/* Forgets what is known of a subject; of all of its kind if `index` is NONE. */
void conditions_forget(struct known *k, uint32_t subject, uint32_t index);
/* Forgets what is known of a member (0: any) of all records with that key. */
void conditions_forget_field(const struct function *fn, struct known *k, str record, str field);
/* Leaves what both know; true if that is less than `into` knew. */
bool conditions_meet(struct known *into, const struct known *k);
/*
 * What an event leaves of it: variables and members that get another value.  A lock that is taken
 * is not looked at, see conditions_forget().
 */
void conditions_event(const struct link *l, uint32_t f, struct known *k, const struct event *e);

/* What successor `which` of a block tells; false if what is known never leads there. */
bool conditions_branch(struct known *k, const struct block *b, uint32_t which);
/* What is known at each call of f, an array of ncalls; caller frees. */
struct known *conditions_at_calls(const struct link *l, uint32_t f);

#endif
