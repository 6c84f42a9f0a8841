// SPDX-License-Identifier: GPL-2.0-only
/* claim_parse.c - finds claims in comments: words, phrases, and the locks named behind them. */
#include <ctype.h>
#include <strings.h>

#include "claim_parse.h"
#include "kernel/linuxmodel.h"

#define GAP 6	  /* words that a `*` of a phrase may stand for */
#define QUOTE 100 /* longest quotation in bytes */
#define DENIED 3  /* words behind a negation that it denies */

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '\'';
}

static size_t word_bytes(const char *s)
{
	size_t n = 0;

	while (in_word(s[n]))
		n++;
	return n;
}

static bool is_word(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && !strncasecmp(s, word, n);
}

/* The next word of the sentence at or behind `s`; NULL at its end. */
static const char *next_word(const char *s)
{
	while (*s && !in_word(*s)) {
		if (*s == ';' || (*s == '.' && (!s[1] || s[1] == ' ')))
			return NULL;
		s++;
	}
	return *s ? s : NULL;
}

static bool is_negation(const char *s, size_t n)
{
	static const char *const words[] = { "not", "no", "never", "cannot", "without" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (is_word(s, n, words[i]))
			return true;
	return n > 3 && !strncasecmp(s + n - 3, "n't", 3);
}

/* Is the word one of "a|b|c", the first word of a phrase? */
static bool one_of(const char *s, size_t n, const char *phrase)
{
	size_t part;

	for (; *phrase && *phrase != ' '; phrase += part + (phrase[part] == '|')) {
		part = strcspn(phrase, "| ");
		if (part == n && !strncasecmp(phrase, s, n))
			return true;
	}
	return false;
}

/* Matches a phrase with the text at `s`; returns the end of the match, or NULL. */
static const char *match(const char *s, const char *phrase)
{
	const char *rest = strchr(phrase, ' '), *end;
	size_t n = word_bytes(s), gap;

	if (strncmp(phrase, "* ", 2) != 0) {
		if (!one_of(s, n, phrase))
			return NULL;
		end = s + n;
		s = rest ? next_word(end) : NULL;
		return !rest ? end : s ? match(s, rest + 1) : NULL;
	}
	for (gap = 0; gap <= GAP; gap++) {
		end = match(s, phrase + 2);
		if (end || is_negation(s, word_bytes(s)))
			return end;
		s = next_word(s + word_bytes(s));
		if (!s)
			return NULL;
	}
	return NULL;
}

/* The phrase of one of the kinds (a set of bits) that matches the most text at `s`, or NULL. */
static const struct claim_phrase *phrase_at(const struct linux_model *m, const char *s,
					    uint32_t kinds, const char **end)
{
	struct model_rule *rule, *best = NULL;
	const char *e;

	for (rule = model_first(m, MODEL_CLAIM); rule; rule = model_next(rule)) {
		if (!(kinds >> rule->phrase.kind & 1))
			continue;
		e = match(s, str_get(rule->key[0]));
		if (!e || (best && e <= *end))
			continue;
		best = rule;
		*end = e;
	}
	if (!best)
		return NULL;
	model_use(best);
	return &best->phrase;
}

/* The first phrase of one of the kinds that no negation before it denies, or NULL. */
static const struct claim_phrase *find_phrase(const struct linux_model *m, const char *comment,
					      uint32_t kinds, const char **at, const char **end)
{
	const struct claim_phrase *found;
	const char *s = comment;
	unsigned int denied = 0;

	while (*s) {
		size_t n = word_bytes(s);

		if (!n) {
			if (strchr(",;.", *s++))
				denied = 0;
			continue;
		}
		found = denied ? NULL : phrase_at(m, s, kinds, end);
		if (found) {
			*at = s;
			return found;
		}
		denied = is_negation(s, n) ? DENIED : denied ? denied - 1 : 0;
		s += n;
	}
	return NULL;
}

/* The text up to the end of its sentence, cut at a word if it is too long. */
static str quote(const char *s)
{
	size_t n = 0, i, word = 0;

	for (i = 0; s[i] && i < QUOTE; i++) {
		if (s[i] == ';' || (s[i] == '.' && (!s[i + 1] || s[i + 1] == ' ')))
			break;
		if (s[i] == ' ')
			word = i;
	}
	n = s[i] && i == QUOTE ? word : i;
	return str_intern_n(s, n);
}

/* --- the locks named behind a phrase */

static const char *skip_fillers(const char *s)
{
	static const char *const words[] = { "the", "a", "an", "its", "struct", "both", "either" };
	size_t i, n;

	for (;;) {
		while (*s && !in_word(*s) && *s != '.' && *s != ';' && *s != ',')
			s++;
		while (*s == '\'')
			s++;
		n = word_bytes(s);
		for (i = 0; i < ARRAY_SIZE(words) && !is_word(s, n, words[i]); i++)
			;
		if (i == ARRAY_SIZE(words))
			return s;
		s += n;
	}
}

/* Behind "->", "." or "::", if the text begins with one and a member follows; else NULL. */
static const char *member_of(const char *s)
{
	if (!strncmp(s, "->", 2) || !strncmp(s, "::", 2))
		return s + 2;
	if (*s == '.' && in_word(s[1]))
		return s + 1;
	return NULL;
}

static bool is_possessive(const char *s, size_t n)
{
	return n > 2 && !strncasecmp(s + n - 2, "'s", 2);
}

/* A noun for a lock: "socket lock" names the lock of the socket. */
static bool is_lock_word(const char *s, size_t n)
{
	static const char *const words[] = { "lock", "mutex", "spinlock", "semaphore", "rwsem" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (is_word(s, n, words[i]))
			return true;
	return false;
}

/* Reads the name of one lock, moves *at behind it; 0 if there is none. */
static str lock_name(const struct linux_model *m, const char **at)
{
	const struct claim_phrase *called;
	const struct lock_api *api;
	const char *s = skip_fillers(*at), *next;
	size_t n;
	str name;

	called = phrase_at(m, s, 1u << CLAIM_CALLED, at);
	if (called)
		return called->lock;
	for (n = word_bytes(s); (next = member_of(s + n)) || is_possessive(s, n); n = word_bytes(s))
		s = next ? next : skip_fillers(s + n);
	*at = s + n;
	if (!n)
		return 0;
	name = str_intern_n(s, n);
	if (!strncmp(*at, "()", 2)) {
		*at += 2;
		api = model_lock(m, name);
		return api && api->name ? api->name : name;
	}
	next = **at == ' ' ? *at + 1 : *at;
	if (is_lock_word(next, word_bytes(next)) && next > *at) {
		name = str_printf("%s %.*s", str_get(name), (int)word_bytes(next), next);
		*at = next + word_bytes(next);
	}
	return name;
}

/* Behind a conjunction, after which another name follows; sets *all for "and".  NULL: none. */
static const char *conjunction(const char *s, bool *all)
{
	while (*s == ' ' || *s == ',' || *s == '\'' || *s == '"' || *s == '`')
		s++;
	if (*s == '/' || *s == '&' || *s == '+') {
		*all |= *s != '/';
		return s + 1;
	}
	if (is_word(s, word_bytes(s), "and")) {
		*all = true;
		return s + 3;
	}
	return is_word(s, word_bytes(s), "or") ? s + 2 : NULL;
}

static void read_names(const struct linux_model *m, const char *s, struct claim_text *out)
{
	while (s) {
		str name = lock_name(m, &s);

		if (!name)
			return;
		out->more = out->nnames == CLAIM_LOCKS_MAX;
		if (out->more)
			return;
		out->names[out->nnames++] = name;
		s = conjunction(s, &out->all);
	}
}

/* The word that ends at `end`, in small letters: "probe" of "only set at Probe". */
static str last_word(const char *at, const char *end)
{
	char word[32];
	size_t n;

	while (end > at && in_word(end[-1]))
		end--;
	for (n = 0; n + 1 < sizeof(word) && in_word(end[n]); n++)
		word[n] = (char)tolower((unsigned char)end[n]);
	return str_intern_n(word, n);
}

bool claim_read(const struct linux_model *m, const char *comment, struct claim_text *out)
{
	const uint32_t kinds = 1u << CLAIM_LOCK | 1u << CLAIM_HELD | 1u << CLAIM_SETUP;
	const struct claim_phrase *phrase;
	const char *at, *end;

	*out = (struct claim_text){ 0 };
	phrase = find_phrase(m, comment, kinds, &at, &end);
	if (!phrase)
		return false;
	out->kind = phrase->kind;
	out->quote = quote(at);
	if (phrase->kind != CLAIM_SETUP)
		read_names(m, end, out);
	else
		out->names[out->nnames++] = last_word(at, end);
	return true;
}

str claim_accepts(const struct linux_model *m, const char *comment)
{
	const char *at, *end;

	return find_phrase(m, comment, 1u << CLAIM_ACCEPT, &at, &end) ? quote(at) : 0;
}

str claim_marker(const char *comment, bool *bare)
{
	static const char marker[] = "racybits: ok";
	const char *at = strstr(comment, marker);
	const char *behind = at ? at + strlen(marker) : "", *reason = behind;

	while (*reason && !in_word(*reason))
		reason++;
	if (bare)
		*bare = at && !*reason;
	return at && *reason && !in_word(*behind) ? str_intern(at) : 0;
}

bool claim_speaks(const struct linux_model *m, const char *comment)
{
	const uint32_t kinds = 1u << CLAIM_LOCK | 1u << CLAIM_HELD | 1u << CLAIM_SETUP |
			       1u << CLAIM_ACCEPT | 1u << CLAIM_PROTECTS;
	const char *s = comment, *end;
	bool bare;

	if (claim_marker(comment, &bare) || bare)
		return true;
	for (; *s; s += word_bytes(s) ? word_bytes(s) : 1)
		if (in_word(*s) && phrase_at(m, s, kinds, &end))
			return true;
	return false;
}

/* --- comments of locks */

/* Does the sentence name the field? */
static bool names_field(const char *s, const char *field)
{
	size_t n;

	for (s = next_word(s); s; s = next_word(s + n)) {
		n = word_bytes(s);
		if (strlen(field) == n && !strncmp(s, field, n))
			return true;
	}
	return false;
}

/* Is there a phrase of the kind in the rest of the sentence? */
static bool says(const struct linux_model *m, const char *s, uint32_t kind)
{
	const char *end;

	for (s = next_word(s); s; s = next_word(s + word_bytes(s)))
		if (phrase_at(m, s, 1u << kind, &end))
			return true;
	return false;
}

str claim_protects(const struct linux_model *m, const char *comment, const char *field, bool below)
{
	const char *at, *end;

	if (!find_phrase(m, comment, 1u << CLAIM_PROTECTS, &at, &end))
		return 0;
	if (says(m, end, CLAIM_BELOW))
		return below ? quote(at) : 0;
	if (says(m, end, CLAIM_ALL))
		return quote(at);
	return names_field(end, field) ? quote(at) : 0;
}

/* Does the text begin with "@name:"? */
static bool is_heading(const char *s)
{
	size_t n;

	if (*s != '@')
		return false;
	n = strcspn(s + 1, " :@");
	return n && s[1 + n] == ':';
}

str claim_section(const char *comment, const char *field)
{
	size_t n = strlen(field);
	const char *s, *end;

	for (s = strchr(comment, '@'); s; s = strchr(s + 1, '@')) {
		if (!is_heading(s) || strncmp(s + 1, field, n) != 0 || s[1 + n] != ':')
			continue;
		s += n + 2;
		for (end = s; *end && !is_heading(end); end++)
			;
		return str_intern_n(s, (size_t)(end - s));
	}
	return 0;
}
