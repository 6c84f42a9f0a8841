// SPDX-License-Identifier: GPL-2.0-only
/* print.c - the functions of a program as C. */
#include <string.h>

#include "print.h"

static const char *const roles[] = { "helper", "probe", "remove", "open",  "release",
				     "read",   "write", "ioctl",  "work0", "work1",
				     "timer",  "irq0",	"irq1",	  "thread" };

const char *return_text(const struct function *fn)
{
	switch (fn->role) {
	case ROLE_PROBE:
	case ROLE_OPEN:
	case ROLE_RELEASE:
	case ROLE_READ:
	case ROLE_WRITE:
	case ROLE_IOCTL:
	case ROLE_THREAD:
		return "return 0;";
	case ROLE_IRQ0:
	case ROLE_IRQ1:
		return "return IRQ_HANDLED;";
	default:
		return "return;";
	}
}

/* --- heads */

static void print_helper_head(struct printer *pr, const struct function *fn)
{
	const struct program *p = pr->p;
	char lock[40] = "";

	if (fn->takes_lock)
		snprintf(lock, sizeof(lock), ", %s *lock", lock_type(fn->lock_kind));
	if (fn->takes_st)
		put(pr, 0, "static void dev%u_h%u(struct dev%u_st%u *st%s)", p->number,
		    (unsigned int)(fn - p->functions), p->number, fn->takes_st - 1,
		    fn->takes_arg ? ", unsigned long arg" : "");
	else
		put(pr, 0, "static void dev%u_h%u(struct dev%u *p%s%s%s)", p->number,
		    (unsigned int)(fn - p->functions), p->number,
		    fn->takes_arg ? ", unsigned long arg" : "", lock,
		    fn->takes_locked ? ", bool locked" : "");
}

static void print_head(struct printer *pr, const struct function *fn)
{
	unsigned int n = pr->p->number;
	const char *name = roles[fn->role];

	switch (fn->role) {
	case ROLE_HELPER:
		print_helper_head(pr, fn);
		break;
	case ROLE_PROBE:
		put(pr, 0,
		    "static int dev%u_probe(struct pci_dev *pdev, const struct pci_device_id *id)",
		    n);
		break;
	case ROLE_REMOVE:
		put(pr, 0, "static void dev%u_remove(struct pci_dev *pdev)", n);
		break;
	case ROLE_OPEN:
	case ROLE_RELEASE:
		put(pr, 0, "static int dev%u_%s(struct inode *inode, struct file *file)", n, name);
		break;
	case ROLE_READ:
		put(pr, 0,
		    "static ssize_t dev%u_read(struct file *file, char __user *buf, size_t arg, loff_t *pos)",
		    n);
		break;
	case ROLE_WRITE:
		put(pr, 0,
		    "static ssize_t dev%u_write(struct file *file, const char __user *buf, size_t arg, loff_t *pos)",
		    n);
		break;
	case ROLE_IOCTL:
		put(pr, 0,
		    "static long dev%u_ioctl(struct file *file, unsigned int cmd, unsigned long arg)",
		    n);
		break;
	case ROLE_TIMER:
		put(pr, 0, "static void dev%u_timer(struct timer_list *t)", n);
		break;
	case ROLE_IRQ0:
	case ROLE_IRQ1:
		put(pr, 0, "static irqreturn_t dev%u_%s(int irq, void *data)", n, name);
		break;
	case ROLE_THREAD:
		put(pr, 0, "static int dev%u_thread(void *data)", n);
		break;
	default:
		put(pr, 0, "static void dev%u_%s(struct work_struct *work)", n, name);
	}
}

/* --- local variables */

struct uses {
	bool q, o, flags, i;
};

static void note_uses(const struct program *p, uint16_t node, void *data)
{
	const struct node *n = &p->nodes[node];
	struct uses *u = data;

	u->q |= n->kind == NODE_ALIAS || n->kind == NODE_PEER || n->kind == NODE_EACH;
	u->i |= n->kind == NODE_REPEAT;
	u->o |= n->kind == NODE_LOCKED && n->style == STYLE_REBIND;
	u->flags |= n->kind == NODE_LOCKED && n->lock < LOCKS &&
		    p->locks[n->lock].kind == LOCK_SPIN;
}

static const char *object_of(const struct program *p, const struct function *fn)
{
	static char text[96];
	unsigned int n = p->number;

	switch (fn->role) {
	case ROLE_REMOVE:
		return p->find == FIND_STATIC ? NULL : "pci_get_drvdata(pdev)";
	case ROLE_WORK0:
	case ROLE_WORK1:
		snprintf(text, sizeof(text),
			 p->delayed ? "container_of(work, struct dev%u, work%u.work)" :
				      "container_of(work, struct dev%u, work%u)",
			 n, fn->role - ROLE_WORK0);
		return text;
	case ROLE_TIMER:
		return "from_timer(p, t, timer)";
	case ROLE_IRQ0:
	case ROLE_IRQ1:
	case ROLE_THREAD:
		return "data";
	default:
		return NULL;
	}
}

/* For file operations, which also find the object in other ways. */
static const char *object_of_file(const struct program *p, const struct function *fn)
{
	static char text[96];
	bool from_misc = fn->role == ROLE_OPEN || !program_role(p, ROLE_OPEN);

	if (p->find == FIND_MISC && from_misc)
		snprintf(text, sizeof(text), "container_of(file->private_data, struct dev%u, misc)",
			 p->number);
	else if (p->find == FIND_GLOBAL)
		snprintf(text, sizeof(text), p->once ? "READ_ONCE(dev%u_global)" : "dev%u_global",
			 p->number);
	else
		snprintf(text, sizeof(text), "file->private_data");
	return text;
}

static void print_variables(struct printer *pr, const struct function *fn)
{
	const struct program *p = pr->p;
	struct uses u = { 0 };
	unsigned int n = p->number;
	const char *object = role_is_file(fn->role) ? object_of_file(p, fn) : object_of(p, fn);
	bool finds = fn->body && p->nodes[fn->body].kind == NODE_FIND;

	block_walk(p, fn->body, note_uses, &u);
	if (fn->role != ROLE_HELPER) {
		if (p->find == FIND_STATIC)
			put(pr, 1, "struct dev%u *p = &dev%u_only;", n, n);
		else if (finds && object)
			put(pr, 1, "struct dev%u *p = %s;", n, object);
		else
			put(pr, 1, "struct dev%u *p;", n);
	}
	if (fn->container)
		put(pr, 1, "struct dev%u *p = container_of(st, struct dev%u, st%u);", n, n,
		    fn->takes_st - 1);
	if (u.i)
		put(pr, 1, "int i;");
	if (u.q)
		put(pr, 1, "struct dev%u *q;", n);
	if (u.o)
		put(pr, 1, "struct dev%u *o;", n);
	if (u.flags && p->spin_flavour == 1 && !role_is_atomic(fn->role))
		put(pr, 1, "unsigned long flags;");
	put(pr, 0, "%s", "");
	if (finds && role_is_file(fn->role) && p->find == FIND_GLOBAL)
		put(pr, 1, "if (!p)\n\t\treturn -ENODEV;"), pr->line++;
}

static void print_function(struct printer *pr, struct function *fn)
{
	const char *last = return_text(fn);

	pr->fn = fn;
	pr->nregions = 0;
	fn->line[0] = (uint16_t)pr->line;
	print_head(pr, fn);
	put(pr, 0, "{");
	print_variables(pr, fn);
	print_block(pr, fn->body, 1);
	if (strcmp(last, "return;"))
		put(pr, 1, "%s", last);
	fn->line[1] = (uint16_t)pr->line;
	put(pr, 0, "}");
}

/* --- the program */

static void print_forward(struct printer *pr)
{
	const struct program *p = pr->p;
	unsigned int i, n = p->number;

	for (i = 0; i < WORKS; i++)
		if (program_role(p, ROLE_WORK0 + i))
			put(pr, 0, "static void dev%u_work%u(struct work_struct *work);", n, i);
	if (program_role(p, ROLE_TIMER))
		put(pr, 0, "static void dev%u_timer(struct timer_list *t);", n);
	if (program_role(p, ROLE_THREAD))
		put(pr, 0, "static int dev%u_thread(void *data);", n);
	for (i = 0; i < IRQS; i++)
		if (program_role(p, ROLE_IRQ0 + i))
			put(pr, 0, "static irqreturn_t dev%u_irq%u(int irq, void *data);", n, i);
	if (p->find == FIND_MISC)
		put(pr, 0, "extern const struct file_operations dev%u_fops;", n);
}

/* Tables of operations stand between the functions they name and those that use them. */
static void print_ops(struct printer *pr)
{
	const struct program *p = pr->p;
	unsigned int i;

	for (i = 0; i < p->nfunctions; i++)
		if (p->functions[i].is_op && p->functions[i].role != ROLE_GONE)
			put(pr, 0,
			    "static const struct dev%u_ops dev%u_ops%u = { .set = dev%u_h%u };",
			    p->number, p->number, p->functions[i].is_op - 1, p->number, i);
}

/* Helpers call those with higher numbers. */
void print_program(struct printer *pr, struct program *p)
{
	unsigned int i;

	pr->p = p;
	print_records(pr);
	print_forward(pr);
	for (i = p->nfunctions; i-- > 0;)
		if (p->functions[i].role == ROLE_HELPER)
			print_function(pr, &p->functions[i]);
	print_ops(pr);
	for (i = 0; i < p->nfunctions; i++)
		if (p->functions[i].role != ROLE_HELPER && p->functions[i].role != ROLE_GONE)
			print_function(pr, &p->functions[i]);
	print_tables(pr);
}

void print_headers(struct printer *pr)
{
	static const char *const headers[] = { "fs",	     "interrupt", "kthread",  "list",
					       "miscdevice", "mutex",	  "pci",      "rcupdate",
					       "rwsem",	     "slab",	  "spinlock", "string",
					       "timer",	     "workqueue" };
	unsigned int i;

	put(pr, 0, "// SPDX-License-Identifier: GPL-2.0-only");
	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		put(pr, 0, "#include <linux/%s.h>", headers[i]);
}
