// SPDX-License-Identifier: GPL-2.0-only
/* ccargs.c - compiler command lines: is it a compilation, and how does clang parse the same file? */
#include "base/util.h"
#include "ccargs.h"

struct arg_list {
	char **v;
	size_t n, cap;
};

enum option_kind {
	KEEP,	    /* exactly this word */
	KEEP_START, /* every word with this prefix */
	DROP,
	KEEP_VALUE, /* every word with this prefix; if it is no longer, the next one is its value */
	DROP_VALUE, /* drop this word and the next one, its value */
};

struct option {
	const char *name;
	enum option_kind kind;
};

/* Options that change the meaning of a source: preprocessor, dialect, types, predefined macros. */
static const struct option options[] = {
	{ "-D", KEEP_VALUE },
	{ "-U", KEEP_VALUE },
	{ "-I", KEEP_VALUE },
	{ "-include", KEEP_VALUE },
	{ "-imacros", KEEP_VALUE },
	{ "-isystem", KEEP_VALUE },
	{ "-iquote", KEEP_VALUE },
	{ "-idirafter", KEEP_VALUE },
	{ "-x", KEEP_VALUE },
	{ "-target", KEEP_VALUE },
	{ "--target=", KEEP_START },
	{ "-nostdinc", KEEP },
	{ "-undef", KEEP },
	{ "-O", KEEP_START },
	{ "-std=", KEEP_START },
	{ "-ansi", KEEP },
	{ "-ffreestanding", KEEP },
	{ "-fno-builtin", KEEP_START },
	{ "-fexperimental-late-parse-attributes", KEEP },
	{ "-fgnu89-inline", KEEP },
	{ "-fms-extensions", KEEP },
	{ "-fno-strict-overflow", KEEP },
	{ "-fwrapv", KEEP },
	{ "-fpack-struct", KEEP_START },
	{ "-fshort-enums", KEEP },
	{ "-fno-short-enums", KEEP },
	{ "-fshort-wchar", KEEP },
	{ "-fsigned-char", KEEP },
	{ "-funsigned-char", KEEP },
	{ "-fstrict-flex-arrays=", KEEP_START },
	{ "-fcf-protection", KEEP_START },
	{ "-fPIC", KEEP },
	{ "-fpic", KEEP },
	{ "-fno-pic", KEEP },
	{ "-fno-PIC", KEEP },
	{ "-fPIE", KEEP },
	{ "-fpie", KEEP },
	{ "-fno-pie", KEEP },
	{ "-fno-PIE", KEEP },
	{ "-m16", KEEP },
	{ "-m32", KEEP },
	{ "-m64", KEEP },
	{ "-mabi=lp64", DROP }, /* the default wherever it exists, unknown for arm64 */
	{ "-mabi=", KEEP_START },
	{ "-march=", KEEP_START },
	{ "-mcpu=", KEEP_START },
	{ "-mlittle-endian", KEEP },
	{ "-mbig-endian", KEEP },
	{ "-mgeneral-regs-only", KEEP },
	{ "-msoft-float", KEEP },
	{ "-mhard-float", KEEP },
	{ "-mfloat-abi=", KEEP_START },
	{ "-mfpu=", KEEP_START },
	{ "-marm", KEEP },
	{ "-mthumb", KEEP },
	{ "-maltivec", KEEP },
	{ "-mno-altivec", KEEP },
	{ "-mvsx", KEEP },
	{ "-mno-vsx", KEEP },
	{ "-mmmx", KEEP },
	{ "-mno-mmx", KEEP },
	{ "-msse", KEEP_START },
	{ "-mno-sse", KEEP_START },
	{ "-mavx", KEEP_START },
	{ "-mno-avx", KEEP_START },
	{ "-mno-80387", KEEP },
	{ "-o", DROP_VALUE },
	{ "-MF", DROP_VALUE },
	{ "-MT", DROP_VALUE },
	{ "-MQ", DROP_VALUE },
	{ "-MJ", DROP_VALUE },
	{ "-Xclang", DROP_VALUE },
	{ "-Xassembler", DROP_VALUE },
	{ "-Xlinker", DROP_VALUE },
	{ "-mllvm", DROP_VALUE },
	{ "--param", DROP_VALUE },
	{ "-arch", DROP_VALUE },
	{ "-T", DROP_VALUE },
	{ "-z", DROP_VALUE },
};

/* The entry for `word`, or NULL for an operand or an option that is not listed. */
static const struct option *option_find(const char *word)
{
	size_t i;

	for (i = 0; *word == '-' && i < ARRAY_SIZE(options); i++) {
		const struct option *o = &options[i];
		bool starts = o->kind == KEEP_START || o->kind == KEEP_VALUE;

		if (starts ? !strncmp(word, o->name, strlen(o->name)) : !strcmp(word, o->name))
			return o;
	}
	return NULL;
}

/* Is the word after `word` its value? */
static bool has_value(const struct option *o, const char *word)
{
	return o && o->kind >= KEEP_VALUE && !strcmp(word, o->name);
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && !strcmp(s + n - m, end);
}

bool ccargs_compilation(char *const *argv, struct compilation *c)
{
	bool compiles = false;
	size_t i, sources = 0;

	memset(c, 0, sizeof(*c));
	for (i = 1; argv[0] && argv[i]; i++) {
		if (!strcmp(argv[i], "-c"))
			compiles = true;
		else if (!strcmp(argv[i], "-D__KERNEL__"))
			c->kernel = true;
		else if (!strcmp(argv[i], "-o"))
			c->object = argv[i + 1];
		else if (*argv[i] != '-' && ends_with(argv[i], ".c") && ++sources)
			c->source = argv[i];
		if (has_value(option_find(argv[i]), argv[i]) && argv[i + 1])
			i++;
	}
	return compiles && sources == 1 && c->object && !ends_with(c->source, ".mod.c");
}

/* The clang target of an architecture (scripts/Makefile.clang); a gcc has its target built in. */
static const char *target_of(const char *arch)
{
	static const char *const map[][2] = {
		{ "arm", "arm-linux-gnueabi" },		{ "arm64", "aarch64-linux-gnu" },
		{ "hexagon", "hexagon-linux-musl" },	{ "loongarch", "loongarch64-linux-gnusf" },
		{ "m68k", "m68k-linux-gnu" },		{ "mips", "mipsel-linux-gnu" },
		{ "powerpc", "powerpc64le-linux-gnu" }, { "riscv", "riscv64-linux-gnu" },
		{ "s390", "s390x-linux-gnu" },		{ "sparc", "sparc64-linux-gnu" },
		{ "um", "x86_64-linux-gnu" },		{ "x86", "x86_64-linux-gnu" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (!strcmp(arch, map[i][0]))
			return map[i][1];
	return NULL;
}

/* Array and strings in one block, so that one free() drops them. */
static char **block_of(char *const *v, size_t n)
{
	size_t i, bytes = (n + 1) * sizeof(*v);
	char **block, *text;

	for (i = 0; i < n; i++)
		bytes += strlen(v[i]) + 1;
	block = xmalloc(bytes);
	text = (char *)(block + n + 1);
	for (i = 0; i < n; i++) {
		block[i] = text;
		text = stpcpy(text, v[i]) + 1;
	}
	block[n] = NULL;
	return block;
}

/* Adds the options of `argv` that clang gets; returns true if one of them names the target. */
static bool keep_options(struct arg_list *out, char *const *argv)
{
	bool targeted = false;
	size_t i;

	for (i = 1; argv[0] && argv[i]; i++) {
		const struct option *o = option_find(argv[i]);
		bool value = has_value(o, argv[i]) && argv[i + 1];

		if (o && o->kind != DROP && o->kind != DROP_VALUE) {
			*vec_add(out->v, out->n, out->cap) = argv[i];
			if (value)
				*vec_add(out->v, out->n, out->cap) = argv[i + 1];
			targeted |= strstr(o->name, "-target") != NULL;
		}
		i += value;
	}
	return targeted;
}

char **ccargs_for_clang(char *const *argv, const char *arch, const char *source)
{
	const char *target = target_of(arch);
	struct arg_list out = { 0 };
	char **block;

	*vec_add(out.v, out.n, out.cap) = "clang";
	if (!keep_options(&out, argv) && target) {
		*vec_add(out.v, out.n, out.cap) = "-target";
		*vec_add(out.v, out.n, out.cap) = (char *)target;
	}
	/* Warnings are left to the build; -Werror would make some of them fatal. */
	*vec_add(out.v, out.n, out.cap) = "-w";
	*vec_add(out.v, out.n, out.cap) = (char *)source;
	block = block_of(out.v, out.n);
	free(out.v);
	return block;
}
