#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The facts of all fixtures are the same whichever libclang reads them: the program is built again with each
# other version that is installed (libclang-N-dev), in build/llvm-N.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
top=${here%/*}
RACYBITS=$(readlink -f "${RACYBITS:-$top/racybits}")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
[ -n "${LONG:-}" ] || { echo "1..0 # SKIP LONG=1 builds the program again"; exit 0; }
used=$(ldd "$RACYBITS" | sed -n 's/.*libclang-\([0-9]*\)\.so.*/\1/p')
others=
for v in 17 18 19 20 21 22; do
	[ "$v" = "$used" ] || [ ! -e /usr/lib/llvm-$v/include/clang-c/Index.h ] || others="$others $v"
done
[ -n "$others" ] || { echo "1..0 # SKIP no other libclang is installed"; exit 0; }

cp -R "$here/minikernel" "$tmp/tree"
cp -R "$here/fixtures" "$tmp/tree"
cd "$tmp/tree" || exit
files=$(find fixtures -name '*.c' | sort)
for f in $files; do
	printf '{"directory": "%s", "file": "%s", "arguments": ["clang", "-nostdinc", "-I./include",' "$PWD" "$f"
	printf '"-include", "./include/linux/kconfig.h", "-include", "./include/linux/compiler_types.h",'
	printf '"-D__KERNEL__", "-DMODULE", "-std=gnu11", "-O2", "-c", "-o", "x.o", "%s"]}\n' "$f"
done | sed '1s/^/[/; $!s/$/,/; $s/$/]/' >compile_commands.json
# dump PROGRAM OUT: facts in order into OUT, then the files read, which have none (libclang 17 takes no precompiled
# headers, and reads them in another one)
dump() {
	# shellcheck disable=SC2086 # one word a file
	"$1" dump -k . $files 2>"$tmp/err" | awk -v files="sort -u >'$2.files'" '/^file / { print | files; next } { print }' >"$2"
	cat "$2.files" >>"$2"
}
dump "$RACYBITS" "$tmp/facts"

tests=0
for v in $others; do
	tests=$((tests + 2))
	"$top/scripts/copy.sh" "$top/build/llvm-$v" &&
		make -s -C "$top/build/llvm-$v" LLVM="$v" DEPS=: racybits >"$tmp/log" 2>&1 || printf 'not '
	echo "ok $((tests - 1)) - it builds with libclang $v"
	dump "$top/build/llvm-$v/racybits" "$tmp/facts.$v"
	[ -s "$tmp/facts" ] && cmp -s "$tmp/facts" "$tmp/facts.$v" || printf 'not '
	echo "ok $tests - the facts of $(echo "$files" | wc -l) fixtures are those of libclang $used"
	diff "$tmp/facts" "$tmp/facts.$v" | head -n 20 | sed 's/^/# /'
done
echo "1..$tests"
