#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Verdicts are kept with the facts: they are shown again, the same, while nothing that they depend on changes.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
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

tree=$tmp/tree
cp -R "$here/minikernel" "$tree"
mkdir "$tree/drv"
# driver NAME STORES: a racy struct NAME
driver() {
	cat >"$tree/drv/$1.c" <<-END
		#include <linux/fs.h>
		struct $1 { struct rw_semaphore lock; bool a:1; bool b:1; /* b is protected by lock */ bool c:1; };
		static long $1_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
		{
			struct $1 *p = file->private_data;

			$2
			return p->a;
		}
		const struct file_operations $1_fops = { .unlocked_ioctl = $1_ioctl };
	END
}
driver foo 'p->a = cmd; if (cmd) p->b = arg;'
driver bar 'p->a = cmd; down_write(&p->lock); p->b = arg; up_write(&p->lock);'
echo 'struct broken {' >"$tree/drv/broken.c"
comma='['
for name in foo bar broken; do
	printf '%s{"directory": "%s", "file": "drv/%s.c", "arguments": ["clang", "-nostdinc", "-I./include",' "$comma" "$tree" $name
	printf '"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-c", "-o", "%s.o", "drv/%s.c"]}' $name $name
	comma=,
done >"$tree/compile_commands.json"
echo ']' >>"$tree/compile_commands.json"

# Damages all that was made of facts in a database: who reads it says so.
cat >"$tmp/damage.c" <<-'END'
	#include <sqlite3.h>
	int main(int argc, char **argv)
	{
		sqlite3 *db;
		return argc != 2 || sqlite3_open(argv[1], &db) ||
		       sqlite3_exec(db, "UPDATE commands SET sum = sum + 1 WHERE tree IN"
				    " (SELECT id FROM tree WHERE name LIKE '%notes')", 0, 0, 0) || !sqlite3_changes(db) ||
		       sqlite3_close(db);
	}
END
${HOSTCC:-gcc} -w -o "$tmp/damage" "$tmp/damage.c" -lsqlite3 || exit
damaged() { [ $status = 2 ] && grep -q 'table commands' "$tmp/err"; }
db() { rm -f "$tmp/db"*; sleep 0.1; run check -k "$tree" --db "$tmp/db"; }

db
for format in text json json1 sarif html github gitlab 0day; do
	run check -k "$tree" --db "$tmp/db" --anew --format=$format --all --confidence=low
	cp "$tmp/out" "$tmp/anew"
	was=$status
	run check -k "$tree" --db "$tmp/db" --format=$format --all --confidence=low
	[ -s "$tmp/out" ] && cmp -s "$tmp/out" "$tmp/anew" && [ $status = "$was" ]
	ok "$format: the same bytes and status"
done
for what in foo foo.b bar; do
	run explain -k "$tree" --db "$tmp/db" --anew $what
	cp "$tmp/out" "$tmp/anew"
	run explain -k "$tree" --db "$tmp/db" $what
	[ -s "$tmp/out" ] && cmp -s "$tmp/out" "$tmp/anew"
	ok "explain $what: the same bytes"
done
run explain -k "$tree" --db "$tmp/db" fob
[ $status = 2 ] && grep -q 'did you mean foo?' "$tmp/err"
ok "a struct that is not there: the nearest name"
run explain -k "$tree" --db "$tmp/db" foo.d
[ $status = 2 ] && grep -q "no such bitfield" "$tmp/err"
ok "nor is a field"

"$tmp/damage" "$tmp/db" && run check -k "$tree" --db "$tmp/db"
damaged
ok "kept verdicts are read"
run explain -k "$tree" --db "$tmp/db" foo
damaged
ok "... by explain, too"
run check -k "$tree" --db "$tmp/db" --anew && [ $status = 2 ] && ! damaged
ok "... not with --anew, which makes them again"
run check -k "$tree" --db "$tmp/db" && [ $status = 2 ] && ! damaged
ok "... for the next run"

db
"$tmp/damage" "$tmp/db"
echo 'slot file_operations.unlocked_ioctl owner=none phase=setup context=probe' >"$tmp/other.model"
run check -k "$tree" --db "$tmp/db" --model="$tmp/other.model" --all
! damaged
ok "another model: judged again"
db
"$tmp/damage" "$tmp/db"
driver foo 'p->a = cmd; if (cmd) p->c = arg;'
run check -k "$tree" --db "$tmp/db" --confidence=low
! damaged && grep -q 'p->c' "$tree/drv/foo.c" && grep -q '\bc\b' "$tmp/out"
ok "a file has changed: judged again"
db
"$tmp/damage" "$tmp/db"
run check -k "$tree" --db "$tmp/db" drv/foo.c
! damaged
ok "a part of the tree has verdicts of its own"

# verdicts on a struct alone
rm -f "$tmp/db"*
run check -k "$tree" --db "$tmp/db" --shard=1/1
run explain -k "$tree" --db "$tmp/db" foo
cp "$tmp/out" "$tmp/first"
run explain -k "$tree" --db "$tmp/db" foo
cmp -s "$tmp/out" "$tmp/first" && "$tmp/damage" "$tmp/db" && run explain -k "$tree" --db "$tmp/db" foo
damaged
ok "explain keeps those on the struct that it was asked for"
run explain -k "$tree" --db "$tmp/db" bar
! damaged && grep -q 'struct bar' "$tmp/out"
ok "... for no other one"
run explain -k "$tree" --db "$tmp/db" --pairs foo
! damaged && grep -q 'candidate pairs' "$tmp/out"
ok "--pairs looks at all pairs, which are not kept"
echo "1..$tests"
