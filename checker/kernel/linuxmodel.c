// SPDX-License-Identifier: GPL-2.0-only
/* linuxmodel.c - the rules of the model, and look-ups in them. */
#define uthash_fatal(msg) die("out of memory")
#include "linuxmodel.h"

/* Few names of a program are in the model: most look-ups end here. */
static bool may_have(const struct linux_model *m, enum model_statement s, uint32_t name)
{
	return name < m->nabout && m->about[name] >> s % 64 & 1;
}

static void note_about(struct linux_model *m, enum model_statement s, uint32_t name)
{
	uint32_t n = m->nabout;

	if (name >= n) {
		m->nabout = 2 * name + 1024;
		m->about = xrealloc(m->about, m->nabout * sizeof(*m->about));
		memset(m->about + n, 0, (m->nabout - n) * sizeof(*m->about));
	}
	m->about[name] |= UINT64_C(1) << s % 64;
}

static struct model_rule *find(const struct linux_model *m, enum model_statement s,
			       const uint32_t key[MODEL_KEY])
{
	struct model_rule *r;

	if (!may_have(m, s, key[0]))
		return NULL;
	/* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): the key's bytes are set */
	HASH_FIND(hh, m->rules[s], key, sizeof(r->key), r);
	return r;
}

const struct model_rule *model_find(const struct linux_model *m, enum model_statement s,
				    const uint32_t key[MODEL_KEY])
{
	return find(m, s, key);
}

struct model_rule *model_add(struct linux_model *m, enum model_statement s,
			     const uint32_t key[MODEL_KEY], const char *file, uint32_t line)
{
	struct model_rule *r = find(m, s, key);

	if (r)
		HASH_DEL(m->rules[s], r);
	else
		r = xmalloc(sizeof(*r));
	*r = (struct model_rule){
		.statement = s, .file = str_intern(file), .line = line, .source = m->nsources
	};
	memcpy(r->key, key, sizeof(r->key));
	note_about(m, s, key[0]);
	HASH_ADD(hh, m->rules[s], key, sizeof(r->key), r);
	return r;
}

void model_free(struct linux_model *m)
{
	struct model_rule *r, *next;
	size_t s;

	for (s = 0; s < MODEL_STATEMENTS; s++) {
		next = m->rules[s];
		HASH_CLEAR(hh, m->rules[s]);
		while ((r = next)) {
			next = r->hh.next;
			free(r);
		}
	}
	free(m->about);
	*m = (struct linux_model){ 0 };
}

/* --- look-ups */

void model_use(struct model_rule *r)
{
	if (!__atomic_load_n(&r->used, __ATOMIC_RELAXED))
		__atomic_store_n(&r->used, true, __ATOMIC_RELAXED);
}

/* The rule, which is used then, or NULL. */
static const struct model_rule *hit(const struct linux_model *m, enum model_statement s, str a,
				    uint32_t b)
{
	const uint32_t key[MODEL_KEY] = { a, b };
	struct model_rule *r = find(m, s, key);

	if (r)
		model_use(r);
	return r;
}

bool model_has(const struct linux_model *m, enum model_statement s, str name)
{
	return hit(m, s, name, 0);
}

bool model_mentions(const struct linux_model *m, str func)
{
	size_t s;
	uint32_t arg;

	for (s = 0; s < MODEL_STATEMENTS; s++)
		for (arg = 0; arg < (s == MODEL_REGISTER ? (uint32_t)PARAMS_MAX : 1); arg++)
			if (find(m, (enum model_statement)s, (uint32_t[MODEL_KEY]){ func, arg }))
				return true;
	return false;
}

bool model_has_field(const struct linux_model *m, enum model_statement s, str record, str field)
{
	return hit(m, s, record, field);
}

bool model_has_label(const struct linux_model *m, enum model_statement s, str label)
{
	const char *text = str_get(label), *dot = strchr(text, '.');

	return dot &&
	       model_has_field(m, s, str_intern_n(text, (size_t)(dot - text)), str_intern(dot + 1));
}

/* Is one component of the path the name? */
static bool has_component(const char *path, const char *name)
{
	size_t n = strlen(name);

	for (; path; path = strchr(path, '/')) {
		path += *path == '/';
		if (!strncmp(path, name, n) && (!path[n] || path[n] == '/'))
			return true;
	}
	return false;
}

bool model_has_path(const struct linux_model *m, enum model_statement s, const char *file)
{
	struct model_rule *r;

	for (r = model_first(m, s); r; r = model_next(r))
		if (has_component(file, str_get(r->key[0]))) {
			model_use(r);
			return true;
		}
	return false;
}

bool model_has_pair(const struct linux_model *m, enum model_statement s, str a, str b)
{
	return hit(m, s, a, b) || hit(m, s, b, a);
}

bool model_begins_pair(const struct linux_model *m, enum model_statement s, str name)
{
	const struct model_rule *r;

	for (r = may_have(m, s, name) ? model_first(m, s) : NULL; r; r = model_next(r))
		if (r->key[0] == name)
			return true;
	return false;
}

bool model_in_pair(const struct linux_model *m, enum model_statement s, str name)
{
	const struct model_rule *r;

	for (r = model_first(m, s); r; r = model_next(r))
		if (r->key[0] == name || r->key[1] == name)
			return true;
	return false;
}

str model_paired(const struct linux_model *m, enum model_statement s, str name, bool second)
{
	struct model_rule *r;

	for (r = model_first(m, s); r; r = model_next(r))
		if (r->key[second] == name) {
			model_use(r);
			return r->key[!second];
		}
	return 0;
}

bool model_has_suffix(const struct linux_model *m, enum model_statement s, str name)
{
	const char *text = str_get(name), *suffix;
	size_t n = strlen(text), end;
	struct model_rule *r;

	for (r = model_first(m, s); r; r = model_next(r)) {
		suffix = str_get(r->key[0]);
		end = strlen(suffix);
		if (end < n && !strcmp(text + n - end, suffix)) {
			model_use(r);
			return true;
		}
	}
	return false;
}

bool rule_is_of_activity(const struct entry_rule *r)
{
	uint32_t i;

	for (i = 0; r && !r->by_callers && i < r->nheld; i++)
		if (r->held[i].self && r->held[i].arg >= 0)
			return true;
	return false;
}

int model_argument(const struct linux_model *m, enum model_statement s, str func)
{
	const struct model_rule *r = hit(m, s, func, 0);

	return r ? r->arg : -1;
}

int model_bit(const struct linux_model *m, enum model_statement s, str func)
{
	const struct model_rule *r = hit(m, s, func, 0);

	return r ? r->bit : 0;
}

str model_context(const struct linux_model *m, enum model_statement s, str func)
{
	const struct model_rule *r = hit(m, s, func, 0);

	return r ? r->context : 0;
}

str model_prefix_context(const struct linux_model *m, enum model_statement s, str name)
{
	const char *text = str_get(name), *prefix;
	struct model_rule *r, *last = NULL;

	for (r = model_first(m, s); r; r = model_next(r)) {
		prefix = str_get(r->key[0]);
		if (!strncmp(text, prefix, strlen(prefix)))
			last = r;
	}
	if (!last)
		return 0;
	model_use(last);
	return last->context;
}

const struct lock_api *model_lock(const struct linux_model *m, str func)
{
	const struct model_rule *r = hit(m, MODEL_LOCK, func, 0);

	return r ? &r->lock : NULL;
}

const struct entry_rule *model_slot(const struct linux_model *m, str record, str field)
{
	const struct model_rule *r = hit(m, MODEL_SLOT, record, field);

	if (!r)
		r = hit(m, MODEL_SLOT, record, str_intern("*"));
	return r ? &r->entry : NULL;
}

const struct entry_rule *model_registration(const struct linux_model *m, str func, int fn_arg)
{
	const struct model_rule *r = hit(m, MODEL_REGISTER, func, (uint32_t)fn_arg);

	return r ? &r->entry : NULL;
}

bool model_keeps(const struct linux_model *m, str record, str callee, str of, str field)
{
	const uint32_t key[MODEL_KEY] = { record, callee, of, field };
	struct model_rule *r = find(m, MODEL_KEEPS, key);

	if (r)
		model_use(r);
	return r;
}
