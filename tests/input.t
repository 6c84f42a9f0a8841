#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Bad input: one line on stderr that says what and where, exit status 2, nothing half-written.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=${RACYBITS:-$here/../racybits}
tmp=$(mktemp -d)
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
tests=0

# commands FILE...: compile_commands.json of the tree
commands() {
	local comma='[' f

	for f; do
		printf '%s{"directory":"%s","file":"%s","arguments":["clang","-nostdinc","-I./include",' \
			"$comma" "$tree" "$f"
		printf '"-include","./include/linux/compiler_types.h","-D__KERNEL__","-c","-o","%s.o","%s"]}\n' \
			"${f%.c}" "$f"
		comma=,
	done >"$tree/compile_commands.json"
	echo ']' >>"$tree/compile_commands.json"
}

tree=$tmp/tree
cp -R "$here/minikernel" "$tree"
mkdir "$tree/drv"
cat >"$tree/drv/good.c" <<-'END'
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
cat >"$tree/drv/quiet.c" <<-'END'
	#include <linux/fs.h>
	struct quiet { struct rw_semaphore lock; bool a:1; bool b:1; };
	static int quiet_open(struct inode *inode, struct file *file)
	{
		struct quiet *quiet = file->private_data;

		quiet->a = true;
		return 0;
	}
	const struct file_operations quiet_fops = { .open = quiet_open };
END
echo 'int broken(void) { return undeclared_name; }' >"$tree/drv/broken.c"
commands drv/good.c drv/quiet.c drv/broken.c

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

run() { timeout 60 "$RACYBITS" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }

# refused PATTERN NAME: status 2, nothing on stdout, one line on stderr that matches
refused() {
	[ $status = 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" = 1 ] &&
		grep -q "^racybits: .*$1" "$tmp/err"
	ok "$2"
}

run check -k "$tree" drv/good.c
[ $status = 1 ] && grep -q 'drv/good.c:2:[0-9]*: warning: .*racy-bitfield' "$tmp/out"
ok "the tree is good to begin with"

run check -k "$tmp/nowhere"
refused "nowhere.*No such file" "no such directory"
run check -k "$tmp"
refused "not a kernel tree" "not a kernel tree"
mv "$tree/.config" "$tmp/config"
run check -k "$tree"
refused "not configured" "not configured"
mv "$tmp/config" "$tree/.config"
mv "$tree/include/generated" "$tmp/"
run check -k "$tree"
refused "prepared.*modules_prepare" "not prepared"
mv "$tmp/generated" "$tree/include/"
run check -k "$tree" -O "$tmp/nowhere"
refused "nowhere" "no such object directory"

run check -k "$tree" drv/nothing.c
refused "drv/nothing.c" "a path that does not exist"
run check -k "$tree" include
refused "include: no translation unit" "a path without translation unit"
run check -k "$tree" --format=json include drv/good.c
[ $status = 2 ] && grep -q '"struct": "foo"' "$tmp/out" && grep -q '"file": "include"' "$tmp/out" &&
	grep -qx "racybits: include: not analysed: no translation unit of this configuration" "$tmp/err"
ok "... is named, and the others are reported"
run check -k "$tree" --db "$tmp/paths.db" include drv/good.c
run check -k "$tree" --db "$tmp/paths.db" include drv/good.c
[ $status = 2 ] && grep -q "^racybits: include: not analysed: " "$tmp/err" && grep -q ', 0 parsed now, ' "$tmp/err"
ok "... when what make said is in the database, too"
run dump -k "$tree" include drv/good.c
[ $status = 2 ] && grep -q foo "$tmp/out" && grep -q "^racybits: include: not analysed: " "$tmp/err"
ok "... by dump, too"
run check -k "$tree" ../..
refused "\.\./\.\." "a path outside the tree"
run check -k "$tree" 'drv/$(touch pwned); .c'
refused "pwned" "a path that a shell would run"
[ ! -e pwned ] && [ ! -e "$tree/pwned" ]
ok "... is not run"

run check -k "$tree" --format=json drv
[ $status = 2 ] && grep -q '"file": "drv/broken.c"' "$tmp/out" && grep -q '"struct": "foo"' "$tmp/out" &&
	grep -q 'drv/broken.c.*undeclared_name' "$tmp/err"
ok "a unit that does not parse is named, the rest is reported, status 2"

grep -A4 '"struct": "quiet"' "$tmp/out" | grep -q '"verdict": "unknown"'
ok "... and a struct it may write is not called stable"

run check -k "$tree" --bogus drv
refused "bogus" "an unknown option"
run check -k "$tree" --policy=none drv
refused "none" "an unknown policy"
run check -k "$tree" --format=none drv
refused "none" "an unknown format"
run check -k "$tree" -j none drv
refused "none" "not a number"
run nonsense
refused "nonsense.; see racybits --help" "an unknown subcommand"
run chekc
refused "unknown command.*'chekc'.*did you mean check" "a misspelt command: the nearest one is offered"
run -k "$tree" check
refused "option -k comes after the command" "an option before the command"
run help lmits
refused "unknown topic.*did you mean limits" "help of a misspelt topic"
run help exit
refused "unknown topic.*did you mean exit-status" "... that is the beginning of one"
run help zzzzzz
refused "unknown topic: .zzzzzz.; racybits help topics lists them" "... that is near to none"
for topic in check array-element path-steps exit-status confidence; do
	run help $topic
	[ $status = 0 ] && grep -q . "$tmp/out" && [ ! -s "$tmp/err" ]
	ok "help $topic"
done
run help topics
[ $status = 0 ] && grep -q ' array-element .*array element' "$tmp/out" && grep -q ' model-files$' "$tmp/out"
ok "help lists its topics"
run check -h
[ $status = 0 ] && grep -q '^Usage: racybits check ' "$tmp/out"
ok "-h is --help"

# none of these parses anything: there is no such tree
run explain -k "$tmp/nowhere" drivers/usb/dwc2
refused "'drivers/usb/dwc2' is a path.*racybits check drivers/usb/dwc2" "explain of a directory"
run explain -k "$tmp/nowhere" foo.c
refused "'foo.c' is a path" "explain of a file"
run explain -k "$tmp/nowhere" 'struct foo'
refused "'struct foo': write the name alone: foo" "explain of a struct with its keyword"
run explain -k "$tmp/nowhere" 'foo->a'
refused "'foo->a' is no name of a struct" "explain of an expression"
run explain -k "$tree" a drv/good.c
refused "'a' is a field: write foo.a" "explain of a field alone"
run explain -k "$tree" a drv
refused "'a' is a field of 2 structs: write STRUCT.a, as in foo.a" "explain of a field of two structs"
run explain -k "$tree" fooo drv/good.c
refused "fooo.*foo" "explain of an unknown struct offers near names"

run check -k "$tree" -o "$tmp/nowhere/out" drv/good.c
refused "nowhere/out" "an output that cannot be written"
run check -k "$tree" -o "$tmp" drv/good.c
refused "$tmp" "an output that is a directory"
[ -z "$(find "$tmp" "$(dirname "$tmp")" -maxdepth 1 -name "*$(basename "$tmp")*.tmp")" ]
ok "... leaves nothing half-written"
if [ -w /dev/full ]; then
	"$RACYBITS" check -k "$tree" drv/good.c >/dev/full 2>"$tmp/err"
	status=$?
	: >"$tmp/out"
	[ $status = 2 ] && grep -q "cannot write" "$tmp/err"
	ok "a full disk"
fi

echo 'lock exclusive mutex_lock' >"$tmp/bad.model"
run check -k "$tree" --model "$tmp/bad.model" drv/good.c
refused "bad.model:1: expected" "a syntax error in a model file names file and line"
run check -k "$tree" --model "$tmp/nowhere.model" drv/good.c
refused "nowhere.model" "a model file that is not there"

echo 'not a database' >"$tmp/bad.db"
run check -k "$tree" --db "$tmp/bad.db" drv/good.c
refused "bad.db" "a damaged database"
[ "$(cat "$tmp/bad.db")" = 'not a database' ]
ok "... is left alone"
run check -k "$tree" --db "$tmp/good.db" drv/good.c
[ $status = 1 ] && [ -s "$tmp/good.db" ]
ok "a database"
printf '\377\377\377\377' | dd of="$tmp/good.db" bs=1 seek=60 conv=notrunc 2>/dev/null
run check -k "$tree" --db "$tmp/good.db" drv/good.c
refused "good.db.*another version" "a database of another version"
run check -k "$tree" --db "$tmp/nowhere/x.db" drv/good.c
refused "nowhere/x.db" "a database that cannot be made"

### outputs that must not be replaced, and inputs that never end

good() { run check -k "$tree" "$@" drv/good.c; }
report='warning: struct foo:'
# run_to_stdout: as with -o /dev/stdout, but nothing of the system is at stake
run_to_stdout() { ! "$RACYBITS" check -k "$tree" -o "$tmp/stdout" drv/good.c 2>"$tmp/err"; }

echo old >"$tmp/real"
ln -sf real "$tmp/link"
good -o "$tmp/link"
[ $status = 1 ] && [ -L "$tmp/link" ] && grep -q "$report" "$tmp/real"
ok "an output that is a symbolic link stays one: its target is written"
ln -s /proc/self/fd/1 "$tmp/stdout"
{ echo first && run_to_stdout && echo last; } >"$tmp/all"
[ -L "$tmp/stdout" ] && [ "$(head -n 1 "$tmp/all")" = first ] && grep -q "$report" "$tmp/all" && [ "$(tail -n 1 "$tmp/all")" = last ]
ok "a link to standard output is standard output: /dev/stdout"
echo old >"$tmp/locked"
chmod 444 "$tmp/locked"
good -o "$tmp/locked"
refused "locked: Permission denied" "an output that is read-only, whoever asks"
[ "$(cat "$tmp/locked")" = old ]
ok "... is left as it was"
echo old >"$tmp/shared"
chmod 640 "$tmp/shared"
good -o "$tmp/shared"
[ $status = 1 ] && grep -q "$report" "$tmp/shared" && [ "$(stat -c %a "$tmp/shared")" = 640 ]
ok "a file that is replaced keeps its mode"
mkdir "$tmp/made"
(umask 027 && "$RACYBITS" check -k "$tree" -o "$tmp/made/new" drv/good.c >"$tmp/out" 2>"$tmp/err")
[ "$(stat -c %a "$tmp/made/new")" = 640 ] && [ "$(ls -A "$tmp/made")" = new ]
ok "a new file has the mode of the umask, and nothing is left beside it"
mkfifo "$tmp/pipe"
cat "$tmp/pipe" >"$tmp/all" &
good -o "$tmp/pipe"
wait $!
[ $status = 1 ] && [ -p "$tmp/pipe" ] && grep -q "$report" "$tmp/all"
ok "a pipe is written to"
(ulimit -f 0 && "$RACYBITS" check -k "$tree" -o "$tmp/made/big" drv/good.c 2>&1 >/dev/null) | cat >"$tmp/limited"
grep -q "^racybits: cannot write .*made/big: File too large" "$tmp/limited" && [ ! -e "$tmp/made/big" ]
ok "a size limit of files is named"

good --db "$tmp/both.db"
cp "$tmp/both.db" "$tmp/both.copy"
ln -s both.db "$tmp/other.db"
good --db "$tmp/both.db" -o "$tmp/both.db"
refused "-o .*both.db: --db names the same file" "a database that is to be the report, too"
good --db "$tmp/other.db" -o "$tmp/made/../both.db"
refused "the same file" "... by another name"
cmp -s "$tmp/both.db" "$tmp/both.copy"
ok "... is left alone"
good --db "$tmp/none.db" -o "$tmp/made/../none.db"
refused "the same file" "... before there is one"
good --write-baseline "$tmp/both" -o "$tmp/both"
refused "the same file" "a baseline that is to be the report, too"

for file in pipe device directory; do
	case $file in pipe) file=$tmp/pipe ;; device) file=/dev/zero ;; directory) file=$tmp/made ;; esac
	for option in --db --model --baseline; do
		good "$option" "$file"
		[ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ] &&
			grep -qE "^racybits: .*$file: .*(Not a regular file|Is a directory)" "$tmp/err"
		ok "$option ${file##*/} is refused at once"
	done
	run merge -o "$tmp/merged.db" "$file"
	refused "$file: " "a part to merge that is no file: $(basename "$file")"
done
mkfifo "$tree/drv/pipe.c"
run check -k "$tree" drv/pipe.c
refused "drv/pipe.c: neither" "a source that is a pipe"
rm "$tree/drv/pipe.c"
mv "$tree/compile_commands.json" "$tmp/kept.json"
mkfifo "$tree/compile_commands.json"
good
refused "compile_commands.json: Not a regular file" "compile commands that are a pipe"
rm "$tree/compile_commands.json"
mv "$tmp/kept.json" "$tree/compile_commands.json"
mv "$tree/include/config/auto.conf" "$tmp/auto.conf"
mkfifo "$tree/include/config/auto.conf"
good
refused "auto.conf: Not a regular file" "a configuration that is a pipe"
rm "$tree/include/config/auto.conf"
mv "$tmp/auto.conf" "$tree/include/config/auto.conf"

run fix -k "$tree" -o "$tmp/real" drv/good.c
refused "real: Not a directory" "fix -o FILE"
if unshare -m true 2>/dev/null; then
	mkdir "$tmp/fixed"
	for option in --db -o --write-baseline; do
		unshare -m sh -c 'mount -t tmpfs none "$1" && mount -o remount,ro "$1" && shift && exec "$@"' sh \
			"$tmp/fixed" "$RACYBITS" check -k "$tree" --format=gitlab "$option" "$tmp/fixed/file" drv/quiet.c \
			>"$tmp/out" 2>"$tmp/err"
		status=$?
		[ $status = 2 ] && tail -n 1 "$tmp/err" | grep -q "fixed/file: .*Read-only file system"
		ok "$option on a file system that is read-only"
	done
fi

echo "1..$tests"
