#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# System calls fail, one after the other: disk full, out of memory, interrupted, short writes, killed workers, a database that is
# locked, a tree that changes.  The report is the right one, or there is none (or it names what was not analysed)
# with a line on stderr and status 2; the database serves the next run.
#
# FAULTS=2 calls of each kind fail, evenly chosen; 0: each of them.  KINDS="CALL:ERROR..." are tried rather than all.  RACYBITS=program tests another one.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
FAULTS=${FAULTS:-2}
tmp=$(mktemp -d) || exit
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
tests=0
export RACYBITS tmp

if [ "$(uname -sm)" != 'Linux x86_64' ]; then
	echo "1..0 # SKIP calls are made to fail on x86-64 only"
	exit 0
fi
${HOSTCC:-gcc} -std=gnu11 -D_GNU_SOURCE -O1 -o "$tmp/faults" "$here/faults.c" && cp -R "$here/minikernel" "$tmp/tree" &&
	mkdir "$tmp/tree/drv" || {
	echo "Bail out! cannot set up"
	exit 2
}
if ! "$tmp/faults" read EIO 0 none "$tmp/result" true; then
	echo "1..0 # SKIP tracing is not allowed here"
	exit 0
fi

comma='['
for name in foo bar; do
	sed "s/foo/$name/g" >"$tmp/tree/drv/$name.c" <<-'END'
	#include <linux/fs.h>
	struct foo { struct rw_semaphore lock; bool a:1; bool b:1; };
	static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
	{
		struct foo *foo = file->private_data;

		foo->a = cmd;
		foo->b = arg;
		return 0;
	}
	const struct file_operations foo_fops = { .unlocked_ioctl = foo_ioctl };
	END
	printf '%s{"directory":"%s","file":"drv/%s.c","arguments":["clang","-nostdinc","-I./include",' "$comma" "$tmp/tree" $name
	printf '"-include","./include/linux/compiler_types.h","-D__KERNEL__","-c","-o","drv/%s.o","drv/%s.c"]}\n' $name $name
	comma=,
done >"$tmp/tree/compile_commands.json"
echo ']' >>"$tmp/tree/compile_commands.json"

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
}

check() { "$RACYBITS" check -k "$tmp/tree" -j2 "$@" drv; }

check -o "$tmp/good" 2>"$tmp/err"
[ $? = 1 ] && [ "$(grep -c warning "$tmp/good")" = 2 ]
ok "the tree is good to begin with"

# sound OUTPUT STATUS ERRORS: the report is the right one, or there is none or a part, and it is said why
sound() {
	if [ "$2" = 1 ]; then
		cmp -s "$1" "$tmp/good"
		return
	fi
	[ "$2" = 2 ] && grep -q '^racybits: ' "$3" || return
	[ ! -e "$1" ] || ! grep -vxFf "$tmp/good" "$1" | grep -q 'warning\|serialized\|stable'
}

# fault CALL ERROR N: says what went wrong, and leaves "failed" if the call was made
fault() {
	local dir=$tmp/run.$1.$2.$3 status

	mkdir "$dir" && cp "$tmp/db.half" "$dir/db"
	timeout -s KILL 60 "$tmp/faults" "$1" "$2" "$3" compile_commands "$dir/result" \
		"$RACYBITS" check -k "$tmp/tree" -j2 --db "$dir/db" -o "$dir/out" drv 2>"$dir/err"
	status=$?
	grep -q 'failed [1-9]' "$dir/result" 2>/dev/null && echo "$1 $2" >>"$tmp/injected"
	if [ "$2" = KILL ] && [ $status = 137 ]; then
		[ ! -e "$dir/out" ] || cmp -s "$dir/out" "$tmp/good"	# the first process was killed
	else
		sound "$dir/out" $status "$dir/err"
	fi || echo "$1 $2 $3: status $status; $(tail -n 1 "$dir/err")"
	[ -n "$(find "$dir" -maxdepth 1 -name '*.tmp')" ] && [ $status != 137 ] && echo "$1 $2 $3: a file is left behind"
	"$RACYBITS" check -k "$tmp/tree" -j2 --db "$dir/db" -o "$dir/again" drv 2>"$dir/err.again"
	cmp -s "$dir/again" "$tmp/good" || echo "$1 $2 $3: the next run: $(tail -n 1 "$dir/err.again")"
	rm -rf "$dir"
}
export -f fault sound

# calls CALL: how many there are in a good run
calls() {
	cp "$tmp/db.half" "$tmp/db.count"
	"$tmp/faults" "$1" EIO 0 compile_commands "$tmp/result" "$RACYBITS" check -k "$tmp/tree" -j2 --db "$tmp/db.count" \
		-o "$tmp/count" drv 2>/dev/null
	awk '{ print $2 }' "$tmp/result"
}

# one of the two files was analysed before
"$RACYBITS" check -k "$tmp/tree" -j1 --db "$tmp/db.half" -o "$tmp/count" drv/foo.c 2>/dev/null

for pair in ${KINDS:-openat:EMFILE openat:EIO read:EIO read:EINTR read:SHORT pread64:EIO write:ENOSPC write:EINTR write:SHORT \
	pwrite64:ENOSPC pwrite64:SHORT space:ENOSPC+ mmap:ENOMEM mmap:ENOMEM+ clone:EAGAIN pipe:EMFILE \
	pipe2:EMFILE socketpair:EMFILE poll:EINTR wait4:EINTR fsync:EIO fdatasync:EIO rename:EACCES unlink:EACCES mkdir:ENOSPC \
	ftruncate:EIO fcntl:EIO newfstatat:EIO getdents64:EIO lseek:EIO close:EIO child:KILL child:EIO \
	ppoll:EINTR ppoll:ENOMEM sendto:EIO sendto:EINTR sendto:SHORT recvfrom:EIO recvfrom:EINTR recvfrom:SHORT readlink:EIO \
	access:EIO}; do
	call=${pair%:*}
	n=$(calls "$call")
	[ "$n" -gt 0 ] || continue
	awk -v n="$n" -v most="$FAULTS" 'BEGIN { step = most && n > most ? n / most : 1
		for (i = 1; i <= n + 0.001; i += step) print int(i) }' | sed "s/^/$call ${pair#*:} /"
done >"$tmp/list"

xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 bash -c 'fault "$0" "$1" "$2"' <"$tmp/list" >"$tmp/wrong"
n=$(wc -l <"$tmp/injected") kinds=$(sort -u "$tmp/injected" | wc -l)
[ ! -s "$tmp/wrong" ] && [ "$n" -gt 0 ]
ok "$n calls of $kinds kinds failed, and nothing went wrong"
sed 's/^/# /' "$tmp/wrong" | sort | head -n 60

# Failures that need no tracer.
mkdir "$tmp/readonly" && cp "$tmp/good" "$tmp/readonly/out" && chmod a-w "$tmp/readonly"
if [ ! -w "$tmp/readonly" ]; then
	check -o "$tmp/readonly/out" 2>"$tmp/err"
	[ $? = 2 ] && grep -q "cannot write" "$tmp/err" && cmp -s "$tmp/readonly/out" "$tmp/good"
	ok "an output that is read-only stays as it was"
fi
(ulimit -f 0; trap "" XFSZ; check -o "$tmp/limited" 2>"$tmp/err")
status=$?
[ $status = 2 ] && [ ! -e "$tmp/limited" ]
ok "a file size limit leaves no output"

# From too little memory to enough.
wrong=0 limited=0
for mb in $(seq 160 5 300) 340 400 500 700; do
	{ (ulimit -c 0; ulimit -v $((mb * 1024)); exec "$RACYBITS" --version) >/dev/null; } 2>/dev/null || continue # its libraries do not fit
	rm -f "$tmp/out"
	(ulimit -c 0; ulimit -v $((mb * 1024)); exec "$RACYBITS" check -k "$tmp/tree" -j2 --db "$tmp/db.$mb" -o "$tmp/out" drv) \
		2>"$tmp/err"
	status=$?
	[ $status = 1 ] || limited=$((limited + 1))
	sound "$tmp/out" $status "$tmp/err" || { wrong=1; echo "# $mb MB: status $status; $(tail -n 1 "$tmp/err")"; }
done
[ $wrong = 0 ] && [ $limited -gt 0 ]
ok "out of memory"

cat >"$tmp/lock.c" <<-'END'
	#include <sqlite3.h>
	#include <unistd.h>
	int main(int argc, char **argv)
	{
		sqlite3 *db;

		if (argc != 2 || sqlite3_open(argv[1], &db) || sqlite3_exec(db, "BEGIN EXCLUSIVE", 0, 0, 0))
			return 1;
		write(1, "locked\n", 7);
		pause();
		return 0;
	}
END
${HOSTCC:-gcc} -w -o "$tmp/lock" "$tmp/lock.c" -lsqlite3
check --db "$tmp/db" -o "$tmp/out" 2>"$tmp/err"
"$tmp/lock" "$tmp/db" >"$tmp/locked" &
holder=$!
while [ ! -s "$tmp/locked" ]; do sleep 0.1; done
rm -f "$tmp/out"
timeout 120 "$RACYBITS" check -k "$tmp/tree" --db "$tmp/db" -o "$tmp/out" drv 2>"$tmp/err"
status=$?
kill $holder; wait $holder 2>/dev/null
sound "$tmp/out" $status "$tmp/err" && [ $status = 2 ] && grep -q "in use by another process" "$tmp/err"
ok "a database that another process has locked"
check --db "$tmp/db" -o "$tmp/out" 2>"$tmp/err"
[ $? = 1 ] && cmp -s "$tmp/out" "$tmp/good"
ok "... serves when it is free"

# The tree changes under the run: each report is one of the two states, or a file was not analysed.
sed "s/foo->b = arg;//" "$tmp/tree/drv/foo.c" >"$tmp/other.c"
cp "$tmp/tree/drv/foo.c" "$tmp/this.c"
touch "$tmp/changing"
(while [ -e "$tmp/changing" ]; do
	for f in this other; do cp "$tmp/$f.c" "$tmp/foo.new"; mv "$tmp/foo.new" "$tmp/tree/drv/foo.c"; done
done) &
changer=$!
wrong=0
for _ in 1 2 3 4 5; do
	check --db "$tmp/db" -o "$tmp/out" 2>"$tmp/err"
	status=$?
	[ $status = 2 ] || cmp -s "$tmp/out" "$tmp/good" || [ "$(grep -c warning: "$tmp/out")" = 1 ] || wrong=1
done
rm "$tmp/changing"	# rather than kill: an mv of the killed shell's would still come after what follows
wait $changer
[ $wrong = 0 ]
ok "a tree that changes under the run"
cp "$tmp/this.c" "$tmp/tree/drv/foo.c"
check --db "$tmp/db" -o "$tmp/out" 2>"$tmp/err"
[ $? = 1 ] && cmp -s "$tmp/out" "$tmp/good"
ok "... is judged as it is when it no longer does"

echo "1..$tests"
