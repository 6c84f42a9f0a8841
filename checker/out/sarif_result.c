// SPDX-License-Identifier: GPL-2.0-only
/*
 * sarif_result.c - one unit as a result of a SARIF log.  Section numbers in comments are those of
 * the standard, SARIF 2.1.0.
 */
#include "base/names.h"
#include "clean.h"
#include "finding.h"
#include "phrases.h"
#include "sarif_location.h"
#include "sarif_result.h"
#include "split.h"
#include "summary.h"
#include "witness.h"

/* --- code flows */

static json_t *frame_message(const struct unit_verdict *u, const struct write *w, uint32_t frame,
			     str field)
{
	struct memstream t;
	FILE *f = memstream_open(&t);

	if (frame + 1 < w->nchain) {
		fprintf(f, "%s calls %s", clean_str(w->chain[frame]),
			clean_str(w->chain[frame + 1]));
	} else {
		put_store(f, u, w, field);
		fputs("; locks: ", f);
		put_locks(f, w);
	}
	return sarif_message_stream(&t);
}

static json_t *frame_stack_location(const struct unit_verdict *u, const struct write *w,
				    uint32_t frame, str field)
{
	json_t *o = json_object();
	const struct loc *at = &w->chain_locs[frame];

	json_put(o, "location",
		 at->line ? sarif_location_of(at, frame_message(u, w, frame, field)) :
			    sarif_location_of(&w->loc, frame_message(u, w, frame, field)));
	json_put(o, "nestingLevel", json_integer(frame));
	json_put(o, "importance", json_text(frame + 1 == w->nchain ? "essential" : "important"));
	return o;
}

/* 3.37, threadFlow: one writer, from its entry point to its store */
static json_t *thread_flow(const struct unit_verdict *u, const struct witnesses *w, uint32_t write,
			   str field)
{
	const struct write *wr = &u->writes[write];
	json_t *o = json_object(), *locations = json_array();
	struct memstream t;
	FILE *f = memstream_open(&t);
	uint32_t i;

	fprintf(f, "writer %u: %s (%s)", w->numbers[write], phase_name(wr->phase),
		clean_str(wr->context));
	for (i = 0; i < wr->nchain; i++)
		json_add(locations, frame_stack_location(u, wr, i, field));
	json_put(o, "message", sarif_message_stream(&t));
	json_put(o, "locations", locations);
	return o;
}

/* 3.36, codeFlow: the two writers of a conflict, concurrently */
static json_t *code_flow(const struct unit_verdict *u, const struct witnesses *w, uint32_t i)
{
	const struct conflict *c = &w->conflicts[i];
	json_t *o = json_object(), *flows = json_array();
	str a = u->fields[c->a].field->name, b = u->fields[c->b].field->name;
	struct memstream t;
	FILE *f = memstream_open(&t);

	fprintf(f, "'%s' (writer %u) against '%s' (writer %u): %s", clean_str(a),
		w->numbers[c->write_a], clean_str(b), w->numbers[c->write_b], w->reasons[i]);
	json_add(flows, thread_flow(u, w, c->write_a, a));
	json_add(flows, thread_flow(u, w, c->write_b, b));
	json_put(o, "message", sarif_message_stream(&t));
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
		o = sarif_location_of(&u->fields[i].field->loc,
				      sarif_message(str_get(u->fields[i].field->name)));
		json_put(o, "id", json_integer(++id));
		json_add(related, o);
	}
	return related;
}

static json_t *result_message(const struct program *p, const struct unit_verdict *u)
{
	struct memstream t;
	FILE *f = memstream_open(&t);

	put_summary(f, u);
	if (u->verdict == VERDICT_RACY) {
		fputc('\n', f);
		put_sharing(f, u);
		fputc('\n', f);
		put_split(f, p, u);
	}
	return sarif_message_stream(&t);
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
	json_put(o, "justification", json_text("the source marks these races as intended"));
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

/* 3.27.9 and 3.27.10: the level of a result that is no failure is "none". */
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

json_t *sarif_result(const struct program *p, const struct unit_verdict *u,
		     enum baseline_state state)
{
	json_t *o = json_object(), *locations = json_array();

	json_put(o, "ruleId", json_text("racy-bitfield"));
	json_put(o, "ruleIndex", json_integer(SARIF_RULE_INDEX));
	put_kind(o, u);
	json_put(o, "message", result_message(p, u));
	json_add(locations, sarif_location_of(unit_loc(u), NULL));
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
