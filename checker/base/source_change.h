/* SPDX-License-Identifier: GPL-2.0-only */
/* source_change.h - what the change of a header can mean for the facts of files that include it. */
#ifndef RACYBITS_SOURCE_CHANGE_H
#define RACYBITS_SOURCE_CHANGE_H

#include "process.h"

/* Lines that are the same before and after the change, with nothing else on them. */
struct moved_lines {
	uint32_t first, last; /* before */
	int64_t by;	      /* after it they are so many lines further down */
};

/* header_change_find() fills it in; source_change_free() frees it. */
struct source_change {
	struct moved_lines *moved; /* sorted */
	size_t nmoved, cap;
	/* What the change declares, in another way or no more, and what depends on that in the header.
	 * The facts of a file which has none of these words, nor one of its headers, are the same but
	 * for where things are in this header, and for `records`. */
	struct args names;
	struct args records; /* tags of the structs and unions of which members change */
	struct args words;   /* that declare those members: macros of these names may change them */
	/* The records may have another size, or other members at other places: the names have their tags, and `records`
	 * those of records that have them. */
	bool layouts;
};

/* What becomes of a line: the number of lines it has moved in *by.  False: it is part of the change. */
static inline bool source_change_line(const struct source_change *c, uint32_t line, int64_t *by)
{
	size_t low = 0, high = c->nmoved;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->moved[mid].last < line)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == c->nmoved || c->moved[low].first > line)
		return false;
	*by = c->moved[low].by;
	return true;
}

static inline void source_change_free(struct source_change *c)
{
	free(c->moved);
	args_free(&c->names);
	args_free(&c->records);
	args_free(&c->words);
}

#endif
