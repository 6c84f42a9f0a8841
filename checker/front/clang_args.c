// SPDX-License-Identifier: GPL-2.0-only
/* clang_args.c - the arguments that libclang gets for a tu. */
#include "clang_args.h"
#include "pch_index.h"

void clang_args_add(struct clang_args *a, const char *s)
{
	*vec_add(a->v, a->n, a->cap) = s;
}

/* Is it a flag about output or dependency files?  *skip: the next argument is its value. */
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

/* The precompiled header replaces what the command line includes. */
static void add_includes(struct clang_args *a, const char *annotations, const struct pch *pch,
			 struct arena *arena)
{
	if (pch) {
		clang_args_add(a, "-include-pch");
		clang_args_add(a, arena_printf(arena, "/proc/self/fd/%d", pch->fd));
		clang_args_add(a, "-Xclang");
		clang_args_add(a, "-fno-validate-pch");
	} else if (annotations) {
		clang_args_add(a, "-include");
		clang_args_add(a, annotations);
	}
}

const char *clang_args_make(struct clang_args *a, const struct tu *tu, struct arena *arena,
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
			clang_args_add(a, *arg);
	}
	/* #pragma clang __debug could crash the parser, or let it run for as long as it may. */
	clang_args_add(a, "-Xclang");
	clang_args_add(a, "-disable-pragma-debug-crash");
	clang_args_add(a, "-w");
	clang_args_add(a, "-Wno-everything");
	clang_args_add(a, "-Wno-error");
	clang_args_add(a, "-Wno-unknown-warning-option");
	clang_args_add(a, "-Qunused-arguments");
	clang_args_add(a, "-ferror-limit=1");
	clang_args_add(a, arena_printf(arena, "-working-directory=%s", tu->dir));
	if (overlay) {
		clang_args_add(a, "-ivfsoverlay");
		clang_args_add(a, overlay);
	}
	add_includes(a, annotations, pch, arena);
	return *arg;
}
