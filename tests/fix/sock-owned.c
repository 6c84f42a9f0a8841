// SPDX-License-Identifier: GPL-2.0-only
/* Fields under the spinlock in a lock that a task owns share no unit with those that the task stores to under the lock. */
// fix: --strategy=separate
#include <linux/fs.h>
#include <linux/timer.h>
#include <net/sock.h>

struct foo {
	struct sock sk;
	struct timer_list timer;
	bool ready : 1;
	bool a : 1;
	bool b : 1;
	bool c : 1;
	bool d : 1;
	void *end;
};

static void foo_timer(struct timer_list *t)
{
	struct foo *foo = container_of(t, struct foo, timer);

	bh_lock_sock(&foo->sk);
	if (sock_owned_by_user(&foo->sk)) {
		foo->a = true;
		foo->b = true;
	}
	bh_unlock_sock(&foo->sk);
}

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *foo = file->private_data;

	timer_setup(&foo->timer, foo_timer, 0);
	mod_timer(&foo->timer, arg);
	return 0;
}

static ssize_t foo_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct foo *foo = file->private_data;

	lock_sock(&foo->sk);
	foo->c = len;
	foo->d = len > 1;
	release_sock(&foo->sk);
	return len;
}

const struct file_operations foo_fops = {
	.unlocked_ioctl = foo_ioctl,
	.write = foo_write,
};
