#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Link says the same however many threads share its work.
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
	[ $status = 0 ] || sed 's/^/# /' "$tmp/err"
}

tree=$tmp/tree
cp -R "$here/minikernel" "$tree"
mkdir "$tree/drv"

# driver NAME FIELDS WRITERS: a struct NAME of which each writer, one of half of them under a lock, stores all fields
driver() {
	local f w

	printf '#include <linux/fs.h>\n#include <linux/mutex.h>\nstruct %s { struct mutex lock;\n' "$1"
	for ((f = 0; f < $2; f++)); do
		printf 'unsigned long f%d:1;\n' $f
	done
	printf 'struct %s *next; };\n' "$1"
	for ((w = 0; w < $3; w++)); do
		printf 'static long %s_%d(struct file *file, unsigned int cmd, unsigned long arg)\n' "$1" $w
		printf '{\n\tstruct %s *p = file->private_data;\n\n' "$1"
		((w % 5)) || printf '\tp = p->next->next->next->next->next->next->next->next->next->next->next->next->next;\n'
		((w % 2)) && printf '\tmutex_lock(&p->lock);\n'
		for ((f = 0; f < $2; f++)); do
			printf '\tif (cmd == %d)\n\t\tp->f%d = arg;\n' $((f * w + 1)) $f
		done
		((w % 2)) && printf '\tmutex_unlock(&p->lock);\n'
		printf '\treturn 0;\n}\n'
		printf 'const struct file_operations %s_fops_%d = { .unlocked_ioctl = %s_%d };\n' "$1" $w "$1" $w
	done
}
# ring NAME FUNCTIONS: functions that call each other in circles, with locks of their own and of those that call them
ring() {
	local i n=$2

	printf '#include <linux/fs.h>\n#include <linux/mutex.h>\nstruct %s { struct mutex a, b, c;\n' "$1"
	printf 'unsigned long f%d:1;\n' 0 1 2 3 4 5 6
	printf '};\n'
	for ((i = 0; i < n; i++)); do
		printf 'static void %s_%d(struct %s *p, int n);\n' "$1" $i "$1"
	done
	for ((i = 0; i < n; i++)); do
		printf 'static void %s_%d(struct %s *p, int n)\n{\n' "$1" $i "$1"
		((i % 3)) || printf '\tmutex_lock(&p->a);\n'
		((i % 5)) || printf '\tmutex_lock(&p->b);\n'
		printf '\tp->f%d = n;\n\tif (n > %d)\n\t\t%s_%d(p, n - 1);\n' $((i % 7)) $i "$1" $(((i * 7 + 1) % n))
		((i % 5)) || printf '\tmutex_unlock(&p->b);\n'
		printf '\tif (n < %d)\n\t\t%s_%d(p, n + 1);\n' $i "$1" $(((i * 3 + 2) % n))
		((i % 3)) || printf '\tmutex_unlock(&p->a);\n'
		printf '}\n'
	done
	for ((i = 0; i < n; i += 4)); do
		printf 'static long %s_ioctl_%d(struct file *file, unsigned int cmd, unsigned long arg)\n{\n' "$1" $i
		printf '\tstruct %s *p = file->private_data;\n\n' "$1"
		((i % 8)) && printf '\tmutex_lock(&p->c);\n'
		printf '\t%s_%d(p, cmd);\n' "$1" $i
		((i % 8)) && printf '\tmutex_unlock(&p->c);\n'
		printf '\treturn 0;\n}\nconst struct file_operations %s_fops_%d = { .unlocked_ioctl = %s_ioctl_%d };\n' "$1" $i "$1" $i
	done
}
driver few 3 2 >"$tree/drv/few.c"
driver some 6 40 >"$tree/drv/some.c"
driver more 8 30 >"$tree/drv/more.c"
ring ring 90 >"$tree/drv/ring.c"
comma='['
for name in few some more ring; do
	printf '%s{"directory": "%s", "file": "drv/%s.c", "arguments": ["clang", "-nostdinc", "-I./include",' "$comma" "$tree" $name
	printf '"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-c", "-o", "%s.o", "drv/%s.c"]}' $name $name
	comma=,
done >"$tree/compile_commands.json"
echo ']' >>"$tree/compile_commands.json"

check() { timeout 120 "$RACYBITS" check -k "$tree" --db "$tmp/db" --anew --all --confidence=low "$@"; }

check --shard=1/1 >"$tmp/err" 2>&1
ok "the facts are there"
for format in text json; do
	for n in 1 2 3 8; do
		check -j$n --format=$format drv/few.c drv/some.c drv/more.c drv/ring.c >"$tmp/out.$n" 2>"$tmp/err.$n"
		status[n]=$?
		sed -i 's/[0-9.]* s; limits/limits/' "$tmp/err.$n"
	done
	cp "$tmp/err.1" "$tmp/err"
	[ "${status[*]}" = "1 1 1 1" ] && grep -q 'ring' "$tmp/out.1" && grep -q 'path-steps [1-9]' "$tmp/err" &&
		cmp "$tmp/out.1" "$tmp/out.2" && cmp "$tmp/out.1" "$tmp/out.3" && cmp "$tmp/out.1" "$tmp/out.8" &&
		cmp "$tmp/err.1" "$tmp/err.2" && cmp "$tmp/err.1" "$tmp/err.3" && cmp "$tmp/err.1" "$tmp/err.8"
	ok "$format: -j1, -j2, -j3 and -j8 give the same bytes, and meet the same limits"
done

echo "1..$tests"
