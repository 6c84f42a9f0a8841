#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The set-up side: scripts/tree.sh, scripts/deps.sh, scripts/copy.sh and scripts/layers.sh.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

# run COMMAND...: its output and status into $tmp/out, $tmp/err, $status
run() { "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }

# refused PATTERN: status 2, nothing on stdout and one line on stderr that matches
refused() {
	[ $status = 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" = 1 ] &&
		grep -q "^racybits: .*$1" "$tmp/err"
}

### a real tree

run scripts/tree.sh
tree=$(tail -n 1 "$tmp/out")
[ $status = 0 ] && [ -f "$tree/include/generated/autoconf.h" ]
ok "the default tree is there and prepared"
! grep -qsx '/\*' "$tree/.gitignore"
ok "... and git would add its files"

mkdir "$tmp/refuse"
for program in apt-get apt-cache dpkg-deb make tar; do
	printf '#!/bin/sh\necho "$0" >>%s\nexit 1\n' "$tmp/asked" >"$tmp/refuse/$program"
done
chmod +x "$tmp"/refuse/*
run env PATH="$tmp/refuse:$PATH" scripts/tree.sh
[ "$(cat "$tmp/out")" = "$tree" ] && [ ! -s "$tmp/err" ] && [ ! -e "$tmp/asked" ]
ok "asking again gives the same path, and asks nobody"

run make --no-print-directory tree
[ "$(tail -n 1 "$tmp/out")" = "$tree" ]
ok "make tree prints the path as its last line"

touch "$tmp/before"
run make -C "$tree" LLVM=-19 -n V=1 drivers/vfio/
[ $status = 0 ] && [ "$(grep -o 'drivers/vfio/[^ ]*\.c ' "$tmp/out" | sort -u | wc -l)" -ge 20 ]
ok "the tree names the compile commands of drivers/vfio"
run find "$tree" -type f -newer "$tmp/before"
[ ! -s "$tmp/out" ]
ok "... and has nothing left to build first"

run env KVER=6.12.1 scripts/tree.sh
sed -i '/looking up/d' "$tmp/err"
refused 'no Linux 6\.12\.1 to be had (.*6\.12\.95.*KDIR='
ok "a version that is not to be had"
run env KVER=6.12-rc1 scripts/tree.sh
refused 'KVER=6.12-rc1'
ok "a version that is none"
run env ARCH=mips scripts/tree.sh
refused 'ARCH=mips: expected x86_64, arm64, powerpc, riscv or s390'
ok "an unknown architecture"
run env CC=tcc scripts/tree.sh
refused 'CC=tcc: expected clang or gcc'
ok "an unknown compiler"

### the making of a tree, with a kernel of two files that is already downloaded

top=$tmp/top
mkdir -p "$top/tests" "$top/build/downloads" "$tmp/linux/scripts/kconfig" "$tmp/linux/tools"
cp -r scripts "$top"
cp -r tests/config "$top/tests"
cat >"$tmp/linux/Makefile" <<'END'
defconfig: ; touch .config
olddefconfig: ; grep -q CONFIG_VFIO=m .config
modules_prepare:
	echo cmd := $(CURDIR) > tools/.tool.cmd
	echo . >> ../../../prepared
	! test -e ../../../fail
	! test -e ../../../hang || sleep 30
	test -z "$(KVER)"
END
printf '#!/bin/sh\ncat $3 >>$2\n' >"$tmp/linux/scripts/kconfig/merge_config.sh"
chmod +x "$tmp/linux/scripts/kconfig/merge_config.sh"
tar -cJf "$top/build/downloads/linux-9.9.9.tar.xz" -C "$tmp" linux
final=$top/build/trees/linux-9.9.9-x86_64-clang
make_tree() { KVER=9.9.9 ARCH=x86_64 CC=clang "$top/scripts/tree.sh"; }

touch "$top/fail"
run make_tree
[ $status = 2 ] && [ ! -e "$final" ] && tail -n 1 "$tmp/err" | grep -q 'preparing Linux 9.9.9: failed, see .*\.log'
ok "a step that fails names its log and leaves no tree"
rm "$top/fail"

touch "$top/hang"
rm "$tmp/err"
KVER=9.9.9 ARCH=x86_64 CC=clang setsid "$top/scripts/tree.sh" >"$tmp/out" 2>"$tmp/err" &
until grep -qs preparing "$tmp/err"; do sleep 0.1; done
{ kill -9 -- -$!; wait $!; } 2>/dev/null
[ ! -e "$final" ]
ok "one that is killed leaves no tree"

rm "$top/hang" "$top/prepared"
make_tree >"$tmp/out" 2>"$tmp/err" &
make_tree >"$tmp/out2" 2>/dev/null
wait $!
[ "$(cat "$tmp/out")" = "$final" ] && [ "$(cat "$tmp/out2")" = "$final" ] && [ "$(wc -l <"$top/prepared")" = 1 ]
ok "two at once make the tree once, after whatever went before"
grep -q "^cmd := $final$" "$final/tools/.tool.cmd" && [ ! -e "$final.part" ]
ok "... which knows nothing of its former name"

rm -r "$final"
cp Makefile "$top"
run make --no-print-directory -C "$top" tree KVER=9.9.9 ARCH=x86_64 CC=clang DEPS=:
[ $status = 0 ] && [ "$(tail -n 1 "$tmp/out")" = "$final" ]
ok "what make was told does not reach the kernel's make"

### packages

mkdir "$tmp/bin" "$tmp/empty"
fake() { printf '#!/bin/sh\n%s\n' "$2" >"$tmp/bin/$1"; chmod +x "$tmp/bin/$1"; }
with_fakes() { PATH=$tmp/bin:$PATH "$@"; }
fake dpkg-query 'shift 3; for p; do [ $p = flex ] || printf "installed:%s " $p; done'
fake apt-get "echo \"\$@\" >>$tmp/apt"
fake sudo 'exit 1'
fake id 'echo 1000'

run with_fakes scripts/deps.sh build
[ $status = 0 ] && [ ! -s "$tmp/err" ]
ok "nothing is said when nothing is missing"
run with_fakes scripts/deps.sh check
refused 'missing packages; run: apt-get install flex$' && [ ! -e "$tmp/apt" ]
ok "without root the one apt line is named"
run with_fakes make --no-print-directory tree
[ $status = 2 ] && grep -q 'run: apt-get install flex$' "$tmp/err"
ok "... by make, too"
fake sudo '[ "$2" = true ] || { shift; exec "$@"; }'
run with_fakes scripts/deps.sh check
[ $status = 0 ] && [ "$(wc -l <"$tmp/apt")" = 1 ] && grep -q 'install -y .*flex' "$tmp/apt"
ok "with sudo what is missing is installed, and no list fetched"
fake apt-get "echo \"\$@\" >>$tmp/apt; exit 100"
run with_fakes scripts/deps.sh check
[ $status = 2 ] && tail -n 1 "$tmp/err" | grep -q 'run: apt-get install flex$' && grep -q ' update$' "$tmp/apt"
ok "if apt fails, its lists are fetched once, then the line is named"
run env PATH="$tmp/empty" /bin/sh scripts/deps.sh build
refused 'not a Debian system.*libclang'
ok "a system that is not Debian is told what is needed"

### copies of the sources

mkdir -p "$top/checker/room" "$top/build"
echo one >"$top/checker/room/one.c"
run "$top/scripts/copy.sh" "$top/build/copy"
echo built >"$top/build/copy/build/one.o"
echo program >"$top/build/copy/racybits"
mv "$top/checker/room/one.c" "$top/checker/two.c"
run "$top/scripts/copy.sh" "$top/build/copy"
(cd "$top/build/copy" && find checker build racybits -type f) >"$tmp/out"
[ "$(sort "$tmp/out" | paste -sd' ')" = 'build/one.o checker/two.c racybits' ]
ok "a copy that is made again has no source that is gone, and keeps what was built"

### rooms

run scripts/layers.sh
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "no file of checker/ includes what it may not"
breach() {
	rm -rf "$tmp/checker"
	cp -r checker "$tmp/checker"
	echo "$2" >>"$tmp/checker/$1"
	run scripts/layers.sh "$tmp/checker"
	[ $status = 1 ] && grep -q "$1:[0-9]*: .*$3" "$tmp/out"
}
breach link/lockset.c '#include "front/front.h"' 'link includes front/front.h'
ok "another room's header is a breach"
breach base/util.c '#include "facts/facts.h"' 'base includes facts/facts.h'
ok "base includes no other room"
breach out/text.c '#include <clang-c/Index.h>' 'clang-c/Index.h'
ok "a library in the wrong room is a breach"
breach stranger.c '' 'stands in no room'
ok "a file outside of the rooms is a breach"
body() { echo 'void f(void)'; echo '{'; seq -f '	f(%g);' "$1"; echo '}'; }
! breach fix/long.c "$(body 57)" '' && [ $status = 0 ]
ok "a function has at most 60 lines"
breach fix/long.c "$(body 58)" 'function of 61 lines'
ok "one of 61 lines is a breach"
! breach fix/long.c "$(seq -f '/* %g */' 600)" '' && [ $status = 0 ]
ok "a file has at most 600 lines"
breach fix/long.c "$(seq -f '/* %g */' 601)" 'more than 600 lines'
ok "one of 601 lines is a breach"
breach out/pair.c "$(printf 'struct link {\n\tint a;\n};\n')" 'defines link, as does'
ok "a tag that another file defines is a breach"

### cycles of calls

run scripts/cycles.sh
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "no files of a room call each other, but those that walk C's syntax"
mkdir -p "$tmp/root/checker/room" "$tmp/root/build/obj/room"
echo 'void b(void); void a(void); void a(void) { b(); }' >"$tmp/root/checker/room/one.c"
echo 'void a(void); void b(void); void b(void) { a(); }' >"$tmp/root/checker/room/two.c"
echo 'void a(void); void c(void); void c(void) { a(); }' >"$tmp/root/checker/room/three.c"
for file in one two three; do
	gcc -c -o "$tmp/root/build/obj/room/$file.o" "$tmp/root/checker/room/$file.c"
done
run env ROOT="$tmp/root" scripts/cycles.sh room
[ $status = 1 ] && [ "$(cat "$tmp/out")" = "room: files that call each other: one two" ]
ok "two files that call each other are a cycle, one that is not called is none of it"
mkdir -p "$tmp/root/checker/front" "$tmp/root/build/obj/front"
cp "$tmp/root/checker/room/one.c" "$tmp/root/checker/front/"
cp "$tmp/root/build/obj/room/one.o" "$tmp/root/build/obj/front/"
run env ROOT="$tmp/root" scripts/cycles.sh front
[ $status = 1 ] && grep -q '^front: .* node_stmt: no more' "$tmp/out"
ok "a cycle that is accepted and no more is said"
rm "$tmp/root/build/obj/room/two.o"
run env ROOT="$tmp/root" scripts/cycles.sh room
[ $status = 2 ] && grep -q 'build/obj/room/two.o is not newer' "$tmp/err"
ok "without an object nothing is said to be right"

echo "1..$tests"
