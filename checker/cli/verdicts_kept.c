// SPDX-License-Identifier: GPL-2.0-only
/* verdicts_kept.c - the verdicts of an earlier run, while all that they depend on is the same. */
#include "verdicts_kept.h"
#include "facts/verdicts.h"
#include "kernel/model_print.h"
#include "out/memstream.h"
#include "translation_units.h"

static uint64_t program_key(void)
{
	size_t bytes;
	char *data = read_file("/proc/self/exe", &bytes);
	uint64_t key;

	if (!data)
		die("cannot read this program, /proc/self/exe:");
	key = hash_bytes(HASH_SEED, data, bytes);
	free(data);
	return key;
}

static uint64_t model_key(const struct linux_model *m, uint64_t key)
{
	const struct model_rule *r;
	struct memstream text;
	FILE *f = memstream_open(&text);
	uint32_t s;
	char *rules;

	for (s = 0; s < MODEL_STATEMENTS; s++)
		for (r = model_first(m, s); r; r = model_next(r)) {
			rule_print(f, s, r);
			fputc('\n', f);
		}
	rules = memstream_close(&text);
	key = hash_string(key, rules);
	free(rules);
	return key;
}

uint64_t verdicts_key(struct store *s, const struct linux_model *m, const struct tu_list *tus)
{
	uint64_t facts = store_facts_key(s, tus);

	return hash_bytes(model_key(m, program_key()), &facts, sizeof(facts));
}

uint64_t verdicts_key_of(uint64_t key, const char *what)
{
	return hash_string(key, what);
}

bool verdicts_kept(struct store *s, const struct kernel_tree *tree, uint64_t key, struct arena *a,
		   struct program *p)
{
	char *name = tree_store_name(tree);
	struct program kept = *p;
	struct buf note = { 0 };
	bool found = store_note_get(s, name, key, &note) &&
		     verdicts_decode(note.data, note.n, a, &kept);

	if (found)
		*p = kept;
	free(note.data);
	free(name);
	return found;
}

void verdicts_keep(const struct kernel_tree *tree, const char *db, uint64_t key,
		   const struct buf *verdicts)
{
	char *name = tree_store_name(tree);
	struct store *s = store_open(db, name);

	store_note_put(s, name, key, verdicts);
	store_close(s);
	free(name);
}
