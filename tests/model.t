#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The model files: what `racybits model` prints of them, the grammar in the manual, and what
# happens when one of them is missing. RACYBITS=program tests another one.
set -u
cd "$(dirname "$0")/.." || exit
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0
racybits=$(readlink -f "${RACYBITS:-racybits}")

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || head -n 20 "$tmp/out" "$tmp/err" | sed 's/^/# /'
}

# run COMMAND...: its output and status into $tmp/out, $tmp/err, $status
run() { "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }

# without "FILE:LINE: "
statements() { sed 's/^[^ ]*:[0-9]*: //' "$@"; }

### the rules

run "$racybits" model
[ $status = 0 ] && [ "$(wc -l <"$tmp/out")" -gt 1000 ] && [ ! -s "$tmp/err" ] &&
	! grep -Evq '^.*/checker/kernel/[a-z-]+\.model:[0-9]+: [a-z]+ ' "$tmp/out"
ok "model prints each rule with its file and line"

statements "$tmp/out" >"$tmp/all.model"
run "$racybits" model --model="$tmp/all.model"
[ $status = 0 ] && statements "$tmp/out" | cmp -s - "$tmp/all.model" &&
	[ "$(grep -c "^$tmp/all.model:" "$tmp/out")" = "$(wc -l <"$tmp/all.model")" ]
ok "... in words that make the same rules again, which replace the first ones"

run "$racybits" model
where=$(grep -E ': slot dev_pm_ops\.suspend_noirq phase=runtime context=sleep holds=pm\(0\),' "$tmp/out" | cut -d: -f1,2)
sed -n "${where##*:}p" "${where%:*}" | grep -q '^slot dev_pm_ops'
ok "... and the line is that of the statement"

sort "$tmp/all.model" | uniq -d >"$tmp/out"
[ ! -s "$tmp/out" ]
ok "no rule is stated twice"

grep '^slot' "$tmp/all.model" | awk '
	{ record = field = $2; sub(/\.[^.]*$/, "", record); sub(/^.*\./, "", field); $1 = $2 = ""; rule[record, field] = $0 }
	END { for (key in rule) { split(key, part, SUBSEP); if (part[2] != "*" && rule[part[1], "*"] == rule[key]) print part[1] "." part[2] } }' >"$tmp/out"
[ ! -s "$tmp/out" ]
ok "no member has the rule that the others of its record have anyhow"

### the grammar

run "$racybits" model --grammar
[ $status = 0 ] && [ "$(grep -c '^[a-z]' "$tmp/out")" = "$(grep -c '^STATEMENT(' checker/kernel/statements.def)" ] &&
	! grep -q '%' "$tmp/out"
ok "--grammar prints each row of statements.def"

cut -d' ' -f1 "$tmp/all.model" | sort -u >"$tmp/used"
sed -n 's/^\([a-z]*\) .*/\1/p' "$tmp/out" | sort | diff - "$tmp/used" >"$tmp/err"
ok "the model files use every statement there is"

RACYBITS=$racybits scripts/grammar.sh | diff docs/racybits.1 - >"$tmp/out"
ok "the manual has the same statements (else: scripts/grammar.sh)"

### rules that nothing names

cp -R tests/minikernel "$tmp/tree"
cat >"$tmp/tree/one.c" <<'END'
#include <linux/kernel.h>
#include <linux/mutex.h>

struct thing {
	struct mutex lock;
	unsigned int a : 1, b : 1;
};

struct thing *make_thing(void);
void drop_thing(struct thing *t);

void use_thing(void)
{
	struct thing *t = make_thing();

	mutex_lock(&t->lock);
	t->a = 1;
	mutex_unlock(&t->lock);
	drop_thing(t);
}
END
cat >"$tmp/tree/compile_commands.json" <<END
[{"directory": "$tmp/tree", "file": "one.c", "arguments": ["clang", "-nostdinc", "-I./include",
"-include", "./include/linux/kconfig.h", "-include", "./include/linux/compiler_types.h",
"-D__KERNEL__", "-std=gnu11", "-O2", "-c", "-o", "one.o", "one.c"]}]
END
printf '%s\n' 'alloc make_thing make_nothing' 'free drop_thing drop_nothing arg=0' \
	'slot nothing.* nothing.here phase=runtime context=work' >"$tmp/mine.model"
run "$racybits" model --unused -k "$tmp/tree" --model="$tmp/mine.model" --db "$tmp/db" one.c
grep "^$tmp/mine.model:" "$tmp/out" | statements | diff - <(printf '%s\n' \
	'slot nothing.* phase=runtime context=work' 'slot nothing.here phase=runtime context=work' \
	'alloc make_nothing' 'free drop_nothing arg=0') >>"$tmp/err" && [ $status = 0 ]
ok "--unused prints the rules that name nothing in the files analysed"
! grep -q 'lock exclusive mutex_lock /\|lock exclusive - / mutex_unlock\|layoutassert' "$tmp/out" &&
	grep -q ': lock exclusive mutex_trylock' "$tmp/out"
ok "... of the default files, too, but those that fix asks for"
grep -Eq 'racybits: [0-9]+ of [0-9]+ rules name nothing' "$tmp/err"
ok "... and counts them"

echo '#error no' >"$tmp/tree/one.c"
run "$racybits" model --unused -k "$tmp/tree" one.c
[ $status = 2 ] && grep -q 'one.c' "$tmp/err"
ok "... with status 2 if a file cannot be analysed"

run "$racybits" model --unused --grammar
[ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && run "$racybits" model drivers &&
	[ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ]
ok "options and paths that do not fit are refused"

### the default files

mkdir -p "$tmp/root/bin" "$tmp/root/share/racybits"
cp "$racybits" "$tmp/root/bin/racybits"
cp checker/kernel/*.model "$tmp/root/share/racybits"
run "$tmp/root/bin/racybits" model
[ $status = 0 ] && statements "$tmp/out" | cmp -s - "$tmp/all.model"
ok "an installed program reads the installed files"

echo 'no such statement' >"$tmp/root/share/racybits/zzz.model"
run "$tmp/root/bin/racybits" model
[ $status = 0 ]
ok "... and no others of that directory"

mv "$tmp/root/share/racybits/net.model" "$tmp/root"
run "$tmp/root/bin/racybits" model
[ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && [ ! -s "$tmp/out" ] &&
	grep -q 'cannot read model file .*/net.model: No such file' "$tmp/err"
ok "a missing file is an error: status 2, one line"

mkdir "$tmp/root/share/racybits/net.model"
run "$tmp/root/bin/racybits" model
[ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q 'cannot read model file .*/net.model: ' "$tmp/err"
ok "... and one that cannot be read"

rm -r "$tmp/root/share/racybits"
run "$tmp/root/bin/racybits" model --model="$tmp/mine.model"
if [ -e /usr/local/share/racybits ]; then
	true
else
	[ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q 'no block.model in ' "$tmp/err"
fi
ok "... and so is no directory, whatever --model adds"

echo "1..$tests"
