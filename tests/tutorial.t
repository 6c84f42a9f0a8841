#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The commands of docs/tutorial.md, in order, in a git repository of drivers/vfio of 6.12.95: each block "sh" is a test
# of its commands, each block "text" one of what it must have printed, line by line; "..." stands for any lines.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC
top=$PWD page=$PWD/docs/tutorial.md
source=$(KVER=6.12.95 scripts/tree.sh) || exit
mkdir -p build && tmp=$(mktemp -d "$top/build/tutorial.XXXXXX") || exit
trap 'rm -rf "$tmp"' EXIT
PATH=$top:$PATH
export XDG_CACHE_HOME=$tmp/cache GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Maintainer GIT_AUTHOR_EMAIL=you@example.org GIT_COMMITTER_NAME=Maintainer GIT_COMMITTER_EMAIL=you@example.org
tests=0

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/said" "$tmp/missing" | tail -n 40
}

# Links of the files, where the file system has them: git replaces what it changes. (A file that a make of another test
# leaves for a moment may be gone before it is copied: it is not missed.)
cp -al "$source" "$tmp/linux" 2>/dev/null
[ -f "$tmp/linux/.config" ] || { rm -rf "$tmp/linux" && cp -a "$source" "$tmp/linux" 2>/dev/null; }
[ -f "$tmp/linux/.config" ] && [ -f "$tmp/linux/virt/Makefile" ] || exit
git -C "$tmp/linux" init -q && git -C "$tmp/linux" add -f drivers/vfio include/linux/vfio.h include/linux/vfio_pci_core.h &&
	git -C "$tmp/linux" commit -q -m 'Linux 6.12.95' || exit

# block N of the page into $tmp/N.KIND
awk -v dir="$tmp" '
/^```/ { if (inside) { close(file); inside = 0 } else { inside = 1; file = dir "/" ++n "." substr($0, 4); printf "" >file } next }
inside { print >file }' "$page"

# Are the lines of the first file in the second, in this order?
in_order() {
	awk 'NR == FNR { if ($0 != "...") wanted[++n] = $0; next }
	at < n && index($0, wanted[at + 1]) { at++ }
	END { if (at < n) { print "missing: " wanted[at + 1]; exit 1 } }' "$1" "$2" >"$tmp/missing"
}

: >"$tmp/missing"
for ((n = 1; ; n++)); do
	if [ -f "$tmp/$n.sh" ]; then
		last=$(tail -n 1 "$tmp/$n.sh")
		(cd "$tmp/linux" && bash "$tmp/$n.sh") >"$tmp/said" 2>&1 </dev/null
		status=$?
		case $last in
		"racybits check"* | "racybits explain"*) [ $status = 1 ] ;;
		*) [ $status = 0 ] ;;
		esac
		ok "$last"
	elif [ -f "$tmp/$n.text" ]; then
		in_order "$tmp/$n.text" "$tmp/said"
		ok "... says what the page shows"
	else
		break
	fi
done
[ $n -gt 15 ]
ok "the page has blocks"
(cd "$tmp/linux" && ! racybits check drivers/vfio 2>/dev/null | grep -q 'struct mlx5_vhca_page_tracker: ')
ok "the finding is gone"
find "$source" -newer "$tmp/1.sh" -type f >"$tmp/missing"
[ ! -s "$tmp/missing" ]
ok "the tree was not written to"

echo "1..$tests"
