// SPDX-License-Identifier: GPL-2.0-only
/* dump.c - facts as text, for people and golden tests. */
#include "base/uses.h"
#include "dump.h"
#include "base/util.h"

static const char *name_of(str key)
{
	return str_get(str_unqualified(key));
}

/* --- paths */

static void print_root(FILE *out, const struct function *f, const struct path *p)
{
	switch (p->root) {
	case ROOT_PARAM:
		fprintf(out, "arg%u", p->index);
		break;
	case ROOT_LOCAL:
	case ROOT_STACK:
		if (p->root == ROOT_STACK)
			fputs("stack:", out);
		fprintf(out, "%s#%u",
			f && p->index < f->nlocals ? str_get(f->locals[p->index].name) : "",
			p->index);
		break;
	case ROOT_GLOBAL:
		fputs(str_get(p->name), out);
		break;
	case ROOT_CALL:
		fprintf(out, "call%u", p->index);
		break;
	case ROOT_FUNC:
		fprintf(out, "&%s", str_get(p->name));
		break;
	case ROOT_NULL:
		fputs("NULL", out);
		break;
	default:
		fputc('?', out);
	}
}

/* Prints the beginning of the steps that are written around those before them, the last step first. */
static void open_steps(FILE *out, const struct path *p)
{
	uint32_t i;

	for (i = p->nsteps; i-- > 0;) {
		if (p->steps[i].kind == STEP_CONTAINER)
			fputs("container(", out);
		else if (p->steps[i].kind == STEP_DEREF)
			fputs("*(", out);
		else if (p->steps[i].kind == STEP_PRIVATE)
			fputs("private(", out);
	}
}

/* Prints the rest: "->" where the object is reached through a pointer, "." where it embeds. */
static void print_steps(FILE *out, const struct path *p)
{
	bool arrow = p->root != ROOT_GLOBAL && p->root != ROOT_STACK;
	uint32_t i;

	for (i = 0; i < p->nsteps; i++) {
		const struct step *s = &p->steps[i];

		switch (s->kind) {
		case STEP_FIELD:
		case STEP_PTR:
			fprintf(out, "%s%s", arrow ? "->" : ".", str_get(s->field));
			arrow = s->kind == STEP_PTR;
			break;
		case STEP_CONTAINER:
			fprintf(out, ", %s.%s)", name_of(s->record), str_get(s->field));
			arrow = true;
			break;
		case STEP_INDEX:
			fprintf(out, "[%s]", s->record ? str_get(s->record) : "");
			arrow = false;
			break;
		default:
			fputc(')', out);
			arrow = true;
		}
	}
}

void dump_path(FILE *out, const struct function *f, const struct path *p)
{
	open_steps(out, p);
	print_root(out, f, p);
	print_steps(out, p);
	if (p->type)
		fprintf(out, " <%s>", name_of(p->type));
}

static void print_loc(FILE *out, struct loc loc)
{
	fprintf(out, "%s:%u:%u", str_get(loc.file), loc.line, loc.col);
}

/* --- records, slots, declarations */

static void print_flags(FILE *out, uint32_t flags, const char *const *names, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (flags & 1U << i)
			fprintf(out, " %s", names[i]);
}

static void dump_field(FILE *out, const struct field *f)
{
	static const char *const names[] = { "bitfield", "signed",	"bool",
					     "pointer",	 "race_ok",	"in_union",
					     "array",	 "conditional", "alternative" };

	fprintf(out, "  field %s @%llu+%llu line %u '%s'", f->name ? str_get(f->name) : "-",
		(unsigned long long)f->bit_offset, (unsigned long long)f->bit_size, f->loc.line,
		str_get(f->type));
	if (f->record)
		fprintf(out, " record %s", str_get(f->record));
	if (f->group)
		fprintf(out, " group %u to %llu", f->group, (unsigned long long)f->group_end);
	print_flags(out, f->flags, names, ARRAY_SIZE(names));
	if (f->comment)
		fprintf(out, " \"%s\"", str_get(f->comment));
	if (f->group_comment && f->group_comment != f->comment)
		fprintf(out, " \"%s\"", str_get(f->group_comment));
	fputc('\n', out);
}

static void dump_record(void *ctx, const struct record *r)
{
	static const char *const names[] = { "union", "packed", "uapi" };
	FILE *out = ctx;
	uint32_t i;

	fprintf(out, "record %s line %u bytes %llu align %llu", str_get(r->key), r->loc.line,
		(unsigned long long)r->bytes, (unsigned long long)r->align);
	print_flags(out, r->flags, names, ARRAY_SIZE(names));
	fputc('\n', out);
	for (i = 0; i < r->nfields; i++)
		dump_field(out, &r->fields[i]);
}

static void dump_slot(void *ctx, const struct slot_store *s)
{
	FILE *out = ctx;

	fprintf(out, "slot %s.%s = %s", str_get(s->record), str_get(s->field), str_get(s->func));
	if (s->object)
		fprintf(out, " in %s", str_get(s->object));
	fputs(" at ", out);
	print_loc(out, s->loc);
	fputc('\n', out);
}

static void dump_annotations(FILE *out, const char *indent, const struct annotation *v, uint32_t n)
{
	static const char *const names[] = { "must_hold",	   "must_hold_shared",
					     "acquires",	   "acquires_shared",
					     "releases",	   "releases_shared",
					     "cond_acquires",	   "cond_acquires_shared",
					     "cond_acquires_zero", "cond_acquires_zero_shared" };
	uint32_t i;

	for (i = 0; i < n; i++) {
		fprintf(out, "%sannotation %s ", indent, names[v[i].kind]);
		dump_path(out, NULL, &v[i].lock);
		fprintf(out, " \"%s\"\n", str_get(v[i].text));
	}
}

static void dump_declaration(void *ctx, const struct declaration *d)
{
	FILE *out = ctx;

	fprintf(out, "declaration %s\n", str_get(d->func));
	dump_annotations(out, "  ", d->annotations, d->nannotations);
}

static void print_value(FILE *out, const struct value_source *v)
{
	if (v->kind == VALUE_PARAM)
		fprintf(out, " arg%u", v->param);
	else if (v->kind == VALUE_RESULT)
		fprintf(out, " %s()", str_get(v->function));
	fprintf(out, " %lld..%lld", v->low, v->high);
}

static void dump_use(void *ctx, const struct member_use *u)
{
	static const char *const names[] = {
		[USE_STORE] = "store in",
		[USE_RESULT] = "result of",
		[USE_POSITION] = "by position to",
		[USE_SIZE] = "condition on sizeof",
		[USE_OFFSET] = "condition on offsetof",
		[USE_OVERLAY] = "overlay",
		[USE_RANGE] = "long range",
	};
	FILE *out = ctx;
	uint32_t i;

	fprintf(out, "use %s ", names[u->kind]);
	if (u->record)
		fprintf(out, "%s%s%s in %s", str_get(u->record), u->field ? "." : "",
			str_get(u->field), u->function ? str_get(u->function) : "-");
	else
		fputs(str_get(u->function), out);
	fputs(" at ", out);
	print_loc(out, u->loc);
	for (i = 0; i < u->nvalues; i++)
		print_value(out, &u->values[i]);
	fputc('\n', out);
}

static void dump_file(void *ctx, const char *path)
{
	fprintf(ctx, "file %s\n", path);
}

/* --- functions */

static void print_callee(FILE *out, const struct function *f, const struct call *c)
{
	switch (c->kind) {
	case CALLEE_DIRECT:
		fputs(str_get(c->name), out);
		break;
	case CALLEE_SLOT:
		fprintf(out, "slot %s.%s of ", str_get(c->record), str_get(c->name));
		dump_path(out, f, c->base);
		break;
	case CALLEE_PARAM:
		fprintf(out, "param %u", c->index);
		break;
	default:
		fputs("unknown", out);
	}
}

static void dump_call(FILE *out, const struct function *f, uint32_t index)
{
	const struct call *c = &f->calls[index];
	uint32_t i;

	fprintf(out, "call%u ", index);
	print_callee(out, f, c);
	fputc('(', out);
	for (i = 0; i < c->nargs; i++) {
		fputs(i ? ", " : "", out);
		dump_path(out, f, c->args[i]);
	}
	fputc(')', out);
	if (c->dst != NONE)
		fprintf(out, " -> %s#%u", str_get(f->locals[c->dst].name), c->dst);
	if (c->is_guard)
		fputs(" guard", out);
	if (c->is_cleanup)
		fputs(" cleanup", out);
}

static void dump_access(FILE *out, const struct function *f, const struct event *e)
{
	static const char *const names[] = { "read", "write", "rmw", "whole" };

	fprintf(out, "%s ", names[e->access]);
	dump_path(out, f, e->obj);
	if (e->field)
		fprintf(out, " :: %s", str_get(e->field));
	if (e->value)
		fprintf(out, " = %s", str_get(e->value));
}

static void dump_store(FILE *out, const struct function *f, const struct event *e)
{
	fputs("store ", out);
	dump_path(out, f, e->obj);
	if (e->field)
		fprintf(out, " :: %s", str_get(e->field));
	fputs(" = ", out);
	dump_path(out, f, e->src);
}

static void dump_event(FILE *out, const struct function *f, const struct event *e)
{
	fprintf(out, "    %u:%u ", e->loc.line, e->loc.col);
	switch (e->kind) {
	case EV_ACCESS:
		dump_access(out, f, e);
		break;
	case EV_CALL:
		dump_call(out, f, e->call);
		break;
	case EV_SET:
		fprintf(out, "set %s#%u", str_get(f->locals[e->local].name), e->local);
		if (e->src->root != ROOT_UNKNOWN) {
			fputs(" = ", out);
			dump_path(out, f, e->src);
		}
		break;
	case EV_DEREF:
		fprintf(out, "deref %s#%u", str_get(f->locals[e->local].name), e->local);
		break;
	case EV_CHANGE:
		fputs("change ", out);
		dump_path(out, f, e->obj);
		fprintf(out, " :: %s", str_get(e->field));
		break;
	case EV_SCOPE_END:
		fprintf(out, "scope end of call%u", e->call);
		break;
	default:
		dump_store(out, f, e);
	}
	fputs(e->race_ok ? " race_ok\n" : "\n", out);
}

static void dump_block(FILE *out, const struct function *f, uint32_t index)
{
	static const char *const tests[] = { "",     "nonzero", "negative", "equal",
					     "mask", "shift",	"same" };
	const struct block *b = &f->blocks[index];
	uint32_t i;

	fprintf(out, "  block %u", index);
	for (i = 0; i < b->nsuccs; i++)
		fprintf(out, "%s%u", i ? ", " : " -> ", b->succs[i]);
	if (b->test.kind != TEST_NONE) {
		fprintf(out, " if %s%s", b->negate ? "not " : "", tests[b->test.kind]);
		if (b->test.call != NONE)
			fprintf(out, " call%u", b->test.call);
		if (b->test.param != NONE)
			fprintf(out, " arg%u", b->test.param);
		if (b->test.local != NONE)
			fprintf(out, " %s#%u", str_get(f->locals[b->test.local].name),
				b->test.local);
		if (b->test.other != NONE)
			fprintf(out, " %s#%u", str_get(f->locals[b->test.other].name),
				b->test.other);
		if (b->test.member != NONE) {
			fputc(' ', out);
			dump_path(out, f, &f->tested[b->test.member].obj);
			fprintf(out, ".%s", str_get(f->tested[b->test.member].field));
		}
		if (b->test.value)
			fprintf(out, " %s", str_get(b->test.value));
	}
	fputc('\n', out);
	for (i = 0; i < b->nevents; i++)
		dump_event(out, f, &b->events[i]);
}

static void dump_local(FILE *out, const struct function *f, uint32_t index)
{
	const struct local *l = &f->locals[index];
	uint32_t i;

	if (!l->ndefs)
		return;
	fprintf(out, "  local %s#%u", str_get(l->name), index);
	if (l->type)
		fprintf(out, " <%s>", name_of(l->type));
	if (l->of != NONE)
		fprintf(out, " of #%u%s", l->of, l->distinct ? " distinct" : "");
	for (i = 0; i < l->ndefs; i++) {
		fputs(i ? " | " : " = ", out);
		dump_path(out, f, &l->defs[i]);
	}
	fputc('\n', out);
}

/* ":u8", ":s32", ":bool"; nothing for a type that is no integer. */
static void print_integer(FILE *out, struct integer t)
{
	if (t.is_bool)
		fputs(":bool", out);
	else if (t.bits)
		fprintf(out, ":%c%u", t.is_signed ? 's' : 'u', t.bits);
}

static void dump_head(FILE *out, const struct function *f)
{
	static const char *const names[] = { "static", "inline",   "init",
					     "exit",   "noreturn", "header" };
	uint32_t i;

	fprintf(out, "function %s(", str_get(f->key));
	for (i = 0; i < f->nparams; i++) {
		fprintf(out, "%s%s", i ? ", " : "", str_get(f->params[i].name));
		print_integer(out, f->params[i].integer);
		if (f->params[i].type)
			fprintf(out, " <%s>", name_of(f->params[i].type));
	}
	fputs(") ", out);
	print_loc(out, f->loc);
	print_flags(out, f->flags, names, ARRAY_SIZE(names));
	fprintf(out, " hash %08x\n", f->body_hash);
}

static void dump_part(FILE *out, const struct function *f, const struct part_write *p)
{
	fprintf(out, "  call%u writes of arg%u ", p->call, p->arg);
	if (p->field) {
		dump_path(out, f, &p->obj);
		fprintf(out, ".%s\n", str_get(p->field));
	} else {
		fputs("a part\n", out);
	}
}

static void dump_function(void *ctx, const struct function *f)
{
	FILE *out = ctx;
	uint32_t i;

	dump_head(out, f);
	dump_annotations(out, "  ", f->annotations, f->nannotations);
	for (i = 0; i < f->nlocals; i++)
		dump_local(out, f, i);
	for (i = 0; i < f->nblocks; i++)
		dump_block(out, f, i);
	for (i = 0; i < f->nparts; i++)
		dump_part(out, f, &f->parts[i]);
	for (i = 0; i < f->nreturns; i++) {
		fputs("  returns ", out);
		dump_path(out, f, &f->returns[i]);
		fputc('\n', out);
	}
}

void dump_sink_init(struct sink *sink, FILE *out)
{
	*sink = (struct sink){
		.ctx = out,
		.record = dump_record,
		.function = dump_function,
		.slot = dump_slot,
		.declaration = dump_declaration,
		.use = dump_use,
		.file = dump_file,
	};
}
