// SPDX-License-Identifier: GPL-2.0-only
/* smpl.c - a plan as a semantic patch that `make coccicheck` takes. */
#include <ctype.h>

#include "comments.h"
#include "decl.h"
#include "plan_lookup.h"
#include "smpl.h"

struct smpl_script {
	FILE *f;
	const struct fix_plan *plan;
	struct record_text text;
	struct arena a;
};

/* --- declarations in SmPL */

/* text[from, to) without comments, with one blank for all other white space. */
static const char *squeeze(struct smpl_script *s, size_t from, size_t to)
{
	char *out = arena_alloc(&s->a, to - from + 1);
	size_t n = 0, next;

	while (from < to) {
		next = skip_literal(s->text.text, from);
		if (next != from || isspace((unsigned char)s->text.text[from])) {
			if (n && out[n - 1] != ' ')
				out[n++] = ' ';
			from = next != from ? next : from + 1;
		} else {
			out[n++] = s->text.text[from++];
		}
	}
	while (n && out[n - 1] == ' ')
		out[--n] = '\0';
	return out;
}

/* The declaration of a field, or "". */
static const char *declaration(struct smpl_script *s, uint32_t field)
{
	const struct declaration_text *d = decl_of(&s->text, &s->plan->record->fields[field]);

	return d ? squeeze(s, d->from, d->to) : "";
}

/* A declaration of the bitfield alone. */
static const char *bitfield(struct smpl_script *s, uint32_t i)
{
	const struct field *f = &s->plan->record->fields[i];

	return arena_printf(&s->a, "%s %s:%u;", str_get(f->type), str_get(f->name),
			    (unsigned int)f->bit_size);
}

/* --- the pieces of a rule */

static const char *indent(const struct smpl_script *s, uint32_t field)
{
	return s->plan->record->fields[field].group ? "\t\t" : "\t";
}

static void put_comment(struct smpl_script *s, uint32_t field, const char *comment)
{
	const char *line = comment ? comment_lines(&s->a, indent(s, field), comment) : "";
	size_t n;

	for (; *line; line += n) {
		n = strcspn(line, "\n") + 1;
		fprintf(s->f, "+%.*s", (int)n, line);
	}
}

/* Prints the moves behind the field `behind` or, if that is NONE, the one of field `in_place`. */
static void put_moves(struct smpl_script *s, uint32_t behind, uint32_t in_place)
{
	const struct fix_plan *plan = s->plan;
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++) {
		const struct field_move *m = &plan->moves[i];

		if (m->behind != behind || (behind == NONE && m->field != in_place))
			continue;
		if (plan_group_starts(plan, i))
			put_comment(s, m->field, comment_moved(m, &s->a));
		if (m->fence_above)
			fprintf(s->f, "+%s%s:0;\n", indent(s, m->field), m->type);
		fprintf(s->f, "+%s%s %s%s;\n", indent(s, m->field), m->type,
			str_get(plan->record->fields[m->field].name), move_width(m, &s->a));
		if (m->fence_below)
			fprintf(s->f, "+%s%s:0;\n", indent(s, m->field), m->type);
		if (plan->carried != NONE && plan->carried_behind == m->field)
			fprintf(s->f, "+%s%s\n", indent(s, m->field),
				declaration(s, plan->carried));
	}
}

/* Prints the head of a rule and of the struct that it matches. */
static void put_open(struct smpl_script *s, const char *rule, const char *depends)
{
	fprintf(s->f, "\n@%s%sdepends on %s@\n@@\n %s %s {\n \t...\n", rule, *rule ? " " : "",
		depends, "struct", str_get(s->plan->record->name));
}

/* Prints field i of the unit, kept or removed, with the comment above and the moves behind it. */
static void put_unit_field(struct smpl_script *s, const struct unit_verdict *u, uint32_t i,
			   bool first_kept)
{
	const struct field_move *m = plan_move(s->plan, i);

	if (first_kept)
		put_comment(s, i, comment_kept(s->plan, u, &s->a));
	fprintf(s->f, "%c%s%s\n", m ? '-' : ' ', indent(s, i), bitfield(s, i));
	put_moves(s, m && m->behind == NONE ? NONE : i, i);
}

static void put_unit_fields(struct smpl_script *s, const struct unit_verdict *u)
{
	const struct record *r = s->plan->record;
	bool kept = false;
	uint32_t i;

	for (i = u->unit->first; i <= u->unit->last; i++) {
		if (!plan_changes_unit_of(s->plan, i))
			continue;
		if (!r->fields[i].name) {
			fprintf(s->f, " %s...\n", indent(s, i));
			continue;
		}
		put_unit_field(s, u, i, !kept && !plan_move(s->plan, i));
		kept |= !plan_move(s->plan, i);
	}
}

/* Prints the removal of the carried member if it is declared before (or behind) the unit. */
static void put_carried(struct smpl_script *s, bool before, uint32_t unit)
{
	const struct fix_plan *plan = s->plan;

	if (plan->carried == NONE || (plan->carried < unit) != before)
		return;
	fprintf(s->f, "%s-\t%s\n%s", before ? "" : " \t...\n", declaration(s, plan->carried),
		before ? " \t...\n" : "");
}

/* Prints the rule that changes unit n. */
static void put_unit(struct smpl_script *s, uint32_t n)
{
	const struct unit_verdict *u = s->plan->units[n];
	bool nested = s->plan->record->fields[u->unit->first].group;
	char *rule = arena_printf(&s->a, "unit%u", n + 1);

	put_open(s, rule, "patch");
	if (!n)
		put_carried(s, true, u->unit->first);
	if (nested)
		fputs(" \tstruct {\n \t\t...\n", s->f);
	put_unit_fields(s, u);
	if (nested)
		fputs(" \t\t...\n \t};\n", s->f);
	if (!n)
		put_carried(s, false, u->unit->first);
	fputs(" \t...\n };\n", s->f);
}

/* Declares words such as __iomem, which SmPL does not know for attributes. */
static const char *attributes(struct smpl_script *s, const char *declared)
{
	const char *at = declared, *list = "";
	size_t n;

	for (; *at; at += n ? n : 1) {
		n = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
		if (n > 2 && at != declared && !strncmp(at, "__", 2))
			list = arena_printf(&s->a, "%sattribute name %.*s;\n", list, (int)n, at);
	}
	return list;
}

/* Prints a rule for each member outside of the units that fields are put behind. */
static void put_holes(struct smpl_script *s)
{
	const struct fix_plan *plan = s->plan;
	uint32_t i, behind, last = NONE;

	for (i = 0; i < plan->nmoves; i++) {
		behind = plan->moves[i].behind;
		if (behind == NONE || behind == last || plan_changes_unit_of(plan, behind))
			continue;
		last = behind;
		fprintf(s->f, "\n@depends on unit1@\n%s@@\n struct %s {\n \t...\n \t%s\n",
			attributes(s, declaration(s, behind)), str_get(plan->record->name),
			declaration(s, behind));
		put_moves(s, behind, NONE);
		fputs(" \t...\n };\n", s->f);
	}
}

/* --- modes context, org and report */

/* The fields that the field of the move has a conflict with: "a, b". */
static const char *neighbours(struct smpl_script *s, const struct field_move *m)
{
	const char *list = "";
	uint32_t i;

	for (i = 0; i < m->unit->nconflicts; i++) {
		const struct conflict *c = &m->unit->conflicts[i];
		const struct unit_field *a = &m->unit->fields[c->a], *b = &m->unit->fields[c->b];

		if (a == m->judged || b == m->judged)
			list = arena_printf(&s->a, "%s%s%s", list, *list ? ", " : "",
					    str_get((a == m->judged ? b : a)->field->name));
	}
	return list;
}

/* Prints a match of the struct with the field, its line marked with `mark`. */
static void put_match(struct smpl_script *s, const char *head, uint32_t field, const char *mark,
		      const char *position)
{
	const struct field *f = &s->plan->record->fields[field];

	fprintf(s->f, "%s struct %s {\n \t...\n%s", head, str_get(s->plan->record->name),
		f->group ? " \tstruct {\n \t\t...\n" : "");
	fprintf(s->f, "%s%s%s %s%s:%u;\n", mark, indent(s, field), str_get(f->type),
		str_get(f->name), position, (unsigned int)f->bit_size);
	fprintf(s->f, "%s \t...\n };\n", f->group ? " \t\t...\n \t};\n" : "");
}

/* Prints the rules that report field i of the moves. */
static void put_report(struct smpl_script *s, uint32_t i)
{
	const struct field_move *m = &s->plan->moves[i];
	const char *name = str_get(s->plan->record->fields[m->field].name), *others;

	others = neighbours(s, m);
	others = arena_printf(&s->a, "%s%s%s%s", name,
			      " is written at runtime and shares a storage unit",
			      *others ? " with " : "", others);
	put_match(s, "\n@depends on context@\n@@\n", m->field, "*", "");
	put_match(s,
		  arena_printf(&s->a, "\n@%s depends on org || report@\nposition p;\n@@\n", name),
		  m->field, " ", "@p");
	fprintf(s->f, "\n@script:python depends on org@\np << %s.p;\n@@\n\n", name);
	fprintf(s->f, "coccilib.org.print_todo(p[0], \"WARNING %s\")\n", others);
	fprintf(s->f, "\n@script:python depends on report@\np << %s.p;\n@@\n\n", name);
	fprintf(s->f, "coccilib.report.print_report(p[0], \"WARNING: %s\")\n", others);
}

static void put_head(struct smpl_script *s, bool lists)
{
	static const char *const confidence[] = { "Low", "Moderate", "High" };
	const struct fix_plan *plan = s->plan;

	fprintf(s->f,
		"// SPDX-License-Identifier: GPL-2.0-only\n"
		"/// Bitfields of struct %s that are written at runtime share a storage unit:\n"
		"/// a store to one is a read-modify-write of the others. Give them their own.\n"
		"///\n// Confidence: %s\n"
		"// Comments: generated by racybits for Linux %s, %s\n",
		str_get(plan->record->name), confidence[plan->units[0]->confidence],
		plan->program->kernel,
		plan->nonly			      ? "the fields named" :
		plan->program->strict || plan->fewest ? "policy strict" :
							"policy lifetime");
	if (lists)
		fputs("// Comments: SmPL does not match declarations of several bitfields (int a:1, b:1;):\n"
		      "// Comments: the patch takes them apart, which these rules cannot\n",
		      s->f);
	fputs("// Options: --no-includes --include-headers\n\n"
	      "virtual patch\nvirtual context\nvirtual org\nvirtual report\n",
	      s->f);
}

char *smpl_script(const struct fix_plan *plan, const char *text, bool lists)
{
	struct smpl_script s = { .plan = plan };
	size_t bytes;
	uint32_t i;
	char *out;

	s.f = open_memstream(&out, &bytes);
	if (!s.f || !decl_parse(&s.text, text, &plan->record->loc))
		die("cannot write the script for %s", str_get(plan->record->name));
	put_head(&s, lists);
	for (i = 0; i < plan->nunits; i++)
		put_unit(&s, i);
	put_holes(&s);
	for (i = 0; i < plan->nmoves; i++)
		put_report(&s, i);
	fclose(s.f);
	decl_free(&s.text);
	arena_free(&s.a);
	return out;
}
