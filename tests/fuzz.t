#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The inputs that fuzzing starts from, once more, and what it found to do harm.
cd "$(dirname "$0")/.." || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
sources=$(sed -n '/^fuzz_sources/,/)$/p' Makefile | tr -d '\\\n' | sed 's/.*%.c,//; s/)$//')
echo 1..1
# shellcheck disable=SC2046,SC2086 # one word a file
${HOSTCC:-gcc} -std=gnu11 -D_GNU_SOURCE -DREPLAY -DRACYBITS_DATADIR='""' -O1 -w -Wl,--wrap=die,--wrap=warn \
	-o "$tmp/replay" tests/fuzz.c $(printf 'checker/%s.c ' $sources) -ljansson &&
	"$tmp/replay" tests/fuzz/* >"$tmp/out" || printf 'not '
echo "ok 1 - $(cat "$tmp/out")"
