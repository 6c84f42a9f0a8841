// SPDX-License-Identifier: GPL-2.0-only
/*
 * sarif_result.c - one unit as a result of a SARIF log.  Section numbers in comments are those of
 * the standard, SARIF 2.1.0.
 */
#include "base/names.h"
#include "claim_text.h"
#include "clean.h"
#include "finding.h"
#include "phrases.h"
#include "sarif_location.h"
#include "sarif_result.h"
#include "split.h"
#include "summary.h"
#include "witness.h"

/* --- code flows */

static void emit_frame_message(struct emitter *e, const struct unit_verdict *u,
			       const struct write *w, uint32_t frame, str field)
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
	sarif_message_stream(e, "message", &t);
}

static void emit_frame(struct emitter *e, const struct unit_verdict *u, const struct write *w,
		       uint32_t frame, str field)
{
	const struct loc *at = &w->chain_locs[frame];

	emit_object_line(e, NULL);
	sarif_location_of(e, "location", at->line ? at : &w->loc);
	emit_frame_message(e, u, w, frame, field);
	emit_end(e);
	emit_number(e, "nestingLevel", frame);
	emit_text(e, "importance", frame + 1 == w->nchain ? "essential" : "important");
	emit_end(e);
}

/* 3.37, threadFlow: one writer, from its entry point to its store */
static void emit_thread_flow(struct emitter *e, const struct unit_verdict *u,
			     const struct witnesses *w, uint32_t write, str field)
{
	const struct write *wr = &u->writes[write];
	struct memstream t;
	FILE *f = memstream_open(&t);
	uint32_t i;

	fprintf(f, "writer %u: %s (%s)", w->numbers[write], phase_name(wr->phase),
		clean_str(wr->context));
	emit_object(e, NULL);
	sarif_message_stream(e, "message", &t);
	emit_array(e, "locations");
	for (i = 0; i < wr->nchain; i++)
		emit_frame(e, u, wr, i, field);
	emit_end(e);
	emit_end(e);
}

/* 3.36, codeFlow: the two writers of a conflict, concurrently */
static void emit_code_flow(struct emitter *e, const struct unit_verdict *u,
			   const struct witnesses *w, uint32_t i)
{
	const struct conflict *c = &w->conflicts[i];
	str a = u->fields[c->a].field->name, b = u->fields[c->b].field->name;
	struct memstream t;
	FILE *f = memstream_open(&t);

	fprintf(f, "'%s' (writer %u) against '%s' (writer %u): %s", clean_str(a),
		w->numbers[c->write_a], clean_str(b), w->numbers[c->write_b], w->reasons[i]);
	emit_object(e, NULL);
	sarif_message_stream(e, "message", &t);
	emit_array(e, "threadFlows");
	emit_thread_flow(e, u, w, c->write_a, a);
	emit_thread_flow(e, u, w, c->write_b, b);
	emit_end(e);
	emit_end(e);
}

static void emit_code_flows(struct emitter *e, const struct unit_verdict *u)
{
	struct witnesses w;
	uint32_t i;

	witnesses_init(&w, u);
	emit_array(e, "codeFlows");
	for (i = 0; i < u->nconflicts; i++)
		emit_code_flow(e, u, &w, i);
	emit_end(e);
	witnesses_free(&w);
}

/* --- results */

static void emit_related_fields(struct emitter *e, const struct unit_verdict *u)
{
	long long id = 0;
	uint32_t i;

	emit_array(e, "relatedLocations");
	for (i = 0; i < u->nfields; i++) {
		if (!field_races(u, i))
			continue;
		sarif_location_of(e, NULL, &u->fields[i].field->loc);
		sarif_message(e, "message", str_get(u->fields[i].field->name));
		emit_number(e, "id", ++id);
		emit_end(e);
	}
	emit_end(e);
}

static void emit_result_message(struct emitter *e, const struct program *p,
				const struct unit_verdict *u)
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
	sarif_message_stream(e, "message", &t);
}

/* 3.27.16: GitHub's code scanning goes by "primaryLocationLineHash" alone. */
static void emit_fingerprints(struct emitter *e, const struct unit_verdict *u)
{
	char hash[32];

	snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)unit_fingerprint(u));
	emit_object(e, "partialFingerprints");
	emit_text(e, "racyUnit/v1", hash);
	strcat(hash, ":1");
	emit_text(e, "primaryLocationLineHash", hash);
	emit_end(e);
}

static void emit_suppressions(struct emitter *e, const struct unit_verdict *u)
{
	struct memstream reason;

	put_accepted(memstream_open(&reason), u);
	emit_array(e, "suppressions");
	emit_object(e, NULL);
	emit_text(e, "kind", "inSource");
	emit_stream(e, "justification", &reason);
	emit_end(e);
	emit_end(e);
}

static void emit_properties(struct emitter *e, const struct unit_verdict *u)
{
	emit_object(e, "properties");
	emit_text(e, "struct", str_get(u->record->name));
	emit_text(e, "verdict", verdict_name(u->verdict));
	if (u->verdict == VERDICT_RACY)
		emit_text(e, "confidence", confidence_name(u->confidence));
	emit_end(e);
}

/* 3.27.9 and 3.27.10: the level of a result that is no failure is "none". */
static void emit_kind(struct emitter *e, const struct unit_verdict *u)
{
	static const char *const kinds[] = {
		[VERDICT_STABLE] = "pass",
		[VERDICT_SERIALIZED] = "informational",
		[VERDICT_RACY] = "fail",
		[VERDICT_UNKNOWN] = "open",
	};
	static const int ranks[] = { [CONF_LOW] = 10, [CONF_MEDIUM] = 50, [CONF_HIGH] = 90 };
	bool racy = u->verdict == VERDICT_RACY;

	emit_text(e, "kind", kinds[u->verdict]);
	emit_text(e, "level", racy ? "warning" : "none");
	if (racy)
		emit_number(e, "rank", ranks[u->confidence]);
}

void sarif_result(struct emitter *e, const struct program *p, const struct unit_verdict *u,
		  enum baseline_state state)
{
	emit_object(e, NULL);
	emit_text(e, "ruleId", "racy-bitfield");
	emit_number(e, "ruleIndex", SARIF_RULE_INDEX);
	emit_kind(e, u);
	emit_result_message(e, p, u);
	emit_array(e, "locations");
	sarif_location_of(e, NULL, unit_loc(u));
	emit_end(e);
	emit_end(e);
	if (u->nconflicts) {
		emit_related_fields(e, u);
		emit_code_flows(e, u);
	}
	emit_fingerprints(e, u);
	if (state != BASELINE_NONE)
		emit_text(e, "baselineState", state_name(state));
	if (u->verdict == VERDICT_RACY && u->acknowledged)
		emit_suppressions(e, u);
	emit_properties(e, u);
	emit_end(e);
}
