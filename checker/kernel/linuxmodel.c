// SPDX-License-Identifier: GPL-2.0-only
/* linuxmodel.c - what is true of Linux and not in its code, read from model files. */
#include <errno.h>
#include <limits.h>

#include "linuxmodel.h"
#include "modelset.h"

/* --- lines and words */

struct line {
	const char *path;
	unsigned int number;
	char *rest; /* what has not been read */
};

_Noreturn static void line_die(const struct line *l, const char *expected, const char *found)
{
	if (found)
		die("%s:%u: expected %s, found '%.60s'", l->path, l->number, expected, found);
	die("%s:%u: expected %s, found end of line", l->path, l->number, expected);
}

/* The next word, or NULL at the end of the line. */
static char *line_word(struct line *l)
{
	return strtok_r(NULL, " \t\r", &l->rest);
}

static char *line_expect(struct line *l, const char *expected)
{
	char *word = line_word(l);

	if (!word)
		line_die(l, expected, NULL);
	return word;
}

static str parse_name(const struct line *l, const char *word, const char *expected)
{
	if (!*word || word[strspn(word, "abcdefghijklmnopqrstuvwxyz"
					"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")])
		line_die(l, expected, word);
	return str_intern(word);
}

/* The value if `word` is "key=value", else NULL. */
static const char *parse_option(const char *word, const char *key)
{
	size_t n = strlen(key);

	return !strncmp(word, key, n) && word[n] == '=' ? word + n + 1 : NULL;
}

static int parse_argument(const struct line *l, const char *word)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(word, &end, 10);
	if (*word < '0' || *word > '9' || *end || errno || n > SCHAR_MAX)
		line_die(l, "the number of an argument, from 0", word);
	return (int)n;
}

static enum lock_mode parse_mode(const struct line *l, const char *word)
{
	if (!strcmp(word, "exclusive"))
		return MODE_EXCLUSIVE;
	if (strcmp(word, "shared"))
		line_die(l, "exclusive or shared", word);
	return MODE_SHARED;
}

static enum phase parse_phase(const struct line *l, const char *word)
{
	static const char *const names[] = {
		[PHASE_SETUP] = "setup",
		[PHASE_TEARDOWN] = "teardown",
		[PHASE_RUNTIME] = "runtime",
	};
	size_t i;

	for (i = PHASE_SETUP; i < ARRAY_SIZE(names); i++)
		if (!strcmp(word, names[i]))
			return (enum phase)i;
	line_die(l, "setup, runtime or teardown", word);
}

static enum lock_result parse_result(const struct line *l, const char *word)
{
	if (!strcmp(word, "nonzero"))
		return RESULT_NONZERO;
	if (strcmp(word, "zero"))
		line_die(l, "nonzero or zero", word);
	return RESULT_ZERO;
}

/* "RECORD.FIELD"; the name of an anonymous record has dots of its own. */
static struct named_field parse_field(const struct line *l, char *word)
{
	char *dot = strrchr(word, '.');
	struct named_field f;

	if (!dot || dot == word || !dot[1])
		line_die(l, "RECORD.FIELD", word);
	*dot = '\0';
	f.record = parse_name(l, word, "RECORD.FIELD");
	f.field = !strcmp(dot + 1, "*") ? str_intern("*") : parse_name(l, dot + 1, "RECORD.FIELD");
	return f;
}

/* --- statements */

struct lock_options {
	int arg; /* INT_MIN: not given */
	str member;
	str name;
	enum lock_result ok;
};

/* N or N.MEMBER */
static int read_argument(const struct line *l, const char *value, str *member)
{
	int arg;
	char *number = xstrdup(value), *dot = strchr(number, '.');

	if (dot) {
		*dot = '\0';
		*member = parse_name(l, dot + 1, "the name of a member");
	}
	arg = parse_argument(l, number);
	free(number);
	return arg;
}

static struct lock_options lock_read_options(struct line *l, bool assert)
{
	const char *expected = assert ? "arg= or name=" : "arg=, name= or ok=", *word, *value;
	struct lock_options o = { .arg = INT_MIN, .ok = RESULT_ALWAYS };

	while ((word = line_word(l))) {
		if ((value = parse_option(word, "arg")))
			o.arg = read_argument(l, value, &o.member);
		else if ((value = parse_option(word, "name")))
			o.name = parse_name(l, value, "the name of a lock");
		else if (!assert && (value = parse_option(word, "ok")))
			o.ok = parse_result(l, value);
		else
			line_die(l, expected, word);
	}
	if (o.arg == INT_MIN)
		o.arg = o.name ? -1 : 0;
	return o;
}

static void locks_put(struct linux_model *m, const struct line *l, char *list, struct lock_api api)
{
	char *name, *save;

	if (!strcmp(list, "-"))
		return;
	for (name = strtok_r(list, ",", &save); name; name = strtok_r(NULL, ",", &save)) {
		api.func = parse_name(l, name, "the name of a function");
		SET_PUT(m->locks, m->nlocks, &api, compare_lock);
	}
}

static void read_lock(struct linux_model *m, struct line *l)
{
	struct lock_api api = { .mode = parse_mode(l, line_expect(l, "exclusive or shared")) };
	char *acquires = line_expect(l, "the functions that acquire the lock, or -");
	char *slash = line_expect(l, "/");
	char *releases = line_expect(l, "the functions that release the lock, or -");
	struct lock_options o = lock_read_options(l, false);

	if (strcmp(slash, "/"))
		line_die(l, "/", slash);
	api.arg = o.arg;
	api.member = o.member;
	api.name = o.name;
	locks_put(m, l, releases, api);
	api.acquire = true;
	api.result = o.ok;
	locks_put(m, l, acquires, api);
}

static void read_assert(struct linux_model *m, struct line *l)
{
	struct lock_api api = { .mode = parse_mode(l, line_expect(l, "exclusive or shared")) };
	char *funcs = line_expect(l, "the functions that assert that the lock is held");
	struct lock_options o = lock_read_options(l, true);

	api.assert = true;
	api.arg = o.arg;
	api.member = o.member;
	api.name = o.name;
	locks_put(m, l, funcs, api);
}

/* NAME[(N)][:shared|:maybe] or self */
static void held_read(const struct line *l, char *word, struct entry_rule *rule)
{
	struct held_lock h = { .arg = -1, .mode = MODE_EXCLUSIVE };
	char *colon = strchr(word, ':'), *paren = strchr(word, '(');

	if (rule->nheld == HELD_MAX)
		line_die(l, "no more than 4 locks in holds=", word);
	h.self = !strcmp(word, "self");
	if (colon) {
		*colon = '\0';
		h.maybe = !strcmp(colon + 1, "maybe");
		if (!h.maybe && strcmp(colon + 1, "shared"))
			line_die(l, "shared or maybe after ':' in holds=", colon + 1);
		h.mode = h.maybe ? MODE_EXCLUSIVE : MODE_SHARED;
	}
	if (paren) {
		size_t n = strlen(paren);

		if (paren[n - 1] != ')')
			line_die(l, "NAME(N)[:shared|:maybe] in holds=", word);
		paren[n - 1] = *paren = '\0';
		h.arg = parse_argument(l, paren + 1);
	}
	if (!h.self)
		h.name = parse_name(l, word, "the name of a lock in holds=");
	rule->held[rule->nheld++] = h;
}

static void entry_read_holds(const struct line *l, const char *value, struct entry_rule *rule)
{
	char *list = xstrdup(value), *word, *save;

	rule->nheld = 0;
	word = strtok_r(list, ",", &save);
	if (!word)
		line_die(l, "locks in holds=", NULL);
	for (; word; word = strtok_r(NULL, ",", &save))
		held_read(l, word, rule);
	free(list);
}

/* The options of slot and register, the latter with fn=; `rule` names the entry. */
static void entry_read(struct linux_model *m, struct line *l, struct entry_rule *rule)
{
	const char *word, *value;

	while ((word = line_word(l))) {
		if (!rule->record && (value = parse_option(word, "fn")))
			rule->fn_arg = read_argument(l, value, &rule->fn_member);
		else if ((value = parse_option(word, "phase")))
			rule->phase = parse_phase(l, value);
		else if ((value = parse_option(word, "context")))
			rule->context = parse_name(l, value, "a word after context=");
		else if ((value = parse_option(word, "owner")))
			rule->owner = strcmp(value, "none") ? parse_argument(l, value) : -1;
		else if ((value = parse_option(word, "holds")))
			entry_read_holds(l, value, rule);
		else
			line_die(l, "phase=, context=, owner=, holds= or (register) fn=", word);
	}
	if (rule->fn_arg < 0 && !rule->record)
		line_die(l, "fn=", NULL);
	if (!rule->phase)
		line_die(l, "phase=", NULL);
	if (!rule->context)
		line_die(l, "context=", NULL);
	SET_PUT(m->entries, m->nentries, rule, compare_entry);
}

static void read_slot(struct linux_model *m, struct line *l)
{
	struct named_field f = parse_field(l, line_expect(l, "RECORD.FIELD"));
	struct entry_rule rule = { .record = f.record, .name = f.field, .fn_arg = -1 };

	entry_read(m, l, &rule);
}

static void read_register(struct linux_model *m, struct line *l)
{
	static const char what[] = "the name of a function";
	struct entry_rule rule = { .name = parse_name(l, line_expect(l, what), what),
				   .fn_arg = -1 };

	entry_read(m, l, &rule);
}

/* A list of functions in *set; with_arg: closed by arg=N, which goes for all of them. */
static void read_functions(struct line *l, struct named_arg **set, size_t *n, bool with_arg)
{
	const char *value = NULL;
	char *word = line_expect(l, "the name of a function"), *name, *save;
	struct named_arg item = { 0 };
	size_t i, nlists = 0, cap = 0;
	char **lists = NULL;

	for (; word && !(with_arg && (value = parse_option(word, "arg"))); word = line_word(l))
		*vec_add(lists, nlists, cap) = word;
	if (with_arg && !value)
		line_die(l, "arg=", NULL);
	if (value)
		item.arg = parse_argument(l, value);
	if (word && (word = line_word(l)))
		line_die(l, "nothing after arg=", word);
	for (i = 0; i < nlists; i++) {
		for (name = strtok_r(lists[i], ",", &save); name;
		     name = strtok_r(NULL, ",", &save)) {
			item.name = parse_name(l, name, "the name of a function");
			SET_PUT(*set, *n, &item, compare_arg);
		}
	}
	free(lists);
}

static void read_fields(struct line *l, struct named_field **set, size_t *n)
{
	char *word = line_expect(l, "RECORD.FIELD");

	for (; word; word = line_word(l)) {
		struct named_field f = parse_field(l, word);

		SET_PUT(*set, *n, &f, compare_field);
	}
}

static void read_names(struct line *l, const char *what, str **set, size_t *n)
{
	char *word = line_expect(l, what);

	for (; word; word = line_word(l)) {
		str name = parse_name(l, word, what);

		SET_PUT(*set, *n, &name, compare_str);
	}
}

/* PREFIX... context=WORD */
static void read_entry(struct linux_model *m, struct line *l)
{
	const char *expected = "the begin of the name of a function", *value = NULL;
	size_t first = m->nnamed_entries, i;
	char *word = line_expect(l, expected);
	struct named_entry e = { 0 };

	for (; word && !(value = parse_option(word, "context")); word = line_word(l)) {
		e.prefix = parse_name(l, word, expected);
		m->named_entries = xrealloc(m->named_entries, (m->nnamed_entries + 1) * sizeof(e));
		m->named_entries[m->nnamed_entries++] = e;
	}
	if (!value)
		line_die(l, "context=", NULL);
	for (i = first; i < m->nnamed_entries; i++)
		m->named_entries[i].context = parse_name(l, value, "a word after context=");
}

/* FUNC... context=WORD */
static void read_runs(struct linux_model *m, struct line *l)
{
	char *word = line_expect(l, "the name of a function");
	const char *value = NULL;
	str *funcs = NULL, context;
	size_t n = 0, cap = 0, i;

	for (; word && !(value = parse_option(word, "context")); word = line_word(l))
		*vec_add(funcs, n, cap) = parse_name(l, word, "the name of a function");
	if (!value)
		line_die(l, "context=", NULL);
	context = parse_name(l, value, "a word after context=");
	for (i = 0; i < n; i++) {
		struct named_field f = { funcs[i], context };

		SET_PUT(m->runs, m->nruns, &f, compare_first);
	}
	free(funcs);
}

static void read_frozen(struct linux_model *m, struct line *l)
{
	static const char what[] = "the name of a context";
	struct named_field item = { parse_name(l, line_expect(l, what), what), 0 };
	char *word = line_expect(l, what);

	for (; word; word = line_word(l)) {
		item.field = parse_name(l, word, what);
		SET_PUT(m->frozen, m->nfrozen, &item, compare_field);
	}
}

/* RECORD.FIELD FUNC|SLOT... */
static void read_keeps(struct linux_model *m, struct line *l)
{
	static const char what[] = "the name of a function, or RECORD.FIELD of a slot";
	struct keeper k = { .member = parse_field(l, line_expect(l, "RECORD.FIELD")) };
	char *word = line_expect(l, what);

	for (; word; word = line_word(l)) {
		k.callee = strchr(word, '.') ? parse_field(l, word) :
					       (struct named_field){ 0, parse_name(l, word, what) };
		SET_PUT(m->keepers, m->nkeepers, &k, compare_keeper);
	}
}

/* The words that are left, one blank between two. */
static str read_phrase(struct line *l)
{
	char *word = line_expect(l, "the words of a phrase");
	str phrase = str_intern(word);

	while ((word = line_word(l)))
		phrase = str_printf("%s %s", str_get(phrase), word);
	return phrase;
}

static void read_claim(struct linux_model *m, struct line *l)
{
	static const char *const names[] = {
		[CLAIM_LOCK] = "lock",	       [CLAIM_HELD] = "held",	  [CLAIM_SETUP] = "setup",
		[CLAIM_ACCEPT] = "accept",     [CLAIM_ALL] = "all",	  [CLAIM_BELOW] = "below",
		[CLAIM_PROTECTS] = "protects", [CLAIM_CALLED] = "called",
	};
	static const char what[] = "lock, held, setup, accept, protects, all, below or called";
	const char *word = line_expect(l, what);
	struct claim_phrase phrase = { 0 };

	while (phrase.kind < ARRAY_SIZE(names) && strcmp(word, names[phrase.kind]) != 0)
		phrase.kind++;
	if (phrase.kind == ARRAY_SIZE(names))
		line_die(l, what, word);
	if (phrase.kind == CLAIM_CALLED)
		phrase.lock =
			parse_name(l, line_expect(l, "the name of a lock"), "the name of a lock");
	phrase.text = read_phrase(l);
	SET_PUT(m->phrases, m->nphrases, &phrase, compare_phrase);
}

static const struct statement {
	const char *name;
	void (*read)(struct linux_model *m, struct line *l);
} statements[] = {
	{ "lock", read_lock },	       { "assert", read_assert }, { "slot", read_slot },
	{ "register", read_register }, { "claim", read_claim },	  { "frozen", read_frozen },
	{ "entry", read_entry },       { "runs", read_runs },	  { "keeps", read_keeps },
};

/* Statements that are a list of what is in one set. */
enum list_kind { LIST_NAMES, LIST_FIELDS, LIST_FUNCTIONS, LIST_FUNCTIONS_ARG };

#define SET(member) offsetof(struct linux_model, member), offsetof(struct linux_model, n##member)

static const struct list {
	const char *name;
	enum list_kind kind;
	size_t set, n;	  /* where in struct linux_model */
	const char *what; /* LIST_NAMES */
} lists[] = {
	{ "alloc", LIST_FUNCTIONS, SET(allocs), NULL },
	{ "lookup", LIST_FUNCTIONS, SET(lookups), NULL },
	{ "publish", LIST_FUNCTIONS_ARG, SET(publishers), NULL },
	{ "setup", LIST_FUNCTIONS_ARG, SET(setups), NULL },
	{ "teardown", LIST_FUNCTIONS_ARG, SET(teardowns), NULL },
	{ "stopped", LIST_FUNCTIONS_ARG, SET(stopped), NULL },
	{ "write", LIST_FUNCTIONS_ARG, SET(writers), NULL },
	{ "getter", LIST_FUNCTIONS_ARG, SET(getters), NULL },
	{ "creates", LIST_FUNCTIONS_ARG, SET(creators), NULL },
	{ "free", LIST_FUNCTIONS_ARG, SET(frees), NULL },
	{ "traverse", LIST_FIELDS, SET(traversals), NULL },
	{ "unregistered", LIST_NAMES, SET(unregistered), "the name of a function" },
	{ "owned", LIST_FIELDS, SET(owned), NULL },
	{ "locktype", LIST_NAMES, SET(lock_types), "the name of a record" },
	{ "handed", LIST_NAMES, SET(handed), "the name of a record" },
	{ "shared", LIST_NAMES, SET(shared), "the name of a record" },
	{ "own", LIST_NAMES, SET(owns), "the name of a function" },
	{ "sleeps", LIST_NAMES, SET(sleepers), "the name of a function" },
	{ "opaque", LIST_NAMES, SET(opaque), "the name of a function" },
	{ "noreturn", LIST_NAMES, SET(noreturns), "the name of a function" },
	{ "guarderr", LIST_NAMES, SET(guard_errors), "the end of the name of a function" },
	{ "ordered", LIST_NAMES, SET(ordered), "the name of a context" },
	{ "interrupt", LIST_NAMES, SET(interrupts), "the name of a context" },
	{ "layoutassert", LIST_NAMES, SET(layout_asserts), "the name of a macro" },
	{ "wiretype", LIST_NAMES, SET(wire_types), "the name of a type" },
};

static void list_read(struct linux_model *m, struct line *l, const struct list *list)
{
	void *set = (char *)m + list->set;
	size_t *n = (size_t *)((char *)m + list->n);

	switch (list->kind) {
	case LIST_NAMES:
		read_names(l, list->what, set, n);
		break;
	case LIST_FIELDS:
		read_fields(l, set, n);
		break;
	case LIST_FUNCTIONS:
	case LIST_FUNCTIONS_ARG:
		read_functions(l, set, n, list->kind == LIST_FUNCTIONS_ARG);
		break;
	}
}

static void line_read(struct linux_model *m, struct line *l)
{
	const char *word = line_word(l);
	size_t i;

	if (!word)
		return;
	for (i = 0; i < ARRAY_SIZE(statements); i++)
		if (!strcmp(word, statements[i].name)) {
			statements[i].read(m, l);
			return;
		}
	for (i = 0; i < ARRAY_SIZE(lists); i++)
		if (!strcmp(word, lists[i].name)) {
			list_read(m, l, &lists[i]);
			return;
		}
	line_die(l, "a statement (lock, slot, alloc ...)", word);
}

void linuxmodel_read(struct linux_model *m, const char *path)
{
	struct line l = { .path = path };
	size_t bytes;
	char *text = read_file(path, &bytes), *next;

	if (!text)
		die("cannot read model file %s:", path);
	if (strlen(text) != bytes)
		die("%s: not a model file: it has a NUL byte", path);
	for (l.rest = text; l.rest; l.rest = next) {
		next = strchr(l.rest, '\n');
		if (next)
			*next++ = '\0';
		l.number++;
		l.rest[strcspn(l.rest, "#")] = '\0';
		line_read(m, &l);
	}
	free(text);
}

void linuxmodel_free(struct linux_model *m)
{
	free(m->locks);
	free(m->entries);
	free(m->allocs);
	free(m->publishers);
	free(m->setups);
	free(m->teardowns);
	free(m->writers);
	free(m->getters);
	free(m->creators);
	free(m->unregistered);
	free(m->lookups);
	free(m->traversals);
	free(m->frees);
	free(m->owned);
	free(m->runs);
	free(m->sleepers);
	free(m->opaque);
	free(m->keepers);
	free(m->stopped);
	free(m->ordered);
	free(m->lock_types);
	free(m->noreturns);
	free(m->layout_asserts);
	free(m->wire_types);
	free(m->handed);
	free(m->guard_errors);
	free(m->named_entries);
	free(m->owns);
	free(m->interrupts);
	free(m->frozen);
	free(m->shared);
	free(m->phrases);
	memset(m, 0, sizeof(*m));
}
