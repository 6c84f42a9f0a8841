/* SPDX-License-Identifier: GPL-2.0-only */
/* model_parse.h - the statements that are plain lists, and what all statements have parts of. */
#ifndef RACYBITS_KERNEL_MODEL_PARSE_H
#define RACYBITS_KERNEL_MODEL_PARSE_H

#include "linuxmodel.h"
#include "model_words.h"

struct parser {
	struct linux_model *m;
	struct words w; /* of the statement at hand */
	enum model_statement statement;
	const char *subject; /* what the statement lists, for messages: "the name of a function" */
};

/*
 * Adds the rule with key a, b of the statement at hand to those of `s`; the caller fills in what it
 * says.  Dies if the source has such a rule.
 */
struct model_rule *parse_add(struct parser *p, enum model_statement s, uint32_t a, uint32_t b);
/* The subjects up to the end of the statement or its first option; at least one.  Free `v`. */
struct names parse_names(struct parser *p);
/*
 * The same where subjects are RECORD.FIELD: two arrays of equal length, to be freed.  Lists in
 * braces are written out; with `star` a field may be `*`.
 */
void parse_fields(struct parser *p, bool star, struct names *records, struct names *fields);

/* The words after the keyword become rules: a function for each shape (shapes.def). */
void parse_list(struct parser *p);
void parse_list_arg(struct parser *p);
void parse_list_bit(struct parser *p);
void parse_list_context(struct parser *p);
void parse_list_fields(struct parser *p);
void parse_pairs(struct parser *p);
void parse_keeps(struct parser *p);

#endif
