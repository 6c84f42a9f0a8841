#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Each file of tests/fixtures is a program of its own; see tests/fixtures/README.md.
# prove tests/fixtures.t :: NAME...	only these; RACYBITS=program to test another one

here=$(cd "$(dirname "$0")" && pwd) || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

RACYBITS=${RACYBITS:-$here/../racybits}
export RACYBITS tmp

# A tree of our own: the compile commands need absolute paths.
mkdir "$tmp/found" && cp -R "$here/minikernel" "$tmp/tree" && cp -R "$here/fixtures" "$tmp/tree/" &&
	${HOSTCC:-gcc} -D_GNU_SOURCE -std=gnu11 -o "$tmp/expect" "$here/expect.c" -ljansson || {
	echo "Bail out! cannot set up"
	exit 2
}

cd "$tmp/tree" || exit
[ $# -gt 0 ] || set -- $(ls fixtures | sed -n 's/\.c$//p')

comma='['
for name; do
	cat <<-EOF
	$comma{"directory": "$tmp/tree", "file": "fixtures/$name.c", "arguments": ["clang",
	"-nostdinc", "-I./include", "-include", "./include/linux/kconfig.h",
	"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-DMODULE",
	"-std=gnu11", "-Wall", "-O2", "-c", "-o", "fixtures/$name.o", "fixtures/$name.c"]}
	EOF
	comma=,
done >compile_commands.json
echo ']' >>compile_commands.json

printf '%s\n' "$@" | xargs -P "$(getconf _NPROCESSORS_ONLN)" -I NAME sh -c '
	"$RACYBITS" check -k "$tmp/tree" -j1 --all --format=json fixtures/NAME.c \
		>"$tmp/found/NAME.json" 2>"$tmp/found/NAME.err"
	echo $? >"$tmp/found/NAME.status"'

echo "1..$#"
n=0
for name; do
	n=$((n + 1))
	found=$tmp/found/$name
	status=$(cat "$found.status")
	if "$tmp/expect" "fixtures/$name.c" "$found.json" "$status" >"$found.diff" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		cat "$found.diff" "$found.err" | sed 's/^/# /'
	fi
done
