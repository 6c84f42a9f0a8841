/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * factmsg.h - the message about one translation unit: all its facts, the files that were read, and
 * why it could not be analysed, if so.
 *
 * A message is a sequence of items: kind, number of bytes, bytes.
 */
#ifndef RACYBITS_FACTS_FACTMSG_H
#define RACYBITS_FACTS_FACTMSG_H

#include "facts.h"

struct tu_facts {
	struct buf *msg;  /* belongs to the caller */
	struct buf chunk; /* the fact that is being encoded */
};

/*
 * Makes a sink that appends each fact and file it is given to `msg`.  `t` has to outlive the sink.  A
 * fact that is unsound makes the whole translation unit fail, or it would be lost silently.
 */
void facts_sink_init(struct sink *sink, struct tu_facts *t, struct buf *msg);
/* Adds that the translation unit could not be analysed; `reason` is one line. */
void facts_fail(struct tu_facts *t, const char *reason);
/* Frees what `t` owns, not the message. */
void facts_sink_free(struct tu_facts *t);

struct fact_item {
	uint32_t kind;		   /* enum chunk_kind */
	const unsigned char *data; /* in the message; a path or reason has no NUL */
	size_t n;
};

/*
 * Reads the next item and moves *at behind it.  False at the end of the message, where *at is `end`,
 * and at damage, where it is not.
 */
bool facts_next(const unsigned char **at, const unsigned char *end, struct fact_item *item);

#endif
