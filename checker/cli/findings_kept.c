// SPDX-License-Identifier: GPL-2.0-only
/* findings_kept.c - the findings of a judged tree, kept so that lint need not judge it again. */
#include "findings_kept.h"
#include "kernel/model_print.h"
#include "lint_before.h"
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

/* What was not analysed is kept with the findings. */
static uint64_t absent_key(const struct tu_list *tus, uint64_t key)
{
	size_t i;

	for (i = 0; i < tus->nabsent; i++)
		key = hash_string(key, tus->absent[i]);
	return hash_string(key, tus->problem ? tus->problem : "");
}

uint64_t findings_key(struct store *s, const struct options *o, const struct linux_model *m,
		      const struct tu_list *tus)
{
	uint64_t key = model_key(m, program_key()), facts = store_facts_key(s, tus);

	key = absent_key(tus, hash_bytes(key, &facts, sizeof(facts)));
	key = hash_bytes(key, &o->strict, sizeof(o->strict));
	return hash_bytes(key, &o->confidence, sizeof(o->confidence));
}

bool findings_kept(struct store *s, const struct kernel_tree *tree, uint64_t key, struct buf *out)
{
	char *name = tree_store_name(tree);
	bool found = store_note_get(s, name, key, out);

	free(name);
	return found;
}

void findings_keep(const struct kernel_tree *tree, const char *db, uint64_t key,
		   const struct buf *findings)
{
	char *tree_name = tree_store_name(tree);
	struct store *s = store_open(db, tree_name);

	store_note_put(s, tree_name, key, findings);
	store_close(s);
	free(tree_name);
}

void findings_keep_whole(const struct kernel_tree *tree, const struct options *o,
			 const struct program *p, const struct tu_list *tus)
{
	char *tree_name = tree_store_name(tree);
	struct store *s = store_open(o->db, tree_name);
	uint64_t key = findings_key(s, o, p->model, tus);
	struct buf findings = { 0 };

	if (!store_note_get(s, tree_name, key, &findings)) {
		lint_before_write(&findings, p, o->confidence);
		store_note_put(s, tree_name, key, &findings);
	}
	store_close(s);
	free(findings.data);
	free(tree_name);
}
