#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What a user may ask of a report: fewer findings, a table by subsystem, colours, options that the tree brings, markers in the
# source, and a comparison of two reports. In a little tree of two drivers.
set -u
cd "$(dirname "$0")/.." || exit
RACYBITS=$(readlink -f "${RACYBITS:-racybits}")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/scratch"
export TMPDIR=$tmp/scratch XDG_CACHE_HOME=$tmp/cache
unset NO_COLOR
tests=0
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

tree=$tmp/tree
cp -R tests/minikernel "$tree" && mkdir -p "$tree/drivers/one" "$tree/drivers/two" || exit
# driver NAME FIELD...: a driver whose ioctl and write store to the fields
driver() {
	local name=$1

	shift
	cat <<END
#include <linux/fs.h>

struct $name {
	struct rw_semaphore lock;
$(printf '\tbool %s:1;\n' "$@")
};

static long ${name}_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct $name *dev = file->private_data;

	dev->$1 = arg;
	return 0;
}

static ssize_t ${name}_write(struct file *file, const char __user *buf, size_t len, loff_t *pos)
{
	struct $name *dev = file->private_data;

	dev->$2 = len;
	return len;
}

const struct file_operations ${name}_fops = {
	.unlocked_ioctl = ${name}_ioctl,
	.write = ${name}_write,
};
END
}
driver one a b c >"$tree/drivers/one/one.c"
driver two a b >"$tree/drivers/two/two.c"
{ driver three a b && echo; } >"$tree/drivers/two/three.c"
for file in one/one two/two two/three; do
	printf '%s{"directory":"%s","file":"drivers/%s.c","arguments":["clang","-nostdinc","-I./include","-include",
"./include/linux/compiler_types.h","-D__KERNEL__","-c","-o","drivers/%s.o","drivers/%s.c"]}' "${comma-[}" "$tree" $file $file $file
	comma=,
done >"$tree/compile_commands.json"
echo ']' >>"$tree/compile_commands.json"
cat >"$tree/MAINTAINERS" <<'END'
List of maintainers
-------------------

TWO DRIVERS
M:	Two <two@example.org>
F:	drivers/two/
X:	drivers/two/three.c

A DRIVER
S:	Maintained
F:	drivers/*/on?.c

THE REST
F:	*
F:	*/
END

check() {
	"$RACYBITS" check -k "$tree" "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}
warnings() { [ "$(grep -c ' warning: ' "$tmp/out")" = "$1" ]; }

### fewer findings

check
[ $status = 1 ] && warnings 3
ok "three findings"
cp "$tmp/out" "$tmp/all"
check --max=2
[ $status = 1 ] && warnings 2 && grep -q '^note: 1 more findings are not shown (--max)' "$tmp/out" &&
	grep -q '1 more findings are not shown (--max=2)' "$tmp/err" && grep -q '^racybits: 3 racy' "$tmp/err"
ok "--max: the rest is counted"
check --max=3
cmp -s "$tmp/out" "$tmp/all" && ! grep -q 'not shown' "$tmp/err"
ok "... and nothing is said of none"
check --max=1 --format=json
[ "$(grep -c '"verdict": "racy"' "$tmp/out")" = 3 ]
ok "... JSON has all"
for n in 0 -1 x ''; do
	check --max=$n
	[ $status = 2 ] && grep -q 'expected a number' "$tmp/err"
done
ok "... numbers only"
check --write-baseline="$tmp/known" drivers/two
check --baseline="$tmp/known" --max=1
[ $status = 1 ] && warnings 1 && grep -q 'struct one' "$tmp/out"
ok "... those that are not known come first"

### the table

check --summary
[ $status = 1 ] && sed 's/  */ /g' "$tmp/out" >"$tmp/table" && diff - "$tmp/table" >>"$tmp/err" <<'END'
 high medium low all subsystem
 1 0 0 1 A DRIVER
 1 0 0 1 THE REST
 1 0 0 1 TWO DRIVERS
 3 0 0 3 all
END
ok "--summary: by subsystem, with exclusions and wildcards"
check --summary --format=json
[ $status = 2 ]
ok "... is a table, not another format"
mv "$tree/MAINTAINERS" "$tmp"
check --summary
grep -q ' drivers/two$' "$tmp/out"
ok "... by directory where there is no MAINTAINERS"

### colours

check --color=always
grep -q $'\033\\[1;35mwarning:' "$tmp/out" && grep -q $'^\033\\[1mracybits:' "$tmp/err"
ok "--color=always"
NO_COLOR=1 check --color=always
grep -q $'\033' "$tmp/out"
ok "... although NO_COLOR is set"
check
! grep -q $'\033' "$tmp/out" "$tmp/err"
ok "none in a file"
if command -v script >/dev/null; then
	TERM=xterm script -qec "'$RACYBITS' check -k '$tree' 2>/dev/null" /dev/null </dev/null >"$tmp/out"
	grep -q $'\033\\[1;35mwarning:' "$tmp/out"
	ok "on a terminal"
	NO_COLOR=1 TERM=xterm script -qec "'$RACYBITS' check -k '$tree' 2>/dev/null" /dev/null </dev/null >"$tmp/out"
	! grep -q $'\033' "$tmp/out"
	ok "... unless NO_COLOR is set"
	TERM=xterm script -qec "'$RACYBITS' check -k '$tree' --color=never 2>/dev/null" /dev/null </dev/null >"$tmp/out"
	! grep -q $'\033' "$tmp/out"
	ok "... or --color=never given"
fi

### options of the tree

printf '# ours\n\n  --max=2 \n--unbuilt=ignore\n--all\n' >"$tree/.racybits"
check
[ $status = 1 ] && warnings 2 && grep -q "^racybits: options of $tree/.racybits: --max=2 --all$" "$tmp/err"
ok ".racybits: taken, and said; those of other commands are left"
check --max=3
warnings 3 && grep -q ': --all$' "$tmp/err"
ok "... those of the command line count"
check --no-tree-options
cmp -s "$tmp/out" "$tmp/all" && ! grep -q 'options of' "$tmp/err"
ok "... --no-tree-options: none"
cd "$tree/drivers" || exit
"$RACYBITS" explain one --no-cache >"$tmp/out" 2>"$tmp/err"
status=$?
[ $status = 1 ] && ! grep -q 'options of' "$tmp/err"
ok "... of other commands: nothing is said"
cd - >/dev/null || exit
while read -r line; do
	echo "$line" >"$tree/.racybits"
	check
	[ $status = 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q "$tree/.racybits:1: " "$tmp/err"
	ok "... refused: $line"
done <<'END'
-o/etc/passwd
--output=x
--db=x
--write-baseline=x
--baseline=x
--model=x
--format=json
--no-cache
--max
--all=yes
--help
drivers/one
END
echo '--confidence=sure' >"$tree/.racybits"
check
[ $status = 2 ] && grep -q "options of $tree/.racybits: --confidence=sure" "$tmp/err" && grep -q 'expected high, medium or low' "$tmp/err"
ok "... a bad value"
echo secret >"$tmp/secret" && ln -sf "$tmp/secret" "$tree/.racybits"
check
[ $status = 2 ] && ! grep -q secret "$tmp/out" "$tmp/err"
ok "... a symbolic link"
rm "$tree/.racybits" && head -c 100000 /dev/zero >"$tree/.racybits"
check
[ $status = 2 ] && grep -q 'not a list of options' "$tmp/err"
ok "... no text"
rm "$tree/.racybits"

### markers (over the first of a group: on all of it)

sed -i 's|bool a:1;|/* racybits: ok <a> hint \&c. */\n\t&|' "$tree/drivers/one/one.c"
check drivers/one
[ $status = 0 ] && grep -q "note: struct one: stores to 'a' and 'b' may be lost (acknowledged in the source)" "$tmp/out" &&
	grep -q "accepted by the comment on 'a', 'b', 'c': \"racybits: ok <a> hint &c.\"" "$tmp/out"
ok "a marker: acknowledged, with its reason"
check drivers/one --format=json
[ $status = 0 ] && grep -q '"acknowledged": true' "$tmp/out" && grep -q '"accepted": "racybits: ok <a> hint &c."' "$tmp/out"
ok "... in JSON"
check drivers/one --format=json1
[ $status = 0 ] && grep -q '"racybits: ok <a> hint &c."' "$tmp/out"
ok "... of version 1"
check drivers/one --format=sarif
[ $status = 0 ] && grep -A6 '"suppressions"' "$tmp/out" | grep -q 'racybits: ok <a> hint &c\.'
ok "... in SARIF"
check drivers/one --format=html
[ $status = 0 ] && grep -q 'Acknowledged: .*racybits: ok &lt;a&gt; hint &amp;c\.' "$tmp/out"
ok "... in HTML"
for format in github gitlab 0day cocci; do
	check drivers/one --format=$format
	[ $status = 0 ] && ! grep -q 'struct one' "$tmp/out"
	ok "... no finding for $format"
done
"$RACYBITS" explain -k "$tree" one drivers/one >"$tmp/out" 2>"$tmp/err"
status=$?
[ $status = 0 ] && grep -q 'racybits: ok <a> hint &c\.' "$tmp/out"
ok "... in explain"
sed -i 's|racybits: ok.*|racybits: ok */|' "$tree/drivers/one/one.c"
check drivers/one
[ $status = 1 ] && grep -q 'says "racybits: ok": unchecked, it gives no reason, and so accepts nothing' "$tmp/out"
ok "... without a reason: none, and says so"
sed -i '/racybits: ok/d' "$tree/drivers/one/one.c"

### two reports

compare() {
	"$RACYBITS" diff "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}
check --format=json -o "$tmp/old.json"
check --format=json1 -o "$tmp/old1.json"
compare "$tmp/old.json" "$tmp/old.json"
[ $status = 0 ] && [ ! -s "$tmp/out" ] && grep -q '^racybits: 0 new, 0 worse, 0 better, 0 gone, 3 unchanged findings$' "$tmp/err"
ok "diff: the same report"
compare "$tmp/old1.json" "$tmp/old.json"
[ $status = 0 ] && grep -q '0 new, 0 worse, 0 better, 0 gone, 3 unchanged' "$tmp/err"
ok "... the same in version 1 and 2"
cp "$tree/drivers/one/one.c" "$tmp/one.c"
sed -i 's/dev->b = len;/&\n\tdev->c = !len;/; 1i\\n' "$tree/drivers/one/one.c"
rm "$tree/drivers/two/two.c" && driver other a b >"$tree/drivers/two/two.c"
for format in json json1; do
	check --format=$format -o "$tmp/new.json"
	for old in old old1; do
		compare "$tmp/$old.json" "$tmp/new.json"
		[ $status = 1 ] && grep -q "^drivers/two/two.c:5: new: struct other: 'a' and 'b' (confidence high)$" "$tmp/out" &&
			grep -q "^drivers/one/one.c:7: worse: struct one: " "$tmp/out" &&
			grep -q "^drivers/two/two.c:5: gone: struct two: " "$tmp/out" &&
			grep -q '1 new, 1 worse, 0 better, 1 gone, 1 unchanged' "$tmp/err"
		ok "... what is new, worse, gone: $old.json and $format"
	done
done
compare "$tmp/new.json" "$tmp/old.json"
[ $status = 1 ] && grep -q 'better: struct one: ' "$tmp/out" && grep -q '1 new, 0 worse, 1 better, 1 gone, 1 unchanged' "$tmp/err"
ok "... better"
for report in old new; do sed 's/"confidence": "high"/"confidence": "medium"/' "$tmp/$report.json" >"$tmp/$report.medium"; done
compare --confidence=high "$tmp/old.medium" "$tmp/new.medium"
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "... --confidence"
for text in '' '[]' '{}' '{"units":[],"version":3}' '{"units":[1],"version":2}' 'no JSON' '{"units":[{"struct":"s","file":"f","verdict":"racy"}],"version":2}' \
	'{"units":[{"struct":"s","file":"f","verdict":"racy","confidence":"high","conflicts":[{"a":"x","b":"y"}],"fields":[{"name":"x","writes":[7]}]}],"version":2}'; do
	echo "$text" >"$tmp/bad.json"
	compare "$tmp/bad.json" "$tmp/old.json"
	{ [ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && [ ! -s "$tmp/out" ]; } || [ "${text#*fields}" != "$text" ]
	ok "... no report: $text"
done
compare "$tmp/old.json"
[ $status = 2 ] && grep -q 'which two reports' "$tmp/err"
ok "... one report"

### help

for command in $("$RACYBITS" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
	"$RACYBITS" "$command" --help >"$tmp/out" 2>"$tmp/err"
	grep -A1 '^Examples:' "$tmp/out" | grep -q racybits && [ "$(grep -A3 '^Exit status:' "$tmp/out" | grep -c '^  [012]  ')" -ge 2 ]
	ok "$command --help has examples and its exit statuses"
done

[ -z "$(ls -A "$TMPDIR")" ]
ok "nothing is left behind"
echo "1..$tests"
