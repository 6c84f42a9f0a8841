#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Paths that commands take: relative, absolute, with blanks, from another directory. A path that
# cannot be used is an error before any work.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
tests=0

# A tree whose name has a blank, with a racy struct in drv/
top="$tmp/a kernel"
mkdir "$top" && cp -R "$here/minikernel" "$top/tree" && mkdir "$top/tree/drv" &&
	cp "$here/fix/race.h" "$top/tree/drv/" &&
	sed 's/^struct foo {/&\n\tstruct mutex lock;/' "$here/fix/beside.c" >"$top/tree/drv/beside.c" || exit
cat >"$top/tree/compile_commands.json" <<END
[{"directory": "$top/tree", "file": "drv/beside.c", "arguments": ["clang", "-nostdinc", "-I./include",
 "-include", "./include/linux/kconfig.h", "-include", "./include/linux/compiler_types.h",
 "-D__KERNEL__", "-DMODULE", "-std=gnu11", "-c", "-o", "drv/beside.o", "drv/beside.c"]}]
END
: >"$top/more.model"

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

run() { "$RACYBITS" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }

# Does each line of stdout name a file that is there, from here?
named() {
	[ -s "$tmp/out" ] || return
	while read -r path; do [ -s "$path" ] || return; done <"$tmp/out"
}

# refused PATTERN: one line on stderr, and the tree's files were not looked at
refused() {
	[ $status = 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" = 1 ] &&
		grep -q "^racybits: .*$1" "$tmp/err"
}

# each WHERE TREE: all commands in this directory, with this path of the tree
each() {
	run check -k "$2" -j1 --db "new db" -o "re port" drv
	[ $status = 1 ] && grep -q 'drv/beside.c.*racy-bitfield' "re port" && [ -s "new db" ]
	ok "$1: check -k, --db, -o, a directory"
	run check -k "$2" -j1 --db ./"new db" --model "$top/more.model" --write-baseline "base line" drv/beside.c
	[ $status = 1 ] && [ -s "base line" ]
	ok "$1: check --model, --write-baseline, a file"
	run check -k "$2" -j1 --baseline "base line" drv//../drv/beside.c
	[ $status = 0 ]
	ok "$1: check --baseline, a path with .."
	run check -k "$2" -j1 "$top/tree/drv"
	[ $status = 1 ]
	ok "$1: an absolute path in the tree"
	run explain -k "$2" -j1 --db "new db" -o "re port" foo drv
	[ $status = 1 ] && grep -q 'struct foo' "re port"
	ok "$1: explain"
	run prove -k "$2" -j1 --db "new db" -o "pro gram.c" foo a b drv
	[ $status = 0 ] && grep -q pthread "pro gram.c"
	ok "$1: prove"
	run dump -k "$2" -o "re port" drv/beside.c
	[ $status = 0 ] && grep -q 'record foo' "re port"
	ok "$1: dump"
	run model -k "$2" --model "$top/more.model" -o "re port"
	[ $status = 0 ] && [ -s "re port" ]
	ok "$1: model"
	for out in . patches ./"more patches"/deep/ "$PWD/absolute"; do
		name=$(basename "$out")
		run fix --no-verify -k "$2" -j1 --db "new db" -o "$out" drv/
		[ $status = 0 ] && named && [ -s "$out/cocci/foo.cocci" ]
		ok "$1: fix -o $name prints where the patches are"
	done
	rm -f ./*.patch && run fix --no-verify -k "$2" -j1 drv/beside.c
	[ $status = 0 ] && named && ls ./*.patch >"$tmp/ls"
	ok "$1: fix without -o writes here"
}

mkdir -p "$top/else where" "$top/tree/sub dir" && cd "$top/else where" && each 'beside the tree' ../tree
cd "$top/else where" && rm -rf ./* && each 'absolute' "$top/tree"
cd "$top" && ln -s tree "a link" && each 'by a link' "a link"
cd "$top/tree/sub dir" && each 'in a subdirectory' ..
cd "$top/tree" && each 'in the tree' .

# A path that cannot be used: before any work, that is, even before the tree is looked at.
cd "$top" || exit
mkdir sealed && : >sealed/file && : >file
for path in nowhere/file file/file "$top"; do
	name=${path##*/} parent=${path%/*}
	for command in check explain prove dump model lint; do
		run $command -k nothing -o "$path" foo a b
		refused "cannot write $path: "
		ok "$command -o ${parent##*/}/$name"
	done
	run check -k nothing --write-baseline "$path"
	refused "cannot write $path: "
	ok "check --write-baseline $name"
done
for path in file file/deep /dev/null; do
	run fix -k nothing -o "$path" drv/
	refused "directory $path: "
	ok "fix -o $path"
done
run fix -k nothing drv/
refused 'kernel tree nothing: No such file'
ok 'a tree that is not there'
run fix -k tree -o new none/
refused 'none'
ok 'fix: a PATH that is not there'
[ ! -e new ]
ok '... and no output directory is made'
for option in --baseline --model; do
	run check -k tree $option nowhere/file drv
	refused 'nowhere/file: No such file'
	ok "check $option"
done
run check -k tree --db nowhere/file drv
refused 'nowhere/file: cannot be opened'
ok 'check --db'
run lint -k tree --mbox nowhere/file
refused 'nowhere/file: No such file'
ok 'lint --mbox'
echo "1..$tests"
