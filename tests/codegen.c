// SPDX-License-Identifier: GPL-2.0-only
/*
 * codegen.c - compares the stores that a compiler made of structs.c with what racybits says of them.
 *
 *	codegen gcc|clang FOUND.json FACTS SHOWN <DISASSEMBLY
 *
 * FOUND.json is the output of `racybits check --all --format=json`, FACTS of `racybits dump`; SHOWN is what
 * the program of structs.c printed, compiled by the same compiler ("-": there is none); the disassembly is
 * llvm-objdump's.  Prints a line for each difference, then one with counts:
 *
 *	stores S outside O narrower N other P layouts L overruns V
 *
 * outside: writes a byte of a member that is not in the unit; narrower: stores fewer bytes than predicted and may (see
 * may_narrow()); other: stores other bytes than predicted; layouts: members that this compiler puts elsewhere, whose structs
 * are left out; overruns: see is_overrun().  Exits 1 if anything is outside or other.
 */
#include <ctype.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX 256
#define BYTES_MAX 4096
#define BASES_MAX 8

struct field {
	char name[16];
	uint64_t bit, width;
	unsigned int unit;     /* number of the unit, 0: none */
	uint64_t first, last; /* predicted bytes */
	bool bytes;	      /* there are such: it is a bitfield */
	bool in_union;
	unsigned int group; /* the anonymous member it is in */
};

struct record {
	bool other_layout;
	uint64_t bytes;
	unsigned int nfields, nunits;
	struct field fields[FIELDS_MAX];
	uint64_t unit_bit[FIELDS_MAX], unit_end[FIELDS_MAX];
};

/* A register that holds an address `at` bytes behind the start of the struct. */
struct base {
	char name[8];
	int64_t at;
};

/* The function at hand, and what it was seen to store. */
struct store {
	char kind; /* 'v', 'z' or 'o' */
	unsigned int record;
	char field[16];
	bool written[BYTES_MAX], any;
	unsigned int nbases;
	struct base bases[BASES_MAX];
};

static struct record *records;
static unsigned int nrecords;
static unsigned int stores, outside, narrower, other, layouts, overruns;
static bool clang;

static _Noreturn void stop(const char *what, const char *text)
{
	fprintf(stderr, "codegen: %s: %s\n", what, text);
	exit(2);
}

static struct record *record_at(unsigned int n)
{
	if (n >= nrecords) {
		records = realloc(records, (n + 1) * sizeof(*records));
		memset(records + nrecords, 0, (n + 1 - nrecords) * sizeof(*records));
		nrecords = n + 1;
	}
	return &records[n];
}

static struct field *field_find(struct record *r, const char *name)
{
	unsigned int i;

	for (i = 0; i < r->nfields; i++)
		if (!strcmp(r->fields[i].name, name))
			return &r->fields[i];
	return NULL;
}

/* --- what racybits says */

static struct record *read_record(const char *line)
{
	const char *bytes = strstr(line, " bytes ");
	struct record *r;
	unsigned int n;

	if (!bytes || sscanf(line, "record s%u@", &n) != 1)
		return NULL;
	r = record_at(n);
	r->bytes = strtoull(bytes + 7, NULL, 10);
	return r;
}

/* "record s12@FILE ...", then "  field f3 @BIT+WIDTH line ... bitfield" for each member. */
static void read_facts(const char *path)
{
	char line[1024], name[64];
	struct record *r = NULL;
	struct field f;
	FILE *in = fopen(path, "r");

	if (!in)
		stop("cannot read", path);
	while (fgets(line, sizeof(line), in)) {
		if (!strncmp(line, "record ", 7))
			r = read_record(line);
		memset(&f, 0, sizeof(f));
		if (!r || sscanf(line, "  field %63s @%" SCNu64 "+%" SCNu64, name, &f.bit, &f.width) != 3)
			continue;
		f.in_union = strstr(line, " in_union");
		if (strstr(line, " group "))
			f.group = (unsigned int)strtoul(strstr(line, " group ") + 7, NULL, 10);
		if (r->nfields == FIELDS_MAX)
			stop("too many members", line);
		snprintf(f.name, sizeof(f.name), "%.15s", name);
		r->fields[r->nfields++] = f;
	}
	fclose(in);
}

static void read_field(struct record *r, uint64_t unit_bit, json_t *found, const char *compiler)
{
	json_t *bytes = json_object_get(json_object_get(found, "bytes"), compiler);
	struct field *f = field_find(r, json_string_value(json_object_get(found, "name")));

	if (!f)
		stop("a member that the facts do not have", json_string_value(json_object_get(found, "name")));
	f->unit = r->nunits;
	if (f->bit != unit_bit + (uint64_t)json_integer_value(json_object_get(found, "bit_offset")))
		stop("two places for one member", f->name);
	f->bytes = json_array_size(bytes) == 2;
	f->first = (uint64_t)json_integer_value(json_array_get(bytes, 0));
	f->last = (uint64_t)json_integer_value(json_array_get(bytes, 1));
}

static void read_found(const char *path, const char *compiler)
{
	json_t *root = json_load_file(path, 0, NULL), *unit, *field;
	size_t i, j;

	json_array_foreach(json_object_get(root, "units"), i, unit) {
		const char *name = json_string_value(json_object_get(unit, "struct"));
		uint64_t at = (uint64_t)json_integer_value(json_object_get(unit, "bit_offset"));
		struct record *r = record_at((unsigned int)strtoul(name + 1, NULL, 10));
		unsigned int u = ++r->nunits;

		r->unit_bit[u] = at;
		r->unit_end[u] = at + 8 * (uint64_t)json_integer_value(json_object_get(unit, "bytes"));
		json_array_foreach(json_object_get(unit, "fields"), j, field)
			read_field(r, at, field, compiler);
	}
	if (!json_array_size(json_object_get(root, "units")))
		stop("no units", path);
	json_decref(root);
}

/* --- where this compiler puts the members */

/* "s12 f3 BYTE:BITS ...": are they those of the field? */
static bool shown_as_said(const struct field *f, const char *bytes)
{
	uint64_t bit, byte;
	unsigned int bits, i;
	uint64_t seen = 0;
	int used;

	for (; sscanf(bytes, " %" SCNu64 ":%x%n", &byte, &bits, &used) == 2; bytes += used)
		for (i = 0; i < 8; i++) {
			bit = byte * 8 + i;
			if (!(bits >> i & 1))
				continue;
			if (bit < f->bit || bit >= f->bit + f->width)
				return false;
			seen++;
		}
	return seen == f->width;
}

static void read_shown(const char *path)
{
	char line[4096], name[16];
	unsigned int n;
	int used;
	FILE *in = fopen(path, "r");

	if (!in)
		stop("cannot read", path);
	while (fgets(line, sizeof(line), in)) {
		struct field *f;

		if (sscanf(line, "s%u %15s%n", &n, name, &used) != 2)
			stop("not a line of the program's", line);
		f = field_find(record_at(n), name);
		if (!f)
			stop("a member that racybits did not see", line);
		if (shown_as_said(f, line + used))
			continue;
		printf("s%u.%s: bits %" PRIu64 " to %" PRIu64 " said, seen%s", n, name, f->bit,
		       f->bit + f->width - 1, line + used);
		records[n].other_layout = true;
		layouts++;
	}
	fclose(in);
}

/* --- what a store was seen to write */

/* Is the access none that a processor has? */
static bool odd_size(const struct field *f)
{
	uint64_t bytes = f->last - f->first + 1;

	return bytes > 8 || (bytes & (bytes - 1));
}

/*
 * clang 19 does an access of such a size in parts; storing a constant, it makes the last part 4 or 8 bytes that reach
 * behind the access.  That is its mistake, and nothing that a layout can avoid.
 */
static bool is_overrun(const struct store *s, const struct field *f)
{
	return clang && s->kind != 'v' && odd_size(f);
}

/* May it write this byte: one of the unit, or of padding? */
static bool byte_allowed(const struct record *r, const struct field *f, uint64_t byte)
{
	unsigned int i;

	if (byte >= r->bytes)
		return false;
	for (i = 0; i < r->nfields; i++) {
		const struct field *o = &r->fields[i];

		if (o == f || !o->width || byte < o->bit / 8 || byte > (o->bit + o->width - 1) / 8)
			continue;
		if (o->bit < r->unit_end[f->unit] && r->unit_bit[f->unit] < o->bit + o->width)
			continue; /* in the unit, or overlays it */
		if (f->in_union && o->in_union && f->group != o->group)
			continue; /* an alternative, which the store makes unspecified: C11 6.2.6.1p7 */
		return false;
	}
	return true;
}

static void say(const struct store *s, const struct field *f, const char *what)
{
	unsigned int i;

	printf("%c%u_%s: %s; bits %" PRIu64 " to %" PRIu64 ", predicted bytes %" PRIu64 " to %" PRIu64 ", written",
	       s->kind, s->record, s->field, what, f->bit, f->bit + f->width - 1, f->first, f->last);
	for (i = 0; i < BYTES_MAX; i++)
		if (s->written[i])
			printf(" %u", i);
	putchar('\n');
}

/*
 * Code generation stores less than the access for a constant, for whole bytes, and where the access is done in parts.
 */
static bool may_narrow(const struct store *s, const struct field *f)
{
	return s->kind != 'v' || (f->bit % 8 == 0 && f->width % 8 == 0) || odd_size(f);
}

static void judge(const struct store *s)
{
	struct record *r = record_at(s->record);
	const struct field *f = field_find(r, s->field);
	bool more = false, fewer = false;
	uint64_t i;

	if (!f || !f->unit || !f->bytes)
		stop("a store to what is in no unit", s->field);
	if (r->other_layout)
		return;
	stores++;
	if (!s->any)
		stop("no store seen in the function for", s->field);
	for (i = 0; i < BYTES_MAX; i++) {
		bool in = i >= f->first && i <= f->last;

		if (s->written[i] && !in && is_overrun(s, f)) {
			say(s, f, "the compiler stores behind its access");
			overruns++;
			return;
		}
		if (s->written[i] && !byte_allowed(r, f, i)) {
			say(s, f, "outside of the unit");
			outside++;
			return;
		}
		more |= s->written[i] && !in;
		fewer |= !s->written[i] && in;
	}
	if (more || (fewer && !may_narrow(s, f))) {
		say(s, f, "other bytes than predicted");
		other++;
	} else if (fewer) {
		narrower++;
	}
}

/* --- disassembly */

static struct base *base_find(struct store *s, const char *name)
{
	unsigned int i;

	for (i = 0; i < s->nbases; i++)
		if (!strcmp(s->bases[i].name, name))
			return &s->bases[i];
	return NULL;
}

static void base_set(struct store *s, const char *name, int64_t at, const char *line)
{
	struct base *b = base_find(s, name);

	if (!b) {
		if (s->nbases == BASES_MAX)
			stop("too many registers", line);
		b = &s->bases[s->nbases++];
		snprintf(b->name, sizeof(b->name), "%s", name);
	}
	b->at = at;
}

/* Does the register point into the struct?  Else it is the stack's. */
static bool base_offset(struct store *s, const char *name, int64_t *at, const char *line)
{
	const struct base *b = base_find(s, name);

	if (b)
		*at = b->at;
	else if (strcmp(name, "%rsp") && strcmp(name, "sp"))
		stop("a store through an unknown register", line);
	return b;
}

static void mark(struct store *s, int64_t at, int64_t bytes, const char *line)
{
	if (at < 0 || at + bytes > BYTES_MAX)
		stop("a store far from the struct", line);
	while (bytes--)
		s->written[at++] = true;
	s->any = true;
}

/* The operand behind the last comma that is in no bracket. */
static char *last_operand(char *operands)
{
	char *last = operands, *p;
	int depth = 0;

	for (p = operands; *p; p++) {
		depth += *p == '(' || *p == '[';
		depth -= *p == ')' || *p == ']';
		if (*p == ',' && !depth)
			last = p + 1;
	}
	while (isspace((unsigned char)*last))
		last++;
	return last;
}

static bool starts_with_any(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (!strncmp(s, *words, strlen(*words)))
			return true;
	return false;
}

/* AT&T syntax: what is written comes last, its size is the mnemonic's last letter. */
static void see_x86(struct store *s, const char *mnemonic, char *operands, const char *line)
{
	static const char *const readers[] = { "cmp", "test", "nop", "lea", "call", "jmp", "mul", "imul", "div", NULL };
	static const char *const writers[] = { "mov", "or", "and", "xor", "add", "sub", "bts", "btr", "btc", "sh",
					       "sar", "not", "neg", "inc", "dec", "rol", "ror", NULL };
	char *last = last_operand(operands), base[8];
	int64_t at, disp = 0, bytes;
	char *open = strchr(last, '(');

	if (!strncmp(mnemonic, "lea", 3) && sscanf(operands, "%" SCNi64, &disp) >= 0 &&
	    (open = strchr(operands, '(')) && !strncmp(open, "(%rdi)", 6)) {
		base_set(s, last, disp, line);
		return;
	}
	if (!open || starts_with_any(mnemonic, readers))
		return;
	if (!starts_with_any(mnemonic, writers) && strncmp(mnemonic, "set", 3))
		stop("an instruction not known", line);
	sscanf(last, "%" SCNi64, &disp);
	if (sscanf(open, "(%7[%a-z0-9])", base) != 1)
		stop("an address not understood", line);
	if (!base_offset(s, base, &at, line))
		return;
	switch (strncmp(mnemonic, "set", 3) ? mnemonic[strlen(mnemonic) - 1] : 'b') {
	case 'b':
		bytes = 1;
		break;
	case 'w':
		bytes = 2;
		break;
	case 'l':
		bytes = 4;
		break;
	case 'q':
		bytes = 8;
		break;
	default:
		stop("a size not known", line);
	}
	mark(s, at + disp, bytes, line);
}

/* "[x0, #8]" or "[x0, #8]!", which moves x0.  False: there is no address, or it is the stack's. */
static bool arm64_address(struct store *s, const char *operands, int64_t *at, const char *line)
{
	const char *open = strchr(operands, '[');
	int64_t disp = 0;
	char base[8];

	if (!open)
		return false;
	if (sscanf(open, "[%7[a-z0-9], #%" SCNi64 "]", base, &disp) < 1 || strstr(open, "],"))
		stop("an address not understood", line);
	if (strchr(open, '!') ? !base_find(s, base) : !base_offset(s, base, at, line))
		return false;
	*at = base_find(s, base)->at + disp;
	if (strchr(open, '!'))
		base_set(s, base, *at, line);
	return true;
}

static void see_arm64(struct store *s, const char *mnemonic, const char *operands, const char *line)
{
	static const char *const stores_of[] = { "str", "stur", "stp", "stnp", NULL };
	const char *tail = mnemonic + strlen(mnemonic) - 1;
	bool is_store = starts_with_any(mnemonic, stores_of);
	int64_t at, bytes;
	char to[8], from[8];

	at = 0;
	if (sscanf(operands, "%7[x0-9], %7[x0-9], #%" SCNi64, to, from, &at) >= 2 && base_find(s, from) &&
	    (!strcmp(mnemonic, "add") || !strcmp(mnemonic, "mov")))
		base_set(s, to, base_find(s, from)->at + at, line);
	if (!is_store && (!strncmp(mnemonic, "st", 2) || !strncmp(mnemonic, "cas", 3) || !strncmp(mnemonic, "sw", 2)))
		stop("an instruction not known", line);
	if ((is_store || strchr(operands, '!')) && !arm64_address(s, operands, &at, line))
		return;
	if (!is_store)
		return;
	bytes = *tail == 'b' ? 1 : *tail == 'h' ? 2 : *operands == 'w' ? 4 : *operands == 'x' ? 8 : 0;
	if (!bytes)
		stop("a size not known", line);
	mark(s, at, strncmp(mnemonic, "stp", 3) ? bytes : 2 * bytes, line);
}

static void read_disassembly(FILE *in)
{
	char line[512], mnemonic[32], *operands;
	struct store s = { .kind = 0 };
	bool arm64 = false;
	int used;

	while (fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		if (strstr(line, "file format"))
			arm64 = strstr(line, "aarch64");
		if (*line == '<') {
			if (s.kind)
				judge(&s);
			memset(&s, 0, sizeof(s));
			if (sscanf(line, "<%c%u_%15[f0-9]>:", &s.kind, &s.record, s.field) != 3)
				stop("a function not known", line);
			base_set(&s, arm64 ? "x0" : "%rdi", 0, line);
			continue;
		}
		if (!s.kind || sscanf(line, " %31s%n", mnemonic, &used) != 1)
			continue;
		if (!arm64)
			line[strcspn(line, "#")] = '\0';
		operands = line + used;
		while (isspace((unsigned char)*operands))
			operands++;
		if (arm64)
			see_arm64(&s, mnemonic, operands, line);
		else
			see_x86(&s, mnemonic, operands, line);
	}
	if (s.kind)
		judge(&s);
}

int main(int argc, char **argv)
{
	if (argc != 5)
		stop("usage", "codegen gcc|clang FOUND.json FACTS SHOWN <DISASSEMBLY");
	clang = !strcmp(argv[1], "clang");
	read_facts(argv[3]);
	read_found(argv[2], argv[1]);
	if (strcmp(argv[4], "-"))
		read_shown(argv[4]);
	read_disassembly(stdin);
	printf("stores %u outside %u narrower %u other %u layouts %u overruns %u\n", stores, outside, narrower, other, layouts,
	       overruns);
	return outside || other || !stores;
}
