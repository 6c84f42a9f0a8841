// SPDX-License-Identifier: GPL-2.0-only
/* model_print.c - rules as the statements of a model file. */
#include "model_grammar.h"
#include "model_print.h"

static const char *mode_name(enum lock_mode mode)
{
	return mode == MODE_SHARED ? "shared" : "exclusive";
}

static const char *const result_words[] = {
	[RESULT_NONZERO] = "nonzero",
	[RESULT_ZERO] = "zero",
	[RESULT_TRUE] = "true",
	[RESULT_FALSE] = "false",
};

static void print_lock(FILE *out, const struct model_rule *r)
{
	const struct lock_api *api = &r->lock;
	const char *func = str_get(r->key[0]);

	if (api->activity)
		fprintf(out, "end %s / %s", api->acquire ? func : "-", api->acquire ? "-" : func);
	else if (api->assert)
		fprintf(out, "assert %s %s", mode_name(api->mode), func);
	else
		fprintf(out, "lock %s %s / %s", mode_name(api->mode), api->acquire ? func : "-",
			api->acquire ? "-" : func);
	if (api->name)
		fprintf(out, " name=%s", str_get(api->name));
	if (api->arg >= 0)
		fprintf(out, " arg=%d%s%s", api->arg, api->member ? "." : "", str_get(api->member));
	if (api->owner_arg)
		fprintf(out, " owner=%u", api->owner_arg - 1);
	if (api->result != RESULT_ALWAYS)
		fprintf(out, " ok=%s", result_words[api->result]);
}

static void print_held(FILE *out, const struct held_lock *h)
{
	fputs(h->self ? "self" : h->ended ? "ended" : str_get(h->name), out);
	if (h->arg >= 0)
		fprintf(out, "(%d%s%s)", h->arg, h->path ? "." : "", str_get(h->path));
	if (h->maybe)
		fputs(h->optional ? ":optional" : ":maybe", out);
	else if (h->mode == MODE_SHARED)
		fputs(":shared", out);
}

static void print_entry(FILE *out, const struct entry_rule *e)
{
	uint32_t i;

	if (e->fn_member)
		fprintf(out, ".%s", str_get(e->fn_member));
	fprintf(out, " phase=%s context=%s", phase_keyword(e->phase), str_get(e->context));
	if (e->owner < 0)
		fputs(" owner=none", out);
	else if (e->owner)
		fprintf(out, " owner=%d", e->owner);
	for (i = 0; i < e->nheld; i++) {
		fputs(i ? "," : " holds=", out);
		print_held(out, &e->held[i]);
	}
}

static void print_claim(FILE *out, const struct model_rule *r)
{
	fprintf(out, "%s ", claim_kind_name(r->phrase.kind));
	if (r->phrase.kind == CLAIM_CALLED)
		fprintf(out, "%s ", str_get(r->phrase.lock));
	fputs(str_get(r->key[0]), out);
}

void rule_print(FILE *out, enum model_statement s, const struct model_rule *r)
{
	enum model_shape shape = statement_shape(s);

	if (shape == SHAPE_LOCK) {
		print_lock(out, r);
		return;
	}
	fprintf(out, "%s ", statement_keyword(s));
	if (shape == SHAPE_CLAIM) {
		print_claim(out, r);
		return;
	}
	fputs(str_get(rule_name(s, r->key)), out);
	if (shape == SHAPE_ARGUMENT)
		fprintf(out, " arg=%d", r->arg);
	else if (shape == SHAPE_BIT)
		fprintf(out, " arg=%d bit=%d", r->arg, r->bit);
	else if (shape == SHAPE_CONTEXT || shape == SHAPE_PREFIXES)
		fprintf(out, " context=%s", str_get(r->context));
	else if (shape == SHAPE_PREFIX)
		fprintf(out, " %s", str_get(r->text));
	else if (shape == SHAPE_SLOT || shape == SHAPE_REGISTER)
		print_entry(out, &r->entry);
}
