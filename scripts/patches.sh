#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# patches.sh KDIR [VERSION] - makes kernel-patches/VERSION and its scripts in cocci/ anew from the
# kernel tree KDIR, each patch verified: of 6.12 (default) those for drivers/vfio by both policies, of
# 7.3 those that kernel-patches/7.3/list names, with a program for each that shows the lost update.
# For these the facts of all the tree are gathered first, in DB or build/VERSION.db. The old patches are
# replaced only when all went well. RACYBITS names another program; DB keeps facts.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
kdir=${1:?which kernel tree?}
version=$(echo "${2:-6.12}" | cut -d. -f1,2)
made=$top/build/patches
RACYBITS=${RACYBITS:-$top/racybits}

racybits() {
	command=$1
	shift
	"$RACYBITS" "$command" -k "$kdir" ${DB:+--db "$DB"} "$@"
}

# Puts what was made for a folder of kernel-patches/ in the place of the old files: install FROM TO
install() {
	find "$top/kernel-patches/$2" -type f ! -name list -delete 2>/dev/null || :
	rm -rf "$top/cocci/${2##*/}"
	mkdir -p "$top/cocci/${2##*/}" "$top/kernel-patches/$2"
	mv "$1/cocci/"*.cocci "$top/cocci/${2##*/}/"
	rmdir "$1/cocci"
	cp -R "$1/." "$top/kernel-patches/$2/"
}

# The lines of the list, without comments.
list() {
	sed '/^#/d; /^$/d' "$top/kernel-patches/$version/list"
}

# Shows the lost update with the layout of the tree, and none with the planned one, by both
# compilers: prove STRUCT FIELD FIELD PATH
prove() {
	program=$made/all/proofs/$1
	racybits prove -o "$program.c" "$@" 2>/dev/null
	for cc in gcc clang-19; do
		"$cc" -O2 -pthread -o "$made/proof" "$program.c"
		result='NOT SHOWN'
		for seconds in 1 4 16; do
			"$made/proof" "$seconds" >"$made/said" && result=shown && break
		done
		printf '%-18s %-24s %-24s %-9s %s\n' "$1" "$2" "$3" "${cc%-*}" "$result"
	done >>"$made/all/proofs/results.txt"
}

rm -rf "$made"
case $version in
6.12)
	for policy in lifetime strict; do
		racybits fix --policy=$policy -o "$made/$policy" drivers/vfio/
	done
	for policy in lifetime strict; do
		install "$made/$policy" "$version/$policy"
	done
	;;
*)
	DB=${DB:-$top/build/$version.db}
	# (a few files need headers that only a build makes: status 2)
	racybits check --shard=1/1 || [ $? = 2 ]
	fields=$(list | awk '{ n = split($2, f, ","); for (i = 1; i <= n; i++) print $1 "." f[i] }')
	# shellcheck disable=SC2086 # one word an argument
	racybits fix -o "$made/all" $fields || [ $? = 2 ]
	if grep -r '^FAILED' "$made/all"; then exit 1; fi
	[ "$(find "$made/all/cocci" -type f | wc -l)" = "$(list | wc -l)" ]
	mkdir -p "$made/all/proofs"
	list | awk '{ print $1, $3, $4, $5 }' | while read -r struct a b path; do
		prove "$struct" "$a" "$b" "$path"
	done
	if grep 'NOT SHOWN' "$made/all/proofs/results.txt"; then exit 1; fi
	install "$made/all" "$version"
	;;
esac
rm -rf "$made"
