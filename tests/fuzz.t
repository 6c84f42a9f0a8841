#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The inputs that fuzzing starts from, once more, and what it found to do harm.
# (die() leaves a parser by longjmp: what it held is not freed)
cd "$(dirname "$0")/.." || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
echo 1..1
{ [ -x build/tests/replay ] || make -s build/tests/replay >"$tmp/out" 2>&1; } &&
	ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0 FUZZ_DIR=$tmp build/tests/replay tests/fuzz/* >>"$tmp/out" 2>&1 || printf 'not '
echo "ok 1 - $(tail -n 1 "$tmp/out")"
