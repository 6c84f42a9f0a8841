// SPDX-License-Identifier: GPL-2.0-only
/* A block of a netdevice notifier is known by the call that registers it. */
#include <linux/netdevice.h>
#include <linux/notifier.h>

static int foo_event(struct notifier_block *nb, unsigned long event, void *data)
{
	return 0;
}

static struct notifier_block foo_nb = {
	.notifier_call = foo_event,
};

int foo_start(void)
{
	return register_netdevice_notifier(&foo_nb);
}
