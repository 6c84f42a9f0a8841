// SPDX-License-Identifier: GPL-2.0-only
/* known_life.c - programs whose outcome is known: what starts, ends, and lives. */
#include "known.h"

/* --- works, timers, interrupts, with a static object */

static void work(void)
{
	two(act(NODE_QUEUE, 0), store(A, VALUE_1));
	function(ROLE_WORK0, store(B, VALUE_1));
}

static void work_never_queued(void)
{
	function(ROLE_IOCTL, store(A, VALUE_1));
	function(ROLE_WORK0, store(B, VALUE_1));
}

static void work_cancelled(void)
{
	function(ROLE_IOCTL, locked(M0, both(act(NODE_QUEUE, 0),
					     both(act(NODE_CANCEL, 0), store(A, VALUE_1)))));
	function(ROLE_WORK0, store(B, VALUE_1));
}

static void work_flushed(void)
{
	function(ROLE_IOCTL,
		 locked(M0, both(act(NODE_QUEUE, 0), both(act(NODE_FLUSH, 0), store(A, VALUE_1)))));
	function(ROLE_WORK0, store(B, VALUE_1));
}

static void work_cancelled_late(void)
{
	function(ROLE_IOCTL, locked(M0, both(act(NODE_QUEUE, 0),
					     both(store(A, VALUE_1), act(NODE_CANCEL, 0)))));
	function(ROLE_WORK0, store(B, VALUE_1));
}

static void work_alone(void)
{
	function(ROLE_IOCTL, act(NODE_QUEUE, 0));
	function(ROLE_WORK0, both(store(A, VALUE_FLIP), store(B, VALUE_FLIP)));
}

static void timer_alone(void)
{
	function(ROLE_IOCTL, act(NODE_ARM, 0));
	function(ROLE_TIMER, both(store(A, VALUE_FLIP), store(B, VALUE_FLIP)));
}

static void timer_stopped(void)
{
	function(ROLE_IOCTL,
		 locked(M0, both(act(NODE_ARM, 0), both(act(NODE_DISARM, 0), store(A, VALUE_1)))));
	function(ROLE_TIMER, store(B, VALUE_1));
}

static void two_irqs(void)
{
	function(ROLE_IOCTL, both(act(NODE_REQUEST, 0), act(NODE_REQUEST, 1)));
	function(ROLE_IRQ0, locked(SPIN, store(A, VALUE_1)));
	function(ROLE_IRQ1, store(B, VALUE_1));
}

static void irq_freed(void)
{
	function(ROLE_IOCTL, locked(M0, both(act(NODE_REQUEST, 0),
					     both(act(NODE_FREE_IRQ, 0), store(A, VALUE_1)))));
	function(ROLE_IRQ0, store(B, VALUE_1));
}

static void irq_waited_for(void)
{
	function(ROLE_IOCTL, locked(M0, both(act(NODE_REQUEST, 0),
					     both(act(NODE_SYNC_IRQ, 0), store(A, VALUE_1)))));
	function(ROLE_IRQ0, store(B, VALUE_1));
}

/* --- the life of an object */

static void set_up_before(void)
{
	probe(both(store(A, VALUE_1), act(NODE_REGISTER, 0)));
	function(ROLE_IOCTL, store(B, VALUE_1));
}

static void set_up_after(void)
{
	probe(both(act(NODE_REGISTER, 0), store(A, VALUE_1)));
	function(ROLE_IOCTL, store(B, VALUE_1));
}

static void published_before(void)
{
	probe(both(act(NODE_PUBLISH, 0), store(A, VALUE_1)));
	function(ROLE_IOCTL, store(B, VALUE_1));
}

static void irq_requested_before(void)
{
	probe(both(act(NODE_REQUEST, 0), store(A, VALUE_1)));
	function(ROLE_IRQ0, store(B, VALUE_1));
}

static void removed(void)
{
	probe(act(NODE_REQUEST, 0));
	function(ROLE_IRQ0, store(B, VALUE_1));
	function(ROLE_REMOVE, both(store(A, VALUE_1), act(NODE_FREE_IRQ, 0)));
}

static void open_of_own(void)
{
	uint8_t f = function_new(&now, ROLE_OPEN);

	now.functions[f].body =
		both(node_new(&now, NODE_ALLOC), both(act(NODE_DRVDATA, 0), store(A, VALUE_1)));
	function(ROLE_IOCTL, store(B, VALUE_1));
	function(ROLE_RELEASE, both(store(A, VALUE_0), act(NODE_FREE, 0)));
}

/* Two devices, each with a misc device and the other as its peer. */
static void peers(uint16_t ioctl, uint16_t write)
{
	now.peer = 1;
	probe(both(act(NODE_PAIR, 0), act(NODE_REGISTER, 0)));
	two(ioctl, write);
}

static void lock_of_own(void)
{
	peers(locked(M0, store(A, VALUE_1)), locked(M0, store(B, VALUE_1)));
}

static void lock_of_other(void)
{
	peers(locked(M0, store(A, VALUE_1)), locked(M0, block(NODE_PEER, of_q(store(B, VALUE_1)))));
}

static void lock_of_peer(void)
{
	peers(locked(M0, store(A, VALUE_1)),
	      block(NODE_PEER, of_q(locked(M0, of_q(store(B, VALUE_1))))));
}

static void pointer_changed(void)
{
	peers(locked(M0, store(A, VALUE_1)), rebind(locked(M0, store(B, VALUE_1))));
}

static void pointer_changed_alone(void)
{
	now.nobjects = 1;
	lock_of_own();
	now.nodes[now.functions[2].body].next = rebind(locked(M0, store(B, VALUE_1)));
}

static void list(void)
{
	now.list = 1;
	probe(both(act(NODE_LIST_ADD, 0), act(NODE_REGISTER, 0)));
	two(locked(M0, store(A, VALUE_1)), locked(M0, block(NODE_EACH, of_q(store(B, VALUE_1)))));
}

const struct known_case known_life[] = {
	{ "work", "ab ba", work, FIND_STATIC, 1 },
	{ "work that is not queued", "", work_never_queued, FIND_STATIC, 1 },
	{ "work cancelled before", "", work_cancelled, FIND_STATIC, 1 },
	{ "work flushed before", "", work_flushed, FIND_STATIC, 1 },
	{ "work cancelled after", "ab ba", work_cancelled_late, FIND_STATIC, 1 },
	{ "work against itself", "", work_alone, FIND_STATIC, 1 },
	{ "timer against itself", "", timer_alone, FIND_STATIC, 1 },
	{ "timer stopped before", "", timer_stopped, FIND_STATIC, 1 },
	{ "two interrupts", "ab ba", two_irqs, FIND_STATIC, 1 },
	{ "interrupt freed before", "", irq_freed, FIND_STATIC, 1 },
	{ "interrupt only waited for", "ab ba", irq_waited_for, FIND_STATIC, 1 },
	{ "set-up before the device is registered", "", set_up_before, FIND_MISC, 1 },
	{ "set-up after it is", "ab ba", set_up_after, FIND_MISC, 1 },
	{ "set-up after publication", "ab ba", published_before, FIND_GLOBAL, 1 },
	{ "set-up after request_irq()", "ab ba", irq_requested_before, FIND_MISC, 1 },
	{ "remove before free_irq()", "end", removed, FIND_MISC, 1 },
	{ "open and release of its own object", "", open_of_own, FIND_FILE, 2 },
	{ "each object with its lock", "", lock_of_own, FIND_MISC, 2 },
	{ "the lock of another object", "ab ba", lock_of_other, FIND_MISC, 2 },
	{ "the lock of the peer", "", lock_of_peer, FIND_MISC, 2 },
	{ "a pointer changed under the lock", "ab ba", pointer_changed, FIND_MISC, 2 },
	{ "... to no other object", "", pointer_changed_alone, FIND_MISC, 1 },
	{ "a list", "ab ba", list, FIND_MISC, 2 },
	{ "a list of one", "", list, FIND_MISC, 1 },
	{ 0 },
};
