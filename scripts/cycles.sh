#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# cycles.sh [ROOM...] - print the cycles of calls between the files of a room (of each one): a file that
# calls another one which calls it back cannot be read, tested or replaced by itself.  Reads the symbols
# of the objects in build/obj, below $ROOT; exits 1 if there is a cycle that is not accepted below, or if
# one of these is no more.
set -eu

cd "${ROOT:-$(dirname "$0")/..}"

# C's syntax is recursive, and so are those who walk it: initialisers, statement expressions and "?:" hold
# expressions or statements of any kind; an argument's access path may begin at the result of a call.
accepted='front: files that call each other: branch cfg cfg_jump cfg_loop cfg_return cfg_switch expr stmt_expr
front: files that call each other: call path_expr stack_member
front: files that call each other: node_const node_expr node_init node_stmt'

# "FILE uses SYMBOL" and "FILE defines SYMBOL" for the functions and data of a room
symbols()
{
	room=$1
	set --
	for source in $(find checker/"$room" -name '*.c' | sort); do
		object=${source#checker/}
		object=build/obj/${object%.c}.o
		[ -n "$(find "$object" -newer "$source" 2>/dev/null)" ] || {
			echo "cycles.sh: $object is not newer than its source: run make" >&2
			return 2
		}
		set -- "$@" "$object"
	done
	nm -A -P "$@" | awk '
		{ file = $1; gsub(/^.*\/|\.o:$/, "", file) }
		$3 == "U" { print file, "uses", $2 }
		$3 ~ /^[BCDRTVW]$/ { print file, "defines", $2 }'
}

# The strongly connected components of more than one file: those that reach each other.
cycles()
{
	awk -v room="$1" '
	$2 == "defines" { owner[$3] = $1; files[$1] }
	$2 == "uses" { user[NR] = $1; symbol[NR] = $3 }

	END {
		for (i in user)
			if (symbol[i] in owner && owner[symbol[i]] != user[i])
				reach[user[i], owner[symbol[i]]]
		for (via in files)
			for (from in files)
				if ((from, via) in reach)
					for (to in files)
						if ((via, to) in reach)
							reach[from, to]
		for (file in files)
			if ((file, file) in reach && !(file in shown)) {
				line = room ": files that call each other:"
				n = split_sorted(files, names)
				for (i = 1; i <= n; i++)
					if ((file, names[i]) in reach && (names[i], file) in reach) {
						line = line " " names[i]
						shown[names[i]]
					}
				print line
			}
	}

	function split_sorted(set, out,    n, name, i)
	{
		n = 0
		for (name in set) {
			for (i = ++n; i > 1 && out[i - 1] > name; i--)
				out[i] = out[i - 1]
			out[i] = name
		}
		return n
	}'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2046 # one word a room
[ $# -gt 0 ] || set -- $(ls checker)
for room; do
	calls=$(symbols "$room") || exit
	printf '%s\n' "$calls" | cycles "$room" | sort >>"$work/found"
	printf '%s\n' "$accepted" | grep "^$room:" >>"$work/accepted" || :
done
diff "$work/accepted" "$work/found" >"$work/diff" && exit
sed -n 's/^> //p; s/^< \(.*\)/\1: no more, so cycles.sh need not accept it/p' "$work/diff"
exit 1
