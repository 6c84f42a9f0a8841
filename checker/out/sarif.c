// SPDX-License-Identifier: GPL-2.0-only
/*
 * sarif.c - Static Analysis Results Interchange Format, version 2.1.0 (OASIS standard, 2020).
 * Section numbers in comments are the standard's.
 */
#include "jsonput.h"

#define ROOT "SRCROOT" /* base of relative addresses: the top of the kernel tree */

enum { RULE_INDEX, NOTE_NOT_ANALYSED = 0, NOTE_LIMIT };

static json_t *message(const char *text)
{
	json_t *o = json_object();

	json_put(o, "text", json_text(text));
	return o;
}

static json_t *message_stream(struct text *t)
{
	json_t *o = json_object();

	json_put(o, "text", json_stream(t));
	return o;
}

/* --- locations */

/* Percent-encodes what RFC 3986 does not let stand in a path; a colon would be a scheme's. */
static json_t *uri(const char *file)
{
	static const char unreserved[] = "-._~/!$&'()*+,;=@";
	struct text t;
	FILE *f = text_open(&t);

	if (*file == '/')
		fputs("file://", f);
	for (; *file; file++) {
		unsigned char c = (unsigned char)*file;

		if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
		    strchr(unreserved, c))
			fputc(c, f);
		else
			fprintf(f, "%%%02X", c);
	}
	return json_stream(&t);
}

/* 3.28, location; without a line it is the file */
static json_t *location(const char *file, uint32_t line, uint32_t col, json_t *said)
{
	json_t *o = json_object(), *physical = json_object(), *artifact = json_object(), *region;

	json_put(artifact, "uri", uri(file));
	if (*file != '/')
		json_put(artifact, "uriBaseId", json_text(ROOT));
	json_put(physical, "artifactLocation", artifact);
	if (line) {
		region = json_object();
		json_put(region, "startLine", json_integer(line));
		if (col)
			json_put(region, "startColumn", json_integer(col));
		json_put(physical, "region", region);
	}
	json_put(o, "physicalLocation", physical);
	if (said)
		json_put(o, "message", said);
	return o;
}

static json_t *location_of(const struct loc *at, json_t *said)
{
	return location(str_get(at->file), at->line, at->col, said);
}

/* --- code flows */

static json_t *frame_message(const struct unit_verdict *u, const struct write *w, uint32_t frame,
			     str field)
{
	struct text t;
	FILE *f = text_open(&t);

	if (frame + 1 < w->nchain) {
		fprintf(f, "%s calls %s", clean_str(w->chain[frame]),
			clean_str(w->chain[frame + 1]));
	} else {
		put_store(f, u, w, field);
		fputs("; locks: ", f);
		put_locks(f, w);
	}
	return message_stream(&t);
}

static json_t *frame_stack_location(const struct unit_verdict *u, const struct write *w,
				    uint32_t frame, str field)
{
	json_t *o = json_object();
	const struct loc *at = &w->chain_locs[frame];

	json_put(o, "location",
		 at->line ? location_of(at, frame_message(u, w, frame, field)) :
			    location_of(&w->loc, frame_message(u, w, frame, field)));
	json_put(o, "nestingLevel", json_integer(frame));
	json_put(o, "importance", json_text(frame + 1 == w->nchain ? "essential" : "important"));
	return o;
}

/* 3.37, threadFlow: one writer, from its entry point to the store */
static json_t *thread_flow(const struct unit_verdict *u, const struct witnesses *w, uint32_t write,
			   str field)
{
	const struct write *wr = &u->writes[write];
	json_t *o = json_object(), *locations = json_array();
	struct text t;
	FILE *f = text_open(&t);
	uint32_t i;

	fprintf(f, "writer %u: %s (%s)", w->numbers[write], phase_name(wr->phase),
		clean_str(wr->context));
	for (i = 0; i < wr->nchain; i++)
		json_add(locations, frame_stack_location(u, wr, i, field));
	json_put(o, "message", message_stream(&t));
	json_put(o, "locations", locations);
	return o;
}

/* 3.36, codeFlow: what the two writers of a conflict do at once */
static json_t *code_flow(const struct unit_verdict *u, const struct witnesses *w, uint32_t i)
{
	const struct conflict *c = &w->conflicts[i];
	json_t *o = json_object(), *flows = json_array();
	str a = u->fields[c->a].field->name, b = u->fields[c->b].field->name;
	struct text t;
	FILE *f = text_open(&t);

	fprintf(f, "'%s' (writer %u) against '%s' (writer %u): %s", clean_str(a),
		w->numbers[c->write_a], clean_str(b), w->numbers[c->write_b], w->reasons[i]);
	json_add(flows, thread_flow(u, w, c->write_a, a));
	json_add(flows, thread_flow(u, w, c->write_b, b));
	json_put(o, "message", message_stream(&t));
	json_put(o, "threadFlows", flows);
	return o;
}

static json_t *code_flows(const struct unit_verdict *u)
{
	json_t *flows = json_array();
	struct witnesses w;
	uint32_t i;

	witnesses_init(&w, u);
	for (i = 0; i < u->nconflicts; i++)
		json_add(flows, code_flow(u, &w, i));
	witnesses_free(&w);
	return flows;
}

/* --- results */

static json_t *related_fields(const struct unit_verdict *u)
{
	json_t *related = json_array(), *o;
	json_int_t id = 0;
	uint32_t i;

	for (i = 0; i < u->nfields; i++) {
		if (!field_races(u, i))
			continue;
		o = location_of(&u->fields[i].field->loc,
				message(str_get(u->fields[i].field->name)));
		json_put(o, "id", json_integer(++id));
		json_add(related, o);
	}
	return related;
}

static json_t *result_message(const struct program *p, const struct unit_verdict *u)
{
	struct text t;
	FILE *f = text_open(&t);

	put_summary(f, u);
	if (u->verdict == VERDICT_RACY) {
		fputc('\n', f);
		put_sharing(f, u);
		fputc('\n', f);
		put_split(f, p, u);
	}
	return message_stream(&t);
}

/* 3.27.16: GitHub's code scanning goes by "primaryLocationLineHash" alone. */
static json_t *fingerprints(const struct unit_verdict *u)
{
	json_t *o = json_object();
	char hash[32];

	snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)unit_fingerprint(u));
	json_put(o, "racyUnit/v1", json_text(hash));
	strcat(hash, ":1");
	json_put(o, "primaryLocationLineHash", json_text(hash));
	return o;
}

static json_t *suppressions(void)
{
	json_t *all = json_array(), *o = json_object();

	json_put(o, "kind", json_text("inSource"));
	json_put(o, "justification",
		 json_text("the source marks these accesses as racing on purpose"));
	json_add(all, o);
	return all;
}

static json_t *properties(const struct unit_verdict *u)
{
	json_t *o = json_object();

	json_put(o, "struct", json_text(str_get(u->record->name)));
	json_put(o, "verdict", json_text(verdict_name(u->verdict)));
	if (u->verdict == VERDICT_RACY)
		json_put(o, "confidence", json_text(confidence_name(u->confidence)));
	return o;
}

/* 3.27.9 and 3.27.10: the level of what is no failure is "none". */
static void put_kind(json_t *o, const struct unit_verdict *u)
{
	static const char *const kinds[] = {
		[VERDICT_STABLE] = "pass",
		[VERDICT_SERIALIZED] = "informational",
		[VERDICT_RACY] = "fail",
		[VERDICT_UNKNOWN] = "open",
	};
	static const double ranks[] = { [CONF_LOW] = 10, [CONF_MEDIUM] = 50, [CONF_HIGH] = 90 };
	bool racy = u->verdict == VERDICT_RACY;

	json_put(o, "kind", json_text(kinds[u->verdict]));
	json_put(o, "level", json_text(racy ? "warning" : "none"));
	if (racy)
		json_put(o, "rank", json_real(ranks[u->confidence]));
}

static void put_baseline(json_t *o, enum baseline_state state)
{
	if (state != BASELINE_NONE)
		json_put(o, "baselineState", json_text(state_name(state)));
}

/* 3.27 */
static json_t *result(const struct program *p, const struct unit_verdict *u,
		      enum baseline_state state)
{
	json_t *o = json_object(), *locations = json_array();

	json_put(o, "ruleId", json_text("racy-bitfield"));
	json_put(o, "ruleIndex", json_integer(RULE_INDEX));
	put_kind(o, u);
	json_put(o, "message", result_message(p, u));
	json_add(locations, location_of(unit_loc(u), NULL));
	json_put(o, "locations", locations);
	if (u->nconflicts) {
		json_put(o, "relatedLocations", related_fields(u));
		json_put(o, "codeFlows", code_flows(u));
	}
	json_put(o, "partialFingerprints", fingerprints(u));
	put_baseline(o, state);
	if (u->verdict == VERDICT_RACY && u->acknowledged)
		json_put(o, "suppressions", suppressions());
	json_put(o, "properties", properties(u));
	return o;
}

static json_t *results(const struct program *p, const struct out_options *o)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];

		if (o->all || u->verdict == VERDICT_RACY || u->verdict == VERDICT_UNKNOWN)
			json_add(all, result(p, u, unit_state(o, i)));
	}
	return all;
}

/* --- the tool and its run */

static const char help_text[] =
	"A store to a C bitfield reads, changes and writes back the storage unit around it. Two fields "
	"of one unit that are written by two CPUs at once lose one of the two updates. The kernel's rule "
	"(Documentation/memory-barriers.txt, GUARANTEES): all fields of one unit are protected by one lock. "
	"Give the fields that are written after set-up storage of their own (a plain bool or u8), use atomic "
	"bitops on an unsigned long, or hold one lock at every write; say above each group by what it is "
	"write locked. 'racybits explain STRUCT' shows every write, 'racybits fix STRUCT' makes the patch.";

/* 3.49, reportingDescriptor */
static json_t *descriptor(const char *id, const char *name, const char *says, const char *level)
{
	json_t *o = json_object(), *configuration = json_object();

	json_put(o, "id", json_text(id));
	json_put(o, "name", json_text(name));
	json_put(o, "shortDescription", message(says));
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

	json_put(o, "fullDescription", message(help_text));
	json_put(o, "help", message(help_text));
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

static json_t *notifications(const struct program *p)
{
	json_t *all = json_array(), *o, *locations;
	size_t i;

	for (i = 0; i < p->nfailed; i++) {
		o = notification("not-analysed", NOTE_NOT_ANALYSED, "error",
				 message(p->failed[i].reason));
		locations = json_array();
		json_add(locations, location(p->failed[i].file, 0, 0, NULL));
		json_put(o, "locations", locations);
		json_add(all, o);
	}
	if (p->stats.limits)
		json_add(
			all,
			notification(
				"limit", NOTE_LIMIT, "warning",
				message("a limit of the analysis was met: findings may be missing")));
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
	struct text t;
	FILE *f = text_open(&t);

	fprintf(f, "The top of the kernel tree, Linux %s.", clean(p->kernel));
	json_put(root, "description", message_stream(&t));
	json_put(o, ROOT, root);
	return o;
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
