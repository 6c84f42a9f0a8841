// SPDX-License-Identifier: GPL-2.0-only
/* model_parse_rules.c - the statements that say more of a name than that it is listed. */
#include <limits.h>

#include "model_grammar.h"
#include "model_parse_rules.h"

/* --- locks */

static enum lock_mode mode_read(struct parser *p)
{
	const char *word = word_expect(&p->w, "exclusive or shared");

	if (!strcmp(word, "exclusive"))
		return MODE_EXCLUSIVE;
	if (strcmp(word, "shared"))
		word_refuse(&p->w, "exclusive or shared", word);
	return MODE_SHARED;
}

static enum lock_result result_of(const struct parser *p, const char *text)
{
	if (!strcmp(text, "nonzero"))
		return RESULT_NONZERO;
	if (!strcmp(text, "true"))
		return RESULT_TRUE;
	if (!strcmp(text, "false"))
		return RESULT_FALSE;
	if (strcmp(text, "zero"))
		word_refuse(&p->w, "true, false, nonzero or zero", text);
	return RESULT_ZERO;
}

/* Options of lock and assert; true if the functions that acquire the lock sleep. */
static bool lock_options(struct parser *p, struct lock_api *api)
{
	bool sleeps = false, plain = api->assert || api->activity;
	const char *expected = api->activity ? "arg= or name=" :
			       api->assert   ? "arg=, name= or ok=" :
					       "arg=, name=, owner=, ok= or sleeps",
		   *value;
	const char *word;

	api->arg = INT_MIN;
	while ((word = word_next(&p->w))) {
		if ((value = word_option(word, "arg")))
			api->arg = word_argument(&p->w, value, &api->member);
		else if ((value = word_option(word, "name")))
			api->name = word_name(&p->w, value, "the name of a lock");
		else if (!plain && (value = word_option(word, "owner")))
			api->owner_arg = (uint32_t)word_number(&p->w, value) + 1;
		else if (!api->activity && (value = word_option(word, "ok")))
			api->result = result_of(p, value);
		else if (!plain && !strcmp(word, "sleeps"))
			sleeps = true;
		else
			word_refuse(&p->w, expected, word);
	}
	if (api->arg == INT_MIN)
		api->arg = api->name && !api->activity ? -1 : 0;
	return sleeps;
}

/* "FUNC[, FUNC]...": while a word ends in a comma the next one belongs to the list; `-` is none. */
static struct names functions_read(struct parser *p, const char *expected)
{
	struct names list = { 0 };
	char *word = word_expect(&p->w, expected);
	size_t n;

	if (!strcmp(word, "-"))
		return list;
	while ((n = strlen(word)) && word[n - 1] == ',') {
		word[n - 1] = '\0';
		word_names(&p->w, word, "the name of a function", &list);
		word = word_expect(&p->w, "the name of a function");
	}
	word_names(&p->w, word, "the name of a function", &list);
	return list;
}

/* Makes a rule for each function and drops the list. */
static void add_locks(struct parser *p, struct names list, struct lock_api api, bool sleeps)
{
	struct model_rule *rule;
	size_t i;

	for (i = 0; i < list.n; i++) {
		rule = parse_add(p, MODEL_LOCK, list.v[i], 0);
		rule->statement = p->statement;
		rule->lock = api;
		if (sleeps)
			parse_add(p, MODEL_SLEEPS, list.v[i], 0)->statement = p->statement;
	}
	free(list.v);
}

/* "ACQUIRE... / RELEASE..." and the options of both. */
static void parse_pair(struct parser *p, struct lock_api api, const char *first, const char *second)
{
	struct names acquires = functions_read(p, first), releases;
	const char *slash = word_expect(&p->w, "/");
	bool sleeps;

	if (strcmp(slash, "/"))
		word_refuse(&p->w, "/", slash);
	releases = functions_read(p, second);
	sleeps = lock_options(p, &api);
	api.acquire = true;
	add_locks(p, acquires, api, sleeps);
	api.acquire = false;
	api.result = RESULT_ALWAYS;
	add_locks(p, releases, api, false);
}

void parse_lock(struct parser *p)
{
	struct lock_api api = { .mode = mode_read(p), .result = RESULT_ALWAYS };

	parse_pair(p, api, "the functions that acquire the lock, or -",
		   "the functions that release the lock, or -");
}

void parse_end(struct parser *p)
{
	struct lock_api api = { .activity = true, .mode = MODE_SHARED, .result = RESULT_ALWAYS };

	parse_pair(p, api, "the functions that end it, or -", "the functions that start it, or -");
}

void parse_assert(struct parser *p)
{
	struct lock_api api = { .assert = true, .mode = mode_read(p), .result = RESULT_ALWAYS };
	struct names list = functions_read(p, "the functions that assert that the lock is held");

	lock_options(p, &api);
	add_locks(p, list, api, false);
}

/* --- entries */

static enum phase phase_of(const struct parser *p, const char *text)
{
	unsigned int phase = PHASE_SETUP;

	while (phase <= PHASE_RUNTIME && strcmp(text, phase_keyword(phase)) != 0)
		phase++;
	if (phase > PHASE_RUNTIME)
		word_refuse(&p->w, "setup, runtime or teardown", text);
	return phase;
}

/* Is the text WORD, or WORD(...)? */
static bool is_word(const char *text, const char *word)
{
	size_t n = strcspn(text, "(");

	return n == strlen(word) && !strncmp(text, word, n);
}

/* self[(N[.NAME])], ended(N.MEMBER...), or NAME[(N[.MEMBER]...)][:shared|:maybe|:optional] */
static void held_read(const struct parser *p, char *text, struct entry_rule *rule)
{
	struct held_lock h = { .arg = -1, .mode = MODE_EXCLUSIVE };
	char *colon = strchr(text, ':'), *paren = strchr(text, '(');

	if (rule->nheld == HELD_MAX)
		word_refuse(&p->w, "no more than 4 locks in holds=", text);
	h.self = is_word(text, "self");
	h.ended = is_word(text, "ended");
	if (colon) {
		*colon = '\0';
		h.optional = !strcmp(colon + 1, "optional");
		h.maybe = h.optional || !strcmp(colon + 1, "maybe");
		if (!h.maybe && strcmp(colon + 1, "shared"))
			word_refuse(&p->w,
				    "shared, maybe or optional after ':' in holds=", colon + 1);
		h.mode = h.maybe ? MODE_EXCLUSIVE : MODE_SHARED;
	}
	if (paren) {
		size_t n = strlen(paren);

		if (paren[n - 1] != ')')
			word_refuse(
				&p->w,
				"NAME(N[.MEMBER]...)[:shared|:maybe|:optional] in holds=", text);
		paren[n - 1] = *paren = '\0';
		h.arg = word_argument(&p->w, paren + 1, &h.path);
	}
	if (h.ended && !h.path)
		word_refuse(&p->w, "(N.MEMBER...) after ended in holds=", text);
	if (!h.self && !h.ended)
		h.name = word_name(&p->w, text, "the name of a lock in holds=");
	rule->held[rule->nheld++] = h;
}

static void holds_read(const struct parser *p, const char *value, struct entry_rule *rule)
{
	char *list = xstrdup(value), *text = list, *comma;

	for (rule->nheld = 0; (comma = strchr(text, ',')); text = comma + 1) {
		*comma = '\0';
		held_read(p, text, rule);
	}
	held_read(p, text, rule);
	free(list);
}

/* Options of slot and register, whose own is fn=; `fn_arg` NULL: slot. */
static struct entry_rule entry_options(struct parser *p, int *fn_arg)
{
	struct entry_rule rule = { 0 };
	const char *word, *value;

	while ((word = word_next(&p->w))) {
		if (fn_arg && (value = word_option(word, "fn")))
			*fn_arg = word_argument(&p->w, value, &rule.fn_member);
		else if ((value = word_option(word, "phase")))
			rule.phase = phase_of(p, value);
		else if ((value = word_option(word, "context")))
			rule.context = word_name(&p->w, value, "a word after context=");
		else if ((value = word_option(word, "owner")))
			rule.owner = strcmp(value, "none") ? word_number(&p->w, value) : -1;
		else if ((value = word_option(word, "holds")))
			holds_read(p, value, &rule);
		else
			word_refuse(&p->w,
				    "phase=, context=, owner=, holds= or (register) fn=", word);
	}
	if (fn_arg && *fn_arg < 0)
		word_refuse(&p->w, "fn=", NULL);
	if (!rule.phase)
		word_refuse(&p->w, "phase=", NULL);
	if (!rule.context)
		word_refuse(&p->w, "context=", NULL);
	rule.by_callers = !strcmp(str_get(rule.context), "caller");
	return rule;
}

void parse_slot(struct parser *p)
{
	struct names records, fields;
	struct entry_rule rule;
	size_t i;

	parse_fields(p, true, &records, &fields);
	rule = entry_options(p, NULL);
	for (i = 0; i < records.n; i++)
		parse_add(p, p->statement, records.v[i], fields.v[i])->entry = rule;
	free(records.v);
	free(fields.v);
}

void parse_register(struct parser *p)
{
	struct names list = parse_names(p);
	struct entry_rule rule;
	int fn_arg = -1;
	size_t i;

	rule = entry_options(p, &fn_arg);
	for (i = 0; i < list.n; i++)
		parse_add(p, p->statement, list.v[i], (uint32_t)fn_arg)->entry = rule;
	free(list.v);
}

/* --- claims */

/* The words that are left, with one blank between two, and none after a `|`. */
static str phrase_read(struct parser *p)
{
	const char *word = word_expect(&p->w, p->subject), *text;
	str phrase = str_intern(word);

	while ((word = word_next(&p->w))) {
		text = str_get(phrase);
		phrase = str_printf("%s%s%s", text, text[strlen(text) - 1] == '|' ? "" : " ", word);
	}
	return phrase;
}

void parse_claim(struct parser *p)
{
	static const char expected[] = "lock, held, setup, accept, protects, all, below or called";
	const char *word = word_expect(&p->w, expected);
	struct claim_phrase phrase = { 0 };
	unsigned int kind = 0;

	while (kind <= CLAIM_CALLED && strcmp(word, claim_kind_name(kind)) != 0)
		kind++;
	if (kind > CLAIM_CALLED)
		word_refuse(&p->w, expected, word);
	phrase.kind = kind;
	if (phrase.kind == CLAIM_CALLED)
		phrase.lock = word_name(&p->w, word_expect(&p->w, "the name of a lock"),
					"the name of a lock");
	parse_add(p, p->statement, phrase_read(p), 0)->phrase = phrase;
}

void parse_prefix(struct parser *p)
{
	str path = str_intern(word_expect(&p->w, p->subject));

	p->subject = "the text that subjects begin with";
	parse_add(p, p->statement, path, 0)->text = phrase_read(p);
}
