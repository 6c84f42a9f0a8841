// SPDX-License-Identifier: GPL-2.0-only
/*
 * paths.c - random functions that lock, and what a slow interpreter says is held on all of their paths.
 *
 *	paths make SEED FIRST COUNT FILE.c EXPECTED	writes functions, and what is held at each store
 *	paths compare EXPECTED FOUND.json		against `racybits check --all --format=json`
 *
 * Function n works on a struct foo<n> of its own and stores 1 to its bitfields.  The interpreter walks the same tree that
 * is printed as C, once for each sequence of outcomes of what a function cannot know (conditions on what it is given, on
 * results of calls, numbers of rounds of loops up to two) and keeps for each store the locks that every walk held there.
 * Walks that would hang or release what is not held end there.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOCKS 5
#define CHILDREN 6
#define NODES 200
#define LABELS 3
#define CHOICES 40
#define WALKS 200000

static const struct lock_kind {
	const char *name, *type, *lock, *unlock, *try, *guard;
	bool shared; /* of the lock before */
	int object;  /* which lock it is a mode of */
} kinds[LOCKS] = {
	{ "m0", "struct mutex", "mutex_lock", "mutex_unlock", "mutex_trylock", "mutex", false, 0 },
	{ "m1", "struct mutex", "mutex_lock", "mutex_unlock", "mutex_trylock", "mutex", false, 1 },
	{ "s0", "spinlock_t", "spin_lock", "spin_unlock", "spin_trylock", "spinlock", false, 2 },
	{ "r0", "struct rw_semaphore", "down_write", "up_write", "down_write_trylock", "rwsem_write", false, 3 },
	{ "r0", "struct rw_semaphore", "down_read", "up_read", "down_read_trylock", "rwsem_read", true, 3 },
};

enum node_kind {
	BLOCK,
	STORE,
	LOCK,
	UNLOCK,
	TRYLOCK, /* if (trylock) child 0 else child 1 */
	LOCKED,	 /* lock; child 0; unlock */
	GUARD,	 /* guard() at the start of the block child 0 */
	SCOPED,	 /* scoped_guard() child 0 */
	IF_ARG,	 /* if (arg & 1 << value) child 0 else child 1 */
	IF_CALL, /* if (foo_more(p)) ... */
	IF_FLAG, /* if (flag<value>) ... */
	SET_FLAG,
	WHILE,	 /* while (foo_more(p)) child 0 */
	DO,	 /* do child 0 while (foo_more(p)) */
	FOR,	 /* for (i = 0; i < cmd; i++) child 0 */
	SWITCH,	 /* switch (cmd): cases 0, 1 and default, which fall through if value says so */
	BREAK,
	CONTINUE,
	GOTO,
	RETURN,
	CALL_LOCK, /* a helper that locks for its caller, or unlocks */
	CALL_UNLOCK,
};

struct node {
	enum node_kind kind;
	int lock, value;
	unsigned int nchildren, line;
	struct node *children[CHILDREN];
	uint32_t held; /* STORE: locks held on all walks so far, a bit for each kind */
	bool reached;
};

struct maker {
	uint64_t state;
	unsigned int n, nnodes;
	struct node nodes[NODES];
	struct node *body, *labels[LABELS];
	FILE *out;
	unsigned int line;
};

static uint64_t roll(struct maker *m, uint64_t sides)
{
	m->state ^= m->state >> 12;
	m->state ^= m->state << 25;
	m->state ^= m->state >> 27;
	return (m->state * 0x2545f4914f6cdd1dULL >> 32) % sides;
}

/* --- a random function */

struct place {
	unsigned int depth;
	bool loop, in_switch;
};

static struct node *node_new(struct maker *m, enum node_kind kind)
{
	struct node *n = &m->nodes[m->nnodes++];

	*n = (struct node){ .kind = kind, .lock = (int)roll(m, LOCKS), .value = (int)roll(m, 2), .held = ~0U };
	return n;
}

static struct node *make_block(struct maker *m, struct place at);

static void add_block(struct maker *m, struct node *n, struct place at)
{
	at.depth++;
	n->children[n->nchildren++] = make_block(m, at);
}

static struct node *make_nested(struct maker *m, struct place at)
{
	static const enum node_kind nested[] = { TRYLOCK, LOCKED, LOCKED, GUARD, SCOPED, IF_ARG, IF_ARG, IF_CALL, IF_FLAG,
						 WHILE, DO, FOR, SWITCH };
	struct node *n = node_new(m, nested[roll(m, sizeof(nested) / sizeof(nested[0]))]);
	struct place inside = at;

	if (n->kind == WHILE || n->kind == DO || n->kind == FOR || n->kind == SCOPED)
		inside.loop = n->kind != SCOPED; /* scoped_guard() is a loop to break and continue */
	if (n->kind == WHILE || n->kind == DO || n->kind == FOR || n->kind == SCOPED)
		inside.in_switch = false;
	if (n->kind == SWITCH) {
		inside.in_switch = true;
		inside.loop = at.loop;
	}
	add_block(m, n, inside);
	if (n->kind == TRYLOCK || n->kind == IF_ARG || n->kind == IF_CALL || n->kind == IF_FLAG)
		add_block(m, n, at);
	if (n->kind == SWITCH) {
		add_block(m, n, inside);
		add_block(m, n, inside);
	}
	return n;
}

static struct node *make_statement(struct maker *m, struct place at)
{
	static const enum node_kind plain[] = { STORE, STORE, STORE, STORE, LOCK, LOCK, UNLOCK, UNLOCK, SET_FLAG, GOTO,
						RETURN, BREAK, CONTINUE, CALL_LOCK, CALL_UNLOCK };
	enum node_kind kind;

	if (at.depth < 4 && m->nnodes < NODES / 2 && roll(m, 5) < 2)
		return make_nested(m, at);
	kind = plain[roll(m, sizeof(plain) / sizeof(plain[0]))];
	if ((kind == BREAK && !at.loop && !at.in_switch) || (kind == CONTINUE && !at.loop) ||
	    ((kind == GOTO || kind == RETURN) && !at.depth))
		kind = STORE;
	return node_new(m, kind);
}

static struct node *make_block(struct maker *m, struct place at)
{
	struct node *n = node_new(m, BLOCK);
	uint64_t count = 1 + roll(m, at.depth ? 3 : CHILDREN);

	while (n->nchildren < count && m->nnodes + 20 < NODES)
		n->children[n->nchildren++] = make_statement(m, at);
	return n;
}

/* Labels are at the end: an unlock, and perhaps a store. */
static void make_function(struct maker *m, uint64_t seed, unsigned int n)
{
	unsigned int i;

	m->state = (seed + 1) * 0x9e3779b97f4a7c15ULL ^ (n + 1) * 0xd1342543de82ef95ULL;
	m->n = n;
	m->nnodes = 0;
	roll(m, 2);
	m->body = make_block(m, (struct place){ .depth = 0 });
	for (i = 0; i < LABELS; i++) {
		m->labels[i] = node_new(m, BLOCK);
		if (roll(m, 2))
			m->labels[i]->children[m->labels[i]->nchildren++] = node_new(m, STORE);
		m->labels[i]->children[m->labels[i]->nchildren++] = node_new(m, UNLOCK);
	}
}

/* --- the function as C */

__attribute__((format(printf, 3, 4))) static void put(struct maker *m, int depth, const char *fmt, ...)
{
	va_list ap;

	fprintf(m->out, "%*s", depth * 2, "");
	va_start(ap, fmt);
	vfprintf(m->out, fmt, ap);
	va_end(ap);
	fputc('\n', m->out);
	m->line++;
}

static void put_node(struct maker *m, struct node *n, int depth);

static void put_children(struct maker *m, struct node *n, int depth)
{
	unsigned int i;

	for (i = 0; i < n->nchildren; i++)
		put_node(m, n->children[i], depth);
}

static void put_if(struct maker *m, struct node *n, int depth)
{
	put_node(m, n->children[0], depth + 1);
	put(m, depth, "} else {");
	put_node(m, n->children[1], depth + 1);
	put(m, depth, "}");
}

static void put_switch(struct maker *m, struct node *n, int depth)
{
	unsigned int i;

	put(m, depth, "switch (cmd) {");
	for (i = 0; i < 3; i++) {
		if (i < 2)
			put(m, depth, "case %u:", i);
		else
			put(m, depth, "default:");
		put_node(m, n->children[i], depth + 1);
		if (!n->value)
			put(m, depth + 1, "break;");
	}
	put(m, depth, ";");
	put(m, depth, "}");
}

static void put_node(struct maker *m, struct node *n, int depth)
{
	const struct lock_kind *k = &kinds[n->lock];

	switch (n->kind) {
	case BLOCK:
		put_children(m, n, depth);
		break;
	case STORE:
		n->line = m->line;
		put(m, depth, "p->%c = 1;", 'a' + n->value);
		break;
	case LOCK:
		put(m, depth, "%s(&p->%s);", k->lock, k->name);
		break;
	case UNLOCK:
		put(m, depth, "%s(&p->%s);", k->unlock, k->name);
		break;
	case CALL_LOCK:
		put(m, depth, "lock%d_%u(p);", n->lock, m->n);
		break;
	case CALL_UNLOCK:
		put(m, depth, "unlock%d_%u(p);", n->lock, m->n);
		break;
	case TRYLOCK:
		put(m, depth, n->value ? "if (!%s(&p->%s)) {" : "if (%s(&p->%s)) {", k->try, k->name);
		put_if(m, n, depth);
		break;
	case LOCKED:
		put(m, depth, "%s(&p->%s);", k->lock, k->name);
		put_node(m, n->children[0], depth);
		put(m, depth, "%s(&p->%s);", k->unlock, k->name);
		break;
	case GUARD:
		put(m, depth, "{");
		put(m, depth + 1, "guard(%s)(&p->%s);", k->guard, k->name);
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case SCOPED:
		put(m, depth, "scoped_guard(%s, &p->%s) {", k->guard, k->name);
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case IF_ARG:
		put(m, depth, "if (arg & %d) {", 1 << n->value);
		put_if(m, n, depth);
		break;
	case IF_CALL:
		put(m, depth, "if (foo_more(p)) {");
		put_if(m, n, depth);
		break;
	case IF_FLAG:
		put(m, depth, "if (flag%d) {", n->value);
		put_if(m, n, depth);
		break;
	case SET_FLAG:
		put(m, depth, "flag%d = %d;", n->value, n->lock % 2);
		break;
	case WHILE:
		put(m, depth, "while (foo_more(p)) {");
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case DO:
		put(m, depth, "do {");
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "} while (foo_more(p));");
		break;
	case FOR:
		put(m, depth, "for (i%u = 0; i%u < arg; i%u++) {", m->n, m->n, m->n);
		put_node(m, n->children[0], depth + 1);
		put(m, depth, "}");
		break;
	case SWITCH:
		put_switch(m, n, depth);
		break;
	case BREAK:
		put(m, depth, "break;");
		break;
	case CONTINUE:
		put(m, depth, "continue;");
		break;
	case GOTO:
		put(m, depth, "goto out%d;", n->lock % LABELS);
		break;
	case RETURN:
		put(m, depth, "return 0;");
		break;
	}
}

static void put_helpers(struct maker *m)
{
	int i;

	for (i = 0; i < LOCKS; i++) {
		put(m, 0, "static __maybe_unused void lock%d_%u(struct foo%u *p) { %s(&p->%s); }", i, m->n, m->n, kinds[i].lock,
		    kinds[i].name);
		put(m, 0, "static __maybe_unused void unlock%d_%u(struct foo%u *p) { %s(&p->%s); }", i, m->n, m->n, kinds[i].unlock,
		    kinds[i].name);
	}
}

static void put_function(struct maker *m)
{
	int i;

	put(m, 0, "struct foo%u { struct mutex m0, m1; spinlock_t s0; struct rw_semaphore r0; bool a:1; bool b:1; };", m->n);
	put_helpers(m);
	put(m, 0, "static long foo%u_ioctl(struct file *file, unsigned int cmd, unsigned long arg)", m->n);
	put(m, 0, "{");
	put(m, 1, "struct foo%u *p = file->private_data;", m->n);
	put(m, 1, "int flag0 = 0, flag1 = 1;");
	put(m, 1, "unsigned long i%u;", m->n);
	put(m, 1, "(void)flag0; (void)flag1; (void)i%u;", m->n);
	put(m, 1, "if (arg & 256) goto out0; if (arg & 512) goto out1; if (arg & 1024) goto out2;");
	put_node(m, m->body, 1);
	for (i = LABELS - 1; i >= 0; i--) {
		put(m, 0, "out%d:", i);
		put_node(m, m->labels[i], 1);
	}
	put(m, 1, "return 0;");
	put(m, 0, "}");
	put(m, 0, "const struct file_operations foo%u_fops = { .unlocked_ioctl = foo%u_ioctl };", m->n, m->n);
}

/* --- the interpreter */

enum flow { NORMAL, BROKEN, CONTINUED, RETURNED, JUMPED, ENDED };

struct walk {
	unsigned char choices[CHOICES], sides[CHOICES];
	unsigned int nchoices, used;
	int arg_known[16]; /* -1: not asked yet */
	int cmd;	   /* -1: not asked yet */
	int flags[2];
	int held[LOCKS]; /* how often, by kind */
	int label;
};

/* The next outcome; those past the end of the sequence are 0 and make it longer. */
static int choose(struct walk *w, unsigned char sides)
{
	if (w->used == CHOICES)
		return -1;
	if (w->used == w->nchoices) {
		w->choices[w->nchoices] = 0;
		w->nchoices++;
	}
	w->sides[w->used] = sides;
	return w->choices[w->used++];
}

/* The next sequence, as an odometer counts; false: that was the last one. */
static bool advance(struct walk *w)
{
	w->nchoices = w->used;
	while (w->nchoices && w->choices[w->nchoices - 1] + 1 == w->sides[w->nchoices - 1])
		w->nchoices--;
	if (!w->nchoices)
		return false;
	w->choices[w->nchoices - 1]++;
	return true;
}

static bool is_held(const struct walk *w, int object)
{
	int i;

	for (i = 0; i < LOCKS; i++)
		if (kinds[i].object == object && w->held[i])
			return true;
	return false;
}

/* False: it would hang. */
static bool take(struct walk *w, int lock)
{
	if (is_held(w, kinds[lock].object))
		return false;
	w->held[lock] = 1;
	return true;
}

static bool drop(struct walk *w, int lock)
{
	bool held = w->held[lock];

	w->held[lock] = 0;
	return held;
}

static enum flow step(struct walk *w, struct node *n);

static enum flow walk_children(struct walk *w, struct node *n)
{
	enum flow flow = NORMAL;
	unsigned int i;

	for (i = 0; i < n->nchildren && flow == NORMAL; i++)
		flow = step(w, n->children[i]);
	return flow;
}

/* Rounds: none or some, at most two; `first` is a round without a question. */
static enum flow walk_loop(struct walk *w, struct node *n, bool first)
{
	enum flow flow;
	int round, more;

	for (round = 0; round < 2; round++) {
		more = round || !first ? choose(w, 2) : 1;
		if (more < 0)
			return ENDED;
		if (!more)
			return NORMAL;
		flow = step(w, n->children[0]);
		if (flow == BROKEN)
			return NORMAL;
		if (flow != NORMAL && flow != CONTINUED)
			return flow;
	}
	return NORMAL;
}

static enum flow walk_switch(struct walk *w, struct node *n)
{
	enum flow flow = NORMAL;
	int i;

	if (w->cmd < 0)
		w->cmd = choose(w, 3);
	if (w->cmd < 0)
		return ENDED;
	for (i = w->cmd; i < 3; i++) {
		flow = step(w, n->children[i]);
		if (flow != NORMAL || !n->value)
			break;
	}
	return flow == BROKEN ? NORMAL : flow;
}

static enum flow walk_if(struct walk *w, struct node *n, int outcome)
{
	return outcome < 0 ? ENDED : step(w, n->children[outcome ? 0 : 1]);
}

static int arg_bit(struct walk *w, int bit)
{
	if (w->arg_known[bit] < 0)
		w->arg_known[bit] = choose(w, 2);
	return w->arg_known[bit];
}

static enum flow walk_trylock(struct walk *w, struct node *n)
{
	int got = choose(w, 2);

	if (got < 0 || (got && !take(w, n->lock)))
		return ENDED;
	return walk_if(w, n, n->value ? !got : got);
}

/* Released however the block is left. */
static enum flow walk_guard(struct walk *w, struct node *n)
{
	enum flow flow;

	if (!take(w, n->lock))
		return ENDED;
	flow = step(w, n->children[0]);
	if (flow != ENDED && !drop(w, n->lock))
		return ENDED;
	if (n->kind == SCOPED && (flow == BROKEN || flow == CONTINUED))
		return NORMAL;
	return flow;
}

static void walk_store(const struct walk *w, struct node *n)
{
	uint32_t held = 0;
	int i;

	for (i = 0; i < LOCKS; i++)
		if (w->held[i])
			held |= 1U << i;
	n->reached = true;
	/* shared on one walk and exclusive on another is shared */
	if (n->held != ~0U)
		for (i = 0; i < LOCKS; i++)
			if (kinds[i].shared && ((held | n->held) >> i & 1) && ((held & n->held) >> i & 1) == 0 &&
			    ((held | held << 1) >> i & 1) && ((n->held | n->held << 1) >> i & 1)) {
				held |= 1U << i;
				n->held |= 1U << i;
			}
	n->held &= held;
}

static enum flow step(struct walk *w, struct node *n)
{
	enum flow flow;

	switch (n->kind) {
	case BLOCK:
		return walk_children(w, n);
	case STORE:
		walk_store(w, n);
		return NORMAL;
	case LOCK:
	case CALL_LOCK:
		return take(w, n->lock) ? NORMAL : ENDED;
	case UNLOCK:
	case CALL_UNLOCK:
		return drop(w, n->lock) ? NORMAL : ENDED;
	case TRYLOCK:
		return walk_trylock(w, n);
	case LOCKED:
		if (!take(w, n->lock))
			return ENDED;
		flow = step(w, n->children[0]);
		return flow != NORMAL ? flow : drop(w, n->lock) ? NORMAL : ENDED;
	case GUARD:
	case SCOPED:
		return walk_guard(w, n);
	case IF_ARG:
		return walk_if(w, n, arg_bit(w, n->value));
	case IF_CALL:
		return walk_if(w, n, choose(w, 2));
	case IF_FLAG:
		return walk_if(w, n, w->flags[n->value]);
	case SET_FLAG:
		w->flags[n->value] = n->lock % 2;
		return NORMAL;
	case WHILE:
	case FOR:
		return walk_loop(w, n, false);
	case DO:
		return walk_loop(w, n, true);
	case SWITCH:
		return walk_switch(w, n);
	case BREAK:
		return BROKEN;
	case CONTINUE:
		return CONTINUED;
	case GOTO:
		w->label = n->lock % LABELS;
		return JUMPED;
	case RETURN:
		return RETURNED;
	}
	return ENDED;
}

/* One walk, from the tests of the jumps at the start to the end. */
static void walk_function(struct maker *m, struct walk *w)
{
	enum flow flow = NORMAL;
	int i;

	w->label = LABELS - 1;
	for (i = 0; i < LABELS && flow == NORMAL; i++) {
		int jump = arg_bit(w, 8 + i);

		if (jump > 0) {
			w->label = i;
			flow = JUMPED;
		} else if (jump < 0) {
			return;
		}
	}
	if (flow == NORMAL)
		flow = step(w, m->body);
	if (flow != NORMAL && flow != JUMPED)
		return;
	for (i = flow == JUMPED ? w->label : LABELS - 1; i >= 0; i--)
		if (step(w, m->labels[i]) != NORMAL)
			return;
}

/* Returns the number of walks, 0 if there are too many. */
static unsigned long walk_all(struct maker *m)
{
	struct walk w = { .nchoices = 0 };
	unsigned long n = 0;

	do {
		w.used = 0;
		memset(w.held, 0, sizeof(w.held));
		memset(w.arg_known, -1, sizeof(w.arg_known));
		w.cmd = -1;
		w.flags[0] = 0;
		w.flags[1] = 1;
		walk_function(m, &w);
		if (++n == WALKS)
			return 0;
	} while (advance(&w));
	return n;
}

static void put_expected(FILE *out, const struct maker *m)
{
	unsigned int i;
	int k;

	for (i = 0; i < m->nnodes; i++) {
		const struct node *n = &m->nodes[i];

		if (n->kind != STORE || !n->line)
			continue;
		fprintf(out, "%u foo%u %s", n->line, m->n, n->reached ? "reached" : "never");
		for (k = 0; k < LOCKS && n->reached; k++)
			if (n->held >> k & 1)
				fprintf(out, " foo%u.%s:%s", m->n, kinds[k].name, kinds[k].shared ? "shared" : "exclusive");
		fputc('\n', out);
	}
}

static int make(char **argv)
{
	struct maker m = { .line = 1 };
	uint64_t seed = strtoull(argv[2], NULL, 10);
	unsigned int n, first = (unsigned int)strtoul(argv[3], NULL, 10), count = (unsigned int)strtoul(argv[4], NULL, 10);
	unsigned long walks, all = 0;
	FILE *expected = fopen(argv[6], "w");

	m.out = fopen(argv[5], "w");
	if (!m.out || !expected) {
		fprintf(stderr, "paths: cannot write %s or %s\n", argv[5], argv[6]);
		return 2;
	}
	put(&m, 0, "#include <linux/fs.h>");
	put(&m, 0, "#include <linux/mutex.h>");
	put(&m, 0, "#include <linux/rwsem.h>");
	put(&m, 0, "#include <linux/spinlock.h>");
	put(&m, 0, "int foo_more(void *p);");
	for (n = first; n < first + count; n++) {
		make_function(&m, seed, n);
		put_function(&m);
		walks = walk_all(&m);
		if (walks)
			put_expected(expected, &m);
		all += walks;
	}
	printf("functions %u walks %lu\n", count, all);
	return fclose(m.out) || fclose(expected);
}

/* --- comparing */

static unsigned int stores, claims, unsound, imprecise, missing;

static json_t *find_write(json_t *units, const char *record, json_int_t line)
{
	json_t *unit, *field, *w;
	size_t i, j, k;

	json_array_foreach(units, i, unit) {
		if (strcmp(json_string_value(json_object_get(unit, "struct")), record))
			continue;
		json_array_foreach(json_object_get(unit, "fields"), j, field)
			json_array_foreach(json_object_get(field, "writes"), k, w)
				if (json_integer_value(json_object_get(w, "line")) == line)
					return w;
	}
	return NULL;
}

/* Is the lock among the words, at least in this mode? */
static bool expected_has(const char *words, const char *lock, const char *mode)
{
	char word[64];

	snprintf(word, sizeof(word), " %s:exclusive", lock);
	if (strstr(words, word))
		return true;
	snprintf(word, sizeof(word), " %s:%s", lock, mode);
	return strstr(words, word);
}

static void compare_write(const char *words, json_t *w, unsigned int line, const char *record)
{
	json_t *locks = json_object_get(w, "locks"), *lock;
	unsigned int expected = 0;
	const char *p;
	size_t i;

	for (p = words; (p = strchr(p, ':')); p++)
		expected++;
	stores++;
	json_array_foreach(locks, i, lock) {
		const char *name = json_string_value(json_object_get(lock, "lock"));
		const char *mode = json_string_value(json_object_get(lock, "mode"));

		claims++;
		if (expected_has(words, name, mode))
			continue;
		printf("%s line %u: %s (%s) is not held on every path, which hold%s\n", record, line, name, mode,
		       *words && *words != '\n' ? words : " none");
		unsound++;
	}
	if (json_array_size(locks) < expected) {
		if (getenv("PATHS_VERBOSE"))
			printf("%s line %u: %u locks found, expected%s\n", record, line, (unsigned int)json_array_size(locks), words);
		imprecise++;
	}
}

static int compare(char **argv)
{
	json_t *root = json_load_file(argv[3], 0, NULL), *units = json_object_get(root, "units");
	char line[512], record[32], how[16];
	FILE *in = fopen(argv[2], "r");
	unsigned int at;
	int used;

	if (!root || !in) {
		fprintf(stderr, "paths: cannot read %s or %s\n", argv[2], argv[3]);
		return 2;
	}
	while (fgets(line, sizeof(line), in)) {
		json_t *w;

		line[strcspn(line, "\n")] = '\0';
		if (sscanf(line, "%u %31s %15s%n", &at, record, how, &used) != 3 || !strcmp(how, "never"))
			continue;
		w = find_write(units, record, at);
		if (!w) {
			printf("%s line %u: the store was not found\n", record, at);
			missing++;
			continue;
		}
		compare_write(line + used, w, at, record);
	}
	printf("stores %u claims %u unsound %u imprecise %u missing %u\n", stores, claims, unsound, imprecise, missing);
	fclose(in);
	json_decref(root);
	return unsound || missing || !stores;
}

int main(int argc, char **argv)
{
	if (argc == 7 && !strcmp(argv[1], "make"))
		return make(argv);
	if (argc == 4 && !strcmp(argv[1], "compare"))
		return compare(argv);
	fprintf(stderr, "usage: paths make SEED FIRST COUNT FILE.c EXPECTED | paths compare EXPECTED FOUND.json\n");
	return 2;
}
