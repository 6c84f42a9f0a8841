// SPDX-License-Identifier: GPL-2.0-only
/* prove.c - a program that shows lost updates of two fields of one storage unit. */
#include "plan_lookup.h"
#include "prove.h"
#include "type_bits.h"

/* --- the program, without the structs `before` and `after` and what uses them */

static const char head[] =
	"#include <stdatomic.h>\n"
	"#include <stdbool.h>\n"
	"#include <stdio.h>\n"
	"#include <stdlib.h>\n"
	"#include <string.h>\n"
	"#include <threads.h>\n"
	"#include <time.h>\n"
	"\n"
	"#define ENOUGH 3	/* lost updates */\n"
	"\n"
	"static atomic_bool stop;\n"
	"static atomic_uint ready;\n"
	"static double seconds = 20;\n"
	"\n"
	"struct count { unsigned long stores, lost; };\n"
	"\n"
	"static double now(void)\n"
	"{\n"
	"	struct timespec t;\n"
	"\n"
	"	timespec_get(&t, TIME_UTC);\n"
	"	return t.tv_sec + t.tv_nsec / 1e9;\n"
	"}\n"
	"\n"
	"/* Both start at once, or one is done before the other begins. */\n"
	"static void meet(void)\n"
	"{\n"
	"	atomic_fetch_add(&ready, 1);\n"
	"	while (atomic_load(&ready) < 2 && !atomic_load(&stop))\n"
	"		;\n"
	"}\n"
	"\n"
	"/* Nobody else writes the field: what was stored must be read until the next store. */\n"
	"#define WRITER(s, f, mask) \\\n"
	"__attribute__((noinline)) static void store_##s##_##f(struct s *p, unsigned long long v) { p->f = v; } \\\n"
	"__attribute__((noinline)) static unsigned long long load_##s##_##f(struct s *p) { return p->f & (mask); } \\\n"
	"static int write_##s##_##f(void *arg) \\\n"
	"{ \\\n"
	"	struct count *count = arg; \\\n"
	"	unsigned long long v = 0; \\\n"
	"	meet(); \\\n"
	"	while (!atomic_load(&stop)) { \\\n"
	"		if (load_##s##_##f(&s) != v) \\\n"
	"			count->lost++; \\\n"
	"		atomic_signal_fence(memory_order_seq_cst); \\\n"
	"		v = ++count->stores & (mask); \\\n"
	"		store_##s##_##f(&s, v); \\\n"
	"		atomic_signal_fence(memory_order_seq_cst); \\\n"
	"		if (count->lost >= ENOUGH) \\\n"
	"			atomic_store(&stop, true); \\\n"
	"	} \\\n"
	"	return 0; \\\n"
	"}\n"
	"\n"
	"/* Two writers at once until updates are lost or the time is over; returns how many were. */\n"
	"static unsigned long run(const char *name, thrd_start_t a, thrd_start_t b, double limit)\n"
	"{\n"
	"	struct count counts[2] = { { 0, 0 } };\n"
	"	double begin = now();\n"
	"	thrd_t threads[2];\n"
	"\n"
	"	atomic_store(&stop, false);\n"
	"	atomic_store(&ready, 0);\n"
	"	if (thrd_create(&threads[0], a, &counts[0]) != thrd_success ||\n"
	"	    thrd_create(&threads[1], b, &counts[1]) != thrd_success) {\n"
	"		fprintf(stderr, \"cannot start a thread\\n\");\n"
	"		exit(2);\n"
	"	}\n"
	"	while (!atomic_load(&stop) && now() - begin < limit)\n"
	"		thrd_sleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);\n"
	"	atomic_store(&stop, true);\n"
	"	thrd_join(threads[0], NULL);\n"
	"	thrd_join(threads[1], NULL);\n"
	"	printf(\"%s: %lu updates lost in %lu stores\\n\", name, counts[0].lost + counts[1].lost,\n"
	"	       counts[0].stores + counts[1].stores);\n"
	"	return counts[0].lost + counts[1].lost;\n"
	"}\n"
	"\n"
	"/* Is the field where it is in the kernel? */\n"
	"#define CHECK(s, f, mask, bit, width) do { \\\n"
	"	memset(&s, 0, sizeof(s)); \\\n"
	"	store_##s##_##f(&s, mask); \\\n"
	"	for (unsigned long i = 0; i < 8 * sizeof(s); i++) \\\n"
	"		if ((((unsigned char *)&s)[i / 8] >> i % 8 & 1) != (i >= (bit) && i < (bit) + (width))) { \\\n"
	"			fprintf(stderr, \"%s.%s is not at bit %u\\n\", #s, #f, (unsigned int)(bit)); \\\n"
	"			return 2; \\\n"
	"		} \\\n"
	"	memset(&s, 0, sizeof(s)); \\\n"
	"} while (0)\n"
	"\n";

/* --- structs */

/* A record as it is or as a plan wants it. */
struct layout {
	const char *name; /* of the struct in the program */
	const struct record *record;
	const struct fix_plan *plan; /* NULL: as it is */
};

static const struct field_move *moved(const struct layout *l, uint32_t field)
{
	return l->plan ? plan_move(l->plan, field) : NULL;
}

static uint64_t offset_of(const struct layout *l, uint32_t field)
{
	return l->plan ? l->plan->offsets[field] : l->record->fields[field].bit_offset;
}

static uint64_t width_of(const struct layout *l, uint32_t field)
{
	const struct field_move *m = moved(l, field);

	return m ? m->bits : l->record->fields[field].bit_size;
}

/* A basic type of C with the field's signedness left out, at least `bits` wide. */
static const char *scalar(const struct field *f, uint64_t bits)
{
	static const char *const names[] = { "char", "short", "int", "long long" };
	uint32_t i = 0;

	if (f->flags & FIELD_BOOL)
		return "_Bool";
	while (i + 1 < ARRAY_SIZE(names) && 8ULL << i < bits)
		i++;
	return names[i];
}

static const char *sign(const struct field *f)
{
	return f->flags & FIELD_BOOL ? "" : f->flags & FIELD_SIGNED ? "signed " : "unsigned ";
}

/* Indexes of the fields by their offsets; fields at one offset stay in their order, so `:0` comes first. */
static uint32_t *fields_in_order(const struct layout *l)
{
	uint32_t n = l->record->nfields, *order = xcalloc(n + 1, sizeof(*order)), i, j;

	for (i = 0; i < n; i++) {
		for (j = i; j > 0 && offset_of(l, order[j - 1]) > offset_of(l, i); j--)
			order[j] = order[j - 1];
		order[j] = i;
	}
	return order;
}

static uint64_t lowest_bit(uint64_t n)
{
	return n & -n;
}

/*
 * Declares a member that is no bitfield as an array of bytes at offset `at`, behind offset `from`; it is
 * aligned to `most` at most.  All are in bytes.
 */
static void put_bytes(FILE *out, uint32_t number, uint64_t at, uint64_t bytes, uint64_t from,
		      uint64_t most)
{
	uint64_t align = at ? lowest_bit(at) : most;

	align = align < most ? align : most;
	if ((from + align - 1) / align * align != at) {
		fprintf(out, "\tunsigned char gap%u[%llu];\n", number,
			(unsigned long long)(at - from));
		align = 1;
	}
	fprintf(out, "\t_Alignas(%llu) unsigned char m%u[%llu];\n", (unsigned long long)align,
		number, (unsigned long long)bytes);
}

static void put_bitfield(FILE *out, const struct field *f, const char *name)
{
	uint64_t bits = type_bits(str_get(f->type));

	fprintf(out, "\t%s%s %s:%llu;\n", sign(f), scalar(f, bits ? bits : 32), name,
		(unsigned long long)f->bit_size);
}

static const char *name_of(const struct field *f)
{
	return f->name ? str_get(f->name) : "";
}

static void put_struct(FILE *out, const struct layout *l)
{
	const struct record *r = l->record;
	uint32_t *order = fields_in_order(l), group = 0, i;
	uint64_t end = 0;

	fprintf(out, "static struct %s {\n", l->name);
	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[order[i]];
		const struct field_move *m = moved(l, order[i]);
		uint64_t at = offset_of(l, order[i]), width = width_of(l, order[i]);

		if (f->group != group && f->flags & FIELD_BITFIELD)
			fprintf(out, "\tunsigned char :0;\n");
		group = f->group;
		if (m)
			fprintf(out, "\t%s%s %s;\n", sign(f), scalar(f, m->bits), name_of(f));
		else if (f->flags & FIELD_BITFIELD)
			put_bitfield(out, f, name_of(f));
		else if (width && at >= end)
			put_bytes(out, order[i], at / 8, width / 8, (end + 7) / 8, r->align);
		end = at + width > end ? at + width : end;
	}
	fprintf(out, "} __attribute__((%saligned(%llu))) %s;\n\n",
		r->flags & RECORD_PACKED ? "packed, " : "", (unsigned long long)r->align, l->name);
	free(order);
}

/* --- main() */

/* The values that the field can hold, all bits set. */
static unsigned long long mask_of(const struct field *f)
{
	return f->flags & FIELD_BOOL ? 1 : f->bit_size > 63 ? ~0ULL : (1ULL << f->bit_size) - 1;
}

/* Prints the check that the field has its offset.  Only its bits are stored to, also where it is wider. */
static void put_check(FILE *out, const struct layout *l, uint32_t field)
{
	const struct field *f = &l->record->fields[field];

	fprintf(out, "\tCHECK(%s, %s, %#llxULL, %llu, %llu);\n", l->name, name_of(f), mask_of(f),
		(unsigned long long)offset_of(l, field), (unsigned long long)f->bit_size);
}

static void put_layout(FILE *out, const struct layout *l, const uint32_t *pair)
{
	uint32_t i;

	put_struct(out, l);
	for (i = 0; i < 2; i++)
		fprintf(out, "WRITER(%s, %s, %#llxULL)\n", l->name,
			name_of(&l->record->fields[pair[i]]), mask_of(&l->record->fields[pair[i]]));
	fputc('\n', out);
}

static void put_run(FILE *out, const struct layout *l, const uint32_t *pair, const char *limit)
{
	const char *a = name_of(&l->record->fields[pair[0]]),
		   *b = name_of(&l->record->fields[pair[1]]);

	fprintf(out, "run(\"%s\", write_%s_%s, write_%s_%s, %s)", l->name, l->name, a, l->name, b,
		limit);
}

static void put_main(FILE *out, const struct layout *before, const struct layout *after,
		     const uint32_t *pair)
{
	uint32_t i;

	fputs("int main(int argc, char **argv)\n{\n\tunsigned long lost;\n\n"
	      "\tif (argc > 1)\n\t\tseconds = atof(argv[1]);\n",
	      out);
	for (i = 0; i < 2; i++) {
		put_check(out, before, pair[i]);
		if (after)
			put_check(out, after, pair[i]);
	}
	fputs("\tlost = ", out);
	put_run(out, before, pair, "seconds");
	fputs(";\n", out);
	if (after) {
		fputs("\tif (", out);
		put_run(out, after, pair, "seconds / 10");
		fputs(")\n\t\treturn 1;\n", out);
	}
	fputs("\treturn lost ? 0 : 1;\n}\n", out);
}

static void put_about(FILE *out, const struct record *r, const uint32_t *pair, const char *refusal)
{
	fprintf(out,
		"/*\n * Two threads store to %s and %s of %s %s at once, as a kernel's compiler does,\n"
		" * and read back what they stored.\n *\n *\tcc -O2 -pthread prove.c -o prove && ./prove [SECONDS]\n *\n"
		" * Exit status: 0 an update was lost before and none after the split; 1 not so; 2 it could not run.\n",
		name_of(&r->fields[pair[0]]), name_of(&r->fields[pair[1]]),
		r->flags & RECORD_UNION ? "union" : "struct", str_get(r->name));
	if (refusal)
		fprintf(out, " * There is no layout after the split: %s.\n", refusal);
	fputs(" */\n", out);
}

void prove_write(FILE *out, const struct program *p, const struct record *r, const uint32_t *pair,
		 const char *kdir)
{
	struct layout before = { .name = "before", .record = r }, after = { .name = "after" };
	struct arena arena = { NULL };
	struct fix_plan plan = { .program = p, .record = r, .tree_bytes = r->bytes };
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		if (p->verdicts[i].record == r && p->verdicts[i].verdict == VERDICT_RACY)
			*vec_add(plan.units, plan.nunits, plan.units_cap) = &p->verdicts[i];
	if (plan.nunits)
		plan_make(&plan, &(struct plan_options){ .kdir = kdir, .grow = true }, &arena);
	else
		plan.refusal = "nothing is planned, for it is not racy";
	after.record = r;
	after.plan = &plan;
	put_about(out, r, pair, plan.refusal);
	fputs(head, out);
	put_layout(out, &before, pair);
	if (!plan.refusal)
		put_layout(out, &after, pair);
	put_main(out, &before, plan.refusal ? NULL : &after, pair);
	free(plan.units);
	free(plan.rules);
	arena_free(&arena);
}
