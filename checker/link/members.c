// SPDX-License-Identifier: GPL-2.0-only
/* members.c - members that the model names. */
#include "members.h"
#include "path.h"
#include "symtab.h"

static const struct field *member_named(const struct link *l, str record, str name)
{
	const struct record *r = record ? symtab_record(l, record) : NULL;
	uint32_t i;

	for (i = 0; r && i < r->nfields; i++)
		if (r->fields[i].name == name)
			return &r->fields[i];
	return NULL;
}

bool members_append(const struct link *l, str member, struct path *object)
{
	const struct field *m = member_named(l, object->type, member);
	struct step s = { STEP_FIELD, object->type, member };
	bool fits;

	if (m && m->flags & FIELD_POINTER)
		s.kind = STEP_PTR;
	fits = path_append(object, &s);
	object->type = m ? m->record : 0;
	return fits;
}

void members_follow(const struct link *l, str members, struct path *object)
{
	char *names = xstrdup(str_get(members)), *rest = names, *name;

	while ((name = strsep(&rest, "."))) {
		if (!member_named(l, object->type, str_intern(name))) {
			*object = path_untracked(0);
			break;
		}
		members_append(l, str_intern(name), object);
	}
	free(names);
}
