#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A line of progress on a terminal, and none anywhere else.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(realpath "${RACYBITS:-$here/../racybits}")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || tr '\r\033' '\n ' <"$tmp/shown" | sed 's/^/# /'
}

tree=$tmp/tree
cp -R "$here/minikernel" "$tree"
comma='['
for n in 1 2 3; do
	echo "int drv_$n;" >"$tree/drv$n.c"
	printf '%s{"directory":"%s","file":"drv%d.c","arguments":["clang","-D__KERNEL__","-c","-o","drv%d.o","drv%d.c"]}\n' "$comma" "$tree" $n $n $n
	comma=,
done >"$tree/compile_commands.json"
echo ']' >>"$tree/compile_commands.json"

# on_terminal [VAR=VALUE]...: what a terminal is sent
on_terminal() {
	env -u NO_COLOR TERM=xterm "$@" script -qec "$RACYBITS check -k $tree -j1" /dev/null >"$tmp/shown" </dev/null
}

on_terminal
grep -q '1/3 [0-9.]*/s ETA [0-9]*:[0-9][0-9] drv1\.c' "$tmp/shown" &&
	grep -q '3/3 [0-9.]*/s ETA [0-9]*:[0-9][0-9] drv3\.c' "$tmp/shown"
ok "on a terminal: done/total, rate, time to come, current file"
on_terminal NO_COLOR=1
! grep -q 'ETA' "$tmp/shown" && grep -q '3 translation units' "$tmp/shown"
ok "NO_COLOR: none"
on_terminal TERM=dumb
! grep -q 'ETA' "$tmp/shown"
ok "a dumb terminal: none"
"$RACYBITS" check -k "$tree" -j1 >"$tmp/shown" 2>&1
! grep -q 'ETA' "$tmp/shown" && grep -q '3 translation units' "$tmp/shown"
ok "a pipe or file: none"

echo "1..$tests"
