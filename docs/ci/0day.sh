#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# 0day.sh BASE..HEAD - lint each commit in the kernel tree that is the current directory, as the 0-day robot builds
# them; for the first that adds a finding print the body of a mail to its author and exit with 1. 0: none does; 2: could
# not tell. RACYBITS names another program.
set -u

racybits=${RACYBITS:-racybits}
commits=$(git rev-list --reverse --no-merges "${1:?usage: $0 BASE..HEAD}" --) || exit 2
report=$(mktemp) || exit 2
trap 'rm -f "$report"' EXIT

for commit in $commits; do
	"$racybits" lint --format=0day "$commit^..$commit" >"$report"
	case $? in
	0) continue ;;
	1) ;;
	*) exit 2 ;;
	esac
	echo "head:   $(git rev-parse "${1##*..}")"
	git log -1 --abbrev=12 --format='commit: %H %s' "$commit"
	echo
	echo 'All warnings (new ones prefixed by >>):'
	echo
	cat "$report"
	exit 1
done
