// SPDX-License-Identifier: GPL-2.0-only
/* dump_print.c - how the dumps of all passes print functions, calls and locks. */
#include "dump_print.h"
#include "base/names.h"
#include "facts/dump.h"

void dump_function(const struct dump *d, uint32_t f)
{
	fputs(str_get(d->l->p->functions[f].key), d->f);
	if (d->copies[f])
		fprintf(d->f, "#%u", d->copies[f]);
}

void dump_functions(const struct dump *d, const uint32_t *functions, size_t n)
{
	size_t i;

	fputs(n ? ":" : ": -", d->f);
	for (i = 0; i < n; i++) {
		fputs(i ? ", " : " ", d->f);
		dump_function(d, functions[i]);
	}
	fputc('\n', d->f);
}

void dump_call(const struct dump *d, uint32_t f, uint32_t call)
{
	const struct function *fn = &d->l->p->functions[f];
	const struct call *c = &fn->calls[call];

	fprintf(d->f, "call %u ", call);
	switch (c->kind) {
	case CALLEE_DIRECT:
		fputs(str_get(c->name), d->f);
		break;
	case CALLEE_SLOT:
		fprintf(d->f, "%s.%s", str_get(str_unqualified(c->record)), str_get(c->name));
		break;
	case CALLEE_PARAM:
		fprintf(d->f, "arg%u", c->index);
		break;
	default:
		fputc('*', d->f);
		dump_path(d->f, fn, c->base);
	}
}

void dump_lock(const struct dump *d, uint32_t f, const struct lock *lock, uint32_t mode)
{
	fprintf(d->f, "%s %s", lock->name ? str_get(lock->name) : "(parameter)", mode_name(mode));
	if (lock->path.root == ROOT_UNKNOWN)
		return;
	fputs(" at ", d->f);
	dump_path(d->f, &d->l->p->functions[f], &lock->path);
}

void dump_loc(const struct dump *d, const struct loc *loc)
{
	fprintf(d->f, "%s:%u", str_get(loc->file), loc->line);
}
