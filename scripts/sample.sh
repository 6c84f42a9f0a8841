#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# sample.sh SEED COUNT [CONFIDENCE] <REPORT - findings to read by hand
#
# Draws COUNT findings of that confidence (high) at random from a text report of
# `racybits check`; the same seed draws the same ones.  A finding is drawn with all its notes.
set -eu

awk -v seed="${1:?SEED}" -v count="${2:?COUNT}" -v confidence="${3:-high}" '
function rank(level) { return level == "high" ? 3 : level == "medium" ? 2 : 1 }
/ warning: .*\[racy-bitfield\]$/ { n++; open = 1 }
/ note: .*\[racy-bitfield\]$/ { open = 0 }
!open { next }
{ finding[n] = finding[n] $0 "\n" }
/; confidence / {
	level = $0
	sub(/.*; confidence /, "", level)
	sub(/[^a-z].*/, "", level)
	if (rank(level) > known[n])
		known[n] = rank(level)
}
END {
	for (i = 1; i <= n; i++)
		if (known[i] == rank(confidence))
			all[++total] = i
	srand(seed)
	for (i = 1; i <= count && i <= total; i++) {
		j = i + int(rand() * (total - i + 1))
		k = all[i]
		all[i] = all[j]
		all[j] = k
		printf "%s%s", (i > 1 ? "\n" : ""), finding[all[i]]
	}
	printf "sample.sh: %d of %d findings of confidence %s\n", i - 1, total, confidence >"/dev/stderr"
}'
