// SPDX-License-Identifier: GPL-2.0-only
/*
 * sarif.c - the report as SARIF 2.1.0: the tool and its run.  Section numbers in comments are those
 * of the standard.
 */
#include "clean.h"
#include "finding.h"
#include "limits_met.h"
#include "sarif.h"
#include "sarif_location.h"
#include "sarif_result.h"

enum { NOTE_NOT_ANALYSED, NOTE_LIMIT }; /* indexes of the tool's notifications */

static const char help_text[] =
	"A store to a C bitfield is a read-modify-write of the storage unit around it. When two CPUs write two "
	"fields of one unit at the same time, one of the updates may be lost. The kernel's rule "
	"(Documentation/memory-barriers.txt, GUARANTEES): one lock protects all fields of a unit. Give fields "
	"that are written after set-up a storage unit of their own (a plain bool or u8), use atomic bitops on "
	"an unsigned long, or hold one lock at every write; say in a comment above each group by what it is "
	"write locked. 'racybits explain STRUCT' shows every write, 'racybits fix STRUCT' makes the patch.";

static const char not_analysed_text[] =
	"The file does not compile as the configuration says, or needs sources that only a build of its "
	"directory makes. What it writes, and whom it calls, is not known.";

static const char limit_text[] =
	"The analysis keeps no more than a fixed number of states, contexts, steps and so on. Past an unsafe "
	"limit it counts an object as shared or a unit as unknown; past one of precision it is less sure. "
	"'racybits help ID' explains the limit.";

/* The rule of the kernel that the findings break. */
static const char rule_uri[] = "https://docs.kernel.org/core-api/wrappers/memory-barriers.html";

/* 3.49, reportingDescriptor: begins the object, which the caller ends. */
static void emit_descriptor(struct emitter *e, const char *id, const char *name, const char *says,
			    const char *help, const char *level)
{
	emit_object(e, NULL);
	emit_text(e, "id", id);
	emit_text(e, "name", name);
	sarif_message(e, "shortDescription", says);
	sarif_message(e, "fullDescription", help);
	sarif_message(e, "help", help);
	emit_object(e, "defaultConfiguration");
	emit_text(e, "level", level);
	emit_end(e);
}

static void emit_rule(struct emitter *e)
{
	emit_descriptor(
		e, "racy-bitfield", "RacyBitfield",
		"Bitfields of one storage unit are written concurrently without a common lock.",
		help_text, "warning");
	emit_text(e, "helpUri", rule_uri);
	emit_object(e, "properties");
	emit_array_line(e, "tags");
	emit_text(e, NULL, "concurrency");
	emit_text(e, NULL, "external/cwe/cwe-362");
	emit_end(e);
	emit_text(e, "precision", "high");
	emit_end(e);
	emit_end(e);
}

/* (3.49.7: the names of descriptors are not their ids in other letters) */
static void emit_tool(struct emitter *e)
{
	emit_object(e, "tool");
	emit_object(e, "driver");
	emit_text(e, "name", "racybits");
	emit_text(e, "version", RACYBITS_VERSION);
	emit_text(e, "semanticVersion", RACYBITS_SEMVER);
	emit_text(e, "informationUri", RACYBITS_HOMEPAGE);
	emit_array(e, "rules");
	emit_rule(e);
	emit_end(e);
	emit_array(e, "notifications");
	emit_descriptor(e, "not-analysed", "FileNotAnalysed",
			"A translation unit could not be analysed.", not_analysed_text, "error");
	emit_end(e);
	emit_descriptor(e, "limit", "LimitMet", "A limit of the analysis was met.", limit_text,
			"warning");
	emit_end(e);
	emit_end(e);
	emit_end(e);
	emit_end(e);
}

/* 3.58, notification: begins the object, which the caller ends. */
static void emit_notification(struct emitter *e, const char *id, int index, const char *level)
{
	emit_object(e, NULL);
	emit_object_line(e, "descriptor");
	emit_text(e, "id", id);
	emit_number(e, "index", index);
	emit_end(e);
	emit_text(e, "level", level);
}

static void emit_limit(struct emitter *e, const struct program *p, enum limit limit)
{
	bool unsafe = limit_rows[limit].kind == LIMIT_KIND_UNSAFE;
	struct memstream t;

	put_limit_met(memstream_open(&t), p, limit);
	emit_notification(e, "limit", NOTE_LIMIT, unsafe ? "warning" : "note");
	sarif_message_stream(e, "message", &t);
	emit_array(e, "locations");
	sarif_location_of(e, NULL, &p->limits[limit].at);
	emit_end(e);
	emit_end(e);
	emit_end(e);
}

static void emit_failed(struct emitter *e, const struct failed_tu *failed)
{
	emit_notification(e, "not-analysed", NOTE_NOT_ANALYSED, "error");
	sarif_message(e, "message", failed->reason);
	emit_array(e, "locations");
	sarif_location(e, NULL, failed->file, 0, 0);
	emit_end(e);
	emit_end(e);
	emit_end(e);
}

static void emit_invocations(struct emitter *e, const struct program *p)
{
	size_t i;

	emit_array(e, "invocations");
	emit_object(e, NULL);
	emit_bool(e, "executionSuccessful", !p->nfailed);
	emit_array(e, "toolExecutionNotifications");
	for (i = 0; i < p->nfailed; i++)
		emit_failed(e, &p->failed[i]);
	for (i = 0; i < LIMIT_COUNT; i++)
		if (p->limits[i].count)
			emit_limit(e, p, (enum limit)i);
	emit_end(e);
	emit_end(e);
	emit_end(e);
}

static void emit_base_uris(struct emitter *e, const struct program *p)
{
	struct memstream t;
	FILE *f = memstream_open(&t);

	fprintf(f, "The top of the kernel tree, Linux %s.", clean(p->kernel));
	emit_object(e, "originalUriBaseIds");
	emit_object(e, SARIF_ROOT);
	sarif_message_stream(e, "description", &t);
	emit_end(e);
	emit_end(e);
}

static void emit_results(struct emitter *e, const struct program *p, const struct out_options *o)
{
	size_t i;

	emit_array(e, "results");
	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];

		if (o->all || (u->verdict == VERDICT_RACY && !u->hidden) ||
		    u->verdict == VERDICT_UNKNOWN)
			sarif_result(e, p, u, unit_state(o, i));
	}
	emit_end(e);
}

void sarif_report(FILE *f, const struct program *p, const struct out_options *o)
{
	struct emitter e;

	emit_start(&e, f);
	emit_object(&e, NULL);
	emit_text(&e, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	emit_text(&e, "version", "2.1.0");
	emit_array(&e, "runs");
	emit_object(&e, NULL);
	emit_tool(&e);
	emit_invocations(&e, p);
	emit_base_uris(&e, p);
	emit_text(&e, "columnKind", "unicodeCodePoints");
	emit_results(&e, p, o);
	emit_end(&e);
	emit_end(&e);
	emit_end(&e);
}
