// SPDX-License-Identifier: GPL-2.0-only
/* shrink.c - drops what a wrong judgement does not need. */
#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "generate.h"
#include "opinion.h"
#include "print.h"
#include "shrink.h"

struct shrinker {
	const struct range *range;
	uint32_t number;
	const char *tree;
	struct program best;
	unsigned int unit;
	bool miss; /* or a false alarm */
	enum confidence confidence;
};

/* --- is it still wrong? */

static bool write_all(const struct shrinker *s, struct program *p)
{
	static struct program other;
	struct printer pr = { .line = 1 };
	char path[4096];
	uint32_t i;

	snprintf(path, sizeof(path), "%s/p.c", s->tree);
	pr.out = fopen(path, "w");
	if (!pr.out)
		return false;
	print_headers(&pr);
	for (i = s->range->first; i < s->range->first + s->range->count; i++) {
		if (i == s->number)
			continue;
		generate(&other, s->range->seed, i);
		print_program(&pr, &other);
	}
	print_program(&pr, p);
	return !fclose(pr.out);
}

static bool ask_racybits(const struct shrinker *s, struct program *p)
{
	char command[3 * 4096];
	int status;

	if (!write_all(s, p))
		return false;
	snprintf(
		command, sizeof(command),
		"${RACYBITS:-racybits} check -k '%s' -j1 --all --format=json -o '%s/found.json' p.c 2>/dev/null",
		s->tree, s->tree);
	status = system(command);
	if (status != 0 && status != 1 << 8)
		return false;
	snprintf(command, sizeof(command), "%s/found.json", s->tree);
	opinions_load(command);
	return true;
}

static bool is_wrong(const struct shrinker *s, const struct program *p, unsigned int unit,
		     enum truth truth)
{
	struct opinion o = opinion_of(p, unit);

	return s->miss ? is_miss(truth, &o) :
			 is_false_alarm(truth, &o) && o.confidence >= s->confidence;
}

static bool still_wrong(const struct shrinker *s, struct program *p)
{
	struct losses losses;
	enum truth truth;

	explore(p, s->range->effort, &losses);
	truth = truth_of(p, &losses, s->unit);
	if (truth != (s->miss ? TRUTH_LOST : TRUTH_SAFE))
		return false;
	return ask_racybits(s, p) && is_wrong(s, p, s->unit, truth);
}

static bool keep_if_wrong(struct shrinker *s, struct program *p)
{
	if (!memcmp(p, &s->best, sizeof(*p)) || !still_wrong(s, p))
		return false;
	s->best = *p;
	return true;
}

/* --- smaller programs */

/* The link that leads to a node, in the list `first` or below. */
static uint16_t *find_link(struct program *p, uint16_t *first, uint16_t node)
{
	uint16_t *link;

	for (; *first; first = &p->nodes[*first].next) {
		if (*first == node)
			return first;
		link = find_link(p, &p->nodes[*first].child[0], node);
		if (!link)
			link = find_link(p, &p->nodes[*first].child[1], node);
		if (link)
			return link;
	}
	return NULL;
}

static uint16_t *link_of(struct program *p, uint16_t node)
{
	unsigned int i;
	uint16_t *link = NULL;

	for (i = 0; i < p->nfunctions && !link; i++)
		link = find_link(p, &p->functions[i].body, node);
	return link;
}

/* A program that starts nothing loses nothing: that is no reason for an alarm to be false. */
static bool is_needed(const struct shrinker *s, const struct node *n)
{
	if (n->kind == NODE_FIND || n->kind == NODE_ALLOC)
		return true;
	return !s->miss &&
	       ((n->kind >= NODE_QUEUE && n->kind <= NODE_STOP) ||
		(n->kind >= NODE_DRVDATA && n->kind <= NODE_REGISTER) || n->kind == NODE_FLAG);
}

static bool drop_node(struct shrinker *s, uint16_t node)
{
	struct program p = s->best;
	uint16_t *link = link_of(&p, node);

	if (!link || is_needed(s, &p.nodes[node]))
		return false;
	*link = p.nodes[node].next;
	return keep_if_wrong(s, &p);
}

/* In its stead, the block in it. */
static bool hoist_node(struct shrinker *s, uint16_t node, unsigned int child)
{
	struct program p = s->best;
	uint16_t *link = link_of(&p, node), rest, block = p.nodes[node].child[child];

	if (!link || !block)
		return false;
	rest = p.nodes[node].next;
	*link = block;
	if (rest)
		block_append(&p, link, rest);
	return keep_if_wrong(s, &p);
}

/* The helper's body in the call's stead: only if it does not matter who calls. */
static bool drop_function(struct shrinker *s, unsigned int function)
{
	struct program p = s->best;

	if (p.functions[function].role == ROLE_GONE ||
	    (p.functions[function].role == ROLE_HELPER && program_calls(&p, function)))
		return false;
	p.functions[function].role = ROLE_GONE;
	p.functions[function].body = 0;
	return keep_if_wrong(s, &p);
}

static bool plain_node(struct shrinker *s, uint16_t node)
{
	struct program p = s->best;
	struct node *n = &p.nodes[node];
	bool changed;

	if (!link_of(&p, node))
		return false;
	n->style = 0;
	changed = keep_if_wrong(s, &p);
	p = s->best;
	if (n->kind == NODE_STORE || n->kind == NODE_FLAG)
		n->value = VALUE_1;
	if (n->kind == NODE_TRY)
		n->kind = NODE_LOCKED;
	return keep_if_wrong(s, &p) || changed;
}

static bool plain_program(struct shrinker *s)
{
	struct program p = s->best;
	bool changed = false;
	unsigned int i;

	p.once = p.delayed = p.spin_flavour = 0;
	changed |= keep_if_wrong(s, &p);
	p = s->best;
	if (!program_has(&p, NODE_LIST_ADD, -1) && !program_has(&p, NODE_EACH, -1))
		p.list = 0;
	if (!program_has(&p, NODE_PAIR, -1) && !program_has(&p, NODE_PEER, -1))
		p.peer = 0;
	p.nobjects = 1;
	changed |= keep_if_wrong(s, &p);
	for (i = 0; i < s->best.nfields; i++) {
		p = s->best;
		p.fields[i].width = 1;
		p.fields[i].type = 0;
		changed |= keep_if_wrong(s, &p);
	}
	p = s->best;
	p.nlocks -= p.nlocks > 1;
	for (i = 1; i < p.nnodes; i++)
		if (link_of(&p, (uint16_t)i) &&
		    (p.nodes[i].lock == p.nlocks || p.nodes[i].lock_arg == p.nlocks))
			return changed;
	return keep_if_wrong(s, &p) || changed;
}

static bool shrink_once(struct shrinker *s)
{
	bool changed = false;
	uint16_t i;

	for (i = s->best.nfunctions; i-- > 0;)
		changed |= drop_function(s, i);
	for (i = 1; i < s->best.nnodes; i++) {
		changed |= drop_node(s, i);
		changed |= hoist_node(s, i, 0);
		changed |= hoist_node(s, i, 1);
		changed |= plain_node(s, i);
	}
	return plain_program(s) || changed;
}

/* --- what is wrong at first, and what is left */

static bool choose_with(struct shrinker *s, const struct losses *losses)
{
	for (s->unit = 0; s->unit < s->best.nunits; s->unit++)
		if (is_wrong(s, &s->best, s->unit, truth_of(&s->best, losses, s->unit)))
			return true;
	return false;
}

/* The one that is judged most wrongly. */
static bool choose_unit(struct shrinker *s, const struct losses *losses, bool miss)
{
	s->miss = miss;
	for (s->confidence = miss ? CONFIDENCE_LOW : CONFIDENCE_HIGH;; s->confidence--) {
		if (choose_with(s, losses))
			return true;
		if (s->confidence == CONFIDENCE_LOW)
			return false;
	}
}

static void print_rest(struct shrinker *s)
{
	struct losses losses;
	struct opinion o;
	unsigned int a, b;
	char *text;

	still_wrong(s, &s->best);
	text = program_text(&s->best);
	explore(&s->best, s->range->effort, &losses);
	o = opinion_of(&s->best, s->unit);
	fputs(text, stdout);
	printf("\nracybits: %s\n", opinion_text(&o));
	for (a = 0; a < s->best.nfields; a++)
		for (b = 0; b < s->best.nfields; b++)
			if (losses.lost[a][b] && s->best.fields[a].unit == s->unit) {
				printf("\nA store to %c is lost by one to %c:\n", 'a' + a, 'a' + b);
				trace_print(stdout, &s->best, s->range->effort, losses.lost[a][b],
					    text);
				b = s->best.nfields;
				a = b;
			}
	free(text);
}

int shrink(const struct range *range, uint32_t number, const char *tree, bool alarm)
{
	static struct shrinker s;
	struct losses losses;

	s = (struct shrinker){ .range = range, .number = number, .tree = tree };
	generate(&s.best, range->seed, number);
	explore(&s.best, range->effort, &losses);
	if (!ask_racybits(&s, &s.best)) {
		fprintf(stderr, "interleave: racybits cannot check %s/p.c\n", tree);
		return 2;
	}
	if (!choose_unit(&s, &losses, !alarm)) {
		printf("program %u is judged as it should be\n", number);
		return 1;
	}
	while (shrink_once(&s))
		;
	print_rest(&s);
	return 0;
}
