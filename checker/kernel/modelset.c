// SPDX-License-Identifier: GPL-2.0-only
/* modelset.c - sets of the model, and the questions asked of them. */
#include "linuxmodel.h"
#include "modelset.h"

static int compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

int compare_str(const void *a, const void *b)
{
	return compare_numbers(*(const str *)a, *(const str *)b);
}

int compare_lock(const void *a, const void *b)
{
	const struct lock_api *x = a, *y = b;

	return compare_numbers(x->func, y->func);
}

int compare_arg(const void *a, const void *b)
{
	const struct named_arg *x = a, *y = b;

	return compare_numbers(x->name, y->name);
}

/* Of pairs of which the first one decides */
int compare_first(const void *a, const void *b)
{
	const struct named_field *x = a, *y = b;

	return compare_numbers(x->record, y->record);
}

int compare_field(const void *a, const void *b)
{
	const struct named_field *x = a, *y = b;
	int order = compare_first(a, b);

	return order ? order : compare_numbers(x->field, y->field);
}

int compare_keeper(const void *a, const void *b)
{
	const struct keeper *x = a, *y = b;
	int order = compare_field(&x->callee, &y->callee);

	return order ? order : compare_field(&x->member, &y->member);
}

int compare_entry(const void *a, const void *b)
{
	const struct entry_rule *x = a, *y = b;
	int order = compare_numbers(x->record, y->record);

	if (!order)
		order = compare_numbers(x->name, y->name);
	return order ? order : compare_numbers(x->fn_arg, y->fn_arg);
}

int compare_phrase(const void *a, const void *b)
{
	const struct claim_phrase *x = a, *y = b;

	return compare_numbers(x->text, y->text);
}

void *set_put(void *set, size_t *n, size_t size, const void *item, compare_fn *compare)
{
	size_t low = 0, high = *n;
	char *at;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (compare((char *)set + middle * size, item) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == *n || compare((char *)set + low * size, item)) {
		set = xrealloc(set, (*n + 1) * size);
		at = (char *)set + low * size;
		memmove(at + size, at, (*n - low) * size);
		++*n;
	}
	memcpy((char *)set + low * size, item, size);
	return set;
}

const void *set_find(const void *set, size_t n, size_t size, const void *key, compare_fn *compare)
{
	return n ? bsearch(key, set, n, size, compare) : NULL;
}

/* --- lookups */

const struct lock_api *linuxmodel_lock(const struct linux_model *m, str func)
{
	struct lock_api key = { .func = func };

	return SET_FIND(m->locks, m->nlocks, &key, compare_lock);
}

const struct entry_rule *linuxmodel_slot(const struct linux_model *m, str record, str field)
{
	struct entry_rule key = { .record = record, .name = field, .fn_arg = -1 };
	const struct entry_rule *rule = SET_FIND(m->entries, m->nentries, &key, compare_entry);

	if (rule)
		return rule;
	key.name = str_intern("*");
	return SET_FIND(m->entries, m->nentries, &key, compare_entry);
}

const struct entry_rule *linuxmodel_registration(const struct linux_model *m, str func, int fn_arg)
{
	struct entry_rule key = { .name = func, .fn_arg = fn_arg };

	return SET_FIND(m->entries, m->nentries, &key, compare_entry);
}

static int find_arg(const struct named_arg *set, size_t n, str func)
{
	struct named_arg key = { .name = func };
	const struct named_arg *found = SET_FIND(set, n, &key, compare_arg);

	return found ? found->arg : -1;
}

bool linuxmodel_is_alloc(const struct linux_model *m, str func)
{
	return find_arg(m->allocs, m->nallocs, func) >= 0;
}

int linuxmodel_setup_arg(const struct linux_model *m, str func)
{
	return find_arg(m->setups, m->nsetups, func);
}

int linuxmodel_stopped_arg(const struct linux_model *m, str func)
{
	return find_arg(m->stopped, m->nstopped, func);
}

int linuxmodel_teardown_arg(const struct linux_model *m, str func)
{
	return find_arg(m->teardowns, m->nteardowns, func);
}

int linuxmodel_publish_arg(const struct linux_model *m, str func)
{
	return find_arg(m->publishers, m->npublishers, func);
}

int linuxmodel_writer_arg(const struct linux_model *m, str func)
{
	return find_arg(m->writers, m->nwriters, func);
}

int linuxmodel_getter_arg(const struct linux_model *m, str func)
{
	return find_arg(m->getters, m->ngetters, func);
}

int linuxmodel_creator_arg(const struct linux_model *m, str func)
{
	return find_arg(m->creators, m->ncreators, func);
}

bool linuxmodel_is_lookup(const struct linux_model *m, str func)
{
	return find_arg(m->lookups, m->nlookups, func) >= 0;
}

bool linuxmodel_is_traversal(const struct linux_model *m, str record, str field)
{
	struct named_field key = { record, field };

	return SET_FIND(m->traversals, m->ntraversals, &key, compare_field);
}

int linuxmodel_free_arg(const struct linux_model *m, str func)
{
	return find_arg(m->frees, m->nfrees, func);
}

bool linuxmodel_is_owned(const struct linux_model *m, str record, str field)
{
	struct named_field key = { record, field };

	return SET_FIND(m->owned, m->nowned, &key, compare_field);
}

bool linuxmodel_is_handed(const struct linux_model *m, str record)
{
	return SET_FIND(m->handed, m->nhanded, &record, compare_str);
}

bool linuxmodel_is_unregistered(const struct linux_model *m, str func)
{
	return SET_FIND(m->unregistered, m->nunregistered, &func, compare_str);
}

bool linuxmodel_is_shared(const struct linux_model *m, str record)
{
	return SET_FIND(m->shared, m->nshared, &record, compare_str);
}

bool linuxmodel_is_frozen(const struct linux_model *m, str a, str b)
{
	struct named_field key = { a, b }, other = { b, a };

	return SET_FIND(m->frozen, m->nfrozen, &key, compare_field) ||
	       SET_FIND(m->frozen, m->nfrozen, &other, compare_field);
}

bool linuxmodel_is_lock_type(const struct linux_model *m, str record)
{
	return SET_FIND(m->lock_types, m->nlock_types, &record, compare_str);
}

bool linuxmodel_is_noreturn(const struct linux_model *m, str func)
{
	return SET_FIND(m->noreturns, m->nnoreturns, &func, compare_str);
}

bool linuxmodel_is_guard_error(const struct linux_model *m, str func)
{
	const char *name = str_get(func), *end;
	size_t n = strlen(name), i;

	for (i = 0; i < m->nguard_errors; i++) {
		end = str_get(m->guard_errors[i]);
		if (strlen(end) < n && !strcmp(name + n - strlen(end), end))
			return true;
	}
	return false;
}

bool linuxmodel_is_own(const struct linux_model *m, str func)
{
	return SET_FIND(m->owns, m->nowns, &func, compare_str);
}

bool linuxmodel_freezes(const struct linux_model *m, str context)
{
	size_t i;

	for (i = 0; i < m->nfrozen; i++)
		if (m->frozen[i].record == context || m->frozen[i].field == context)
			return true;
	return false;
}

bool linuxmodel_sleeps(const struct linux_model *m, str func)
{
	return SET_FIND(m->sleepers, m->nsleepers, &func, compare_str);
}

bool linuxmodel_is_opaque(const struct linux_model *m, str func)
{
	return SET_FIND(m->opaque, m->nopaque, &func, compare_str);
}

bool linuxmodel_keeps(const struct linux_model *m, str record, str callee, str of, str field)
{
	struct keeper key = { { record, callee }, { of, field } };

	return SET_FIND(m->keepers, m->nkeepers, &key, compare_keeper);
}

bool linuxmodel_is_ordered(const struct linux_model *m, str context)
{
	return SET_FIND(m->ordered, m->nordered, &context, compare_str);
}

bool linuxmodel_interrupts(const struct linux_model *m, str context)
{
	return SET_FIND(m->interrupts, m->ninterrupts, &context, compare_str);
}

str linuxmodel_runs_in(const struct linux_model *m, str func)
{
	struct named_field key = { func, 0 };
	const struct named_field *found = SET_FIND(m->runs, m->nruns, &key, compare_first);

	return found ? found->field : 0;
}

str linuxmodel_entry_context(const struct linux_model *m, str func)
{
	const char *name = str_get(func), *prefix;
	size_t i;

	for (i = m->nnamed_entries; i-- > 0;) {
		prefix = str_get(m->named_entries[i].prefix);
		if (!strncmp(name, prefix, strlen(prefix)))
			return m->named_entries[i].context;
	}
	return 0;
}
