// SPDX-License-Identifier: GPL-2.0-only
/* print_life.c - what makes an object, starts and ends what runs on it, and takes it down, as C. */
#include "print.h"

static void print_lock_init(struct printer *pr, unsigned int depth)
{
	static const char *const verbs[] = { "mutex_init", "spin_lock_init", "init_rwsem" };
	const struct program *p = pr->p;
	unsigned int i;

	for (i = 0; i < p->nlocks; i++)
		if (!p->locks[i].global)
			put(pr, depth, "%s(%s);", verbs[p->locks[i].kind],
			    print_lock_name(pr, i, "p"));
	if (p->ops)
		put(pr, depth, "p->ops = &dev%u_ops0;", p->number);
	if (p->find == FIND_MISC)
		put(pr, depth, "p->misc.fops = &dev%u_fops;", p->number);
}

static void print_alloc(struct printer *pr, unsigned int depth)
{
	unsigned int g;

	if (pr->p->find != FIND_STATIC) {
		put(pr, depth, "p = kzalloc(sizeof(*p), GFP_KERNEL);");
		put(pr, depth, "if (!p)");
		put(pr, depth + 1, "return -ENOMEM;");
	}
	for (g = 0; g < pr->p->ngroups; g++) {
		if (pr->p->groups[g].kind != GROUP_CHILD)
			continue;
		put(pr, depth, "p->st%u = kzalloc(sizeof(*p->st%u), GFP_KERNEL);", g, g);
		put(pr, depth, "if (!p->st%u)", g);
		put(pr, depth + 1, "return -ENOMEM;");
	}
	print_lock_init(pr, depth);
}

static void print_init(struct printer *pr, unsigned int depth)
{
	const struct program *p = pr->p;
	unsigned int i;

	for (i = 0; i < WORKS; i++)
		if (program_role(p, ROLE_WORK0 + i))
			put(pr, depth, "%s(&p->work%u, dev%u_work%u);",
			    p->delayed ? "INIT_DELAYED_WORK" : "INIT_WORK", i, p->number, i);
	if (program_role(p, ROLE_TIMER))
		put(pr, depth, "timer_setup(&p->timer, dev%u_timer, 0);", p->number);
}

static void print_pair(struct printer *pr, unsigned int depth)
{
	unsigned int n = pr->p->number;

	put(pr, depth, "p->peer = dev%u_first;", n);
	put(pr, depth, "if (p->peer)");
	put(pr, depth + 1, "p->peer->peer = p;");
	put(pr, depth, "else");
	put(pr, depth + 1, "dev%u_first = p;", n);
}

static void print_request(struct printer *pr, const struct node *n, unsigned int depth)
{
	put(pr, depth, "if (request_irq(p->irq + %u, dev%u_irq%u, 0, \"dev\", p))", n->index,
	    pr->p->number, n->index);
	put(pr, depth + 1, "return%s;", pr->fn->role == ROLE_HELPER ? "" : " -EBUSY");
}

static void print_drvdata(struct printer *pr, unsigned int depth)
{
	if (pr->fn->role == ROLE_OPEN)
		put(pr, depth, "file->private_data = p;");
	else
		put(pr, depth, "pci_set_drvdata(pdev, p);");
}

/* Starts and ends of works, the timer and interrupts. */
static bool print_runs(struct printer *pr, const struct node *n, unsigned int depth)
{
	const char *var = var_name(n->var), *delayed = pr->p->delayed ? "delayed_" : "";

	switch (n->kind) {
	case NODE_QUEUE:
		put(pr, depth, "schedule_%swork(&%s->work%u%s);", delayed, var, n->index,
		    pr->p->delayed ? ", 1" : "");
		return true;
	case NODE_CANCEL:
		put(pr, depth, "cancel_%swork_sync(&%s->work%u);", delayed, var, n->index);
		return true;
	case NODE_FLUSH:
		put(pr, depth, "flush_%swork(&%s->work%u);", delayed, var, n->index);
		return true;
	case NODE_ARM:
		put(pr, depth, "mod_timer(&%s->timer, 1);", var);
		return true;
	case NODE_DISARM:
		put(pr, depth, "del_timer_sync(&%s->timer);", var);
		return true;
	case NODE_REQUEST:
		print_request(pr, n, depth);
		return true;
	case NODE_FREE_IRQ:
		put(pr, depth, "free_irq(%s->irq + %u, %s);", var, n->index, var);
		return true;
	case NODE_RUN:
		put(pr, depth, "p->task = kthread_run(dev%u_thread, p, \"dev\");", pr->p->number);
		return true;
	case NODE_STOP:
		put(pr, depth, "kthread_stop(%s->task);", var);
		return true;
	case NODE_SYNC_IRQ:
		put(pr, depth, "synchronize_irq(%s->irq + %u);", var, n->index);
		return true;
	default:
		return false;
	}
}

void print_life(struct printer *pr, const struct node *n, unsigned int depth)
{
	unsigned int number = pr->p->number;

	if (print_runs(pr, n, depth))
		return;
	switch (n->kind) {
	case NODE_ALLOC:
		print_alloc(pr, depth);
		break;
	case NODE_INIT:
		print_init(pr, depth);
		break;
	case NODE_DRVDATA:
		print_drvdata(pr, depth);
		break;
	case NODE_PUBLISH:
		if (n->style) {
			put(pr, depth, "rcu_assign_pointer(dev%u_global, p);", number);
			break;
		}
		put(pr, depth, pr->p->once ? "WRITE_ONCE(dev%u_global, p);" : "dev%u_global = p;",
		    number);
		break;
	case NODE_LIST_ADD:
		put(pr, depth, "list_add(&p->node, &dev%u_list);", number);
		break;
	case NODE_LIST_DEL:
		put(pr, depth, "list_del(&p->node);");
		break;
	case NODE_PAIR:
		print_pair(pr, depth);
		break;
	case NODE_REGISTER:
		put(pr, depth, "if (misc_register(&p->misc))");
		put(pr, depth + 1, "return%s;", pr->fn->role == ROLE_HELPER ? "" : " -EBUSY");
		break;
	case NODE_DEREGISTER:
		put(pr, depth, "misc_deregister(&p->misc);");
		break;
	case NODE_FREE:
		put(pr, depth, "kfree(p);");
		break;
	default: /* NODE_FIND stands with the variables */
		break;
	}
}
