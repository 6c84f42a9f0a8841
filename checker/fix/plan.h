/* SPDX-License-Identifier: GPL-2.0-only */
/* plan.h - what a patch changes in one record: which fields leave their unit, as what, and where to. */
#ifndef RACYBITS_FIX_PLAN_H
#define RACYBITS_FIX_PLAN_H

#include "base/util.h"

/* A bitfield that leaves its storage unit and gets one of its own. */
struct field_move {
	uint32_t field;			 /* index into record.fields */
	const struct unit_verdict *unit; /* the unit that it leaves */
	const struct unit_field *judged; /* what that verdict says of the field */
	const char *type;		 /* spelling of its new type */
	uint64_t bits;			 /* size, and alignment, of that type */
	uint32_t width;		       /* it stays a bitfield of so many bits; 0: it is a member */
	const char *why_width;	       /* why, or NULL */
	bool shares;		       /* its unit, with others that the same lock guards */
	bool fence_above, fence_below; /* a `TYPE :0;` is declared there: C11 3.14 */
	uint32_t behind; /* the member that it is declared behind, which does not move;
					  * NONE: it stays where it is */
	uint32_t rank;	 /* moves with the same guard have the rank of the first */
};

/* What the layout after the patch has to keep, because code depends on it. */
struct layout_rule {
	uint32_t kind;	/* enum use_kind: USE_POSITION, USE_SIZE or USE_OFFSET */
	uint32_t field; /* index into record.fields; USE_POSITION: the last one; NONE: all */
	struct loc loc; /* of that code */
};

/* The caller fills in the members up to nonly, plan_make() the rest. */
struct fix_plan {
	const struct program *program;
	const struct record *record;	   /* as it is before this patch */
	uint64_t tree_bytes;		   /* its sizeof before the series */
	const struct unit_verdict **units; /* its racy units; malloc'd */
	uint32_t nunits;

	size_t units_cap;
	str *only;	/* fields that were asked for by name, which alone move */
	uint32_t nonly; /* 0: those that the policy moves */
	bool fewest;	/* as few as end the race: for those of the policy there is no room */
	bool partial;	/* `only` are those for which there is room: not even `fewest` have it */
	bool leaves_doubtful;	  /* conflicts of low confidence between other fields are left */
	struct field_move *moves; /* in the order in which they are declared afterwards */
	uint32_t nmoves;
	struct layout_rule *rules; /* malloc'd */
	uint32_t nrules;
	bool ruled; /* `rules` are filled in: they are the same whatever moves */
	size_t rules_cap;
	uint32_t carried;	 /* another member that is moved to save space, or NONE */
	uint32_t carried_behind; /* the member that it is declared behind, which may have moved */
	uint32_t word; /* bits of one word: the field in place of which it is declared; else NONE */
	uint64_t *offsets;   /* in bits, of each field after the patch */
	uint64_t bytes;	     /* sizeof after the patch */
	bool in_padding;     /* what it grows is padding in the records that embed it */
	const char *refusal; /* why the record has to stay as it is, or NULL */
	const char *picture; /* refused because it would grow: the larger layout in lines; or NULL */
};

struct plan_options {
	const char *kdir; /* the tree, whose files are read */
	bool compact;	  /* move a small member into the space that becomes free if that makes the
			   * record smaller */
	bool share;	  /* without room for each, fields that one lock guards may share a unit */
	bool separate; /* fields that one lock guards share a unit; without such, there is no plan */
	bool grow;     /* the record may become larger than plan->tree_bytes */
	bool fewest;   /* move as few fields as end the race, whatever the policy moves */
	bool bits;     /* the fields become bits of one word */
	uint64_t room; /* bytes that the record may have, if that is more than plan->tree_bytes */
};

/*
 * Plans the record, or says in plan->refusal why it has to stay as it is.  Memory is from `a`, but for
 * plan->rules.
 */
void plan_make(struct fix_plan *plan, const struct plan_options *o, struct arena *a);

#endif
