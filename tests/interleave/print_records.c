// SPDX-License-Identifier: GPL-2.0-only
/* print_records.c - the record of a program, its global variables, wrappers of locks and tables. */
#include <stdarg.h>

#include "print.h"

void put(struct printer *pr, unsigned int depth, const char *fmt, ...)
{
	va_list ap;

	while (depth--)
		fputc('\t', pr->out);
	va_start(ap, fmt);
	vfprintf(pr->out, fmt, ap);
	va_end(ap);
	fputc('\n', pr->out);
	pr->line++;
}

char field_name(unsigned int field)
{
	return (char)('a' + field);
}

const char *flag_name(unsigned int flag)
{
	return flag ? "busy" : "ready";
}

const char *var_name(unsigned int var)
{
	static const char *const names[] = { "p", "q", "o" };

	return names[var];
}

const char *lock_type(unsigned int kind)
{
	static const char *const types[] = { "struct mutex", "spinlock_t", "struct rw_semaphore" };

	return types[kind];
}

const char *print_lock_name(struct printer *pr, unsigned int lock, const char *var)
{
	static char text[2][48];
	static int turn;
	char *s = text[turn++ % 2];
	const struct lock *l = &pr->p->locks[lock % LOCKS];

	if (lock == LOCK_PARAM)
		return "lock";
	if (l->global)
		snprintf(s, sizeof(text[0]), "&dev%u_lock%u", pr->p->number, lock);
	else if (l->element)
		snprintf(s, sizeof(text[0]), "&%s->locks%u[%u]", var, lock + 1 - l->element,
			 l->element - 1);
	else
		snprintf(s, sizeof(text[0]), "&%s->lock%u", var, lock);
	return s;
}

static void print_field(struct printer *pr, unsigned int i, bool in_union, unsigned int depth)
{
	const struct field *f = &pr->p->fields[i];
	const char *type = f->type ? "unsigned int" : f->width == 1 ? "bool" : "u8";

	if (in_union)
		type = "u8";
	if (f->separator == SEP_ZERO)
		put(pr, depth, "%s :0;", type);
	if (f->separator == SEP_MEMBER)
		put(pr, depth, "int count_%c;", field_name(i));
	put(pr, depth, "%s %c:%u;", type, field_name(i), f->width);
}

static void print_fields(struct printer *pr, unsigned int group, unsigned int depth)
{
	unsigned int i;

	for (i = 0; i < pr->p->nfields; i++)
		if (pr->p->fields[i].group == group)
			print_field(pr, i, pr->p->groups[group].kind == GROUP_UNION, depth);
}

static void print_group(struct printer *pr, unsigned int g)
{
	const struct group *group = &pr->p->groups[g];

	switch (group->kind) {
	case GROUP_PLAIN:
		print_fields(pr, g, 1);
		break;
	case GROUP_ARRAY:
		put(pr, 1, "struct dev%u_st%u st%u[2];", pr->p->number, g, g);
		break;
	case GROUP_CHILD:
		put(pr, 1, "struct dev%u_st%u *st%u;", pr->p->number, g, g);
		break;
	case GROUP_NESTED:
		put(pr, 1, "struct dev%u_st%u st%u;", pr->p->number, g, g);
		if (group->copies == 2)
			put(pr, 1, "struct dev%u_st%u alt%u;", pr->p->number, g, g);
		break;
	default:
		put(pr, 1, "union {");
		put(pr, 2, "struct {");
		print_fields(pr, g, 3);
		put(pr, 2, "};");
		put(pr, 2, "u8 all%u;", g);
		put(pr, 1, "};");
	}
}

static void print_locks(struct printer *pr, bool global)
{
	const struct program *p = pr->p;
	unsigned int i;

	for (i = 0; i < p->nlocks; i++) {
		const struct lock *l = &p->locks[i];

		if (l->global != global || l->element == 2)
			continue;
		if (global && l->kind == LOCK_MUTEX)
			put(pr, 0, "static DEFINE_MUTEX(dev%u_lock%u);", p->number, i);
		else if (global && l->kind == LOCK_SPIN)
			put(pr, 0, "static DEFINE_SPINLOCK(dev%u_lock%u);", p->number, i);
		else if (global)
			put(pr, 0, "static DECLARE_RWSEM(dev%u_lock%u);", p->number, i);
		else if (l->element)
			put(pr, 1, "%s locks%u[2];", lock_type(l->kind), i);
		else
			put(pr, 1, "%s lock%u;", lock_type(l->kind), i);
	}
}

static void print_members(struct printer *pr)
{
	const struct program *p = pr->p;
	unsigned int i;

	if (p->find == FIND_MISC)
		put(pr, 1, "struct miscdevice misc;");
	for (i = 0; i < WORKS; i++)
		if (program_role(p, ROLE_WORK0 + i))
			put(pr, 1, "struct %s work%u;", p->delayed ? "delayed_work" : "work_struct",
			    i);
	if (program_role(p, ROLE_TIMER))
		put(pr, 1, "struct timer_list timer;");
	if (program_role(p, ROLE_IRQ0) || program_role(p, ROLE_IRQ1))
		put(pr, 1, "int irq;");
	if (program_role(p, ROLE_THREAD))
		put(pr, 1, "struct task_struct *task;");
	if (p->list)
		put(pr, 1, "struct list_head node;");
	if (p->peer)
		put(pr, 1, "struct dev%u *peer;", p->number);
	if (p->ops)
		put(pr, 1, "const struct dev%u_ops *ops;", p->number);
	for (i = 0; i < p->nflags; i++)
		put(pr, 1, "bool %s;", flag_name(i));
}

/* Functions that take, drop or name a lock for their caller. */
static void print_wrapper(struct printer *pr, unsigned int lock)
{
	static const char *const take[] = { "mutex_lock", "spin_lock", "down_write" };
	static const char *const drop[] = { "mutex_unlock", "spin_unlock", "up_write" };
	static const char *const try[] = { "mutex_trylock", "spin_trylock", "down_write_trylock" };
	const struct lock *l = &pr->p->locks[lock];
	const char *name = print_lock_name(pr, lock, "p");
	unsigned int n = pr->p->number;

	put(pr, 0, "static __maybe_unused void dev%u_take%u(struct dev%u *p)", n, lock, n);
	put(pr, 0, "{\n\t%s(%s);\n}", take[l->kind], name);
	put(pr, 0, "static __maybe_unused void dev%u_drop%u(struct dev%u *p)", n, lock, n);
	put(pr, 0, "{\n\t%s(%s);\n}", drop[l->kind], name);
	put(pr, 0, "static __maybe_unused bool dev%u_try%u(struct dev%u *p)", n, lock, n);
	put(pr, 0, "{\n\treturn %s(%s);\n}", try[l->kind], name);
	put(pr, 0, "static __maybe_unused %s *dev%u_lock_of%u(struct dev%u *p)", lock_type(l->kind),
	    n, lock, n);
	put(pr, 0, "{\n\treturn %s;\n}", name);
	pr->line += 8; /* those within */
}

void print_records(struct printer *pr)
{
	const struct program *p = pr->p;
	unsigned int g, lock, n = p->number;

	for (g = 0; g < p->ngroups; g++) {
		if (!group_has_record(&p->groups[g]))
			continue;
		put(pr, 0, "struct dev%u_st%u {", n, g);
		print_fields(pr, g, 1);
		put(pr, 0, "};");
	}
	put(pr, 0, "struct dev%u;", n);
	if (p->ops) {
		put(pr, 0, "struct dev%u_ops {", n);
		put(pr, 1, "void (*set)(struct dev%u *p);", n);
		put(pr, 0, "};");
	}
	put(pr, 0, "struct dev%u {", n);
	print_locks(pr, false);
	print_members(pr);
	for (g = 0; g < p->ngroups; g++)
		print_group(pr, g);
	put(pr, 0, "};");
	print_locks(pr, true);
	if (p->list)
		put(pr, 0, "static LIST_HEAD(dev%u_list);", n);
	if (p->peer)
		put(pr, 0, "static struct dev%u *dev%u_first;", n, n);
	if (p->find == FIND_GLOBAL)
		put(pr, 0, "static struct dev%u *dev%u_global;", n, n);
	if (p->find == FIND_STATIC)
		put(pr, 0, "static struct dev%u dev%u_only;", n, n);
	for (lock = 0; lock < p->nlocks; lock++)
		if (program_wraps(p, lock))
			print_wrapper(pr, lock);
}

void print_tables(struct printer *pr)
{
	static const char *const members[] = { "open", "release", "read", "write",
					       "unlocked_ioctl" };
	static const char *const names[] = { "open", "release", "read", "write", "ioctl" };
	const struct program *p = pr->p;
	unsigned int i, n = p->number;

	put(pr, 0, "const struct file_operations dev%u_fops = {", n);
	for (i = 0; i < 5; i++)
		if (program_role(p, ROLE_OPEN + i))
			put(pr, 1, ".%s = dev%u_%s,", members[i], n, names[i]);
	put(pr, 0, "};");
	if (!program_role(p, ROLE_PROBE))
		return;
	put(pr, 0, "struct pci_driver dev%u_driver = {", n);
	put(pr, 1, ".probe = dev%u_probe,", n);
	if (program_role(p, ROLE_REMOVE))
		put(pr, 1, ".remove = dev%u_remove,", n);
	put(pr, 0, "};");
}
