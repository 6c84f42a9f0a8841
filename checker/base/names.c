// SPDX-License-Identifier: GPL-2.0-only
/* names.c - the words of the enumerations of model.h. */
#include "names.h"
#include "util.h"

#define NAME(names, i) ((i) < ARRAY_SIZE(names) ? (names)[i] : "?")

const char *verdict_name(uint32_t verdict)
{
	static const char *const names[] = {
		[VERDICT_STABLE] = "stable",
		[VERDICT_SERIALIZED] = "serialized",
		[VERDICT_RACY] = "racy",
		[VERDICT_UNKNOWN] = "unknown",
	};

	return NAME(names, verdict);
}

const char *phase_name(uint32_t phase)
{
	static const char *const names[] = {
		[PHASE_NEVER] = "never",
		[PHASE_SETUP] = "setup",
		[PHASE_TEARDOWN] = "teardown",
		[PHASE_RUNTIME] = "runtime",
	};

	return NAME(names, phase);
}

const char *mode_name(uint32_t lock_mode)
{
	return lock_mode == MODE_EXCLUSIVE ? "exclusive" : "shared";
}

const char *confidence_name(uint32_t confidence)
{
	static const char *const names[] = {
		[CONF_LOW] = "low",
		[CONF_MEDIUM] = "medium",
		[CONF_HIGH] = "high",
	};

	return NAME(names, confidence);
}

static const struct {
	const char *id, *sentence;
	uint32_t level; /* enum confidence */
} doubts[] = {
	[DOUBT_NONE] = { NULL, NULL, CONF_HIGH },
#define DOUBT(name, level, id, sentence) [DOUBT_##name] = { id, sentence, CONF_##level },
#include "doubts.def"
#undef DOUBT
};

const char *doubt_id(uint32_t doubt)
{
	return doubt < ARRAY_SIZE(doubts) ? doubts[doubt].id : "?";
}

const char *doubt_sentence(uint32_t doubt)
{
	return doubt < ARRAY_SIZE(doubts) ? doubts[doubt].sentence : "?";
}

uint32_t doubt_level(uint32_t doubt)
{
	return doubt < ARRAY_SIZE(doubts) ? doubts[doubt].level : CONF_LOW;
}

static const struct {
	const char *id, *sentence;
} refuters[] = {
#define REFUTER(name, asked, id, sentence) [REFUTER_##name] = { id, sentence },
#include "refuters.def"
#undef REFUTER
};

const char *refuter_id(uint32_t refuter)
{
	return refuter < ARRAY_SIZE(refuters) ? refuters[refuter].id : "?";
}

const char *refuter_sentence(uint32_t refuter)
{
	return refuter < ARRAY_SIZE(refuters) ? refuters[refuter].sentence : "?";
}

bool is_queue_lock(const char *name)
{
	return !strncmp(name, QUEUE_LOCK "(", sizeof(QUEUE_LOCK));
}
