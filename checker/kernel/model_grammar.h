/* SPDX-License-Identifier: GPL-2.0-only */
/* model_grammar.h - the table of the statements that a model file may have (statements.def). */
#ifndef RACYBITS_KERNEL_MODEL_GRAMMAR_H
#define RACYBITS_KERNEL_MODEL_GRAMMAR_H

#include "linuxmodel.h"

/* The form of the words after the keyword. */
enum model_shape {
#define SHAPE(id, parse, syntax) SHAPE_##id,
#include "shapes.def"
#undef SHAPE
};

/* The statement that begins with the word; false if there is none. */
bool statement_find(const char *keyword, enum model_statement *out);
const char *statement_keyword(enum model_statement s);
enum model_shape statement_shape(enum model_statement s);
/* The kind of thing that it lists, for messages: "the name of a function". */
const char *statement_expects(enum model_statement s);
/* Is it looked up by `racybits fix` alone, not by the analysis? */
bool statement_is_for_fix(enum model_statement s);

/* The words for them in a statement; `phase` is not PHASE_NEVER. */
const char *phase_keyword(enum phase phase);
const char *claim_kind_name(enum claim_kind kind);

/* The name of a rule, for messages: "mutex_lock", "device.release", "request_irq fn=1". */
str rule_name(enum model_statement s, const uint32_t key[MODEL_KEY]);

/* Prints the syntax of each statement, a line, and what it says, indented. */
void grammar_print(FILE *out);

#endif
