// SPDX-License-Identifier: GPL-2.0-only
/* sock_create_kern() stores a new object into the variable whose address it is handed. */
struct net;
struct socket;

int sock_create_kern(struct net *net, int family, int type, int protocol, struct socket **res);

struct socket *foo_connect(struct net *net)
{
	struct socket *sock;

	if (sock_create_kern(net, 2, 1, 0, &sock) < 0)
		return 0;
	return sock;
}
