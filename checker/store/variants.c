// SPDX-License-Identifier: GPL-2.0-only
/* variants.c - keys of which several translation units have different definitions. */
#include "facts/facts.h"
#include "names.h"
#include "variants.h"

/* A set of definitions of one key, by number; the last bit stands for all that have no other. */
#define SET_BITS 64
#define SET_ALL UINT64_MAX

/* A key with several definitions. */
struct variant_key {
	str key;
	uint32_t n;
	str *names;    /* of the definitions */
	uint64_t here; /* those of the tu that is looked at */
	bool as_value; /* a function names it as a value, and may mean any of them */
};

/* A function or slot store refers to such a key: to this set of its definitions, or 0. */
struct variant_use {
	uint32_t of; /* index into keys */
	uint64_t set;
};

/* What is known of a chunk. */
struct chunk_variants {
	uint32_t defines; /* index into keys + 1; 0: none */
	uint32_t number;  /* of the definition */
	uint32_t first_use, nuses;
};

struct variants {
	struct program *p;
	struct arena *arena;
	const struct loaded_chunk *loaded;
	struct chunk_variants *chunks;
	size_t nchunks;
	uint32_t *by_str[2]; /* by key, of records and of functions: index into keys + 1 */
	size_t nstr;
	struct variant_key *keys;
	size_t nkeys, keys_cap;
	struct variant_use *uses;
	size_t nuses, uses_cap;
	uint32_t at_first, at_n; /* uses of the function or slot store that is visited */
};

/* --- which keys are there more than once? */

static str *key_of(struct variants *v, size_t chunk)
{
	const struct loaded_chunk *c = &v->loaded[chunk];

	if (!c->is_loaded)
		return NULL;
	if (c->kind == CHUNK_RECORD)
		return &v->p->records[c->index].key;
	return c->kind == CHUNK_FUNCTION ? &v->p->functions[c->index].key : NULL;
}

static bool is_function(const struct variants *v, size_t chunk)
{
	return v->loaded[chunk].kind == CHUNK_FUNCTION;
}

static bool is_weak(const struct variants *v, size_t chunk)
{
	return is_function(v, chunk) && v->p->functions[v->loaded[chunk].index].flags & FUNC_WEAK;
}

/* How many definitions each key has; with `strong`, that are not weak. */
static void count_keys(struct variants *v, uint8_t *count[2], bool strong)
{
	size_t i;

	for (i = 0; i < v->nchunks; i++) {
		const str *key = key_of(v, i);
		uint8_t *n = key ? &count[is_function(v, i)][*key] : NULL;

		if (n && *n < 2 && !(strong && is_weak(v, i)))
			++*n;
	}
}

/* A definition that is not weak replaces the weak ones (ELF: STB_WEAK), whatever tu calls them. */
static void drop_weak(struct variants *v)
{
	uint8_t *strong[2] = { xcalloc(v->nstr, 1), xcalloc(v->nstr, 1) };
	size_t i;

	count_keys(v, strong, true);
	for (i = 0; i < v->nchunks; i++) {
		str *key = key_of(v, i);

		if (key && is_weak(v, i) && strong[1][*key])
			*key = 0;
	}
	free(strong[0]);
	free(strong[1]);
}

static void add_definition(struct variants *v, size_t chunk, str key)
{
	uint32_t *of = &v->by_str[is_function(v, chunk)][key];

	if (!*of) {
		*vec_add(v->keys, v->nkeys, v->keys_cap) = (struct variant_key){ .key = key };
		*of = (uint32_t)v->nkeys;
	}
	v->chunks[chunk].defines = *of;
}

static void find_keys(struct variants *v)
{
	uint8_t *count[2] = { xcalloc(v->nstr, 1), xcalloc(v->nstr, 1) };
	size_t i;

	count_keys(v, count, false);
	for (i = 0; i < v->nchunks; i++) {
		const str *key = key_of(v, i);

		if (key && *key && count[is_function(v, i)][*key] > 1)
			add_definition(v, i, *key);
	}
	free(count[0]);
	free(count[1]);
}

/* --- who refers to them? */

static void add_use(struct variants *v, uint32_t of)
{
	uint32_t i;

	if (!of)
		return;
	for (i = v->at_first; i < v->nuses; i++)
		if (v->uses[i].of == of - 1)
			return;
	*vec_add(v->uses, v->nuses, v->uses_cap) = (struct variant_use){ .of = of - 1 };
}

static str note_record(void *ctx, str key)
{
	struct variants *v = ctx;

	add_use(v, v->by_str[0][key]);
	return key;
}

static str note_function(void *ctx, str key)
{
	struct variants *v = ctx;

	add_use(v, v->by_str[1][key]);
	return key;
}

static void find_uses(struct variants *v)
{
	const struct name_visitor visitor = { .function = note_function,
					      .record = note_record,
					      .ctx = v };
	size_t i;

	for (i = 0; v->nkeys && i < v->nchunks; i++) {
		const struct loaded_chunk *c = &v->loaded[i];

		v->at_first = v->chunks[i].first_use = (uint32_t)v->nuses;
		if (c->is_loaded && c->kind == CHUNK_FUNCTION)
			names_visit(&v->p->functions[c->index], &visitor);
		else if (c->is_loaded && c->kind == CHUNK_SLOT)
			note_function(v, v->p->slots[c->index].func);
		v->chunks[i].nuses = (uint32_t)v->nuses - v->at_first;
	}
}

struct variants *variants_find(struct program *p, struct arena *arena,
			       const struct loaded_chunk *chunks, size_t n)
{
	struct variants *v = xcalloc(1, sizeof(*v));

	*v = (struct variants){ .p = p, .arena = arena, .loaded = chunks, .nchunks = n };
	v->nstr = str_count();
	v->by_str[0] = xcalloc(v->nstr, sizeof(uint32_t));
	v->by_str[1] = xcalloc(v->nstr, sizeof(uint32_t));
	v->chunks = xcalloc(n + 1, sizeof(*v->chunks));
	drop_weak(v);
	find_keys(v);
	find_uses(v);
	return v;
}

bool variants_exist(const struct variants *v)
{
	return v->nkeys;
}

/* --- which of them do they mean? */

/* The number of a definition is that of the first tu that has it. */
static void define_here(struct variants *v, size_t chunk)
{
	struct chunk_variants *c = &v->chunks[chunk];
	struct variant_key *k = &v->keys[c->defines - 1];

	if (!c->number)
		c->number = ++k->n;
	k->here |= UINT64_C(1) << (c->number < SET_BITS ? c->number - 1 : SET_BITS - 1);
}

static void use_here(struct variants *v, size_t chunk)
{
	const struct chunk_variants *c = &v->chunks[chunk];
	struct variant_use *u;

	for (u = v->uses + c->first_use; u < v->uses + c->first_use + c->nuses; u++)
		u->set |= v->keys[u->of].here ? v->keys[u->of].here : SET_ALL;
}

static void each_chunk(struct variants *v, struct bytes list, void (*fn)(struct variants *, size_t),
		       bool uses)
{
	const unsigned char *at = list.p, *end = at + list.n;
	uint64_t id;

	while (at < end && varint_read(&at, end, &id) && id < v->nchunks)
		if (uses ? v->chunks[id].nuses : v->chunks[id].defines)
			fn(v, (size_t)id);
}

static void forget_here(struct variants *v, size_t chunk)
{
	v->keys[v->chunks[chunk].defines - 1].here = 0;
}

void variants_look(struct variants *v, struct bytes list)
{
	each_chunk(v, list, define_here, false);
	each_chunk(v, list, use_here, true);
	each_chunk(v, list, forget_here, false);
}

/* --- other names */

static str name_of(const struct variant_key *k, const struct loc *loc, uint32_t number,
		   bool function)
{
	const char *key = str_get(k->key);

	if (!function && number == 1)
		return k->key;
	if (strchr(key, '@'))
		return str_printf("%s#%u", key, number);
	return str_printf("%s@%s#%u", key, str_get(loc->file), number);
}

static void name_definitions(struct variants *v)
{
	size_t i;

	for (i = 0; i < v->nkeys; i++)
		v->keys[i].names =
			arena_alloc(v->arena, (v->keys[i].n + 1) * sizeof(*v->keys[i].names));
	for (i = 0; i < v->nchunks; i++) {
		const struct chunk_variants *c = &v->chunks[i];
		struct variant_key *k = c->defines ? &v->keys[c->defines - 1] : NULL;
		uint32_t at = v->loaded[i].index;

		if (!k)
			continue;
		if (is_function(v, i)) {
			struct function *f = &v->p->functions[at];

			f->key = k->names[c->number - 1] = name_of(k, &f->loc, c->number, true);
			f->variant_of = k->key;
		} else {
			struct record *r = &v->p->records[at];

			r->key = k->names[c->number - 1] = name_of(k, &r->loc, c->number, false);
			r->variant_of = k->key;
		}
	}
}

/* The number of the only definition in the set; 0: it has others. */
static uint32_t only_one(uint64_t set)
{
	uint32_t n = 1;

	if (!set || set & (set - 1) || set >> (SET_BITS - 1))
		return 0;
	while (set >>= 1)
		n++;
	return n;
}

static const struct variant_use *use_of(const struct variants *v, str key)
{
	uint32_t of = key < v->nstr ? v->by_str[1][key] : 0, i;

	for (i = v->at_first; of && i < v->at_first + v->at_n; i++)
		if (v->uses[i].of == of - 1)
			return &v->uses[i];
	return NULL;
}

static str rename_function(void *ctx, str key)
{
	const struct variants *v = ctx;
	const struct variant_use *u = use_of(v, key);
	uint32_t number = u ? only_one(u->set) : 0;

	return number ? v->keys[u->of].names[number - 1] : key;
}

static bool is_any_of_several(void *ctx, str key)
{
	struct variants *v = ctx;
	const struct variant_use *u = use_of(v, key);

	if (!u || only_one(u->set))
		return false;
	v->keys[u->of].as_value = true;
	return true;
}

/* Tells the function which variants of a record's layout its tus have. */
static void add_layouts(struct variants *v, struct function *f)
{
	uint32_t i, k, n = 0;

	for (i = 0; i < v->at_n; i++)
		n += v->keys[v->uses[v->at_first + i].of].n;
	f->layouts = arena_alloc(v->arena, n * sizeof(*f->layouts));
	for (i = 0; i < v->at_n; i++) {
		const struct variant_use *u = &v->uses[v->at_first + i];
		const struct variant_key *key = &v->keys[u->of];

		if (v->by_str[0][key->key] != u->of + 1)
			continue;
		for (k = 0; k < key->n; k++)
			if (u->set >> (k < SET_BITS ? k : SET_BITS - 1) & 1)
				f->layouts[f->nlayouts++] = key->names[k];
	}
}

static void rename_in_function(struct variants *v, struct function *f)
{
	const struct name_visitor visitor = { .function = rename_function,
					      .is_pointer = is_any_of_several,
					      .ctx = v,
					      .arena = v->arena };

	add_layouts(v, f);
	names_visit(f, &visitor);
}

/* --- slot stores */

struct slot_vec {
	struct slot_store *v;
	size_t n, cap;
};

/* The store once for each definition of its function from number `first` on. */
static void add_stores(struct slot_vec *out, const struct slot_store *s,
		       const struct variant_key *k, uint32_t first)
{
	uint32_t i;

	for (i = first - 1; i < k->n; i++) {
		struct slot_store *one = vec_add(out->v, out->n, out->cap);

		*one = *s;
		one->func = k->names[i];
	}
}

static void rename_in_slot(struct variants *v, struct slot_store *s, struct slot_vec *more)
{
	const struct variant_use *u = use_of(v, s->func);

	if (!u)
		return;
	if (only_one(u->set)) {
		s->func = v->keys[u->of].names[only_one(u->set) - 1];
		return;
	}
	add_stores(more, s, &v->keys[u->of], 2);
	s->func = v->keys[u->of].names[0];
}

/* What a variable of the key's name would hold: see variants_settle(). */
static void add_values(struct variants *v, struct slot_vec *more)
{
	size_t i;

	for (i = 0; i < v->nkeys; i++) {
		const struct variant_key *k = &v->keys[i];
		const struct slot_store s = { .object = k->key };

		if (k->as_value)
			add_stores(more, &s, k, 1);
	}
}

static void rename_all(struct variants *v, struct slot_vec *more)
{
	size_t i;

	for (i = 0; v->nkeys && i < v->nchunks; i++) {
		const struct loaded_chunk *c = &v->loaded[i];

		v->at_first = v->chunks[i].first_use;
		v->at_n = v->chunks[i].nuses;
		if (!v->at_n)
			continue;
		if (c->kind == CHUNK_FUNCTION)
			rename_in_function(v, &v->p->functions[c->index]);
		else
			rename_in_slot(v, &v->p->slots[c->index], more);
	}
}

struct slot_store *variants_settle(struct variants *v, size_t *n)
{
	struct slot_vec more = { 0 };
	size_t i;

	for (i = 0; i < v->nkeys; i++)
		v->p->stats.variants += v->keys[i].n - 1;
	name_definitions(v);
	rename_all(v, &more);
	add_values(v, &more);
	free(v->by_str[0]);
	free(v->by_str[1]);
	free(v->chunks);
	free(v->keys);
	free(v->uses);
	free(v);
	*n = more.n;
	return more.v;
}

void variants_drop(struct program *p)
{
	size_t i, n = 0;

	for (i = 0; i < p->nfunctions; i++)
		if (p->functions[i].key)
			p->functions[n++] = p->functions[i];
	p->nfunctions = n;
}
