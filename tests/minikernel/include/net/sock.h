/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _NET_SOCK_H
#define _NET_SOCK_H

#include <linux/net.h>
#include <linux/spinlock.h>

typedef struct {
	spinlock_t slock;
	int owned;
} socket_lock_t;

struct sock {
	socket_lock_t sk_lock;
	void *sk_user_data;
};

void lock_sock_nested(struct sock *sk, int subclass);
void release_sock(struct sock *sk);
bool lock_sock_fast(struct sock *sk);
void unlock_sock_fast(struct sock *sk, bool slow);
void sockopt_lock_sock(struct sock *sk);
void sockopt_release_sock(struct sock *sk);

#define bh_lock_sock(sk) spin_lock(&((sk)->sk_lock.slock))
#define bh_unlock_sock(sk) spin_unlock(&((sk)->sk_lock.slock))

static inline bool sock_owned_by_user(const struct sock *sk)
{
	return sk->sk_lock.owned;
}

static inline void lock_sock(struct sock *sk)
{
	lock_sock_nested(sk, 0);
}

#endif
