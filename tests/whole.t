#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Many files at once: precompiled headers change nothing, a worker or the whole run may be killed,
# and shares from several processes join to the same result.
# LONG=1 compares facts over every tenth file of the whole configuration (more than 300; minutes), and
# analyses an arm64 tree, in place and built elsewhere (O=).
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# ok STATUS NAME
ok() {
	tests=$((${tests-0} + 1))
	if [ "$1" = 0 ]; then echo "ok $tests - $2"; return; fi
	echo "not ok $tests - $2"
	sed 's/^/# /' "$tmp/why"
}

tree=$(KVER=6.12.95 scripts/tree.sh) || exit

# check OUT [ARGS]: the JSON report on drivers/vfio into $tmp/OUT
check() {
	local out=$1
	shift
	./racybits check -k "$tree" --all --format=json "$@" drivers/vfio >"$tmp/$out" 2>"$tmp/why"
}

# same A B: byte for byte
same() { cmp "$tmp/$1" "$tmp/$2" >"$tmp/why" 2>&1; }

# dump OUT ARGS: facts in order into $tmp/OUT, files read, which have none, into $tmp/OUT.files
dump() {
	local out=$1
	shift
	./racybits dump -k "$tree" "$@" 2>"$tmp/why" |
		awk -v files="$tmp/$out.files" '/^file / { print | "sort -u >" files; next } { print }' \
			>"$tmp/$out"
}

# same_facts NAME ARGS: with precompiled headers and without
same_facts() {
	local name=$1
	shift
	dump with "$@"
	dump without --no-pch "$@"
	[ -s "$tmp/with" ] && same with without
	ok $? "$name: the same facts with precompiled headers and without"
	same with.files without.files
	ok $? "... from the same files"
}

# programs PID: the processes of racybits that a process started
programs() {
	local p
	# shellcheck disable=SC2013 # one line of words
	for p in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		[ "$(cat "/proc/$p/comm" 2>/dev/null)" = racybits ] && echo "$p"
	done
}

# workers PID: the worker processes of a run: PID itself only watches over the command
workers() {
	local p
	for p in $(programs "$1"); do programs "$p"; done
}

# at_work PID: waits until the worker computes; one that waits for its next file takes none with it
at_work() {
	local _
	for _ in $(seq 600); do
		[ "$(sed 's/.*) \(.\).*/\1/' "/proc/$1/stat")" = R ] && return
		sleep 0.01
	done
}

# stored FILE BYTES: waits until so much has been stored
stored() {
	local _
	for _ in $(seq 600); do
		[ "$(cat "$1" "$1-wal" 2>/dev/null | wc -c)" -ge "$2" ] && return
		sleep 0.1
	done
}

check plain
same_facts "drivers/vfio" drivers/vfio
[ -z "${LONG-}" ] || same_facts "every tenth file" --shard=3/10

# A worker that dies takes one file with it.
for signal in KILL SEGV; do
	for _ in 1 2 3; do # between two files it takes none
		rm -f "$tmp/$signal.db"*
		./racybits check -k "$tree" -j1 --no-pch --db "$tmp/$signal.db" drivers/vfio \
			>/dev/null 2>"$tmp/why" &
		run=$!
		stored "$tmp/$signal.db" 300000
		worker=$(workers $run)
		at_work "$worker"
		kill -s $signal "$worker"
		wait $run
		status=$?
		[ $status = 2 ] && break
	done
	[ "$status" = 2 ] && [ "$(grep -c "not analysed: killed by signal $(kill -l "$signal")\$" "$tmp/why")" = 1 ] &&
		grep -q ' 1 failed;' "$tmp/why"
	ok $? "SIG$signal to a worker: one file is not analysed and named, the status is 2"
	check again --db "$tmp/$signal.db"
	same plain again
	ok $? "... and the next run makes up for it"
done

# A run that is killed leaves a database that the next one completes.
./racybits check -k "$tree" --db "$tmp/killed.db" drivers/vfio >/dev/null 2>&1 &
run=$!
stored "$tmp/killed.db" 300000
started=$(programs $run; workers $run)
kill -KILL $run
wait $run 2>/dev/null
for p in $started; do # they end by themselves
	while grep -qs ' (racybits) [^Z]' "/proc/$p/stat"; do sleep 0.1; done
done
check again --db "$tmp/killed.db"
same plain again
ok $? "kill -9: the next run completes the database to the same result"

# Shares, as gathered on several machines (here: processes) and joined in any order.
seq 3 | parallel -j 3 ./racybits check -k "$tree" -j1 --shard={}/3 --db "$tmp/part{}.db" drivers/vfio \
	2>"$tmp/why"
ok $? "three shares under GNU parallel"
./racybits merge -o "$tmp/a.db" "$tmp"/part[123].db 2>"$tmp/why" &&
	cp "$tmp/part1.db" "$tmp/twice.db" &&
	./racybits merge -o "$tmp/b.db" "$tmp"/{twice,part3,part1,part2}.db 2>"$tmp/why" &&
	same a.db b.db
ok $? "merged in any order, one twice: the same bytes"
check merged --db "$tmp/a.db"
same plain merged
ok $? "... and the same result as in one run"

./racybits merge -o "$tmp/c.db" "$tmp/nowhere.db" 2>"$tmp/why"
[ $? = 2 ] && [ ! -e "$tmp/c.db" ] && [ "$(wc -l <"$tmp/why")" = 1 ]
ok $? "a part that is missing: one line, status 2, no result"
./racybits check -k "$tree" --shard=4/3 --db "$tmp/c.db" 2>"$tmp/why"
[ $? = 2 ] && grep -q 'expected K/N' "$tmp/why"
ok $? "a share that is none: status 2"

### another architecture: drivers that x86 never compiles

# arm64 ARGS: analyses the drivers in $arm; all of them, none failed
arm64() {
	./racybits dump -k "$arm" "$@" drivers/vfio >"$tmp/facts" 2>"$tmp/why" &&
		grep -q 'drivers/vfio/pci/hisilicon/hisi_acc_vfio_pci.c' "$tmp/facts" &&
		grep -q 'drivers/vfio/pci/nvgrace-gpu/main.c' "$tmp/facts"
}

if [ -n "${LONG-}" ]; then
	arm=$(KVER=6.12.95 ARCH=arm64 scripts/tree.sh) || exit
	arm64
	ok $? "arm64: hisi_acc and nvgrace"
	cp -al "$arm" "$tmp/source"
	cp "$arm/.config" "$tmp/config"
	make -s -C "$tmp/source" ARCH=arm64 LLVM=-19 mrproper >"$tmp/why" 2>&1
	mkdir "$tmp/build" && cp "$tmp/config" "$tmp/build/.config"
	make -s -j2 -C "$tmp/source" O="$tmp/build" ARCH=arm64 LLVM=-19 olddefconfig modules_prepare >"$tmp/why" 2>&1
	mv "$tmp/facts" "$tmp/here"
	arm=$tmp/source
	arm64 -O "$tmp/build"
	ok $? "... in a build directory of its own"
	grep -c '^function ' "$tmp/here" >"$tmp/n" && [ "$(grep -c '^function ' "$tmp/facts")" = "$(cat "$tmp/n")" ]
	ok $? "... the same functions"
fi

echo "1..$tests"
