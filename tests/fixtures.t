#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Each file of tests/fixtures/FOLDER is a program of its own, NAME.c with the files of NAME.d if there is one;
# see tests/fixtures/README.md.
#
#	prove tests/fixtures.t					all of them
#	prove tests/fixtures.t :: locks/rtnl-clean 'guard-*' ...	only these, with or without the folder
#	RACYBITS=PROGRAM prove tests/fixtures.t			another program

here=$(cd "$(dirname "$0")" && pwd) || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

RACYBITS=${RACYBITS:-$here/../racybits}
export RACYBITS tmp

exec 3>&1
bail_out() {
	echo "Bail out! $*" >&3
	exit 2
}

# A tree of our own: the compile commands need absolute paths.
mkdir "$tmp/found" && cp -R "$here/minikernel" "$tmp/tree" && cp -R "$here/fixtures" "$tmp/tree/" &&
	${HOSTCC:-gcc} -D_GNU_SOURCE -std=gnu11 -o "$tmp/expect" "$here/expect.c" -ljansson || bail_out "cannot set up"
cd "$tmp/tree/fixtures" || exit

[ $# -gt 0 ] || set -- '*/*'
for name; do
	case $name in
	*/*) ;;
	*)   name="*/$name" ;;
	esac
	for file in ${name%.c}.c; do
		[ -f "$file" ] || bail_out "no fixture $name"
		echo "${file%.c}"
	done
done >"$tmp/names"

comma='['
while read -r name; do
	mkdir -p "$tmp/found/${name%/*}"
	for file in "$name.c" "$name.d"/*.c "$name.d"/*/*.c; do
		[ -f "$file" ] || continue
		cat <<-EOF
		$comma{"directory": "$tmp/tree", "file": "fixtures/$file", "arguments": ["clang",
		"-nostdinc", "-I./include", "-include", "./include/linux/kconfig.h",
		"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-DMODULE",
		"-std=gnu11", "-Wall", "-O2", "-c", "-o", "fixtures/${file%.c}.o", "fixtures/$file"]}
		EOF
		comma=,
	done
done <"$tmp/names" >../compile_commands.json
echo ']' >>../compile_commands.json

xargs -P "$(getconf _NPROCESSORS_ONLN)" -I NAME sh -c '
	more=; [ ! -d NAME.d ] || more=fixtures/NAME.d
	"$RACYBITS" check -k "$tmp/tree" -j1 --all --format=json fixtures/NAME.c $more \
		>"$tmp/found/NAME.json" 2>"$tmp/found/NAME.err"
	echo $? >"$tmp/found/NAME.status"' <"$tmp/names"

echo "1..$(wc -l <"$tmp/names")"
n=0
while read -r name; do
	n=$((n + 1))
	found=$tmp/found/$name
	status=$(cat "$found.status")
	if (cd .. && "$tmp/expect" "fixtures/$name.c" "$found.json" "$status") >"$found.diff" 2>&1; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		cat "$found.diff" "$found.err" | sed 's/^/# /'
	fi
done <"$tmp/names"
