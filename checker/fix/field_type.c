// SPDX-License-Identifier: GPL-2.0-only
/* field_type.c - the type that a bitfield gets as a member of its own. */
#include <ctype.h>
#include <errno.h>

#include "decl.h"
#include "field_type.h"
#include "type_bits.h"

/* --- values that are stored */

/* Reads a literal, true or false; returns false for any other constant. */
static bool constant_value(const char *text, long long *v)
{
	char *end;

	if (!strcmp(text, "true") || !strcmp(text, "false")) {
		*v = !strcmp(text, "true");
		return true;
	}
	errno = 0;
	*v = strtoll(text, &end, 0);
	end += strspn(end, "uUlL");
	return !errno && end != text && !*end;
}

/* Is the value one of the bitfield's type? */
static bool value_fits(const struct field *f, long long v)
{
	long long top = f->bit_size < 63 ? 1LL << f->bit_size : 0;

	if (!top)
		return true;
	return f->flags & FIELD_SIGNED ? v >= -top / 2 && v < top / 2 : v >= 0 && v < top;
}

/* Does the operator occur outside of parentheses in text[0, n)? */
static bool has_operator(const char *text, size_t n, const char *op)
{
	size_t i, depth = 0, len = strlen(op);

	for (i = 0; i + len <= n; i++) {
		if (strchr("([", text[i]))
			depth++;
		else if (strchr(")]", text[i]) && depth)
			depth--;
		else if (!depth && !strncmp(text + i, op, len))
			return true;
	}
	return false;
}

/*
 * Is the value of the expression 0 or 1 (C11 6.5.3.3p5, 6.5.8p6, 6.5.9p3, 6.5.13p3)?  A comparison or
 * logical operator outside of parentheses decides, unless there is an operator that binds weaker.
 */
static bool is_truth_value(const char *text, size_t n)
{
	static const char *const truth[] = { "==", "!=", "&&", "||", "<=", ">=" };
	static const char *const weaker[] = { "?", ",", "<<", ">>" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(weaker); i++)
		if (has_operator(text, n, weaker[i]))
			return false;
	for (i = 0; i < ARRAY_SIZE(truth); i++)
		if (has_operator(text, n, truth[i]))
			return !has_operator(text, n, " | ") && !has_operator(text, n, " ^ ");
	if (*text != '!')
		return false;
	return !has_operator(text, n, " + ") && !has_operator(text, n, " - ") &&
	       !has_operator(text, n, " | ") && !has_operator(text, n, " * ");
}

/* The right-hand side of the assignment to `f` that begins at `text`, and its length in *n; or NULL. */
static const char *assigned(const char *text, str f, size_t *n)
{
	const char *at = text + strlen(str_get(f));
	size_t depth = 0, i;

	if (strncmp(text, str_get(f), strlen(str_get(f))))
		return NULL;
	at += strspn(at, " \t\n");
	if (*at == '|' || *at == '&')
		at++;
	if (*at != '=' || at[1] == '=')
		return NULL;
	at++;
	at += strspn(at, " \t\n");
	for (i = 0; at[i] && (depth || !strchr(";,)", at[i])); i++) {
		if (strchr("([", at[i]))
			depth++;
		else if (strchr(")]", at[i]))
			depth--;
	}
	*n = i;
	return at;
}

/* The bitfield whose values are looked at. */
struct value_fit {
	const struct program *p;
	const struct record *r;
	const struct field *f;
	const char *kdir;
	struct arena *a;
};

/* Does the text at the store `e` assign 0 or 1 to a bitfield that holds both? */
static bool stores_truth(const struct value_fit *fit, const struct event *e)
{
	char *path = xasprintf("%s/%s", fit->kdir, str_get(e->loc.file));
	char *text = read_file(path, NULL);
	const char *name = str_get(fit->f->name), *at, *value = NULL;
	size_t from, n;
	bool ok = false;

	if (text) {
		from = text_offset(text, e->loc.line, 1);
		for (at = text + from; !value && (at = strstr(at, name)) &&
				       at < text + text_offset(text, e->loc.line + 3, 1);
		     at++)
			if (at == text || (!isalnum((unsigned char)at[-1]) && at[-1] != '_'))
				value = assigned(at, fit->f->name, &n);
		ok = value && fit->f->bit_size >= 1 && !(fit->f->flags & FIELD_SIGNED) &&
		     is_truth_value(value, n);
	}
	free(text);
	free(path);
	return ok;
}

/* Why a wider member would hold another value than the bitfield after the store `e`, or NULL. */
static const char *store_misfit(const struct value_fit *fit, const struct event *e)
{
	const char *name = str_get(fit->f->name), *file = str_get(e->loc.file);
	long long v;

	if (e->access == ACCESS_WHOLE || (fit->f->flags & FIELD_BOOL))
		return NULL;
	if (e->value && constant_value(str_get(e->value), &v)) {
		if (value_fits(fit->f, v))
			return NULL;
		return arena_printf(
			fit->a,
			"%s is set to %s at %s:%u, which %u bits do not hold: it would not read back the same",
			name, str_get(e->value), file, e->loc.line, (unsigned int)fit->f->bit_size);
	}
	if (stores_truth(fit, e))
		return NULL;
	return arena_printf(fit->a, "what is stored in %s at %s:%u may be cut off to %u bits", name,
			    file, e->loc.line, (unsigned int)fit->f->bit_size);
}

static const char *block_misfit(const struct value_fit *fit, const struct block *b)
{
	const char *why = NULL;
	uint32_t i;

	for (i = 0; i < b->nevents && !why; i++) {
		const struct event *e = &b->events[i];

		if (e->kind == EV_ACCESS && e->access != ACCESS_READ && e->field == fit->f->name &&
		    e->obj->type == fit->r->key)
			why = store_misfit(fit, e);
	}
	return why;
}

static const char *misfit(const struct value_fit *fit)
{
	const char *why = NULL;
	uint32_t j;
	size_t i;

	for (i = 0; i < fit->p->nfunctions && !why; i++)
		for (j = 0; j < fit->p->functions[i].nblocks && !why; j++)
			why = block_misfit(fit, &fit->p->functions[i].blocks[j]);
	return why;
}

/* --- types */

/*
 * Is the bitfield promoted to the same type as one of `bits` bits?  What is narrower than int becomes
 * int when it is read; what is wider is not promoted (C11 6.3.1.1p2).
 */
static bool promotes_alike(const struct field *f, uint64_t bits)
{
	if (f->flags & (FIELD_SIGNED | FIELD_BOOL))
		return f->bit_size <= 32 || f->bit_size == 64;
	return bits < 32 || f->bit_size == bits;
}

const char *field_type_find(const struct program *p, const struct record *r, const struct field *f,
			    const char *kdir, uint64_t *bits, const char **why, struct arena *a)
{
	const struct value_fit fit = { .p = p, .r = r, .f = f, .kdir = kdir, .a = a };
	const char *declared = str_get(f->type);

	*bits = 8;
	while (*bits < f->bit_size)
		*bits *= 2;
	if (!promotes_alike(f, *bits)) {
		*why = arena_printf(a,
				    "%s has %u bits: reads would be of another type without them",
				    str_get(f->name), (unsigned int)f->bit_size);
		return NULL;
	}
	*why = misfit(&fit);
	if (*why)
		return NULL;
	if (type_bits(declared) == *bits)
		return declared;
	return arena_printf(a, "%c%u", f->flags & FIELD_SIGNED ? 's' : 'u', (unsigned int)*bits);
}
