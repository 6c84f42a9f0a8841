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
# (a line is erased before the next: what is between two carriage returns is one)
tr '\r' '\n' <"$tmp/shown" | sed 's/\x1b\[K//; s/ *$//' | grep '^\[' >"$tmp/lines"
[ "$(head -n 1 "$tmp/lines")" = '[--------------------] reading the compile commands' ] &&
	grep -q '^\[--------------------\] 0/3 ' "$tmp/lines" && grep -q '^\[######--------------\] 1/3 ' "$tmp/lines" &&
	grep -q '^\[####################\] 3/3 ' "$tmp/lines" && ! grep -q ' 0/0 ' "$tmp/lines"
ok "... from the first moment on, with a bar"
grep -q '^\[--------------------\] linking: symtab$' "$tmp/lines" && grep -q '^\[#*-\] linking: verdict$' "$tmp/lines" &&
	[ "$(tail -n 1 "$tmp/lines")" = "$(grep 'linking: verdict' "$tmp/lines")" ]
ok "... through linking"
tr '\r' '\n' <"$tmp/shown" | tail -n 3 | grep -q "^$(printf '\033')\[K.*racybits:.*3 translation units"
ok "... and erased before what is said"
on_terminal NO_COLOR=1
! grep -qE 'ETA|linking' "$tmp/shown" && grep -q '3 translation units' "$tmp/shown"
ok "NO_COLOR: none"
on_terminal TERM=dumb
! grep -q 'ETA' "$tmp/shown"
ok "a dumb terminal: none"
"$RACYBITS" check -k "$tree" -j1 >"$tmp/shown" 2>&1
! grep -qE 'ETA|linking' "$tmp/shown" && grep -q '3 translation units' "$tmp/shown"
ok "a pipe or file: none"

echo "1..$tests"
