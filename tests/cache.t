#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Facts are kept between runs without being asked: what is kept, when it is used, how it is dropped.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
tmp=$(mktemp -d) || exit
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
export XDG_CACHE_HOME=$tmp/cache
tests=0

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}
run() { timeout 60 "$RACYBITS" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }
parsed() { grep -q " translation units, $1 parsed now" "$tmp/err"; }
databases() { find "$tmp/cache" -name '*.db' 2>/dev/null | wc -l; }

tree=$tmp/tree
cp -R "$here/minikernel" "$tree"
mkdir "$tree/drv" "$tree/net"
for name in drv/foo net/bar; do
	record=${name#*/}
	cat >"$tree/$name.c" <<-END
		#include <linux/fs.h>
		struct $record { struct rw_semaphore lock; bool a:1; bool b:1; };
		static long ${record}_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
		{
			struct $record *p = file->private_data;

			p->a = cmd;
			p->b = arg;
			return 0;
		}
		const struct file_operations ${record}_fops = { .unlocked_ioctl = ${record}_ioctl };
	END
done
comma='['
for name in drv/foo net/bar; do
	printf '%s{"directory": "%s", "file": "%s.c", "arguments": ["clang", "-nostdinc", "-I./include",' "$comma" "$tree" $name
	printf '"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-c", "-o", "%s.o", "%s.c"]}' $name $name
	comma=,
done >"$tree/compile_commands.json"
echo ']' >>"$tree/compile_commands.json"

run check -k "$tree" --no-cache
[ $status = 1 ] && parsed 2 && [ ! -e "$tmp/cache" ]
ok "--no-cache keeps nothing"
mkdir -p "$tmp/cache"
run check -k "$tree" --db "$tmp/own.db"
[ $status = 1 ] && parsed 2 && [ "$(databases)" = 0 ]
ok "nor does --db, beside its own"

run explain -k "$tree" foo
[ $status = 2 ] && grep -q "no facts of this tree are kept: .*'racybits explain foo DIR'" "$tmp/err" && [ ! -s "$tmp/out" ]
ok "explain says at once that nothing is kept"
run explain -k "$tree" foo .
[ $status = 1 ] && grep -q '^struct foo ' "$tmp/out"
ok "... not if it is told where to look"
rm -r "$tmp/cache/racybits"

run check -k "$tree" drv
cp "$tmp/out" "$tmp/first"
[ $status = 1 ] && parsed 1 && [ "$(databases)" = 1 ]
ok "facts are kept"
run check -k "$tree" drv
[ $status = 1 ] && parsed 0 && cmp -s "$tmp/first" "$tmp/out"
ok "... and used, with the same report"
run explain -k "$tree" foo
[ $status = 1 ] && grep -q '^struct foo ' "$tmp/out" &&
	grep -q 'facts of 1 translation units from an earlier run, kept for .* seconds*, 0 of them' "$tmp/err"
ok "explain uses them, and says how old they are"
run explain -k "$tree" bar
[ $status = 2 ] && grep -q "no such struct with bitfields in what an earlier run looked at (name PATHs .*: 'bar'" "$tmp/err"
ok "... and looks nowhere else without being told"
run explain -k "$tree" b
[ $status = 2 ] && grep -q "'b' is a field: write foo.b" "$tmp/err"
ok "... of a field says of which struct it is one"
run explain -k "$tree" bar net
[ $status = 1 ] && grep -q '^struct bar ' "$tmp/out"
ok "... a PATH is looked at"
run check -k "$tree" drv

sed -i 's/bool b:1;/bool b:1, c:1;/' "$tree/drv/foo.c"
run explain -k "$tree" foo
[ $status = 1 ] && grep -q ' c  *never' "$tmp/out" && grep -q ', 1 of them brought up to date' "$tmp/err"
ok "a file that changed is parsed again"
run check -k "$tree" "$tmp/elsewhere"
[ $status = 2 ] && grep -q 'elsewhere: outside of the kernel tree' "$tmp/err"
ok "a path outside of the tree is no module because facts are kept"

# a run of many files that was interrupted: the list of them is kept, and few facts
cp -R "$tree" "$tmp/many"
for i in $(seq 70); do
	echo 'int x;' >"$tmp/many/drv/more$i.c"
	printf ', {"directory": "%s", "file": "drv/more%s.c", "arguments": ["clang", "-D__KERNEL__", "-c", "-o", "drv/more%s.o", "drv/more%s.c"]}' "$tmp/many" "$i" "$i" "$i"
done >"$tmp/more"
sed -i "s|$tree|$tmp/many|g; s|]$|$(cat "$tmp/more")]|" "$tmp/many/compile_commands.json"
run check -k "$tmp/many" --db "$tmp/many.db" --shard=1/72
run explain -k "$tmp/many" --db "$tmp/many.db" foo
[ $status = 2 ] && grep -q "explain: 71 of 72 files were never analysed, .*: run 'racybits check' to the end" "$tmp/err"
ok "a run was interrupted: explain says so at once"
run explain -k "$tmp/many" --db "$tmp/many.db" b
[ $status = 2 ] && grep -q "'b' is a field: write foo.b" "$tmp/err"
ok "... looks at the facts that there are"
run explain -k "$tmp/many" --db "$tmp/many.db" bar
[ $status = 2 ] && grep -q "no such struct with bitfields so far: run 'racybits check' to the end" "$tmp/err"
ok "... and finds no others"

# two runs at once, of which one holds the database
exec 8<>"$(find "$tmp/cache" -name '*.db')"
flock 8
run check -k "$tree" drv
[ $status = 1 ] && parsed 1
ok "another run has it: nothing is kept, the report is made"
run cache drop
[ $status = 2 ] && grep -q 'not dropped: in use' "$tmp/err" && [ "$(databases)" = 1 ]
ok "... nor is it dropped"
exec 8<&-

run cache
[ $status = 0 ] && grep -q "^ *[0-9.]* [kM]*B .*  $tree\$" "$tmp/out" && grep -q "  in $tmp/cache/racybits\$" "$tmp/out"
ok "cache lists the tree, its size and the directory"
run cache drop "$tmp"
[ $status = 2 ] && grep -q 'no facts are kept of ' "$tmp/err" && [ "$(databases)" = 1 ]
ok "cache drop of another tree"
run cache drop "$tree/"
[ $status = 0 ] && [ "$(find "$tmp/cache/racybits" -type f | wc -l)" = 0 ]
ok "cache drop leaves nothing"
run cache list
[ $status = 2 ] && grep -q "'list': expected nothing or drop" "$tmp/err"
ok "cache refuses other words"

run check -k "$tree" drv
echo 'no database' >"$(find "$tmp/cache" -name '*.db')"
run check -k "$tree" drv
[ $status = 1 ] && [ "$(grep -c 'the cache was damaged and is made anew' "$tmp/err")" = 1 ] && parsed 1
ok "a damaged database is made anew"
run check -k "$tree" drv
[ $status = 1 ] && parsed 0
ok "... and is good the next time"

# the least recently used ones go
truncate -s 3G "$tmp/cache/racybits/facts-1-v1.db" && touch -d '2 days ago' "$tmp/cache/racybits/facts-1-v1.db"
truncate -s 3G "$tmp/cache/racybits/facts-2-v1.db" && touch -d '1 day ago' "$tmp/cache/racybits/facts-2-v1.db"
run check -k "$tree" drv
[ $status = 1 ] && [ ! -e "$tmp/cache/racybits/facts-1-v1.db" ] && [ -e "$tmp/cache/racybits/facts-2-v1.db" ] && parsed 0
ok "past 4 GiB the least recently used database is removed"

rm -rf "$tmp/cache" && ln -s /dev/null "$tmp/cache"
run check -k "$tree" drv
[ $status = 1 ] && parsed 1
ok "without a directory nothing is kept, and that is no error"

echo "1..$tests"
