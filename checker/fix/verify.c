// SPDX-License-Identifier: GPL-2.0-only
/* verify.c - does each patch apply, build, check clean, lay out as planned and end the race? */
#include <unistd.h>

#include "files.h"
#include "scratch.h"
#include "verify.h"

void check_add(struct patch *patch, int outcome, const char *what, const char *detail)
{
	*vec_add(patch->checks, patch->nchecks, patch->checks_cap) =
		(struct check){ .what = what, .outcome = outcome, .detail = detail };
}

static void check_result(struct patch *patch, const char *what, const char *failure)
{
	check_add(patch, failure ? CHECK_FAILED : CHECK_OK, what, failure);
}

static bool all_ok(const struct series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++)
		for (j = 0; j < s->patches[i].nchecks; j++)
			if (s->patches[i].checks[j].outcome == CHECK_FAILED)
				return false;
	return true;
}

/* --- builds */

enum { CLANG, GCC, BUILDS };

struct verification {
	struct series *s;
	char *src;
	struct build builds[BUILDS];
	struct args targets;
	struct args sparse; /* its warnings before any patch */
};

/* "gcc 12.2.0" from the version the compiler prints first. */
static const char *compiler_name(struct series *s, const char *program, const char *name)
{
	struct args args = { 0 };
	struct result r;
	const char *full;

	args_add(&args, "%s", program);
	args_add(&args, strcmp(name, "gcc") ? "-dumpversion" : "-dumpfullversion");
	process_run(&r, NULL, &args);
	full = arena_printf(&s->a, "%s %.*s", name, (int)strcspn(r.out, "\n"), r.out);
	result_free(&r);
	args_free(&args);
	return full;
}

/* The prefix of gcc for the architecture, or NULL: there is none. */
static const char *gcc_prefix(const struct fix_options *o)
{
	static const struct {
		const char *arch, *prefix, *native;
	} prefixes[] = {
		{ "x86", "x86_64-linux-gnu-", "__x86_64__" },
		{ "arm64", "aarch64-linux-gnu-", "__aarch64__" },
	};
	size_t i;
	char *gcc;
	bool there;

	for (i = 0; i < ARRAY_SIZE(prefixes); i++) {
		if (strcmp(o->arch, prefixes[i].arch))
			continue;
		gcc = xasprintf("%sgcc", prefixes[i].prefix);
		there = program_exists(gcc);
		free(gcc);
		return there ? prefixes[i].prefix : NULL;
	}
	return NULL;
}

static void build_open(struct verification *v, struct build *b, bool clang)
{
	const char *prefix = clang ? "" : gcc_prefix(v->s->o);

	*b = (struct build){ .series = v->s, .a = &v->s->a, .clang = clang, .src = v->src };
	b->cross = prefix ? prefix : "";
	b->objdir = xasprintf("%s/%s", v->s->scratch, clang ? "clang" : "gcc");
	b->usable = clang ? program_exists("clang-19") : prefix != NULL;
	if (b->usable)
		b->name = compiler_name(v->s,
					clang ? "clang-19" : arena_printf(b->a, "%sgcc", prefix),
					clang ? "clang" : "gcc");
}

/* Builds the targets with all warnings and adds those to `warnings`; NULL, or why make failed. */
static const char *build_all(struct verification *v, struct build *b, struct args *warnings)
{
	const char *failure = NULL;
	struct args more = { 0 };
	struct result r;

	if (!v->targets.n)
		return "no file with code that handles the struct was analysed";
	args_add(&more, "W=1");
	args_add(&more, "KCFLAGS=-gdwarf-4");
	build_make(b, &more, &v->targets, &r);
	if (r.status)
		failure = arena_printf(b->a, "%s", r.err);
	build_warnings(b, &r, warnings);
	result_free(&r);
	args_free(&more);
	return failure;
}

static const char *sparse_all(struct verification *v, struct args *warnings)
{
	const char *failure = NULL;
	struct args more = { 0 };
	struct result r;

	args_add(&more, "C=2");
	args_add(&more, "CHECK=sparse");
	args_add(&more, "W=1");
	args_add(&more, "KCFLAGS=-gdwarf-4");
	build_make(&v->builds[CLANG], &more, &v->targets, &r);
	if (r.status)
		failure = arena_printf(&v->s->a, "%s", r.err);
	build_warnings(&v->builds[CLANG], &r, warnings);
	result_free(&r);
	args_free(&more);
	return failure;
}

/* The state before the series: what warns already is not held against a patch. */
static void baseline(struct verification *v)
{
	const char *failure;
	size_t i;

	for (i = 0; i < BUILDS; i++) {
		struct build *b = &v->builds[i];

		build_open(v, b, i == CLANG);
		if (!b->usable)
			continue;
		failure = build_prepare(b);
		if (!failure)
			failure = build_all(v, b, &b->warnings);
		if (failure)
			die("the tree does not build with %s even before the patches: %.*s",
			    b->name, (int)strcspn(failure, "\n"), failure);
	}
	if (program_exists("sparse") && v->builds[CLANG].usable)
		sparse_all(v, &v->sparse);
}

/* --- the checks of one patch */

static void check_build(struct verification *v, struct patch *patch, struct build *b)
{
	const char *failure, *what;
	struct args now = { 0 };

	if (!b->usable) {
		check_add(patch, CHECK_SKIPPED,
			  arena_printf(b->a, "build with %s, W=1", b->clang ? "clang" : "gcc"),
			  "the compiler is not there");
		return;
	}
	what = arena_printf(b->a, "%zu objects built with %s, W=1: no new warning", v->targets.n,
			    b->name);
	failure = build_all(v, b, &now);
	check_result(patch, what, failure ? failure : build_news(&b->warnings, &now, b->a));
	args_free(&now);
}

static void check_sparse(struct verification *v, struct patch *patch)
{
	const char *failure;
	struct args now = { 0 };

	if (!program_exists("sparse") || !v->builds[CLANG].usable) {
		check_add(patch, CHECK_SKIPPED, "make C=2 with sparse", "sparse is not there");
		return;
	}
	failure = sparse_all(v, &now);
	check_result(patch, "make C=2 with sparse: no new warning",
		     failure ? failure : build_news(&v->sparse, &now, &v->s->a));
	args_free(&now);
}

static void check_layout(struct verification *v, struct patch *patch, const struct build *b)
{
	const char *wrong = NULL, *what;
	bool found = false;
	size_t i;

	if (!b->usable)
		return;
	for (i = 0; i < v->targets.n && !found; i++) {
		char *object = xasprintf("%s/%s", b->objdir, v->targets.v[i]);

		wrong = pahole_compare(&patch->plan, object, &found, b->a);
		free(object);
	}
	what = arena_printf(b->a, "pahole on the object of %s: sizeof %llu and offsets as planned",
			    b->name, (unsigned long long)patch->plan.bytes);
	if (!program_exists("pahole"))
		check_add(patch, CHECK_SKIPPED, what, "pahole is not there");
	else
		check_result(patch, what, found ? wrong : "no object has debug information of it");
}

static void check_size(struct patch *patch, struct arena *a)
{
	const struct plan *plan = &patch->plan;

	if (plan->bytes <= plan->tree_bytes)
		check_add(patch, CHECK_OK, "sizeof is no larger than in the tree", NULL);
	else
		check_add(patch, CHECK_OK,
			  arena_printf(a, "sizeof grows by %llu bytes, as the message says",
				       (unsigned long long)(plan->bytes - plan->tree_bytes)),
			  NULL);
}

/* --- judging again */

static int badness(uint32_t verdict)
{
	static const int order[] = {
		[VERDICT_STABLE] = 0, [VERDICT_SERIALIZED] = 1, [VERDICT_UNKNOWN] = 2, [VERDICT_RACY] = 3
	};

	return order[verdict];
}

/* The verdict before the patches on the unit that a field of `u` was in, or NULL. */
static const struct unit_verdict *verdict_before(const struct program *p,
						 const struct unit_verdict *u)
{
	uint32_t j;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		for (j = 0; j < p->verdicts[i].nfields; j++)
			if (p->verdicts[i].record->key == u->record->key &&
			    p->verdicts[i].fields[j].field->name == u->fields[0].field->name)
				return &p->verdicts[i];
	return NULL;
}

static const char *compare_verdicts(struct series *s, const struct patch *patch,
				    const struct program *now)
{
	const char *worse = "";
	size_t i;

	for (i = 0; i < now->nverdicts; i++) {
		const struct unit_verdict *u = &now->verdicts[i], *old = verdict_before(s->p, u);
		bool ours = u->record->key == patch->plan.record->key;

		if (u->acknowledged || (ours && u->verdict != VERDICT_RACY))
			continue;
		if (ours || badness(u->verdict) > (old ? badness(old->verdict) : 0))
			worse = arena_printf(&s->a, "%sunit of %s in struct %s is %s\n", worse,
					     str_get(u->fields[0].field->name),
					     str_get(u->record->name),
					     ours ? "still racy" : "worse than before");
	}
	if (now->nfailed > s->p->nfailed)
		worse = arena_printf(&s->a, "%s%s could not be analysed\n", worse,
				     now->failed[0].file);
	return *worse ? worse : NULL;
}

static void check_verdict(struct verification *v, struct patch *patch)
{
	const struct build *b = &v->builds[v->s->o->clang ? CLANG : GCC];
	struct program now = { 0 };
	struct arena a = { 0 };

	if (!b->usable)
		b = &v->builds[v->s->o->clang ? GCC : CLANG];
	v->s->o->judge(v->s->o->ctx, v->src, b->objdir, &now, &a);
	check_result(patch,
		     "racybits check: the unit is not racy any longer, no other verdict worse",
		     compare_verdicts(v->s, patch, &now));
	arena_free(&a);
}

/* --- the series, patch by patch */

static void check_smpl(struct series *s, struct patch *patch)
{
	static const char *const results[] = {
		[SMPL_SAME] = "spatch makes of the semantic patch what is planned",
		[SMPL_COMMENTS] = "spatch makes of the semantic patch what is planned, but leaves "
				  "comments behind",
		[SMPL_DIFFERS] =
			"the semantic patch cannot say all of the change: it is made directly, "
			"and the result read again",
	};

	if (patch->script)
		check_add(patch, CHECK_OK, results[patch->smpl], NULL);
	(void)s;
}

bool verify_begin(struct series *s)
{
	struct verification v = { .s = s, .src = xasprintf("%s/src", s->scratch) };
	size_t i, j;

	scratch_copy(s->o->kdir, v.src);
	build_targets(s, &v.targets);
	baseline(&v);
	for (i = 0; i < s->n; i++) {
		struct patch *patch = &s->patches[i];

		for (j = 0; j < patch->nfiles; j++) {
			char *path = xasprintf("%s/%s", v.src, patch->files[j].file);

			file_replace(path, patch->files[j].after);
			free(path);
		}
		check_smpl(s, patch);
		check_build(&v, patch, &v.builds[CLANG]);
		check_build(&v, patch, &v.builds[GCC]);
		check_sparse(&v, patch);
		if (s->o->strategy == STRATEGY_SPLIT) {
			check_layout(&v, patch, &v.builds[CLANG]);
			check_layout(&v, patch, &v.builds[GCC]);
			check_size(patch, &s->a);
		}
		check_verdict(&v, patch);
	}
	for (i = 0; i < BUILDS; i++) {
		args_free(&v.builds[i].warnings);
		free(v.builds[i].objdir);
	}
	args_free(&v.targets);
	args_free(&v.sparse);
	free(v.src);
	return all_ok(s);
}

/* --- the finished patches */

/* Runs it, frees the arguments; NULL, or what the program said when it failed. */
static const char *complaint(struct series *s, const char *cwd, struct args *args)
{
	const char *said = NULL;
	struct result r;

	process_run(&r, cwd, args);
	if (r.status)
		said = arena_printf(&s->a, "%s%s", r.out, r.err);
	result_free(&r);
	args_free(args);
	return said;
}

/* A copy of the touched files as they are in the tree; malloc'd. */
static char *clean_copy(struct series *s, const char *name)
{
	char *dir = xasprintf("%s/%s", s->scratch, name);
	struct args args = { 0 };
	const char *failure;

	args_add(&args, "git");
	args_add(&args, "clone");
	args_add(&args, "-q");
	args_add(&args, "%s", s->repo);
	args_add(&args, "%s", dir);
	failure = complaint(s, NULL, &args);
	args_add(&args, "git");
	args_add(&args, "reset");
	args_add(&args, "-q");
	args_add(&args, "--hard");
	args_add(&args, "%s", s->base);
	if (failure || complaint(s, dir, &args))
		die("cannot copy the files to %s", dir);
	return dir;
}

/* Are the patch's files in `dir` what was verified? */
static const char *compare_files(struct series *s, const struct patch *patch, const char *dir)
{
	const char *wrong = NULL;
	size_t j;

	for (j = 0; j < patch->nfiles; j++) {
		char *path = xasprintf("%s/%s", dir, patch->files[j].file);
		char *text = read_file(path, NULL);

		if (!text || strcmp(text, patch->files[j].after))
			wrong = arena_printf(&s->a, "%s is not what was verified",
					     patch->files[j].file);
		free(text);
		free(path);
	}
	return wrong;
}

static void check_applies(struct series *s, struct patch *patch, const char *dir, bool am)
{
	char *path = realpath(patch->path, NULL);
	struct args args = { 0 };
	const char *failure;

	if (am) {
		args_add(&args, "git");
		args_add(&args, "-c");
		args_add(&args, "user.name=racybits");
		args_add(&args, "-c");
		args_add(&args, "user.email=racybits@localhost");
		args_add(&args, "am");
		args_add(&args, "-q");
	} else {
		args_add(&args, "patch");
		args_add(&args, "-p1");
		args_add(&args, "-s");
		args_add(&args, "-i");
	}
	args_add(&args, "%s", path);
	failure = complaint(s, dir, &args);
	if (!failure)
		failure = compare_files(s, patch, dir);
	check_result(patch, am ? "git am on a clean copy" : "patch -p1 on a clean copy", failure);
	free(path);
}

static void check_style(struct series *s, struct patch *patch)
{
	static const char what[] = "checkpatch --strict: nothing but the sender's Signed-off-by is "
				   "missing";
	char *script = xasprintf("%s/scripts/checkpatch.pl", s->o->kdir);
	char *path = realpath(patch->path, NULL);
	struct args args = { 0 };

	args_add(&args, "perl");
	args_add(&args, "%s", script);
	/* It keeps a cache where it is run: not in the tree. */
	args_add(&args, "--root=%s", s->o->kdir);
	args_add(&args, "--strict");
	args_add(&args, "--no-signoff");
	args_add(&args, "--terse");
	args_add(&args, "--no-summary");
	args_add(&args, "%s", path);
	if (access(script, R_OK))
		check_add(patch, CHECK_SKIPPED, what, "the tree has no scripts/checkpatch.pl");
	else
		check_result(patch, what, complaint(s, s->scratch, &args));
	args_free(&args);
	free(script);
	free(path);
}

bool verify_end(struct series *s)
{
	char *am = clean_copy(s, "am"), *plain = clean_copy(s, "plain");
	size_t i;

	for (i = 0; i < s->n; i++) {
		check_applies(s, &s->patches[i], am, true);
		check_applies(s, &s->patches[i], plain, false);
		check_style(s, &s->patches[i]);
	}
	free(am);
	free(plain);
	return all_ok(s);
}

/* --- results */

static void put_check(FILE *f, const struct check *c)
{
	static const char *const outcomes[] = {
		[CHECK_OK] = "ok", [CHECK_FAILED] = "FAILED", [CHECK_SKIPPED] = "not done"
	};
	const char *line = c->detail ? c->detail : "";
	size_t n;

	fprintf(f, "%-8s  %s\n", outcomes[c->outcome], c->what);
	for (; *line; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		fprintf(f, "          | %.*s\n", (int)n, line);
	}
}

void verify_store(struct series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++) {
		const struct patch *patch = &s->patches[i];
		char *path = xasprintf("%.*s.verify.txt",
				       (int)(strlen(patch->path) - strlen(".patch")), patch->path);
		struct output out;

		output_open(&out, path);
		fprintf(out.f, "%s\nLinux %s, policy %s\n\n", patch->subject, s->o->kernel,
			s->p->strict ? "strict" : "lifetime");
		for (j = 0; j < patch->nchecks; j++) {
			put_check(out.f, &patch->checks[j]);
			if (patch->checks[j].outcome == CHECK_FAILED)
				warn("%s: %s", patch->subject, patch->checks[j].what);
		}
		output_commit(&out);
		free(path);
	}
}
