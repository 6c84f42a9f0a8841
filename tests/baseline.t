#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# check --write-baseline and --baseline: known findings are marked, not dropped, and only others count; what makes them
# known is names, not lines. RACYBITS=program tests another one.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

cp -R "$here/minikernel" "$tmp/tree"
mkdir "$tmp/tree/drv"
cat >"$tmp/tree/compile_commands.json" <<END
[{"directory":"$tmp/tree","file":"drv/foo.c","arguments":["clang","-nostdinc","-I./include","-include",
"./include/linux/compiler_types.h","-D__KERNEL__","-c","-o","drv/foo.o","drv/foo.c"]}]
END

# driver FIELDS CODE...: a driver whose ioctl runs the code
driver() {
	{
		echo '#include <linux/fs.h>'
		echo "struct foo { struct rw_semaphore lock; bool $1; };"
		shift
		echo 'static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)'
		printf '{\n\tstruct foo *foo = file->private_data;\n\n'
		printf '\t%s\n' "$@"
		printf '\treturn 0;\n}\n'
		echo 'const struct file_operations foo_fops = { .unlocked_ioctl = foo_ioctl };'
	} >"$tmp/tree/drv/foo.c"
}

# check ARGUMENT...: status into $status
check() {
	"$RACYBITS" check -k "$tmp/tree" "$@" drv/foo.c >"$tmp/out" 2>"$tmp/err"
	status=$?
}

baseline=$tmp/baseline.json
driver 'a:1, b:1, c:1' 'foo->a = cmd;' 'foo->b = arg;'
check --write-baseline="$baseline"
[ $status = 1 ] && [ -s "$baseline" ]
ok "a baseline is written, and the findings are reported all the same"
cp "$baseline" "$tmp/first"
check --write-baseline="$baseline"
cmp -s "$tmp/first" "$baseline"
ok "... with the same bytes again"

check --baseline="$baseline"
[ $status = 0 ] && grep -q 'note: struct foo: .*(known) \[racy-bitfield\]$' "$tmp/out" && ! grep -q warning "$tmp/out"
ok "a known finding is a note, and no reason to fail"
check --baseline="$baseline" --format=json
[ $status = 0 ] && grep -q '"baseline": "unchanged"' "$tmp/out"
ok "... unchanged, in JSON"
check --baseline="$baseline" --format=sarif
grep -q '"baselineState": "unchanged"' "$tmp/out"
ok "... and in SARIF"
check --baseline="$baseline" --format=0day
[ $status = 0 ] && grep -q 'struct foo' "$tmp/out" && ! grep -q '^>>' "$tmp/out"
ok "... and not new to the 0-day robot"

sed -i '1i\\n\n\n/* moved */\n\n' "$tmp/tree/drv/foo.c"
check --baseline="$baseline"
[ $status = 0 ] && grep -q '(known)' "$tmp/out"
ok "moved lines keep it known"
driver 'c:1, b:1, x:1, a:1' 'foo->b = arg;' 'foo->a = !cmd;'
check --baseline="$baseline"
[ $status = 0 ] && grep -q '(known)' "$tmp/out"
ok "... so do other values, other members and another order"

driver 'a:1, b:1, c:1' 'foo->a = cmd;' 'foo->b = arg;' 'foo->c = 1;'
check --baseline="$baseline" --format=json
[ $status = 1 ] && grep -q '"baseline": "updated"' "$tmp/out"
ok "another racing field makes it worse"
check --baseline="$baseline"
[ $status = 1 ] && grep -q 'warning: struct foo: .*(known, but now worse) \[racy-bitfield\]$' "$tmp/out"
ok "... says the text"

driver 'a:1, b:1, c:1' 'foo->a = cmd;' 'foo->b = arg;'
sed -i 's/^static long/static ssize_t foo_compat(struct file *f, const char *c, size_t n, loff_t *p)\n{\n\tstruct foo *foo = f->private_data;\n\n\tfoo->a = n;\n\treturn 0;\n}\n&/
	s/= { /&.write = foo_compat, /' "$tmp/tree/drv/foo.c"
check --baseline="$baseline" --format=json
[ $status = 1 ] && grep -q '"baseline": "updated"' "$tmp/out"
ok "so does another writer"
driver 'd:1, e:1' 'foo->d = cmd;' 'foo->e = arg;'
check --baseline="$baseline" --format=json
[ $status = 1 ] && grep -q '"baseline": "new"' "$tmp/out"
ok "other fields are a new finding"
driver 'a:1, b:1' 'foo->a = cmd;'
check --baseline="$baseline"
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "what is gone is gone"

# refused PATTERN NAME: status 2 and one line that matches, before anything is analysed
refused() {
	[ $status = 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q "^racybits: .*$1" "$tmp/err"
	ok "$2"
}

check --baseline="$tmp/nowhere.json"
refused 'nowhere.json: No such file' "a baseline that is not there"
echo '{"version": 1, "findings": [' >"$tmp/bad.json"
check --baseline="$tmp/bad.json"
refused 'bad.json:[0-9]*: not a baseline' "a baseline that is cut off"
echo '[]' >"$tmp/bad.json"
check --baseline="$tmp/bad.json"
refused 'bad.json: not a baseline' "JSON that is no baseline"
echo '{"version": 1, "findings": [{"struct": "foo", "fields": ["a"]}]}' >"$tmp/bad.json"
check --baseline="$tmp/bad.json"
refused 'bad.json: finding 1: expected' "a finding that is none"
sed 's/"version": 1/"version": 99/' "$baseline" >"$tmp/bad.json"
check --baseline="$tmp/bad.json"
refused 'bad.json: baseline of another version' "a baseline of another version"
check --write-baseline="$tmp/nowhere/x.json"
[ $status = 2 ] && grep -q 'cannot write .*nowhere/x.json' "$tmp/err"
ok "a baseline that cannot be written"

echo "1..$tests"
