// SPDX-License-Identifier: GPL-2.0-only
/*
 * sarif.c - the report as SARIF 2.1.0: the tool and its run.  Section numbers in comments are those
 * of the standard.
 */
#include "clean.h"
#include "finding.h"
#include "limits_met.h"
#include "memstream.h"
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

/* 3.49, reportingDescriptor */
static json_t *descriptor(const char *id, const char *name, const char *says, const char *level)
{
	json_t *o = json_object(), *configuration = json_object();

	json_put(o, "id", json_text(id));
	json_put(o, "name", json_text(name));
	json_put(o, "shortDescription", sarif_message(says));
	json_put(configuration, "level", json_text(level));
	json_put(o, "defaultConfiguration", configuration);
	return o;
}

static json_t *rule(void)
{
	json_t *o = descriptor(
		"racy-bitfield", "RacyBitfield",
		"Bitfields of one storage unit are written concurrently without a common lock.",
		"warning");
	json_t *tagged = json_object(), *tags = json_array();

	json_put(o, "fullDescription", sarif_message(help_text));
	json_put(o, "help", sarif_message(help_text));
	json_add(tags, json_text("concurrency"));
	json_add(tags, json_text("external/cwe/cwe-362"));
	json_put(tagged, "tags", tags);
	json_put(tagged, "precision", json_text("high"));
	json_put(o, "properties", tagged);
	return o;
}

static json_t *tool(void)
{
	json_t *o = json_object(), *driver = json_object(), *rules = json_array(),
	       *notes = json_array();

	json_put(driver, "name", json_text("racybits"));
	json_put(driver, "version", json_text(RACYBITS_VERSION));
	json_add(rules, rule());
	json_add(notes, descriptor("not-analysed", "NotAnalysed",
				   "A translation unit could not be analysed.", "error"));
	json_add(notes,
		 descriptor("limit", "Limit", "A limit of the analysis was met.", "warning"));
	json_put(driver, "rules", rules);
	json_put(driver, "notifications", notes);
	json_put(o, "driver", driver);
	return o;
}

/* 3.58, notification */
static json_t *notification(const char *id, json_int_t index, const char *level, json_t *said)
{
	json_t *o = json_object(), *reference = json_object();

	json_put(reference, "id", json_text(id));
	json_put(reference, "index", json_integer(index));
	json_put(o, "descriptor", reference);
	json_put(o, "level", json_text(level));
	json_put(o, "message", said);
	return o;
}

static json_t *limit_notification(const struct program *p, enum limit limit)
{
	bool unsafe = limit_rows[limit].kind == LIMIT_KIND_UNSAFE;
	json_t *locations = json_array(), *o;
	struct memstream t;

	put_limit_met(memstream_open(&t), p, limit);
	o = notification("limit", NOTE_LIMIT, unsafe ? "warning" : "note",
			 sarif_message_stream(&t));
	json_add(locations, sarif_location_of(&p->limits[limit].at, NULL));
	json_put(o, "locations", locations);
	return o;
}

static json_t *notifications(const struct program *p)
{
	json_t *all = json_array(), *o, *locations;
	size_t i;

	for (i = 0; i < p->nfailed; i++) {
		o = notification("not-analysed", NOTE_NOT_ANALYSED, "error",
				 sarif_message(p->failed[i].reason));
		locations = json_array();
		json_add(locations, sarif_location(p->failed[i].file, 0, 0, NULL));
		json_put(o, "locations", locations);
		json_add(all, o);
	}
	for (i = 0; i < LIMIT_COUNT; i++)
		if (p->limits[i].count)
			json_add(all, limit_notification(p, (enum limit)i));
	return all;
}

static json_t *invocations(const struct program *p)
{
	json_t *all = json_array(), *o = json_object();

	json_put(o, "executionSuccessful", json_boolean(!p->nfailed));
	json_put(o, "toolExecutionNotifications", notifications(p));
	json_add(all, o);
	return all;
}

static json_t *base_uris(const struct program *p)
{
	json_t *o = json_object(), *root = json_object();
	struct memstream t;
	FILE *f = memstream_open(&t);

	fprintf(f, "The top of the kernel tree, Linux %s.", clean(p->kernel));
	json_put(root, "description", sarif_message_stream(&t));
	json_put(o, SARIF_ROOT, root);
	return o;
}

static json_t *results(const struct program *p, const struct out_options *o)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];

		if (o->all || (u->verdict == VERDICT_RACY && !u->hidden) ||
		    u->verdict == VERDICT_UNKNOWN)
			json_add(all, sarif_result(p, u, unit_state(o, i)));
	}
	return all;
}

void sarif_report(FILE *f, const struct program *p, const struct out_options *o)
{
	json_t *root = json_object(), *runs = json_array(), *run = json_object();

	json_put(root, "$schema", json_text("https://json.schemastore.org/sarif-2.1.0.json"));
	json_put(root, "version", json_text("2.1.0"));
	json_put(run, "tool", tool());
	json_put(run, "invocations", invocations(p));
	json_put(run, "originalUriBaseIds", base_uris(p));
	json_put(run, "columnKind", json_text("unicodeCodePoints"));
	json_put(run, "results", results(p, o));
	json_add(runs, run);
	json_put(root, "runs", runs);
	json_print(f, root);
}
