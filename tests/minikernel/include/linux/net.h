/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NET_H
#define _LINUX_NET_H

#include <linux/kernel.h>

struct sock;

struct socket {
	struct sock *sk;
	const struct proto_ops *ops;
};

struct msghdr {
	void *msg_name;
};

struct proto_ops {
	int (*setsockopt)(struct socket *sock, int level, int optname, char __user *optval,
			  unsigned int optlen);
	int (*sendmsg)(struct socket *sock, struct msghdr *m, size_t total_len);
};

#endif
