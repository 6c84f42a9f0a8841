#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# `make check`, the first command of the README: what it says at the end, its page, its exit status.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
export XDG_CACHE_HOME=$tmp/cache
mkdir -p "$tmp/cache" "$tmp/top/build"
ln -s "$(readlink -f "${RACYBITS:-$here/../racybits}")" "$tmp/top/racybits"
tests=0

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}
check() { (cd "$tmp/top" && timeout 60 "$here/../scripts/check.sh" "$@") >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }

tree="$tmp/a tree"
cp -R "$here/minikernel" "$tree"
mkdir "$tree/drv"
cat >"$tree/drv/foo.c" <<-'END'
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
echo 'int quiet;' >"$tree/drv/quiet.c"
echo 'int broken(void) { return undeclared_name; }' >"$tree/drv/broken.c"
for name in foo quiet broken; do
	printf '{"directory": "%s", "file": "drv/%s.c", "arguments": ["clang", "-nostdinc", "-I./include",' "$tree" $name
	printf '"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-c", "-o", "x.o", "drv/%s.c"]}\n' $name
done | sed '1s/^/[/; $!s/$/,/; $s/$/]/' >"$tree/compile_commands.json"

check "$tree" drv/foo.c
[ $status = 0 ] && grep -q '^drv/foo.c:2:.*warning: .*racy-bitfield' "$tmp/out" &&
	grep -q '^Found 1 storage units whose bitfields race' "$tmp/out" &&
	tail -n 1 "$tmp/out" | grep -q 'exit status is 0. It is 1 with STRICT=1'
ok "findings are no error, and the last lines say how to go on"
grep -q '<html' "$tmp/top/build/report.html" && grep -q 'foo' "$tmp/top/build/report.html"
ok "the page is beside it"
eval "set -- $(sed -n 's/^  \(\.\/racybits explain .*\) STRUCT$/\1 foo/p' "$tmp/out")"
(cd "$tmp/top" && "$@") >"$tmp/out" 2>"$tmp/err"
[ $? = 1 ] && grep -q '^struct foo ' "$tmp/out"
ok "a command that it names works, also for a tree with a blank in its path"
DIR="drv other/foo.c" check "$tree" drv/foo.c
grep -q '^  \./racybits fix -k .* -o DIR STRUCT drv/ other/foo\.c$' "$tmp/out"
ok "the patch that it suggests is made from the files that were checked"
STRICT=1 check "$tree" drv/foo.c
[ $status = 1 ]
ok "STRICT=1: findings are an error"
STRICT=1 check "$tree" drv/quiet.c
[ $status = 0 ] && grep -q '^No two bitfields' "$tmp/out"
ok "no findings"
check "$tree" drv/broken.c
[ $status = 2 ] && grep -q 'drv/broken.c: not analysed' "$tmp/err"
ok "a file that cannot be analysed is an error"
check "$tree" --format=json drv/foo.c
[ $status = 0 ] && ! grep -q '^Found' "$tmp/out" && [ "$(head -c 1 "$tmp/out")" = '{' ]
ok "a format of the user's own is left alone"

echo "1..$tests"
