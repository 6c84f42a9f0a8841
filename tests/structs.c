// SPDX-License-Identifier: GPL-2.0-only
/*
 * structs.c - C source with random structs and a store to each of their bitfields.
 *
 *	structs SEED FIRST COUNT
 *
 * Struct number n is the same for a seed whatever FIRST and COUNT are: s<n>, with members f0, f1 ...
 * For a bitfield f there are v<n>_f, which stores its argument, and z<n>_f or o<n>_f, which stores zero or ones.
 * With -DMAIN the source is a program that stores ones to each bitfield of a zeroed struct and prints
 * "s<n> f BYTE:BITS ...", bytes that are not zero then, in hexadecimal.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct type {
	const char *name;
	unsigned int bits; /* most that a bitfield of it may have */
};

static const struct type types[] = {
	{ "unsigned char", 8 },	     { "signed char", 8 }, { "unsigned short", 16 }, { "short", 16 },
	{ "unsigned int", 32 },	     { "int", 32 },	   { "unsigned long", 64 },  { "long", 64 },
	{ "unsigned long long", 64 }, { "long long", 64 },  { "_Bool", 1 },	     { "enum wide", 32 },
	{ "enum negative", 32 },     { "enum small", 8 },
};

#define NTYPES (sizeof(types) / sizeof(types[0]))
#define MEMBERS_MAX 64
#define DEPTH_MAX 3

struct bitfield {
	unsigned int name;
	const struct type *type;
};

struct generator {
	uint64_t state;
	unsigned int n;	     /* number of the struct */
	unsigned int nnames; /* members named so far */
	unsigned int nbits;
	struct bitfield bits[MEMBERS_MAX];
};

/* xorshift64* */
static uint64_t roll(struct generator *g, uint64_t sides)
{
	g->state ^= g->state >> 12;
	g->state ^= g->state << 25;
	g->state ^= g->state >> 27;
	return (g->state * 0x2545f4914f6cdd1dULL >> 32) % sides;
}

static bool one_in(struct generator *g, uint64_t n)
{
	return !roll(g, n);
}

static void put_member_attribute(struct generator *g)
{
	if (one_in(g, 30))
		printf(" __attribute__((aligned(%d)))", 1 << roll(g, 4));
	else if (one_in(g, 40))
		printf(" __attribute__((packed))");
}

/* Small widths are what kernels have most; the full width of the type is an edge. */
static unsigned int roll_width(struct generator *g, const struct type *t)
{
	if (one_in(g, 8))
		return t->bits;
	if (one_in(g, 2))
		return 1 + (unsigned int)roll(g, t->bits < 3 ? t->bits : 3);
	return 1 + (unsigned int)roll(g, t->bits);
}

static void put_bitfield(struct generator *g, const struct type *t)
{
	if (one_in(g, 14)) {
		printf("%s :0; ", t->name);
		return;
	}
	if (one_in(g, 12) || g->nbits == MEMBERS_MAX) {
		printf("%s :%u; ", t->name, roll_width(g, t));
		return;
	}
	g->bits[g->nbits++] = (struct bitfield){ g->nnames, t };
	printf("%s f%u:%u", t->name, g->nnames++, roll_width(g, t));
	put_member_attribute(g);
	printf("; ");
}

/* A run of bitfields, mostly of one type. */
static void put_run(struct generator *g)
{
	const struct type *t = &types[roll(g, NTYPES)];
	uint64_t n = 1 + roll(g, one_in(g, 4) ? 12 : 5);

	while (n--) {
		put_bitfield(g, t);
		if (one_in(g, 5))
			t = &types[roll(g, NTYPES)];
	}
}

static void put_plain(struct generator *g)
{
	static const char *const members[] = {
		"char f%u",  "unsigned short f%u", "int f%u",	   "long f%u",
		"void *f%u", "char f%u[3]",	   "_Bool f%u", "struct { char x; int y; } f%u",
	};

	printf(members[roll(g, sizeof(members) / sizeof(members[0]))], g->nnames++);
	put_member_attribute(g);
	printf("; ");
}

static void put_record_attribute(struct generator *g)
{
	if (one_in(g, 8))
		printf(" __attribute__((packed))");
	else if (one_in(g, 16))
		printf(" __attribute__((aligned(%d)))", 1 << roll(g, 5));
	else if (one_in(g, 24))
		printf(" __attribute__((packed, aligned(%d)))", 1 << roll(g, 4));
}

static void put_members(struct generator *g, unsigned int depth)
{
	uint64_t n = 1 + roll(g, depth ? 3 : 6);

	while (n--) {
		if (depth < DEPTH_MAX && one_in(g, 6)) {
			printf(one_in(g, 3) ? "union { " : "struct { ");
			put_members(g, depth + 1);
			printf("}");
			put_record_attribute(g);
			printf("; ");
		} else if (one_in(g, 3)) {
			put_plain(g);
		} else {
			put_run(g);
		}
	}
}

static void put_stores(const struct generator *g)
{
	unsigned int i;

	for (i = 0; i < g->nbits; i++) {
		unsigned int f = g->bits[i].name;

		printf("void v%u_f%u(struct s%u *p, %s v) { p->f%u = v; }\n", g->n, f, g->n,
		       g->bits[i].type->name, f);
		if (f % 2)
			printf("void z%u_f%u(struct s%u *p) { p->f%u = 0; }\n", g->n, f, g->n, f);
		else
			printf("void o%u_f%u(struct s%u *p) { p->f%u = (%s)-1; }\n", g->n, f, g->n, f,
			       g->bits[i].type->name);
	}
}

static void put_checks(const struct generator *g)
{
	unsigned int i;

	printf("#ifdef MAIN\nstatic void m%u(void)\n{\n", g->n);
	for (i = 0; i < g->nbits; i++)
		printf("\tSHOW(s%u, f%u, v%u_f%u(&v, (%s)-1));\n", g->n, g->bits[i].name, g->n,
		       g->bits[i].name, g->bits[i].type->name);
	printf("}\n#endif\n");
}

/* A struct without a named bitfield shows nothing: it gets one. */
static void put_struct(struct generator *g, uint64_t seed, unsigned int n)
{
	*g = (struct generator){ .state = (seed + 1) * 0x9e3779b97f4a7c15ULL ^ (n + 1) * 0xd1342543de82ef95ULL,
				 .n = n };
	roll(g, 2);
	printf("struct s%u { ", n);
	put_members(g, 0);
	if (!g->nbits) {
		printf("int f%u:3; ", g->nnames);
		g->bits[g->nbits++] = (struct bitfield){ g->nnames++, &types[5] };
	}
	printf("}");
	put_record_attribute(g);
	printf(";\n");
	put_stores(g);
	put_checks(g);
}

static void put_prologue(void)
{
	puts("enum wide { WIDE = 0x7fffffff };\n"
	     "enum negative { NEGATIVE = -0x7fffffff - 1 };\n"
	     "enum __attribute__((packed)) small { SMALL = 0xff };\n"
	     "#ifdef MAIN\n"
	     "#include <stdio.h>\n"
	     "#include <string.h>\n"
	     "static void show(const char *record, const char *field, const unsigned char *p, unsigned long n)\n"
	     "{\n"
	     "\tprintf(\"%s %s\", record, field);\n"
	     "\tfor (unsigned long i = 0; i < n; i++)\n"
	     "\t\tif (p[i])\n"
	     "\t\t\tprintf(\" %lu:%02x\", i, p[i]);\n"
	     "\tputchar('\\n');\n"
	     "}\n"
	     "#define SHOW(s, f, store) do { struct s v; memset(&v, 0, sizeof(v)); store; \\\n"
	     "\tshow(#s, #f, (unsigned char *)&v, sizeof(v)); } while (0)\n"
	     "#endif");
}

int main(int argc, char **argv)
{
	struct generator g;
	unsigned int n, first, count;
	uint64_t seed;

	if (argc != 4) {
		fprintf(stderr, "usage: structs SEED FIRST COUNT\n");
		return 2;
	}
	seed = strtoull(argv[1], NULL, 10);
	first = (unsigned int)strtoul(argv[2], NULL, 10);
	count = (unsigned int)strtoul(argv[3], NULL, 10);
	put_prologue();
	for (n = first; n < first + count; n++)
		put_struct(&g, seed, n);
	printf("#ifdef MAIN\nint main(void)\n{\n");
	for (n = first; n < first + count; n++)
		printf("\tm%u();\n", n);
	printf("\treturn 0;\n}\n#endif\n");
	return 0;
}
