// SPDX-License-Identifier: GPL-2.0-only
/*
 * conditions.c - what the branches taken so far say of the values they tested.
 *
 * `if (f) lock(); ... if (f) unlock();` is balanced because both branches go
 * the same way.  What is known of a variable holds until it is given another
 * value; of a member also only until a lock is taken, for others may have
 * changed it before.
 */
#include "lockstate.h"

bool condition_of_block(const struct block *b, struct condition *c)
{
	c->test = b->test;
	c->value = b->test_value ? strtoll(str_get(b->test_value), NULL, 10) : 0;
	if (b->test == TEST_NONE || b->nsuccs != 2)
		return false;
	if (b->test_param != NONE) {
		c->subject = SUBJECT_PARAM;
		c->index = b->test_param;
	} else if (b->test_local != NONE) {
		c->subject = SUBJECT_LOCAL;
		c->index = b->test_local;
	} else if (b->test_member != NONE) {
		c->subject = SUBJECT_MEMBER;
		c->index = b->test_member;
	} else {
		return false;
	}
	if (c->test == TEST_NONZERO) { /* is not equal to zero */
		c->test = TEST_EQUAL;
		c->value = 0;
		c->holds = false;
	} else {
		c->holds = true;
	}
	return true;
}

static bool same_subject(const struct condition *a, const struct condition *b)
{
	return a->subject == b->subject && a->index == b->index;
}

/* What a value is known to be decides every test of it. */
static bool value_passes(long long value, const struct condition *c)
{
	return c->test == TEST_EQUAL ? value == c->value :
	       c->test == TEST_MASK  ? (value & c->value) != 0 :
				       value < 0;
}

int condition_decided(const struct known *k, const struct condition *c)
{
	uint32_t i;

	for (i = 0; i < k->n; i++) {
		const struct condition *have = &k->of[i];

		if (!same_subject(have, c))
			continue;
		if (have->test == c->test && have->value == c->value)
			return have->holds == c->holds;
		if (have->test == TEST_EQUAL && have->holds)
			return value_passes(have->value, c) == c->holds;
		/* negative, or with a bit of a mask: not zero */
		if (have->holds && c->test == TEST_EQUAL && !c->value)
			return !c->holds;
	}
	return -1;
}

void conditions_forget(struct known *k, uint32_t subject, uint32_t index)
{
	uint32_t i, n = 0;

	for (i = 0; i < k->n; i++)
		if (k->of[i].subject != subject || (index != NONE && k->of[i].index != index))
			k->of[n++] = k->of[i];
	k->n = n;
}

void conditions_forget_field(const struct function *fn, struct known *k, str record, str field)
{
	uint32_t i, n = 0;

	for (i = 0; i < k->n; i++) {
		const struct tested *t =
			k->of[i].subject == SUBJECT_MEMBER ? &fn->tested[k->of[i].index] : NULL;

		if (!t || t->obj.type != record || (field && t->field != field))
			k->of[n++] = k->of[i];
	}
	k->n = n;
}

void conditions_add(struct known *k, const struct condition *c)
{
	if (condition_decided(k, c) >= 0)
		return;
	if (k->n == KNOWN_MAX) { /* the oldest matters least */
		memmove(&k->of[0], &k->of[1], (KNOWN_MAX - 1) * sizeof(k->of[0]));
		k->n--;
	}
	k->of[k->n++] = *c;
}

bool conditions_meet(struct known *into, const struct known *k)
{
	uint32_t i, n = 0;

	for (i = 0; i < into->n; i++)
		if (condition_decided(k, &into->of[i]) == 1)
			into->of[n++] = into->of[i];
	if (n == into->n)
		return false;
	into->n = n;
	return true;
}
