// SPDX-License-Identifier: GPL-2.0-only
/* ccflags.c - the arguments libclang gets for a unit. */
#include "front_priv.h"

void cc_args_add(struct cc_args *a, const char *s)
{
	*vec_add(a->v, a->n, a->cap) = s;
}

/* Flags of the output and of dependency files; *skip: the next argument belongs to it. */
static bool is_output_flag(const char *s, bool *skip)
{
	static const char *const alone[] = { "-c", "-S", "-E", "-MD", "-MMD", "-MP", "-M", "-MM" };
	static const char *const with_value[] = { "-o", "-MF", "-MT", "-MQ" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(with_value); i++)
		if (!strcmp(s, with_value[i])) {
			*skip = true;
			return true;
		}
	for (i = 0; i < ARRAY_SIZE(alone); i++)
		if (!strcmp(s, alone[i]))
			return true;
	return !strncmp(s, "-Wp,-M", 6);
}

/* The precompiled header stands for what the command line includes. */
static void add_includes(struct cc_args *a, const char *annotations, const struct pch *pch,
			 struct arena *arena)
{
	if (pch) {
		cc_args_add(a, "-include-pch");
		cc_args_add(a, arena_printf(arena, "/proc/self/fd/%d", pch->fd));
		cc_args_add(a, "-Xclang");
		cc_args_add(a, "-fno-validate-pch");
	} else if (annotations) {
		cc_args_add(a, "-include");
		cc_args_add(a, annotations);
	}
}

const char *cc_args_make(struct cc_args *a, const struct tu *tu, struct arena *arena,
			 const char *annotations, const char *overlay, const struct pch *pch)
{
	bool skip = false;
	char *const *arg;

	for (arg = tu->argv + 1; arg[1]; arg++) {
		if (skip)
			skip = false;
		else if (pch && !strcmp(*arg, "-include"))
			skip = true;
		else if (!is_output_flag(*arg, &skip))
			cc_args_add(a, *arg);
	}
	cc_args_add(a, "-w");
	cc_args_add(a, "-Wno-everything");
	cc_args_add(a, "-Wno-error");
	cc_args_add(a, "-Wno-unknown-warning-option");
	cc_args_add(a, "-Qunused-arguments");
	cc_args_add(a, "-ferror-limit=1");
	cc_args_add(a, arena_printf(arena, "-working-directory=%s", tu->dir));
	if (overlay) {
		cc_args_add(a, "-ivfsoverlay");
		cc_args_add(a, overlay);
	}
	add_includes(a, annotations, pch, arena);
	return *arg;
}
