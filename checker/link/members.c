// SPDX-License-Identifier: GPL-2.0-only
/* members.c - members that the model names. */
#include "members.h"
#include "path.h"
#include "symtab.h"

bool members_append(const struct link *l, str member, struct path *object)
{
	const struct field *m = symtab_member(l, object->type, member);
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
		if (!symtab_member(l, object->type, str_intern(name))) {
			*object = path_untracked(0);
			break;
		}
		members_append(l, str_intern(name), object);
	}
	free(names);
}

bool member_is_overlaid(const struct link *l, const struct step *s)
{
	const struct field *m = s->kind == STEP_FIELD ? symtab_member(l, s->record, s->field) :
							NULL;

	return m && m->flags & (FIELD_IN_UNION | FIELD_ALTERNATIVE);
}
