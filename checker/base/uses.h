/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * uses.h - the fact that code depends on the type or position of a member: what a change of the member
 * would meet (front/stored_value.c, front/layout_use.c).
 */
#ifndef RACYBITS_USES_H
#define RACYBITS_USES_H

#include "model.h"

enum value_kind {
	VALUE_RANGE,  /* a number from `low` to `high` */
	VALUE_PARAM,  /* the value of parameter `param` as passed */
	VALUE_RESULT, /* what the function `function` returns */
};

/* A value that an expression may have.  PARAM, RESULT: it is within the range of its type, too. */
struct value_source {
	uint32_t kind; /* enum value_kind */
	uint32_t param;
	str function; /* key */
	long long low, high;
};

enum use_kind {
	USE_STORE,    /* one of `values` is stored in the bitfield, before it is cut to its width */
	USE_RESULT,   /* `function` returns one of `values`; no record */
	USE_POSITION, /* an initialiser gives values to members by position, the last to `field` */
	USE_SIZE,     /* a constant condition or a static assertion depends on sizeof(record) */
	USE_OFFSET,   /* the same of offsetof(record, field) */
	USE_OVERLAY, /* the member, which shares bits with bitfields, is read or its address taken */
	USE_RANGE, /* an initialiser has a range of more than INIT_RANGE_MAX elements; no record */
};

struct member_use {
	uint32_t kind; /* enum use_kind */
	str record;    /* key */
	str field;
	str function; /* key of the function around it, or 0 */
	struct loc loc;
	uint32_t nvalues;
	struct value_source *values;
};

#endif
