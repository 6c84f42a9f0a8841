#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Small random drivers, all of their interleavings, and what racybits says of them: an update that
# some interleaving loses must be reported.  tests/interleave/ says what is lost.
#
# PROGRAMS=500 programs of SEED=1 are tried, in batches that are analysed together.
# RACYBITS=program tests another one; EFFORT=1 runs more threads at once, and more often.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
SEED=${SEED:-1} PROGRAMS=${PROGRAMS:-500} EFFORT=${EFFORT:-0} BATCH=100
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM
export RACYBITS SEED EFFORT tmp

${HOSTCC:-gcc} -std=gnu11 -D_GNU_SOURCE -O2 -o "$tmp/interleave" "$here"/interleave/*.c -ljansson &&
	cp -R "$here/minikernel" "$tmp/tree" || {
	echo "Bail out! cannot set up"
	exit 2
}

# commands FILE...: compile commands for these files of the tree
commands() {
	local comma='['
	for file; do
		cat <<-END
		$comma{"directory": "$tmp/tree", "file": "$file", "arguments": ["clang", "-nostdinc", "-I./include",
		"-include", "./include/linux/kconfig.h", "-include", "./include/linux/compiler_types.h", "-D__KERNEL__",
		"-DMODULE", "-std=gnu11", "-O2", "-c", "-o", "p.o", "$file"]}
		END
		comma=,
	done >"$tmp/tree/compile_commands.json"
	echo ']' >>"$tmp/tree/compile_commands.json"
}

# batch FIRST COUNT: one report, compared
batch() {
	"$RACYBITS" check -k "$tmp/tree" -j1 --all --format=json -o "$tmp/$1.json" "p$1.c" 2>"$tmp/$1.err"
	[ $? -lt 2 ] || { sed 's/^/error: /' "$tmp/$1.err"; return; }
	"$tmp/interleave" compare "$SEED" "$1" "$2" "$tmp/$1.json"
	rm -f "$tmp/$1.json"
}
export -f batch

for ((first = 0; first < PROGRAMS; first += BATCH)); do
	count=$((PROGRAMS - first < BATCH ? PROGRAMS - first : BATCH))
	"$tmp/interleave" make "$SEED" "$first" "$count" "$tmp/tree/p$first.c" || exit
	echo "$first $count"
done >"$tmp/batches"
mapfile -t files < <(sed 's/\(.*\) .*/p\1.c/' "$tmp/batches")
commands "${files[@]}"
xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 bash -c 'batch "$@"' batch <"$tmp/batches" >"$tmp/said"

count() { awk -v w="$1" '/^counts/ { for (i = 2; i < NF; i += 2) if ($i == w) n += $(i + 1) } END { print n + 0 }' "$tmp/said"; }

# explain NUMBER: the program that is judged wrongly, made small; alone, or else in its batch
explain() {
	local first=$(($1 / BATCH * BATCH))
	commands p.c
	"$tmp/interleave" shrink "$SEED" "$1" "$tmp/tree" ||
		"$tmp/interleave" shrink "$SEED" "$1" "$tmp/tree" "$first" "$BATCH"
}

echo "1..4"
"$tmp/interleave" known >"$tmp/known" || printf 'not '
echo "ok 1 - the interpreter: $(tail -n 1 "$tmp/known")"
sed '$d; s/^/# /' "$tmp/known"

missed=$(count missed)
[ "$(count programs)" = "$PROGRAMS" ] && [ "$missed" = 0 ] || printf 'not '
echo "ok 2 - $(count programs) programs, $(count states) states, $(count units) units, $(count lost) of them" \
	"lose updates ($(count pairs) pairs): $missed missed, $(count unknown) unknown," \
	"$(count pairs_missed) pairs are not in the report ($(count cut) programs have more states)"
grep '^miss\|^error' "$tmp/said" | sort -t ' ' -k 2n | head -n 20 | sed 's/^/# /'
wrong=$(grep '^miss' "$tmp/said" | sed 's/^miss \([0-9]*\).*/\1/' | sort -n | head -n 1)
if [ -n "$wrong" ]; then
	echo "# SEED=$SEED PROGRAMS=$PROGRAMS EFFORT=$EFFORT tests/interleave.t; program $wrong of it, made small:"
	explain "$wrong" | sed 's/^/# /'
fi

# A generator of programs that lose nothing, or always, tests nothing.
[ "$(count lost)" -gt $((PROGRAMS / 4)) ] && [ $(($(count units) - $(count lost))) -gt $((PROGRAMS / 4)) ] || printf 'not '
echo "ok 3 - programs lose updates, or do not"

[ $(($(count high_alarms) * 20)) -le "$(count high)" ] || printf 'not '
echo "ok 4 - reported though nothing is lost: $(count high_alarms) of $(count high) high," \
	"$(count medium_alarms) of $(count medium) medium, $(count low_alarms) of $(count low) low"
grep '^alarm' "$tmp/said" | sort -t ' ' -k 2n | head -n 5 | sed 's/^/# /'
