// SPDX-License-Identifier: GPL-2.0-only
/* model_grammar.c - the table of statements and their syntax. */
#include "model_grammar.h"

static const char *const syntaxes[] = {
#define SHAPE(id, parse, syntax) [SHAPE_##id] = syntax,
#include "shapes.def"
#undef SHAPE
};

enum subject {
	SUBJECT_FUNC,
	SUBJECT_PREFIX,
	SUBJECT_SUFFIX,
	SUBJECT_RECORD,
	SUBJECT_FIELD,
	SUBJECT_TYPE,
	SUBJECT_MACRO,
	SUBJECT_CONTEXT,
	SUBJECT_PHRASE,
	SUBJECT_PATH,
	SUBJECT_LOCK,
	SUBJECT_NAME
};

static const struct {
	const char *name;     /* in the syntax */
	const char *expected; /* in messages */
} subjects[] = {
	[SUBJECT_FUNC] = { "FUNC", "the name of a function" },
	[SUBJECT_PREFIX] = { "PREFIX", "the beginning of the name of a function" },
	[SUBJECT_SUFFIX] = { "SUFFIX", "the end of the name of a function" },
	[SUBJECT_RECORD] = { "RECORD", "the name of a record" },
	[SUBJECT_FIELD] = { "RECORD.FIELD", "RECORD.FIELD" },
	[SUBJECT_TYPE] = { "TYPE", "the name of a type" },
	[SUBJECT_MACRO] = { "MACRO", "the name of a macro" },
	[SUBJECT_CONTEXT] = { "CONTEXT", "the name of a context" },
	[SUBJECT_PHRASE] = { "PHRASE", "the words of a phrase" },
	[SUBJECT_PATH] = { "PATH", "the path of a directory or file of the kernel" },
	[SUBJECT_LOCK] = { "LOCK", "the name of a lock" },
	[SUBJECT_NAME] = { "NAME", "the name of a record or lock" },
};

static const struct statement {
	const char *keyword;
	enum model_shape shape;
	enum subject subject;
	enum { LINK, FIX } user;
	const char *text;
} statements[] = {
#define STATEMENT(id, keyword, shape, subject, user, text) \
	[MODEL_##id] = { keyword, SHAPE_##shape, SUBJECT_##subject, user, text },
#include "statements.def"
#undef STATEMENT
};

bool statement_find(const char *keyword, enum model_statement *out)
{
	size_t s;

	for (s = 0; s < MODEL_STATEMENTS; s++)
		if (!strcmp(keyword, statements[s].keyword)) {
			*out = (enum model_statement)s;
			return true;
		}
	return false;
}

const char *statement_expects(enum model_statement s)
{
	return subjects[statements[s].subject].expected;
}

enum model_shape statement_shape(enum model_statement s)
{
	return statements[s].shape;
}

const char *statement_keyword(enum model_statement s)
{
	return statements[s].keyword;
}

bool statement_is_for_fix(enum model_statement s)
{
	return statements[s].user == FIX;
}

/* --- words */

const char *phase_keyword(enum phase phase)
{
	static const char *const names[] = {
		[PHASE_SETUP] = "setup",
		[PHASE_TEARDOWN] = "teardown",
		[PHASE_RUNTIME] = "runtime",
	};

	return names[phase];
}

const char *claim_kind_name(enum claim_kind kind)
{
	static const char *const names[] = {
		[CLAIM_LOCK] = "lock",	       [CLAIM_HELD] = "held",	  [CLAIM_SETUP] = "setup",
		[CLAIM_ACCEPT] = "accept",     [CLAIM_ALL] = "all",	  [CLAIM_BELOW] = "below",
		[CLAIM_PROTECTS] = "protects", [CLAIM_CALLED] = "called",
	};

	return names[kind];
}

/* --- the name of a rule */

str rule_name(enum model_statement s, const uint32_t key[MODEL_KEY])
{
	switch (statements[s].shape) {
	case SHAPE_FIELDS:
	case SHAPE_SLOT:
		return str_printf("%s.%s", str_get(key[0]), str_get(key[1]));
	case SHAPE_PAIRS:
		return str_printf("%s %s", str_get(key[0]), str_get(key[1]));
	case SHAPE_REGISTER:
		return str_printf("%s fn=%u", str_get(key[0]), key[1]);
	case SHAPE_KEEPS:
		return str_printf("%s.%s %s%s%s", str_get(key[2]), str_get(key[3]), str_get(key[0]),
				  key[0] ? "." : "", str_get(key[1]));
	default:
		return key[0];
	}
}

/* --- the grammar as text */

static void print_syntax(FILE *out, const struct statement *s)
{
	const char *at;

	fprintf(out, "%s ", s->keyword);
	for (at = syntaxes[s->shape]; *at; at++)
		if (*at == '%')
			fputs(subjects[s->subject].name, out);
		else
			fputc(*at, out);
	fputc('\n', out);
}

/* Lines of at most 76 columns, each with a tab before it. */
static void print_text(FILE *out, const char *text)
{
	size_t n, column = 0;

	for (; *text; text += n + (text[n] == ' ')) {
		n = strcspn(text, " ");
		if (column && column + 1 + n > 68) {
			fputc('\n', out);
			column = 0;
		}
		column += (size_t)fprintf(out, "%s%.*s", column ? " " : "\t", (int)n, text);
	}
	fputc('\n', out);
}

void grammar_print(FILE *out)
{
	size_t s;

	for (s = 0; s < MODEL_STATEMENTS; s++) {
		print_syntax(out, &statements[s]);
		print_text(out, statements[s].text);
	}
}
