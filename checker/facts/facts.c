// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts.c - facts as bytes.
 *
 * One function for each struct encodes and decodes it: code_x() appends *x to the output of the
 * coder if it has one and does not change it, else it fills in *x.
 */
#include "base/uses.h"
#include "factcheck.h"
#include "facts.h"

#define PATHS_KEPT 32

struct coder {
	struct buf *out;	       /* encoding; NULL: decoding */
	const unsigned char *at, *end; /* decoding: the bytes that are left */
	struct arena *arena;	       /* decoding: owns arrays and paths */
	str *strings;		       /* string number i + 1 of this chunk */
	size_t nstrings, cap;
	uint32_t line; /* of the last location */
	bool bad;      /* the chunk is damaged, or the fact unsound */
	/* Decoding: paths by hash, to share equal ones; half of those in a function repeat. */
	const struct path *kept[PATHS_KEPT];
};

/* Encoding: the number of each str in this chunk, 0 if it has none; all zero between chunks. */
static struct {
	uint32_t *of;
	size_t cap;
} numbers;

/* --- numbers and strings */

static inline uint64_t code_varint(struct coder *c, uint64_t v)
{
	if (c->out)
		buf_varint(c->out, v);
	else if (c->at < c->end && *c->at < 0x80 && !c->bad)
		v = *c->at++; /* most are of one byte */
	else if (c->bad || !varint_read(&c->at, c->end, &v)) {
		c->bad = true;
		v = 0;
	}
	return v;
}

static void code_u64(struct coder *c, uint64_t *v)
{
	*v = code_varint(c, *v);
}

/* A number of at most `max`. */
static void code_upto(struct coder *c, uint32_t *v, uint32_t max)
{
	uint64_t wide = code_varint(c, *v);

	c->bad |= wide > max;
	if (!c->out)
		*v = c->bad ? 0 : (uint32_t)wide;
}

static void code_u32(struct coder *c, uint32_t *v)
{
	code_upto(c, v, UINT32_MAX);
}

/* An index or NONE.  The number written is one more, so that NONE is 0, a single byte. */
static void code_index(struct coder *c, uint32_t *v)
{
	uint32_t up = *v + 1;

	code_u32(c, &up);
	if (!c->out)
		*v = up - 1;
}

static void code_bool(struct coder *c, bool *v)
{
	uint32_t wide = *v;

	code_upto(c, &wide, 1);
	if (!c->out)
		*v = wide;
}

static void encode_str(struct coder *c, str s)
{
	const char *text = str_get(s);
	size_t length = strlen(text), cap;

	if (s >= numbers.cap) {
		cap = (size_t)s * 2 + 4096;
		numbers.of = xrealloc(numbers.of, cap * sizeof(*numbers.of));
		memset(numbers.of + numbers.cap, 0, (cap - numbers.cap) * sizeof(*numbers.of));
		numbers.cap = cap;
	}
	if (!s || numbers.of[s]) {
		buf_varint(c->out, numbers.of[s]);
		return;
	}
	*vec_add(c->strings, c->nstrings, c->cap) = s;
	numbers.of[s] = (uint32_t)c->nstrings;
	buf_varint(c->out, c->nstrings);
	buf_varint(c->out, length);
	buf_add(c->out, text, length);
}

static str decode_str(struct coder *c)
{
	uint64_t number = code_varint(c, 0), length;
	str s;

	if (number <= c->nstrings)
		return number ? c->strings[number - 1] : 0;
	length = code_varint(c, 0);
	if (number > c->nstrings + 1 || !length || length > (size_t)(c->end - c->at) ||
	    memchr(c->at, 0, length)) {
		c->bad = true;
		return 0;
	}
	s = str_intern_n((const char *)c->at, length);
	c->at += length;
	*vec_add(c->strings, c->nstrings, c->cap) = s;
	return s;
}

static void code_str(struct coder *c, str *s)
{
	if (c->out)
		encode_str(c, *s);
	else
		*s = decode_str(c);
}

/* The line is written as the difference to that of the last location, with the sign in bit 0. */
static void code_loc(struct coder *c, struct loc *l)
{
	int64_t delta = (int64_t)l->line - c->line;
	uint64_t wire = delta < 0 ? (uint64_t)-delta << 1 | 1 : (uint64_t)delta << 1;

	code_str(c, &l->file);
	wire = code_varint(c, wire);
	if (!c->out) {
		c->bad |= wire >> 1 > UINT32_MAX;
		delta = (int64_t)(wire >> 1 & UINT32_MAX);
		delta = c->line + (wire & 1 ? -delta : delta);
		c->bad |= delta < 0 || delta > UINT32_MAX;
		l->line = (uint32_t)delta;
	}
	c->line = l->line;
	code_u32(c, &l->col);
}

/*
 * Codes the length of an array and returns its memory; `size` is that of an element.  An element
 * takes at least `min` bytes of the chunk: a longer array than the rest of the chunk has room for is
 * damage, found before anything is allocated.
 */
static void *code_array(struct coder *c, void *array, uint32_t *n, size_t size, size_t min)
{
	code_u32(c, n);
	if (c->out)
		return array;
	if (*n > (size_t)(c->end - c->at) / min) {
		c->bad = true;
		*n = 0;
	}
	return *n ? arena_alloc(c->arena, *n * size) : NULL;
}

#define CODE_ARRAY(c, array, n, min, code_one)                                     \
	do {                                                                       \
		(array) = code_array((c), (array), &(n), sizeof(*(array)), (min)); \
		for (uint32_t i_ = 0; i_ < (n) && !(c)->bad; i_++)                 \
			code_one((c), &(array)[i_]);                               \
	} while (0)

/* Stops the build when a struct changes: a new member that is not coded would be lost silently. */
#define CODED(type, bytes)                                                    \
	_Static_assert(sizeof(struct type) == (bytes) || sizeof(void *) != 8, \
		       "struct " #type " has changed: code its members, raise STORE_VERSION")

CODED(field, 72);
CODED(record, 72);
CODED(path, 164);
CODED(local, 40);
CODED(call, 64);
CODED(event, 56);
CODED(block, 88);
CODED(tested_member, 168);
CODED(assigned_member, 8);
CODED(part_write, 176);
CODED(annotation, 172);
CODED(param, 16);
CODED(function, 160);
CODED(slot_store, 28);
CODED(declaration, 16);
CODED(value_source, 32);
CODED(member_use, 40);

/* --- records */

static void code_field(struct coder *c, struct field *f)
{
	code_str(c, &f->name);
	code_str(c, &f->type);
	code_str(c, &f->record);
	code_str(c, &f->comment);
	code_str(c, &f->group_comment);
	code_loc(c, &f->loc);
	code_u64(c, &f->bit_offset);
	code_u64(c, &f->bit_size);
	code_u32(c, &f->flags);
	code_u32(c, &f->group);
	code_u64(c, &f->group_end);
	if (!c->out)
		f->unit = NONE;
}

static void code_record(struct coder *c, struct record *r)
{
	code_str(c, &r->key);
	code_str(c, &r->name);
	code_loc(c, &r->loc);
	code_u64(c, &r->bytes);
	code_u64(c, &r->align);
	code_u32(c, &r->flags);
	code_str(c, &r->comment);
	CODE_ARRAY(c, r->fields, r->nfields, 13, code_field);
}

/* --- paths: most have few parts, so the first byte says which ones follow */

enum path_head {
	PATH_ROOT = 7,
	PATH_INDEX = 1 << 3,
	PATH_NAME = 1 << 4,
	PATH_TYPE = 1 << 5,
	PATH_NSTEPS_SHIFT = 6,
};

_Static_assert(ROOT_NULL - PATH_ROOT <= 0, "a root fits the head of a path");

static void code_path(struct coder *c, struct path *p)
{
	uint32_t head = p->root | p->nsteps << PATH_NSTEPS_SHIFT;

	head |= (p->index ? PATH_INDEX : 0) | (p->name ? PATH_NAME : 0) | (p->type ? PATH_TYPE : 0);
	code_upto(c, &head, PATH_STEPS_MAX << PATH_NSTEPS_SHIFT | ((1 << PATH_NSTEPS_SHIFT) - 1));
	if (!c->out) {
		p->root = head & PATH_ROOT;
		p->nsteps = head >> PATH_NSTEPS_SHIFT;
	}
	if (head & PATH_INDEX)
		code_u32(c, &p->index);
	if (head & PATH_NAME)
		code_str(c, &p->name);
	if (head & PATH_TYPE)
		code_str(c, &p->type);
	for (uint32_t i = 0; i < p->nsteps && !c->bad; i++) {
		code_upto(c, &p->steps[i].kind, STEP_PRIVATE);
		code_str(c, &p->steps[i].record);
		code_str(c, &p->steps[i].field);
	}
}

/* A path that is read only, so that equal ones are decoded to one copy, and empty ones to path_none. */
static void code_path_ref(struct coder *c, const struct path **ref)
{
	struct path p;
	uint32_t i;

	if (!c->out && c->at < c->end && !*c->at) {
		*ref = &path_none;
		c->at++;
		return;
	}
	p = c->out ? **ref : path_none;
	code_path(c, &p);
	if (c->out)
		return;
	i = (p.root * 5 + p.index * 3 + p.name + p.type + p.steps[0].field) % PATHS_KEPT;
	if (!c->kept[i] || memcmp(&p, c->kept[i], sizeof(p)))
		c->kept[i] = arena_copy(c->arena, &p, sizeof(p));
	*ref = c->kept[i];
}

/* --- functions */

static void code_param(struct coder *c, struct param *p)
{
	code_str(c, &p->name);
	code_str(c, &p->type);
	code_upto(c, &p->integer.bits, 128);
	code_bool(c, &p->integer.is_signed);
	code_bool(c, &p->integer.is_bool);
}

static void code_local(struct coder *c, struct local *l)
{
	code_str(c, &l->name);
	code_str(c, &l->type);
	CODE_ARRAY(c, l->defs, l->ndefs, 1, code_path);
	code_index(c, &l->of);
	code_u32(c, &l->pointed_by);
	code_bool(c, &l->distinct);
}

static void code_call(struct coder *c, struct call *call)
{
	code_upto(c, &call->kind, CALLEE_OTHER);
	code_str(c, &call->name);
	code_str(c, &call->record);
	code_u32(c, &call->index);
	code_path_ref(c, &call->base);
	CODE_ARRAY(c, call->args, call->nargs, 1, code_path_ref);
	code_index(c, &call->dst);
	code_bool(c, &call->negated);
	code_bool(c, &call->is_guard);
	code_bool(c, &call->is_cleanup);
	code_index(c, &call->constructor);
	code_loc(c, &call->loc);
}

static void code_event(struct coder *c, struct event *e)
{
	code_upto(c, &e->kind, EV_DEREF);
	code_upto(c, &e->access, ACCESS_WHOLE);
	code_index(c, &e->call);
	code_index(c, &e->local);
	code_str(c, &e->field);
	code_bool(c, &e->race_ok);
	code_path_ref(c, &e->obj);
	code_path_ref(c, &e->src);
	code_loc(c, &e->loc);
	code_str(c, &e->value);
}

static void code_block(struct coder *c, struct block *b)
{
	code_upto(c, &b->return_kind, RETURN_LOCAL);
	code_u32(c, &b->return_index);
	CODE_ARRAY(c, b->events, b->nevents, 12, code_event);
	CODE_ARRAY(c, b->succs, b->nsuccs, 1, code_u32);
	code_upto(c, &b->test.kind, TEST_SAME);
	code_bool(c, &b->negate);
	code_bool(c, &b->test.fleeting);
	code_index(c, &b->test.call);
	code_index(c, &b->test.local);
	code_index(c, &b->test.param);
	code_index(c, &b->test.member);
	code_index(c, &b->test.other);
	code_str(c, &b->test.value);
	if (!c->out)
		b->test.a = b->test.b = &path_none;
	if (b->test.kind == TEST_SAME) {
		code_path_ref(c, &b->test.a);
		code_path_ref(c, &b->test.b);
	}
}

static void code_tested_member(struct coder *c, struct tested_member *t)
{
	code_path(c, &t->obj);
	code_str(c, &t->field);
}

static void code_assigned_member(struct coder *c, struct assigned_member *m)
{
	code_str(c, &m->record);
	code_str(c, &m->field);
}

static void code_part(struct coder *c, struct part_write *p)
{
	code_u32(c, &p->call);
	code_u32(c, &p->arg);
	code_path(c, &p->obj);
	code_str(c, &p->field);
}

static void code_annotation(struct coder *c, struct annotation *a)
{
	code_upto(c, &a->kind, ANN_COND_ACQUIRES_ZERO_SHARED);
	code_path(c, &a->lock);
	code_str(c, &a->text);
}

static void code_function(struct coder *c, struct function *f)
{
	code_str(c, &f->key);
	code_str(c, &f->name);
	code_loc(c, &f->loc);
	code_u32(c, &f->flags);
	code_u32(c, &f->body_hash);
	CODE_ARRAY(c, f->params, f->nparams, 5, code_param);
	CODE_ARRAY(c, f->locals, f->nlocals, 5, code_local);
	CODE_ARRAY(c, f->calls, f->ncalls, 13, code_call);
	CODE_ARRAY(c, f->blocks, f->nblocks, 10, code_block);
	CODE_ARRAY(c, f->annotations, f->nannotations, 3, code_annotation);
	CODE_ARRAY(c, f->returns, f->nreturns, 1, code_path);
	CODE_ARRAY(c, f->tested, f->ntested, 2, code_tested_member);
	CODE_ARRAY(c, f->parts, f->nparts, 4, code_part);
	CODE_ARRAY(c, f->assigned, f->nassigned, 2, code_assigned_member);
	if (!c->bad)
		c->bad = !facts_function_fits(f);
}

/* --- slot stores and declarations */

static void code_slot(struct coder *c, struct slot_store *s)
{
	code_str(c, &s->record);
	code_str(c, &s->field);
	code_str(c, &s->func);
	code_str(c, &s->object);
	code_loc(c, &s->loc);
}

static void code_declaration(struct coder *c, struct declaration *d)
{
	code_str(c, &d->func);
	CODE_ARRAY(c, d->annotations, d->nannotations, 3, code_annotation);
}

/* --- uses of members */

/* A signed number, with the sign in bit 0. */
static void code_i64(struct coder *c, long long *v)
{
	uint64_t wire = (uint64_t)*v << 1 ^ (*v < 0 ? UINT64_MAX : 0);

	wire = code_varint(c, wire);
	if (!c->out)
		*v = (long long)(wire >> 1 ^ (wire & 1 ? UINT64_MAX : 0));
}

static void code_value(struct coder *c, struct value_source *v)
{
	code_upto(c, &v->kind, VALUE_RESULT);
	code_u32(c, &v->param);
	code_str(c, &v->function);
	code_i64(c, &v->low);
	code_i64(c, &v->high);
}

static void code_use(struct coder *c, struct member_use *u)
{
	code_upto(c, &u->kind, USE_RANGE);
	code_str(c, &u->record);
	code_str(c, &u->field);
	code_str(c, &u->function);
	code_loc(c, &u->loc);
	CODE_ARRAY(c, u->values, u->nvalues, 5, code_value);
}

/* --- chunks */

static bool encoded(struct coder *c)
{
	for (size_t i = 0; i < c->nstrings; i++)
		numbers.of[c->strings[i]] = 0;
	free(c->strings);
	return !c->bad;
}

static bool decoded(struct coder *c)
{
	free(c->strings);
	return !c->bad && c->at == c->end;
}

/* facts_encode_NAME() and facts_decode_NAME().  The copy is there because code_NAME() takes no const. */
#define FACT(name, type)                                                               \
	bool facts_encode_##name(struct buf *b, const struct type *fact)               \
	{                                                                              \
		struct coder c = { .out = b };                                         \
		struct type copy = *fact;                                              \
                                                                                       \
		code_##name(&c, &copy);                                                \
		return encoded(&c);                                                    \
	}                                                                              \
                                                                                       \
	bool facts_decode_##name(const unsigned char *data, size_t n, struct arena *a, \
				 struct type *out)                                     \
	{                                                                              \
		struct coder c = { .at = data, .end = data + n, .arena = a };          \
                                                                                       \
		memset(out, 0, sizeof(*out));                                          \
		code_##name(&c, out);                                                  \
		return decoded(&c);                                                    \
	}

FACT(record, record)
FACT(function, function)
FACT(slot, slot_store)
FACT(declaration, declaration)
FACT(use, member_use)
