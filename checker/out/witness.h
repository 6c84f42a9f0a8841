/* SPDX-License-Identifier: GPL-2.0-only */
/* witness.h - the conflicts of a unit in the order they are shown, with numbered writers. */
#ifndef RACYBITS_WITNESS_H
#define RACYBITS_WITNESS_H

#include "base/util.h"

struct writer {
	uint32_t write; /* index into unit_verdict.writes */
	uint32_t field; /* a field it writes in a conflict; index into unit_verdict.fields */
};

struct witnesses {
	const struct unit_verdict *u;
	struct conflict *conflicts; /* u->nconflicts of them, best first */
	char **reasons;		/* of each conflict: why no lock serialises it, confidence, doubt */
	uint32_t *numbers;	/* by write: its number, from 1; 0: in no conflict */
	struct writer *writers; /* writers[number - 1] */
	uint32_t nwriters;
};

/* Fills in `w`, which witnesses_free() empties.  `u` must outlive it. */
void witnesses_init(struct witnesses *w, const struct unit_verdict *u);
void witnesses_free(struct witnesses *w);

#endif
