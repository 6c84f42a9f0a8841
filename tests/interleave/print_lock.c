// SPDX-License-Identifier: GPL-2.0-only
/* print_lock.c - code with a lock held, as C. */
#include "print.h"

static struct node *node_at(const struct printer *pr, uint16_t i)
{
	return &pr->p->nodes[i];
}

static bool spin_nested(const struct printer *pr)
{
	unsigned int i;

	for (i = 0; i < pr->nregions; i++) {
		unsigned int lock = node_at(pr, pr->regions[i].node)->lock;

		if (lock < LOCKS && pr->p->locks[lock].kind == LOCK_SPIN)
			return true;
	}
	return false;
}

static unsigned int kind_of(const struct printer *pr, unsigned int lock)
{
	return lock == LOCK_PARAM ? pr->fn->lock_kind : pr->p->locks[lock].kind;
}

static struct region region_of(struct printer *pr, uint16_t i)
{
	const struct node *n = node_at(pr, i);
	struct region r = { .node = i };

	if (n->kind == NODE_LOCKED && n->lock < LOCKS && kind_of(pr, n->lock) == LOCK_SPIN &&
	    n->style <= STYLE_REBIND && n->style != STYLE_WRAPPER &&
	    !role_is_atomic(pr->fn->role) && !spin_nested(pr))
		r.flavour = pr->p->spin_flavour;
	return r;
}

static void print_lock(struct printer *pr, struct region r, unsigned int depth, bool unlock)
{
	static const char *const verbs[][2][2] = {
		{ { "mutex_lock", "mutex_unlock" }, { "mutex_lock", "mutex_unlock" } },
		{ { "spin_lock", "spin_unlock" }, { "spin_lock", "spin_unlock" } },
		{ { "down_write", "up_write" }, { "down_read", "up_read" } }
	};
	const struct node *n = node_at(pr, r.node);
	const char *var = var_name(
		unlock && n->kind == NODE_LOCKED && n->style == STYLE_REBIND ? VAR_O : n->var);
	const char *verb, *name;
	char getter[40];

	if (n->kind == NODE_RCU) {
		put(pr, depth, "%s%s();", n->style ? "preempt_" : "rcu_read_",
		    n->style ? (unlock ? "enable" : "disable") : (unlock ? "unlock" : "lock"));
		return;
	}
	if (n->kind == NODE_LOCKED && n->style == STYLE_WRAPPER) {
		put(pr, depth, "dev%u_%s%u(%s);", pr->p->number, unlock ? "drop" : "take", n->lock,
		    var);
		return;
	}
	verb = verbs[kind_of(pr, n->lock)][n->shared][unlock];
	name = n->kind == NODE_LOCKED && n->style == STYLE_POINTER ?
		       "l" :
		       print_lock_name(pr, n->lock, var);
	if (n->kind == NODE_LOCKED && n->style == STYLE_GETTER) {
		snprintf(getter, sizeof(getter), "dev%u_lock_of%u(%s)", pr->p->number, n->lock,
			 var);
		name = getter;
	}
	if (r.flavour == 1)
		put(pr, depth, "%s(%s, flags);",
		    unlock ? "spin_unlock_irqrestore" : "spin_lock_irqsave", name);
	else
		put(pr, depth, "%s%s(%s);", verb, r.flavour == 2 ? "_bh" : "", name);
}

static void leave_region(struct printer *pr, struct region r, unsigned int depth)
{
	const struct node *n = node_at(pr, r.node);

	if (n->kind == NODE_LOCKED && (n->style == STYLE_GUARD || n->style == STYLE_SCOPED))
		return;
	if (n->kind == NODE_MAYLOCK) {
		put(pr, depth, "if (%s)", cond_text(pr, &n->cond));
		depth++;
	}
	print_lock(pr, r, depth, true);
}

static void print_region(struct printer *pr, struct region r, uint16_t body, unsigned int depth)
{
	struct node *n = node_at(pr, r.node);

	if (pr->nregions < REGIONS)
		pr->regions[pr->nregions++] = r;
	print_block(pr, body, depth);
	pr->nregions--;
	n->line[1] = (uint16_t)pr->line;
}

static void print_guard(struct printer *pr, uint16_t i, unsigned int depth)
{
	static const char *const classes[][2] = { { "mutex", "mutex" },
						  { "spinlock", "spinlock" },
						  { "rwsem_write", "rwsem_read" } };
	const struct node *n = node_at(pr, i);
	const char *class = classes[kind_of(pr, n->lock)][n->shared],
		   *name = print_lock_name(pr, n->lock, var_name(n->var));
	struct region r = { .node = i };

	if (n->style == STYLE_SCOPED) {
		put(pr, depth, "scoped_guard(%s, %s) {", class, name);
	} else {
		put(pr, depth, "{");
		node_at(pr, i)->line[0] = (uint16_t)pr->line;
		put(pr, depth + 1, "guard(%s)(%s);", class, name);
	}
	print_region(pr, r, n->child[0], depth + 1);
	put(pr, depth, "}");
}

/* Inner pointers hide outer ones: the block must not use those. */
static void print_by_pointer(struct printer *pr, uint16_t i, unsigned int depth)
{
	const struct node *n = node_at(pr, i);
	struct region r = { .node = i };

	put(pr, depth, "{");
	put(pr, depth + 1, "%s *l = %s;", lock_type(kind_of(pr, n->lock)),
	    print_lock_name(pr, n->lock, var_name(n->var)));
	put(pr, 0, "%s", "");
	node_at(pr, i)->line[0] = (uint16_t)pr->line;
	print_lock(pr, r, depth + 1, false);
	print_region(pr, r, n->child[0], depth + 1);
	print_lock(pr, r, depth + 1, true);
	put(pr, depth, "}");
}

static void print_rebound(struct printer *pr, uint16_t i, unsigned int depth)
{
	struct region r = region_of(pr, i);

	put(pr, depth, "o = p;");
	node_at(pr, i)->line[0] = (uint16_t)pr->line;
	print_lock(pr, r, depth, false);
	put(pr, depth, "if (p->peer)");
	put(pr, depth + 1, "p = p->peer;");
	print_region(pr, r, node_at(pr, i)->child[0], depth);
	print_lock(pr, r, depth, true);
	put(pr, depth, "p = o;");
}

static void print_locked(struct printer *pr, uint16_t i, unsigned int depth)
{
	struct region r = region_of(pr, i);

	switch (node_at(pr, i)->style) {
	case STYLE_GUARD:
	case STYLE_SCOPED:
		print_guard(pr, i, depth);
		break;
	case STYLE_POINTER:
		print_by_pointer(pr, i, depth);
		break;
	case STYLE_REBIND:
		print_rebound(pr, i, depth);
		break;
	default:
		print_lock(pr, r, depth, false);
		print_region(pr, r, node_at(pr, i)->child[0], depth);
		print_lock(pr, r, depth, true);
	}
}

/* The condition that is true if the lock was taken. */
static void print_try_text(struct printer *pr, const struct node *n, char *text, size_t size)
{
	static const char *const verbs[] = { "mutex_trylock", "spin_trylock",
					     "down_write_trylock" };
	const char *name = print_lock_name(pr, n->lock, var_name(n->var));

	if (n->style == TRY_WRAPPER)
		snprintf(text, size, "dev%u_try%u(%s)", pr->p->number, n->lock, var_name(n->var));
	else if (n->style == TRY_INTERRUPTIBLE && kind_of(pr, n->lock) == LOCK_MUTEX)
		snprintf(text, size, "!mutex_lock_interruptible(%s)", name);
	else
		snprintf(text, size, "%s(%s)", verbs[kind_of(pr, n->lock)], name);
}

static void print_try(struct printer *pr, uint16_t i, unsigned int depth)
{
	const struct node *n = node_at(pr, i);
	bool variable = n->style == TRY_VARIABLE;
	struct region r = { .node = i };
	char call[80];

	print_try_text(pr, n, call, sizeof(call));
	if (variable) {
		put(pr, depth, "{");
		put(pr, ++depth, "bool got = %s;", call);
		put(pr, 0, "%s", "");
	}
	put(pr, depth, "if (%s) {", variable ? "got" : call);
	print_region(pr, r, n->child[0], depth + 1);
	print_lock(pr, r, depth + 1, true);
	if (n->child[1]) {
		put(pr, depth, "} else {");
		print_block(pr, n->child[1], depth + 1);
	}
	put(pr, depth, "}");
	if (variable)
		put(pr, depth - 1, "}");
}

static void print_maylock(struct printer *pr, uint16_t i, unsigned int depth)
{
	const struct node *n = node_at(pr, i);
	struct region r = { .node = i };

	put(pr, depth, "if (%s)", cond_text(pr, &n->cond));
	print_lock(pr, r, depth + 1, false);
	print_region(pr, r, n->child[0], depth);
	leave_region(pr, r, depth);
}

static void print_drop(struct printer *pr, uint16_t i, unsigned int depth)
{
	const struct node *n = node_at(pr, i);
	struct region r = { .node = i };
	unsigned int k;

	for (k = 0; k < pr->nregions; k++)
		if (node_at(pr, pr->regions[k].node)->lock == n->lock)
			r = pr->regions[k];
	print_lock(pr, r, depth, true);
	print_block(pr, n->child[0], depth);
	node_at(pr, i)->line[1] = (uint16_t)pr->line;
	print_lock(pr, r, depth, false);
}

void print_leave_all(struct printer *pr, unsigned int depth)
{
	unsigned int i;

	for (i = pr->nregions; i-- > 0;)
		leave_region(pr, pr->regions[i], depth);
}

void print_locks_of(struct printer *pr, uint16_t i, unsigned int depth)
{
	struct region r = { .node = i };

	switch (node_at(pr, i)->kind) {
	case NODE_LOCKED:
		print_locked(pr, i, depth);
		break;
	case NODE_TRY:
		print_try(pr, i, depth);
		break;
	case NODE_MAYLOCK:
		print_maylock(pr, i, depth);
		break;
	case NODE_DROP:
		print_drop(pr, i, depth);
		break;
	default:
		print_lock(pr, r, depth, false);
		print_region(pr, r, node_at(pr, i)->child[0], depth);
		print_lock(pr, r, depth, true);
	}
}
