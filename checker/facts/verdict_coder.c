// SPDX-License-Identifier: GPL-2.0-only
/* verdict_coder.c - the parts of verdicts as bytes: numbers, strings and lists. */
#include "verdict_coder.h"
#include "base/util.h"

/* --- numbers and strings */

static uint64_t code_varint(struct verdict_coder *c, uint64_t v)
{
	if (c->out)
		buf_varint(c->out, v);
	else if (c->bad || !varint_read(&c->at, c->end, &v)) {
		c->bad = true;
		v = 0;
	}
	return v;
}

void code_u64(struct verdict_coder *c, uint64_t *v)
{
	uint64_t wide = code_varint(c, *v);

	if (!c->out)
		*v = wide;
}

void code_u32(struct verdict_coder *c, uint32_t *v)
{
	uint64_t wide = code_varint(c, *v);

	c->bad |= wide > UINT32_MAX;
	if (!c->out)
		*v = c->bad ? 0 : (uint32_t)wide;
}

void code_below(struct verdict_coder *c, uint32_t *v, uint32_t n)
{
	code_u32(c, v);
	c->bad |= *v >= n;
	if (c->bad && !c->out)
		*v = 0;
}

/* The number written is one more, so that NONE is 0, a single byte. */
void code_index(struct verdict_coder *c, uint32_t *v)
{
	uint32_t up = *v + 1;

	code_u32(c, &up);
	if (!c->out)
		*v = up - 1;
}

void code_bool(struct verdict_coder *c, bool *v)
{
	uint32_t wide = *v;

	code_below(c, &wide, 2);
	if (!c->out)
		*v = wide;
}

/* Encoding: the number of a string. */
static uint32_t number_of(struct verdict_coder *c, str s)
{
	size_t cap = c->number_of_cap;

	if (s >= cap) {
		c->number_of_cap = (size_t)s * 2 + 4096;
		c->number_of = xrealloc(c->number_of, c->number_of_cap * sizeof(*c->number_of));
		memset(c->number_of + cap, 0, (c->number_of_cap - cap) * sizeof(*c->number_of));
	}
	if (!c->number_of[s]) {
		*vec_add(c->strings, c->nstrings, c->strings_cap) = s;
		c->number_of[s] = (uint32_t)c->nstrings;
	}
	return c->number_of[s];
}

void code_str(struct verdict_coder *c, str *s)
{
	uint32_t number = c->out && *s ? number_of(c, *s) : 0;

	code_u32(c, &number);
	c->bad |= number > c->nstrings;
	if (!c->out)
		*s = c->bad || !number ? 0 : c->strings[number - 1];
}

void code_loc(struct verdict_coder *c, struct loc *l)
{
	code_str(c, &l->file);
	code_u32(c, &l->line);
	code_u32(c, &l->col);
}

/* --- lists */

/* Codes `n` elements of `size` bytes.  Each takes a byte at least, so that damage is found before memory is taken. */
void *code_elements(struct verdict_coder *c, void *v, uint32_t n, size_t size, code_fn *one)
{
	uint32_t i;

	if (!c->out) {
		c->bad |= n > (size_t)(c->end - c->at);
		v = n && !c->bad ? arena_alloc(c->arena, n * size) : NULL;
	}
	for (i = 0; i < n && !c->bad; i++)
		one(c, (char *)v + i * size);
	return v;
}

static void encode_shared(struct verdict_coder *c, struct shared *s, struct list list, size_t size,
			  code_fn *one)
{
	struct buf *out = c->out;
	uint32_t number;

	c->list.n = 0;
	c->out = &c->list;
	code_u32(c, &list.n);
	code_elements(c, list.v, list.n, size, one);
	c->out = out;
	number = numbers_get(&s->numbers, c->list.data, c->list.n);
	buf_varint(out, number);
	if (number <= s->n)
		return;
	s->n = number;
	buf_add(out, c->list.data, c->list.n);
}

static struct list decode_shared(struct verdict_coder *c, struct shared *s, size_t size,
				 code_fn *one)
{
	uint64_t number = code_varint(c, 0);
	struct list list = { 0 };

	if (number == s->n + 1) {
		code_u32(c, &list.n);
		list.v = code_elements(c, NULL, list.n, size, one);
		*vec_add(s->lists, s->n, s->cap) = list;
	}
	c->bad |= !number || number > s->n;
	return c->bad ? (struct list){ 0 } : s->lists[number - 1];
}

struct list code_shared(struct verdict_coder *c, enum shared_kind kind, struct list list,
			size_t size, code_fn *one)
{
	if (!c->out)
		return decode_shared(c, &c->shared[kind], size, one);
	encode_shared(c, &c->shared[kind], list, size, one);
	return list;
}

void code_rising(struct verdict_coder *c, uint32_t **v, uint32_t *n, uint32_t below)
{
	uint32_t last = 0, i, step;

	code_u32(c, n);
	if (!c->out) {
		c->bad |= *n > (size_t)(c->end - c->at);
		*v = *n && !c->bad ? arena_alloc(c->arena, *n * sizeof(**v)) : NULL;
	}
	for (i = 0; i < *n && !c->bad; i++) {
		step = c->out ? (*v)[i] - last : 0;
		code_u32(c, &step);
		last += step;
		if (!c->out)
			(*v)[i] = last;
		c->bad |= last >= below;
	}
}

/* --- call chains: the number of the longest beginning that is known, and the frames behind it */

static void encode_chain(struct verdict_coder *c, const str *names, const struct loc *at,
			 uint32_t n)
{
	uint32_t known = 0, number, i;
	struct frame f = { 0 };

	for (i = 0; i < n; i++) {
		f = (struct frame){ known, names[i], at[i] };
		number = numbers_get(&c->frame_numbers, &f, sizeof(f));
		if (number > c->nframes)
			break;
		known = number;
	}
	buf_varint(c->out, known);
	buf_varint(c->out, n - i);
	for (; i < n; i++) {
		f = (struct frame){ known, names[i], at[i] };
		known = numbers_get(&c->frame_numbers, &f, sizeof(f));
		c->nframes = known;
		code_str(c, &f.name);
		code_loc(c, &f.at);
	}
}

/* Reads the frames of a chain that were not known; returns the number of its last one. */
static uint32_t decode_frames(struct verdict_coder *c)
{
	uint32_t last = 0, more = 0;
	struct frame f = { 0 };

	code_u32(c, &last);
	code_u32(c, &more);
	c->bad |= last > c->nframes;
	for (; more && !c->bad; more--) {
		f.parent = last;
		code_str(c, &f.name);
		code_loc(c, &f.at);
		c->frames = vec_grow(c->frames, c->nframes, &c->frames_cap, sizeof(f));
		c->chains = vec_grow(c->chains, c->nframes, &c->chains_cap, sizeof(*c->chains));
		c->frames[c->nframes] = f;
		c->chains[c->nframes] = (struct chain){ .n = last ? c->chains[last - 1].n + 1 : 1 };
		last = (uint32_t)++c->nframes;
	}
	return c->bad ? 0 : last;
}

static const struct chain *chain_to(struct verdict_coder *c, uint32_t last)
{
	struct chain *chain = &c->chains[last - 1];
	uint32_t i = chain->n;

	if (chain->names)
		return chain;
	chain->names = arena_alloc(c->arena, chain->n * sizeof(*chain->names));
	chain->at = arena_alloc(c->arena, chain->n * sizeof(*chain->at));
	for (; last; last = c->frames[last - 1].parent) {
		chain->names[--i] = c->frames[last - 1].name;
		chain->at[i] = c->frames[last - 1].at;
	}
	return chain;
}

void code_chain(struct verdict_coder *c, str **names, struct loc **at, uint32_t *n)
{
	const struct chain *chain;
	uint32_t last;

	if (c->out) {
		encode_chain(c, *names, *at, *n);
		return;
	}
	last = decode_frames(c);
	*n = 0;
	if (!last)
		return;
	chain = chain_to(c, last);
	*n = chain->n;
	*names = chain->names;
	*at = chain->at;
}

/* --- */

void coder_free(struct verdict_coder *c)
{
	size_t i;

	for (i = 0; i < SHARED_KINDS; i++) {
		numbers_free(&c->shared[i].numbers);
		free(c->shared[i].lists);
	}
	numbers_free(&c->frame_numbers);
	free(c->frames);
	free(c->chains);
	free(c->strings);
	free(c->number_of);
	free(c->functions);
	free(c->function_of);
	free(c->record_of);
	free(c->list.data);
}

void coder_put_strings(const struct verdict_coder *c, struct buf *out)
{
	const char *text;
	size_t i;

	buf_varint(out, c->nstrings);
	for (i = 0; i < c->nstrings; i++) {
		text = str_get(c->strings[i]);
		buf_varint(out, strlen(text));
		buf_add(out, text, strlen(text));
	}
}

void coder_get_strings(struct verdict_coder *c)
{
	uint64_t n = code_varint(c, 0), length;

	while (n-- && !c->bad) {
		length = code_varint(c, 0);
		c->bad |= !length || length > (size_t)(c->end - c->at) ||
			  (!c->bad && memchr(c->at, 0, length));
		if (c->bad)
			return;
		*vec_add(c->strings, c->nstrings, c->strings_cap) =
			str_intern_n((const char *)c->at, length);
		c->at += length;
	}
}
