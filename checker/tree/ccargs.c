// SPDX-License-Identifier: GPL-2.0-only
/* ccargs.c - command lines: split as sh would, recognise a compilation, make it fit for clang. */
#include "ccargs.h"
#include "base/util.h"

static bool is_operator(char c)
{
	return c && strchr(";&|()<>\n", c);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/*
 * Copies what stands in quotes at `s` to `*out` and returns the place behind the
 * closing one, NULL if there is none (XCU 2.2.2, 2.2.3).
 */
static const char *copy_quoted(const char *s, char **out)
{
	char quote = *s++;

	while (*s && *s != quote) {
		if (quote == '"' && *s == '\\' && s[1] && strchr("$`\"\\\n", s[1]))
			s++;
		*(*out)++ = *s++;
	}
	return *s ? s + 1 : NULL;
}

/* Copies the word at `s` and ends it; returns the place behind it, NULL if a quote is open. */
static const char *copy_word(const char *s, char **out)
{
	while (s && *s && !is_blank(*s) && !is_operator(*s)) {
		if (*s == '\'' || *s == '"') {
			s = copy_quoted(s, out);
			continue;
		}
		if (*s == '\\' && s[1])
			s++;
		*(*out)++ = *s++;
	}
	*(*out)++ = '\0';
	return s;
}

void words_open(struct words *w, const char *line)
{
	/* A word is not longer than as it was written, and something stands between two. */
	w->text = xrealloc(w->text, strlen(line) + 1);
	w->end = w->text;
	w->rest = line;
}

bool words_next(struct words *w)
{
	const char *s = w->rest;

	w->n = 0;
	while (is_blank(*s) || is_operator(*s))
		s++;
	while (*s && *s != '#' && !is_operator(*s)) {
		*vec_add(w->v, w->n, w->cap) = w->end;
		s = copy_word(s, &w->end);
		if (!s)
			return false;
		while (is_blank(*s))
			s++;
	}
	*vec_add(w->v, w->n, w->cap) = NULL;
	w->rest = s;
	return --w->n > 0;
}

void words_close(struct words *w)
{
	free(w->v);
	free(w->text);
	memset(w, 0, sizeof(*w));
}

enum option_kind {
	KEEP,	    /* this very word */
	KEEP_START, /* every word that starts so */
	DROP,
	KEEP_VALUE, /* every word that starts so; if that is all, the next one is its value */
	DROP_VALUE, /* drop this word and its value, the next one */
};

struct option {
	const char *name;
	enum option_kind kind;
};

/* What changes the meaning of a source file: preprocessor, dialect, types, predefined macros. */
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

/* The entry for `word`, or NULL: an operand, or an option to drop. */
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

/* scripts/Makefile.clang: what clang must be told where gcc has its target built in. */
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

/* Adds the options of `argv` that are kept; true if one of them names the target. */
static bool keep_options(struct words *out, char *const *argv)
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
	struct words out = { 0 };
	char **block;

	*vec_add(out.v, out.n, out.cap) = "clang";
	if (!keep_options(&out, argv) && target) {
		*vec_add(out.v, out.n, out.cap) = "-target";
		*vec_add(out.v, out.n, out.cap) = (char *)target;
	}
	/* Warnings are the compiler's business, and -Werror made some of them fatal. */
	*vec_add(out.v, out.n, out.cap) = "-w";
	*vec_add(out.v, out.n, out.cap) = (char *)source;
	block = block_of(out.v, out.n);
	free(out.v);
	return block;
}
