/* SPDX-License-Identifier: GPL-2.0-only */
/* model_parse.h - what the parsers of model statements share (model_parse.c, model_parse_rules.c). */
#ifndef RACYBITS_MODEL_PARSE_H
#define RACYBITS_MODEL_PARSE_H

#include "linuxmodel.h"
#include "model_words.h"

struct parser {
	struct linux_model *m;
	struct words w; /* of the statement at hand */
	enum model_statement statement;
	const char *subject; /* what the statement lists, for messages: "the name of a function" */
};

/* Adds the rule with key a, b of the statement at hand to set `s`; it is for the caller to fill. */
struct model_rule *parse_add(struct parser *p, enum model_statement s, uint32_t a, uint32_t b);
/* The subjects up to the end of the statement or its first option; at least one.  Free `v`. */
struct names parse_names(struct parser *p);
/*
 * The same where subjects are RECORD.FIELD: two arrays of equal length, to be freed.  Lists in
 * braces are written out; with `star` a field may be `*`.
 */
void parse_fields(struct parser *p, bool star, struct names *records, struct names *fields);

/* The words after the keyword become rules: one function a shape (model_grammar.c). */
typedef void parse_fn(struct parser *p);
parse_fn parse_list, parse_list_arg, parse_list_context, parse_list_fields, parse_pairs,
	parse_keeps;
parse_fn parse_lock, parse_assert, parse_slot, parse_register, parse_claim;

/* The parser of the statement, and what it lists ("the name of a function"). */
parse_fn *statement_parser(enum model_statement s);
const char *statement_expects(enum model_statement s);

#endif
