// SPDX-License-Identifier: GPL-2.0-only
/* known_build.c - puts programs together by hand. */
#include <string.h>

#include "known.h"

struct program now;

uint16_t store(unsigned int field, enum value value)
{
	uint16_t n = node_new(&now, NODE_STORE);

	now.nodes[n].field = (uint8_t)field;
	now.nodes[n].value = (uint8_t)value;
	return n;
}

uint16_t of_q(uint16_t node)
{
	now.nodes[node].var = VAR_Q;
	return node;
}

uint16_t both(uint16_t first, uint16_t second)
{
	block_append(&now, &first, second);
	return first;
}

uint16_t act(enum node_kind kind, unsigned int index)
{
	uint16_t n = node_new(&now, kind);

	now.nodes[n].index = (uint8_t)index;
	return n;
}

uint16_t block(enum node_kind kind, uint16_t body)
{
	uint16_t n = node_new(&now, kind);

	now.nodes[n].child[0] = body;
	return n;
}

uint16_t locked(unsigned int lock, uint16_t body)
{
	uint16_t n = block(NODE_LOCKED, body);

	now.nodes[n].lock = (uint8_t)lock;
	return n;
}

uint16_t shared(uint16_t lock)
{
	now.nodes[lock].shared = 1;
	return lock;
}

uint16_t rebind(uint16_t lock)
{
	now.nodes[lock].style = STYLE_REBIND;
	return lock;
}

uint16_t trylocked(unsigned int lock, uint16_t success, uint16_t failure)
{
	uint16_t n = block(NODE_TRY, success);

	now.nodes[n].lock = (uint8_t)lock;
	now.nodes[n].child[1] = failure;
	return n;
}

uint16_t dropped(unsigned int lock, uint16_t body)
{
	uint16_t n = block(NODE_DROP, body);

	now.nodes[n].lock = (uint8_t)lock;
	return n;
}

uint16_t when(enum cond_kind kind, uint16_t body)
{
	uint16_t n = block(NODE_IF, body);

	now.nodes[n].cond = (struct cond){ .kind = (uint8_t)kind };
	return n;
}

uint16_t set_ready(void)
{
	uint16_t n = act(NODE_FLAG, 0);

	now.nodes[n].value = 1;
	return n;
}

uint16_t call_with(unsigned int function, unsigned int lock)
{
	uint16_t n = act(NODE_CALL, function);

	now.nodes[n].lock_arg = (uint8_t)lock;
	return n;
}

void function(enum role role, uint16_t body)
{
	uint8_t f = function_new(&now, role);

	now.functions[f].body = node_new(&now, NODE_FIND);
	block_append(&now, &now.functions[f].body, body);
}

unsigned int helper_with_lock(uint16_t body)
{
	uint8_t f = function_new(&now, ROLE_HELPER);

	now.functions[f].takes_lock = 1;
	now.functions[f].body = body;
	return f;
}

void probe(uint16_t body)
{
	uint8_t f = function_new(&now, ROLE_PROBE);

	now.functions[f].body = node_new(&now, NODE_ALLOC);
	block_append(&now, &now.functions[f].body, body);
}

void world(enum find find, unsigned int nobjects)
{
	static const uint8_t kinds[] = { LOCK_MUTEX, LOCK_SPIN, LOCK_MUTEX, LOCK_RWSEM };
	unsigned int i;

	memset(&now, 0, sizeof(now));
	now.find = (uint8_t)find;
	now.birth = find == FIND_STATIC ? BIRTH_STATIC :
		    find == FIND_FILE	? BIRTH_OPEN :
					  BIRTH_PROBE;
	now.nobjects = (uint8_t)nobjects;
	now.ngroups = now.groups[0].copies = 1;
	now.nfields = 3;
	now.nflags = 1;
	now.nlocks = 4;
	for (i = 0; i < 4; i++)
		now.locks[i].kind = kinds[i];
	for (i = 0; i < 3; i++)
		now.fields[i].width = 1;
	now.fields[C].separator = SEP_ZERO;
	program_layout(&now);
}

void two(uint16_t ioctl, uint16_t write)
{
	function(ROLE_IOCTL, ioctl);
	function(ROLE_WRITE, write);
}
