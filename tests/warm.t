#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A second run with a database: make is asked again only when something that it reads has changed, and units
# are analysed again only when something that they read has.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=${RACYBITS:-$here/../racybits}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0

# A tree that make knows: its makefile prints the commands.
tree=$tmp/tree
cp -R "$here/minikernel" "$tree"
mkdir -p "$tree"/{drv,scripts,include/{config,generated}}
touch "$tree"/{scripts/Makefile.build,include/generated/{autoconf,asm-offsets}.h,include/config/auto.conf,.config,Kbuild}
echo '#include "shared.h"' | tee "$tree/drv/one.c" >"$tree/drv/two.c"
echo 'struct foo { unsigned a:1, b:1; };' >"$tree/drv/shared.h"
echo 'int other;' >"$tree/drv/other.c"

# makefile FILE...: what is compiled
makefile() {
	{
		printf 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\nEXTRAVERSION =\n.PHONY: ./ drv/\n./ drv/:\n'
		for f; do
			printf '\t$(CC) -nostdinc -I./include -D__KERNEL__ $(FLAGS) -c -o %s.o %s\n' "${f%.c}" "$f"
		done
	} >"$tree/Makefile"
}

# now_analysed N NAME [ARGS]: the next run analyses so many files
now_analysed() {
	local n=$1 name=$2

	shift 2
	tests=$((tests + 1))
	"$RACYBITS" check -k "$tree" --shard=1/1 --db "$tmp/facts.db" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	grep -q "translation units, $n analysed now" "$tmp/err" || printf 'not '
	echo "ok $tests - $name"
	sed 's/^/# /' "$tmp/err"
}

makefile drv/one.c drv/two.c
sleep 0.1 # a file changed since the start of a run is not trusted
now_analysed 2 "the first run analyses all"
now_analysed 0 "the second one nothing"

touch -r "$tree/Makefile" "$tmp/time"
makefile drv/two.c drv/one.c
touch -r "$tmp/time" "$tree/Makefile"
sed -i 's/-nostdinc/-NOSTDINC/' "$tree/Makefile" && touch -r "$tmp/time" "$tree/Makefile"
now_analysed 0 "make is not asked again: a makefile of the same size and time is not read"
now_analysed 0 "... nor for a part of what is kept" drv/one.c

makefile drv/one.c drv/two.c drv/other.c
now_analysed 1 "a changed makefile is"
echo 'CONFIG_MORE=y' >"$tree/include/config/auto.conf"
echo 'FLAGS = -DMORE' >>"$tree/Makefile"
now_analysed 3 "other commands"
echo '/* */' >>"$tree/drv/one.c"
sleep 0.1
now_analysed 1 "a changed source file"
echo 'struct bar { unsigned c:1, d:1; };' >>"$tree/drv/shared.h"
sleep 0.1
now_analysed 2 "a changed header: the files that include it"
touch "$tree/drv/shared.h"
sleep 0.1
now_analysed 0 "a header with another time and the same content"
now_analysed 0 "other paths are other units" drv/other.c

# A file that could not be parsed is not parsed again until the missing file is there.
makefile drv/one.c drv/made.c drv/broken.c
echo '#include "made.h"' >"$tree/drv/broken.c"
sleep 0.1
now_analysed 3 "a header and a source file are missing"
[ $status = 2 ] && grep -q 'broken.c: not analysed: .*made.h' "$tmp/err" && grep -q 'made.c: not analysed' "$tmp/err" &&
	grep -q '3 analysed now, 2 failed' "$tmp/err" || printf 'not '
tests=$((tests + 1))
echo "ok $tests - ... and the share says so, with status 2"
now_analysed 0 "they still are"
echo 'int made;' >"$tree/include/made.h"
sleep 0.1
now_analysed 1 "the header is there, in one of the directories where it was looked for"
echo 'int made;' >"$tree/drv/made.c"
sleep 0.1
now_analysed 1 "the source file is there"
echo 'int broken' >>"$tree/drv/broken.c"
sleep 0.1
now_analysed 1 "a source file is broken"
now_analysed 0 "it still is"
echo ';' >>"$tree/include/made.h"
sleep 0.1
now_analysed 1 "a header of it is changed"
makefile drv/one.c drv/two.c drv/other.c

mv "$tree" "$tree.moved"
tree=$tree.moved
now_analysed 3 "a tree that was moved"

echo "1..$tests"
