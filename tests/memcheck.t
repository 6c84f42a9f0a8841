#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The fixtures under valgrind's memcheck: one run over all of them, workers included, has no error and no leak and says what it says
# without.  All of them take minutes: only with LONG=1 ("make memcheck"), else those of the pattern FIXTURES.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT

command -v valgrind >/dev/null || { echo "1..0 # SKIP no valgrind"; exit; }
[ "${LONG:-0}" = 1 ] && FIXTURES='*' || FIXTURES=${FIXTURES:-guard-[a-c]*}
# shellcheck disable=SC2086 # a pattern
cp -R "$here/minikernel" "$tmp/tree" && mkdir "$tmp/tree/fixtures" && cp "$here"/fixtures/*/$FIXTURES.c "$tmp/tree/fixtures/" &&
	cp -R "$here"/fixtures/*/*.d "$tmp/tree/fixtures/" &&
	cd "$tmp/tree" || exit
comma='['
for file in fixtures/*.c; do
	printf '%s{"directory": "%s", "file": "%s", "arguments": ["clang", "-nostdinc", "-I./include", "-include",' \
		"$comma" "$tmp/tree" "$file"
	printf '"./include/linux/kconfig.h", "-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-DMODULE",'
	printf '"-std=gnu11", "-c", "-o", "%s.o", "%s"]}\n' "${file%.c}" "$file"
	comma=,
done >compile_commands.json
echo ']' >>compile_commands.json

tests=0
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
}

# memcheck OUTPUT ARGUMENT...: what valgrind has to say is in $tmp/log.PID
memcheck() {
	valgrind --quiet --log-file="$tmp/log.%p" --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect \
		"$RACYBITS" "${@:2}" >"$tmp/$1" 2>"$tmp/err"
}

silent() {
	cat "$tmp"/log.* >"$tmp/log"
	[ ! -s "$tmp/log" ]
}

fixtures=$(find fixtures -name '*.c' | wc -l)
for args in "-j2 --all --format=json" "-j1 --db $tmp/db"; do
	# shellcheck disable=SC2086 # one word an option
	"$RACYBITS" check -k . $args fixtures >"$tmp/good" 2>"$tmp/err.good"
	good=$?
	rm -f "$tmp"/log.*
	# shellcheck disable=SC2086 # one word an option
	memcheck out check -k . $args fixtures
	[ $? = $good ] && cmp -s "$tmp/out" "$tmp/good" && silent
	ok "$fixtures fixtures: check ${args//$tmp\//}"
	head -n 60 "$tmp/log" | sed 's/^/# /'
done
echo "1..$tests"
