/* SPDX-License-Identifier: GPL-2.0-only */
/* phi.h - versions of pointer variables where control flow joins; used by versions.c alone. */
#ifndef RACYBITS_FRONT_PHI_H
#define RACYBITS_FRONT_PHI_H

#include "fn.h"

struct bb;
struct block_event;

/* The index that a path rooted in phis[i] has until phi_report() is PHI_BASE + i. */
#define PHI_BASE (1u << 30)

/* The edges into a block, by its id. */
struct join {
	bool loop_head; /* some edge into it comes from a block behind it in the search */
	uint32_t npreds;
	struct pred {
		struct bb *from;
		bool back; /* closes a loop */
	} *preds;
};

struct phi {
	struct bb *bb;	/* where it joins; NULL: the arms of a conditional expression */
	uint32_t of;	/* local of the variable, NONE for a conditional expression */
	uint32_t local; /* index into the function's locals when it is reported */
	str type;	/* of what it points to */
	uint32_t n;
	const struct path **operands; /* by predecessor */
	const struct path *same;      /* it is this path: no version is needed; NULL: it is */
	bool pinned;		      /* its only operand may come to denote another object */
	bool used;
	uint32_t round; /* of the walk that saw it last */
};

struct phis {
	struct fn *f;
	size_t nlocals;	    /* those of variables and conditional expressions */
	struct bb **blocks; /* reachable ones, by id; the entry is 0 */
	struct join *joins;
	uint32_t nblocks;
	const struct path **
		*entry; /* by local, then block: value at its start; NULL: not known yet */
	struct phi *phis;
	size_t n, cap;
};

/* Numbers the blocks that can be reached and collects the edges into them. */
void phi_graph(struct phis *v);
/* A new version of the variable at the start of the block, whose operands the caller fills in. */
const struct path *phi_new(struct phis *v, struct bb *bb, uint32_t of);
/* The path of a version that is one of two paths. */
struct path phi_either(struct phis *v, str type, const struct path *a, const struct path *b);
/* A version that keeps the object of `value`, whatever is stored to the pointers on its path. */
const struct path *phi_pin(struct phis *v, uint32_t of, const struct path *value);
/* Finds the versions that are only another name for one path. */
void phi_simplify(struct phis *v);
/* The path with such versions replaced. */
const struct path *phi_settle(struct phis *v, const struct path *p);
/* Notes that a settled path is reported, and so the version it begins with. */
void phi_use(struct phis *v, const struct path *p);
/* Appends the versions in use to the function's locals. */
void phi_number(struct phis *v);
/* Makes the event say that a pinned version gets its value; false: there is none, or it is not in use. */
bool phi_pinned_here(struct phis *v, struct block_event *e);
/* Renumbers paths as the function's locals are, and adds the EV_SET events of joins. */
void phi_report(struct phis *v);
void phi_free(struct phis *v);

/* The steps of `p` below `root`, with the type of `p`; in the function's arena. */
const struct path *path_rebase(struct fn *f, const struct path *root, const struct path *p);
/* The path `p` as it reads at event `e` of the block (NULL: at its end). */
const struct path *versions_path(struct phis *v, struct bb *bb, const struct block_event *e,
				 const struct path *p);

#endif
