/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * verdict_coder.h - the parts of verdicts as bytes, for verdicts.c: numbers, strings and lists.
 *
 * code_x() appends *x to the output of the coder if it has one and does not change it, else it fills in *x.
 * A coder whose bytes are damaged says so in `bad`, and fills in zeros.
 */
#ifndef RACYBITS_VERDICT_CODER_H
#define RACYBITS_VERDICT_CODER_H

#include "base/buf.h"
#include "base/numbers.h"

/* Lists that several writes have: each is coded where it is first met, and is a number from then on. */
enum shared_kind {
	SHARED_HELD,
	SHARED_SOMETIMES,
	SHARED_CONDITIONS,
	SHARED_VIA,
	SHARED_VIA_FRAMES,
	SHARED_KINDS
};

struct list {
	void *v;
	uint32_t n;
};

struct shared {
	struct numbers numbers; /* encoding: by the bytes of a list */
	struct list *lists;	/* decoding: by number - 1 */
	size_t n, cap;		/* lists so far */
};

/* A function of call chains: those that begin alike share their first frames. */
struct frame {
	uint32_t parent; /* its caller: number, or 0 */
	str name;
	struct loc at;
};

/* The chains that end in a frame; decoding. */
struct chain {
	uint32_t n;
	str *names; /* NULL: not made yet */
	struct loc *at;
};

struct verdict_coder {
	struct buf *out;	       /* encoding; NULL: decoding */
	const unsigned char *at, *end; /* decoding: the bytes that are left */
	struct arena *arena;	       /* decoding: owns all that is filled in */
	struct program *p;
	bool bad; /* the bytes are damaged */

	str *strings; /* by number - 1 */
	size_t nstrings, strings_cap;
	uint32_t *number_of; /* encoding, by str: its number, or 0 */
	size_t number_of_cap;

	uint32_t *functions; /* by number: index into p->functions; decoding: not used */
	size_t nfunctions, functions_cap;
	uint32_t *function_of; /* encoding, by index into p->functions: number + 1, or 0 */
	uint32_t *record_of; /* encoding, by index into p->records: number among those with units */

	struct numbers frame_numbers; /* encoding: by struct frame */
	struct frame *frames;	      /* decoding: by number - 1 */
	struct chain *chains;	      /* the same */
	size_t nframes, frames_cap, chains_cap;

	struct shared shared[SHARED_KINDS];
	struct buf list; /* encoding: the list at hand */
};

/* Codes one element of an array. */
typedef void code_fn(struct verdict_coder *c, void *one);

void code_u64(struct verdict_coder *c, uint64_t *v);
void code_u32(struct verdict_coder *c, uint32_t *v);
void code_bool(struct verdict_coder *c, bool *v);
/* An index below `n`. */
void code_below(struct verdict_coder *c, uint32_t *v, uint32_t n);
/* An index, or NONE, which takes one byte. */
void code_index(struct verdict_coder *c, uint32_t *v);
void code_str(struct verdict_coder *c, str *s);
void code_loc(struct verdict_coder *c, struct loc *l);

/* The `n` elements of an array, `size` bytes each; returns the array, which the arena owns if it was decoded. */
void *code_elements(struct verdict_coder *c, void *v, uint32_t n, size_t size, code_fn *one);
/* The number of elements, and these. */
#define CODE_LIST(c, v, n, one)                                          \
	do {                                                             \
		code_u32((c), &(n));                                     \
		(v) = code_elements((c), (v), (n), sizeof(*(v)), (one)); \
	} while (0)
/* Indexes below `below` that mostly rise: each is written as the difference to the one before. */
void code_rising(struct verdict_coder *c, uint32_t **v, uint32_t *n, uint32_t below);

/* A list that is written once, whoever has an equal one; decoded, all of these get one array. */
struct list code_shared(struct verdict_coder *c, enum shared_kind kind, struct list list,
			size_t size, code_fn *one);
#define CODE_SHARED(c, kind, v_, n_, one)                                                 \
	do {                                                                              \
		struct list list_ = code_shared((c), (kind), (struct list){ (v_), (n_) }, \
						sizeof(*(v_)), (one));                    \
		(v_) = list_.v;                                                           \
		(n_) = list_.n;                                                           \
	} while (0)

/* A call chain of `n` functions, and where each calls the next; decoded, equal ones are one array. */
void code_chain(struct verdict_coder *c, str **names, struct loc **at, uint32_t *n);

/* Encoding: appends the strings, which the rest refers to by number, to `out`. */
void coder_put_strings(const struct verdict_coder *c, struct buf *out);
/* Decoding: reads them, before all else. */
void coder_get_strings(struct verdict_coder *c);
/* Frees what the coder itself has. */
void coder_free(struct verdict_coder *c);

#endif
