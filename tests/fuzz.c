// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz.c - the parsers under libFuzzer: `make fuzz T=seconds`.  The first byte of the input says which one: m a model file,
 * f facts as stored, c a comment with claims, b a baseline, w a command line, j compile_commands.json, n what make -n
 * prints, g what git prints, d a database, t its tables.  With FUZZ=LETTER others are not tried.
 * With -DREPLAY it runs once with each file named.  die() comes back here.
 */
#include <setjmp.h>
#include <stdarg.h>

#include "series/baseline.h"
#include "tree/ccargs.h"
#include "link/claim_parse.h"
#include "facts/factmsg.h"
#include "kernel/model_read.h"
#include "fuzz.h"
#include "tree/shell_words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
_Noreturn void __wrap_die(const char *fmt, ...);
void __wrap_warn(const char *fmt, ...);

static jmp_buf refused;

_Noreturn void __wrap_die(const char *fmt, ...)
{
	(void)fmt;
	longjmp(refused, 1);
}

void __wrap_warn(const char *fmt, ...)
{
	(void)fmt;
}

const char *fuzz_dir(void)
{
	const char *dir = getenv("FUZZ_DIR");

	if (!dir)
		abort();
	return dir;
}

char *fuzz_file(const char *name, const void *data, size_t n)
{
	static char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", fuzz_dir(), name);
	f = fopen(path, "w");
	if (!f || fwrite(data, 1, n, f) != n || fclose(f))
		abort();
	return path;
}

const uint8_t *fuzz_field(const uint8_t **data, size_t *left, size_t *n)
{
	const uint8_t *field = *data + 1;

	*n = *left ? **data : 0;
	if (!*left)
		return *data;
	if (*n > *left - 1)
		*n = *left - 1;
	*data = field + *n;
	*left -= *n + 1;
	return field;
}

static void try_model(const char *text, size_t n)
{
	struct linux_model m = { 0 };

	model_read(&m, (const char *const[]){ fuzz_file("input", text, n) }, 1);
	model_free(&m);
}

/* Facts that can be read must be written again as the same bytes. */
static void try_facts(const char *text, size_t n)
{
	const unsigned char *at = (const unsigned char *)text, *end = at + n;
	struct arena a = { NULL };
	struct buf out = { 0 };
	struct fact_item item;
	struct record record;
	struct function function;
	struct slot_store slot;
	struct declaration declaration;

	while (facts_next(&at, end, &item)) {
		out.n = 0;
		if (item.kind == CHUNK_RECORD && facts_decode_record(item.data, item.n, &a, &record) &&
		    !facts_encode_record(&out, &record))
			abort();
		if (item.kind == CHUNK_FUNCTION && facts_decode_function(item.data, item.n, &a, &function) &&
		    !facts_encode_function(&out, &function))
			abort();
		if (item.kind == CHUNK_SLOT && facts_decode_slot(item.data, item.n, &a, &slot) &&
		    !facts_encode_slot(&out, &slot))
			abort();
		if (item.kind == CHUNK_DECLARATION && facts_decode_declaration(item.data, item.n, &a, &declaration) &&
		    !facts_encode_declaration(&out, &declaration))
			abort();
	}
	free(out.data);
	arena_free(&a);
}

static void try_claims(const char *text, size_t n)
{
	static struct linux_model m;
	static bool read;
	struct claim_text claim;
	char *comment = xmalloc(n + 1);

	if (!read)
		model_read_default(&m, "checker/kernel");
	read = true;
	memcpy(comment, text, n);
	comment[n] = '\0';
	claim_read(&m, comment, &claim);
	claim_accepts(&m, comment);
	claim_protects(&m, comment, "a", true);
	claim_section(comment, "a");
	free(comment);
}

static void try_baseline(const char *text, size_t n)
{
	baseline_free(baseline_read(fuzz_file("input", text, n)));
}

static void try_words(const char *text, size_t n)
{
	char *line = xmalloc(n + 1), **argv;
	struct shell_words w = { 0 };
	struct compilation c;

	memcpy(line, text, n);
	line[n] = '\0';
	words_open(&w, line);
	while (words_next(&w)) {
		if (!w.n || !ccargs_compilation(w.v, &c))
			continue;
		argv = ccargs_for_clang(w.v, "x86", c.source);
		free(argv);
	}
	words_close(&w);
	free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct {
		char letter;
		void (*try)(const char *text, size_t n);
	} parsers[] = { { 'm', try_model }, { 'f', try_facts }, { 'c', try_claims }, { 'b', try_baseline }, { 'w', try_words },
			{ 'j', try_compdb }, { 'n', try_make }, { 'g', try_series },
			{ 'd', try_database }, { 't', try_tables } };
	const char *only = getenv("FUZZ");
	size_t i;

	if (!n || (only && data[0] != (uint8_t)*only))
		return -1;
	if (setjmp(refused)) {
		database_refused();
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(parsers); i++)
		if (parsers[i].letter == (char)data[0])
			parsers[i].try((const char *)data + 1, n - 1);
	return 0;
}

#ifdef REPLAY
int main(int argc, char **argv)
{
	size_t n;
	char *text;
	int i;

	for (i = 1; i < argc; i++) {
		text = read_file(argv[i], &n);
		if (!text)
			return 2;
		LLVMFuzzerTestOneInput((uint8_t *)text, n);
		free(text);
	}
	printf("%d inputs\n", argc - 1);
	return argc < 2;
}
#endif
