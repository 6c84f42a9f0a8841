// SPDX-License-Identifier: GPL-2.0-only
/* lint_confine.c - what the analysis of patches that are not trusted may do. */
#include "base/sandbox.h"
#include "datafile.h"
#include "extract.h"
#include "lint_confine.h"

/* Adds the absolute directories of "-isystem DIR": gcc's own headers, for one. */
static void add_system_directories(struct args *readable, char *const *argv)
{
	for (; *argv; argv++)
		if (!strcmp(*argv, "-isystem") && argv[1] && *argv[1] == '/')
			args_add_once(readable, argv[1], strlen(argv[1]));
}

void lint_confine(struct lint *l)
{
	char *annotations = annotations_find();
	size_t i;

	args_add(&l->readable, "%s", l->tree.kdir);
	args_add(&l->readable, "%s", l->tree.objdir);
	args_add(&l->readable, "%s", l->dir);
	args_add(&l->readable, "%s", annotations);
	args_add(&l->readable, "%s", LLVM_DIR "/lib/clang");
	for (i = 0; i < l->tus.n; i++)
		add_system_directories(&l->readable, l->tus.tus[i].argv);
	free(annotations);
}

void lint_confine_worker(const struct lint *l)
{
	struct args paths = { 0 };

	args_add(&paths, "%s", l->tree.kdir);
	args_add(&paths, "%s", l->dir);
	extract_confine_to(&paths);
	args_free(&paths);
}

void lint_warn_unconfined(void)
{
	static const char *const networks[] = {
		[NETWORK_OFF] = NULL,
		[NETWORK_NO_TCP] =
			"this kernel lets us take TCP alone from make and git: they could use other protocols",
		[NETWORK_ON] =
			"this kernel lets us take no network from make and git (see unshare(2))",
	};

	if (networks[sandbox_network()])
		warn("%s", networks[sandbox_network()]);
	if (!sandbox_has_landlock())
		warn("this kernel cannot limit what make writes and what the patches include (it has no Landlock)");
}
