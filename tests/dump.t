#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# racybits dump --after=PASS prints what a pass made: tests/dump/PASS.c is a small program, PASS.txt what is to be
# printed of it.
#
#	prove tests/dump.t				all passes
#	UPDATE=1 prove tests/dump.t			write what is printed into the .txt files: read the difference
#	RACYBITS=PROGRAM prove tests/dump.t		another program
set -u
cd "$(dirname "$0")/.." || exit
RACYBITS=$(readlink -f "${RACYBITS:-racybits}")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
tests=0

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/diff"
}

cp -R tests/minikernel "$tmp/tree" && mkdir "$tmp/tree/dump" && cp tests/dump/*.c "$tmp/tree/dump" || {
	echo "Bail out! cannot set up"
	exit 2
}
comma='['
for file in tests/dump/*.c; do
	file=dump/${file##*/}
	cat <<-END
	$comma{"directory": "$tmp/tree", "file": "$file", "arguments": ["clang",
	"-nostdinc", "-I./include", "-include", "./include/linux/kconfig.h",
	"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-DMODULE",
	"-std=gnu11", "-Wall", "-O2", "-c", "-o", "${file%.c}.o", "$file"]}
	END
	comma=,
done >"$tmp/tree/compile_commands.json"
echo ']' >>"$tmp/tree/compile_commands.json"

"$RACYBITS" dump '--after=?' >"$tmp/list" 2>"$tmp/diff"
passes=$(cut -d' ' -f1 "$tmp/list")
[ "$(echo "$passes" | wc -l)" -ge 12 ]
ok "--after=? lists the passes"

for pass in $passes; do
	rule=$(sed -n '2s/[^a-zA-Z]*\(.*[a-z.]\).*/\1/p' "tests/dump/$pass.c")
	"$RACYBITS" dump -k "$tmp/tree" --after="$pass" "dump/$pass.c" >"$tmp/found" 2>"$tmp/diff"
	status=$?
	[ -z "${UPDATE-}" ] || cp "$tmp/found" "tests/dump/$pass.txt"
	[ $status = 0 ] && [ -s "$tmp/found" ] && diff -u "tests/dump/$pass.txt" "$tmp/found" >"$tmp/diff"
	ok "$pass: $rule"
done

for file in tests/dump/*.c; do
	file=${file##*/}
	echo "$passes" | grep -qx "${file%.c}" || echo "${file%.c} is no pass"
done >"$tmp/diff"
[ ! -s "$tmp/diff" ]
ok "no file is left that no pass reads"

# The whole tree, with several workers and with one, in a database and without
for args in "-j1" "-j4" "--db=$tmp/db" "--db=$tmp/db"; do
	for pass in contexts verdict; do
		# shellcheck disable=SC2086 # one option each
		"$RACYBITS" dump -k "$tmp/tree" $args --after=$pass dump || echo failed
	done >"$tmp/found" 2>"$tmp/diff"
	[ -f "$tmp/first" ] || cp "$tmp/found" "$tmp/first"
	cmp "$tmp/first" "$tmp/found" >>"$tmp/diff" 2>&1 || echo differs
done >"$tmp/same"
[ ! -s "$tmp/same" ]
ok "the same bytes in every run"

"$RACYBITS" dump -k "$tmp/tree" --after=linking dump/symtab.c >"$tmp/found" 2>"$tmp/diff"
[ $? = 2 ] && [ ! -s "$tmp/found" ] && grep -q "linking.*symtab.*verdict" "$tmp/diff"
ok "a pass that is none: the message lists those that are"

echo "1..$tests"
