// SPDX-License-Identifier: GPL-2.0-only
/* model_parse.c - the statements that are plain lists, and what all statements have parts of. */
#include "model_grammar.h"
#include "model_parse.h"

static struct model_rule *add_key(struct parser *p, enum model_statement s,
				  const uint32_t key[MODEL_KEY])
{
	const struct model_rule *old = model_find(p->m, s, key);
	uint32_t line = words_line(&p->w);

	if (old && old->source == p->m->nsources)
		die("%s:%u: '%s' is stated twice, first at %s:%u", p->w.path, line,
		    str_get(rule_name(s, key)), str_get(old->file), old->line);
	return model_add(p->m, s, key, p->w.path, line);
}

struct model_rule *parse_add(struct parser *p, enum model_statement s, uint32_t a, uint32_t b)
{
	const uint32_t key[MODEL_KEY] = { a, b };

	return add_key(p, s, key);
}

/* --- parts of statements */

/* The next word, unless it is an option; NULL at the end. */
static char *subject_next(struct parser *p)
{
	const char *word = word_peek(&p->w);

	return word && !strchr(word, '=') ? word_next(&p->w) : NULL;
}

struct names parse_names(struct parser *p)
{
	struct names list = { 0 };
	char *word = word_expect(&p->w, p->subject);

	for (; word; word = subject_next(p))
		word_names(&p->w, word, p->subject, &list);
	return list;
}

void parse_fields(struct parser *p, bool star, struct names *records, struct names *fields)
{
	char *word = word_expect(&p->w, p->subject);

	*records = *fields = (struct names){ 0 };
	for (; word; word = subject_next(p))
		word_fields(&p->w, word, star, records, fields);
}

/* The value of "KEY=VALUE", the next word; `expected` is "KEY=". */
static const char *next_option(struct parser *p, const char *key, const char *expected)
{
	char *word = word_expect(&p->w, expected);
	const char *value = word_option(word, key);

	if (!value)
		word_refuse(&p->w, expected, word);
	return value;
}

/* The same of one that ends the statement. */
static const char *last_option(struct parser *p, const char *key, const char *expected)
{
	const char *value = next_option(p, key, expected);
	char *word = word_next(&p->w);

	if (word)
		word_refuse(&p->w, "nothing after the option", word);
	return value;
}

/* The end of a statement without options. */
static void end_expect(struct parser *p)
{
	const char *word = word_next(&p->w);

	if (word)
		word_refuse(&p->w, p->subject, word);
}

/* --- plain lists */

void parse_list(struct parser *p)
{
	struct names list = parse_names(p);
	size_t i;

	end_expect(p);
	for (i = 0; i < list.n; i++)
		parse_add(p, p->statement, list.v[i], 0);
	free(list.v);
}

void parse_list_arg(struct parser *p)
{
	struct names list = parse_names(p);
	int arg = word_number(&p->w, last_option(p, "arg", "arg="));
	size_t i;

	for (i = 0; i < list.n; i++)
		parse_add(p, p->statement, list.v[i], 0)->arg = arg;
	free(list.v);
}

void parse_list_bit(struct parser *p)
{
	struct names list = parse_names(p);
	int arg = word_number(&p->w, next_option(p, "arg", "arg="));
	int bit = word_number(&p->w, last_option(p, "bit", "bit="));
	struct model_rule *r;
	size_t i;

	for (i = 0; i < list.n; i++) {
		r = parse_add(p, p->statement, list.v[i], 0);
		r->arg = arg;
		r->bit = bit;
	}
	free(list.v);
}

void parse_list_context(struct parser *p)
{
	struct names list = parse_names(p);
	str context =
		word_name(&p->w, last_option(p, "context", "context="), "a word after context=");
	size_t i;

	for (i = 0; i < list.n; i++)
		parse_add(p, p->statement, list.v[i], 0)->context = context;
	free(list.v);
}

void parse_list_fields(struct parser *p)
{
	struct names records, fields;
	size_t i;

	parse_fields(p, false, &records, &fields);
	end_expect(p);
	for (i = 0; i < records.n; i++)
		parse_add(p, p->statement, records.v[i], fields.v[i]);
	free(records.v);
	free(fields.v);
}

void parse_pairs(struct parser *p)
{
	str first = word_name(&p->w, word_expect(&p->w, p->subject), p->subject);
	struct names list = parse_names(p);
	size_t i;

	end_expect(p);
	for (i = 0; i < list.n; i++)
		parse_add(p, p->statement, first, list.v[i]);
	free(list.v);
}

/* RECORD.FIELD, then the functions and slots that leave it unchanged */
void parse_keeps(struct parser *p)
{
	static const char expected[] = "the name of a function, or RECORD.FIELD of a slot";
	uint32_t key[MODEL_KEY];
	char *word;

	word_field(&p->w, word_expect(&p->w, p->subject), &key[2], &key[3]);
	for (word = word_expect(&p->w, expected); word; word = word_next(&p->w)) {
		key[0] = 0;
		if (strchr(word, '.'))
			word_field(&p->w, word, &key[0], &key[1]);
		else
			key[1] = word_name(&p->w, word, expected);
		add_key(p, p->statement, key);
	}
}
