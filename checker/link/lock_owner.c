// SPDX-License-Identifier: GPL-2.0-only
/* lock_owner.c - which object a lock belongs to that only the model names. */
#include "lock_owner.h"
#include "kernel/linuxmodel.h"
#include "path.h"
#include "symtab.h"

static bool is_owner(const struct link *l, str lock, str key)
{
	return key && model_has_pair(l->model, MODEL_LOCK_OWNER, str_unqualified(key), lock);
}

const struct field *lock_owner_member(const struct link *l, str lock, str key)
{
	const struct record *r = key ? symtab_record(l, key) : NULL;
	uint32_t i;

	for (i = 0; r && !is_owner(l, lock, key) && i < r->nfields; i++)
		if (!(r->fields[i].flags & (FIELD_POINTER | FIELD_ARRAY)) &&
		    is_owner(l, lock, r->fields[i].record))
			return &r->fields[i];
	return NULL;
}

void lock_owner_find(const struct link *l, str lock, struct path *object)
{
	const struct field *m = lock_owner_member(l, lock, object->type);
	struct step s = { STEP_FIELD, object->type, m ? m->name : 0 };

	if (!m)
		return;
	path_append(object, &s);
	object->type = m->record;
}

bool lock_owner_is_other(const struct link *l, const struct path *obj, const struct path *lock)
{
	str name = lock->nsteps ? lock->steps[lock->nsteps - 1].field : 0;
	uint32_t common = common_steps(obj, lock), i;
	bool pointer = false;

	if (!name || lock->steps[lock->nsteps - 1].record ||
	    !(is_owner(l, name, obj->type) || lock_owner_member(l, name, obj->type)))
		return false;
	for (i = common; i < obj->nsteps; i++) {
		if (!step_embeds(&obj->steps[i]) && obj->steps[i].kind != STEP_PTR)
			return false;
		pointer |= obj->steps[i].kind == STEP_PTR;
	}
	for (i = common; i < lock->nsteps; i++) {
		if (!step_embeds(&lock->steps[i]) && lock->steps[i].kind != STEP_PTR)
			return false;
		pointer |= lock->steps[i].kind == STEP_PTR;
	}
	return pointer;
}
