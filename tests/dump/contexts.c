// SPDX-License-Identifier: GPL-2.0-only
/* A helper that probe calls for a new object, a work without its lock, and an ioctl with it, which also hands it down. */
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct foo {
	struct mutex lock;
	struct work_struct work;
	bool a:1, b:1;
};

static void foo_set(struct foo *foo)
{
	foo->a = true;
}

static void foo_set_under(struct mutex *lock, struct foo *foo)
{
	mutex_lock(lock);
	foo->b = true;
	mutex_unlock(lock);
}

static void foo_work(struct work_struct *work)
{
	foo_set(container_of(work, struct foo, work));
}

static int foo_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct foo *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	if (!foo)
		return -ENOMEM;
	INIT_WORK(&foo->work, foo_work);
	foo_set(foo);
	return 0;
}

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *foo = file->private_data;

	mutex_lock(&foo->lock);
	foo_set(foo);
	mutex_unlock(&foo->lock);
	foo_set_under(&foo->lock, foo);
	return 0;
}

void foo_exported(struct foo *foo)
{
	foo_set(foo);
}

const struct pci_driver foo_driver = {
	.probe = foo_probe,
};

const struct file_operations foo_fops = {
	.unlocked_ioctl = foo_ioctl,
};
