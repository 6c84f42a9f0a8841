#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The formats of a report, and what makes racybits a citizen of the system: help, manual, completion, installation,
# the examples of docs/ci. RACYBITS=program tests another one.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL
here=$PWD
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0
mkdir "$tmp/bin"
ln -s "$(readlink -f "${RACYBITS:-racybits}")" "$tmp/bin/racybits"
PATH=$tmp/bin:$PATH

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

# skip NAME WHY
skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# run COMMAND...: its output and status into $tmp/out, $tmp/err, $status
run() { "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }

# report FORMAT FILE...: of the little tree, into $tmp/out
report() {
	local format=$1

	shift
	(cd "$tmp/tree" && run racybits check --db "$tmp/db" --format="$format" "$@"; exit "$status")
	status=$?
}

count() { grep -c -- "$1" "$tmp/out"; }

# obeys SCHEMA FILE NAME: a test
obeys() {
	tests/schema.sh "$1" "$2" >"$tmp/said" 2>&1
	case $? in
	0) echo "ok $((++tests)) - $3" ;;
	77) skip "$3" "neither ajv nor python3-jsonschema" ;;
	*) echo "not ok $((++tests)) - $3" && sed 's/^/# /' "$tmp/said" | cut -c1-300 ;;
	esac
}

### a little tree: what races, on purpose too, what cannot be judged, what cannot be parsed, a name that is awkward

cp -R tests/minikernel "$tmp/tree"
mkdir "$tmp/tree/drv"
awkward='drv/a b:c,%"<i>.c'
for name in objects/container-of-chain-racy claims/data-race-acknowledged slots/unresolved-slot-unknown; do
	sed '/^\/\/ expect/d' "tests/fixtures/$name.c" >"$tmp/tree/drv/${name#*/}.c"
done
cp "$tmp/tree/drv/container-of-chain-racy.c" "$tmp/tree/$awkward"
echo 'int f(void) { return' >"$tmp/tree/drv/broken.c"
mkdir "$tmp/tree/ranks"
cp tests/fixtures/contexts/one-function-twice-racy.c "$tmp/tree/ranks/a-medium.c"
cp tests/fixtures/confidence/near-start-racy.c "$tmp/tree/ranks/b-high.c"

compile_commands() {
	local name comma='['

	for name in "$tmp/tree/drv/"*.c "$tmp/tree/ranks/"*.c; do
		name=${name#"$tmp/tree/"}
		name=${name//\"/\\\"}
		cat <<-EOF
		$comma{"directory": "$tmp/tree", "file": "$name", "arguments": ["clang", "-nostdinc",
		"-I./include", "-include", "./include/linux/kconfig.h", "-include",
		"./include/linux/compiler_types.h", "-D__KERNEL__", "-DMODULE", "-std=gnu11", "-c", "-o", "${name%c}o",
		"$name"]}
		EOF
		comma=,
	done
	echo ']'
}
compile_commands >"$tmp/tree/compile_commands.json"
racy=drv/container-of-chain-racy.c

### every format

for format in text json json1 sarif html gitlab github 0day cocci; do
	report $format drv
	[ $status = 2 ] && [ -s "$tmp/out" ] && cp "$tmp/out" "$tmp/first" &&
		(cd "$tmp/tree" && run racybits check -j1 --format=$format drv) && :
	cmp -s "$tmp/first" "$tmp/out"
	ok "$format: the same bytes again"
done
run racybits check --format=xml
[ $status = 2 ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q 'xml.*text|json|json1|sarif' "$tmp/err"
ok "a format that is none"

report text ranks
[ "$(sed -n 's/^ranks\/\([^:]*\):.*: warning: .*/\1/p' "$tmp/out" | tr '\n' ' ')" = "b-high.c a-medium.c " ]
ok "text: the most believable first"
report text --confidence=high ranks
[ $status = 1 ] && [ "$(sed -n 's/^ranks\/\([^:]*\):.*: warning: .*/\1/p' "$tmp/out")" = b-high.c ] &&
	grep -q '2 racy (confidence: 1 high, 1 medium, 0 low)' "$tmp/err"
ok "text: --confidence=high leaves out the others, and the last line counts them"
report html --confidence=high ranks
grep -q 'confidence high' "$tmp/out" && ! grep -q 'confidence medium</span>' "$tmp/out"
ok "html: ... too"
report json --confidence=high ranks
[ "$(count '"verdict": "racy"')" = 2 ]
ok "json: ... lists all"
run racybits check --confidence=some
[ $status = 2 ] && grep -q 'expected high, medium or low' "$tmp/err"
ok "a confidence that is none"

### JSON: what others rely on

report_schema=docs/report-2.schema.json
report json drv
obeys $report_schema "$tmp/out" "json: obeys its schema"
[ $(($(count '"verdict": "racy"') + $(count '"verdict": "unknown"'))) = 4 ] && grep -q '"seconds": 0' "$tmp/out"
ok "json: what races and what is unknown"
sed 's/"confidence": "high"/"confidence": "quite"/' "$tmp/out" >"$tmp/bad"
! tests/schema.sh $report_schema "$tmp/bad" >"$tmp/err" 2>&1
ok "json: ... which refuses another"
report json --all --policy=strict drv
obeys $report_schema "$tmp/out" "json: ... by either policy"
grep -q '"policy": "strict"' "$tmp/out"
ok "json: ... which it names"
mkdir "$tmp/tree/order"
cat >"$tmp/tree/order/order.c" <<'END'
#include <linux/types.h>
struct outer {
	struct inner { bool a:1, b:1; } in;
	int between;
	bool c:1, d:1;
};
void f(struct outer *o, struct inner *i);
void f(struct outer *o, struct inner *i) { o->c = 1; i->a = 1; }
END
sed "s|drv/broken\.[co]|order/order.c|g" "$tmp/tree/compile_commands.json" >"$tmp/new" && cp "$tmp/new" "$tmp/tree/compile_commands.json"
report json --all order
obeys $report_schema "$tmp/out" "json: ... with units in units"
[ "$(grep -A 2 '"struct"' "$tmp/out" | sed -n 's/.*"line": \([0-9]*\),/\1/p' | tr '\n' ' ')" = '3 5 ' ]
ok "json: units are in order of their lines, nested or not"
[ "$(count '"verdict": "stable"')" = 2 ] && report json order && [ $status = 0 ] && [ "$(count '"struct"')" = 0 ]
ok "json: stable ones are listed with --all only"
compile_commands >"$tmp/tree/compile_commands.json"


# Version 1 again, from version 2: each write of a field is a way of a store, once for each chain.
if command -v node >/dev/null; then
	report json --all drv && :
	cp "$tmp/out" "$tmp/two"
	report json1 --all drv && :
	node -e '
	const read = (name) => JSON.parse(require("fs").readFileSync(name)), two = read(process.argv[1]), one = read(process.argv[2]);
	const key = (w, locks, chain) => JSON.stringify([w.file, w.line, w.function, w.phase, w.context, locks, chain]);
	const chain = (n) => n === null ? [] : [...chain(two.chains[n][0]), two.names[two.chains[n][1]]];
	const spread = (u, n) => u.writes[n].ways.flatMap((way) => way.reached.flatMap((r) => r.slice(1).map((c) =>
		key({ ...u.writes[n], ...way }, two.locksets[r[0]], chain(c)))));
	const set = (list) => Array.from(new Set(list)).sort().join("\n");
	let writes = 0;
	two.units.forEach((u, i) => {
		u.fields.forEach((f, j) => {
			const old = one.units[i].fields[j].writes.map((w) => key(w, w.locks, w.chain));
			writes += old.length;
			if (set(old) !== set(f.writes.flatMap((n) => spread(u, n)))) throw u.struct + "." + f.name;
		});
		u.conflicts.forEach((c, k) => [c.a, c.b].forEach((name, side) => {
			const v1 = one.units[i], w = v1.fields.find((f) => f.name === name).writes[v1.conflicts[k].writes[side]];
			const store = u.writes[c.writes[side]], way = store.ways[c.ways[side]];
			if (key(w, w.locks, w.chain) !== key({ ...store, ...way }, two.locksets[c.locksets[side]],
				chain(c.chains[side]))) throw u.struct + ": " + name;
		}));
	});
	if (two.units.length !== one.units.length || !writes) throw "units";' "$tmp/two" "$tmp/out" 2>"$tmp/err"
	ok "json: the writes, locks and chains of version 1"
else
	skip "json: the writes, locks and chains of version 1" "no node"
fi

### text

report text $racy
[ $status = 1 ] && [ "$(count "^$racy:[0-9]*:[0-9]*: warning: struct .* \[racy-bitfield\]\$")" = 1 ] &&
	! grep -qvE '^([^:]+:[0-9]+:[0-9]+: (warning: .* \[racy-bitfield\]|note: .*)|    .*)$' "$tmp/out"
ok "text: lines as of a compiler"
[ "$(wc -l <"$tmp/out")" -le 12 ] && ! cut -d' ' -f2- "$tmp/out" | grep -q '^.\{101\}'
ok "text: the argument has at most 12 lines of at most 100 columns"
on_terminal() {
	(cd "$tmp/tree" && env -u NO_COLOR TERM=xterm "$@" script -qec "racybits check --db $tmp/db $racy" /dev/null >"$tmp/out" </dev/null)
}
on_terminal
grep -q "$(printf '\033\[1;35mwarning:')" "$tmp/out"
ok "text: coloured on a terminal"
on_terminal NO_COLOR=1
! grep -q "$(printf '\033')" "$tmp/out" && grep -q 'warning: ' "$tmp/out"
ok "... but not with NO_COLOR"

### SARIF

report sarif drv
cp "$tmp/out" "$tmp/sarif"
obeys tests/sarif-schema.json "$tmp/sarif" "sarif: obeys the standard"
cp "$tmp/sarif" "$tmp/out"
[ "$(count '"ruleId"')" = 4 ] && [ "$(count '"threadFlows"')" = 3 ] && [ "$(count '"inSource"')" = 1 ] &&
	[ "$(count '"kind": "open"')" = 1 ]
ok "sarif: two findings, one acknowledged, one not judged, with their code flows"
[ "$(count '"not-analysed"')" = 2 ] && grep -q '"executionSuccessful": false' "$tmp/out" &&
	grep -A 20 toolExecution "$tmp/out" | grep -q '"uri": "drv/broken.c"'
ok "sarif: a file that was not analysed is a notification"
grep -q '"uri": "drv/a%20b%3Ac,%25%22%3Ci%3E.c"' "$tmp/out"
ok "sarif: addresses are percent-encoded"

# (what its validator warns of: SARIF1001)
sed -n 's/^ *"\(id\|name\)": "\([A-Za-z-]*\)",$/\1 \2/p' "$tmp/out" | awk '
$1 == "id" { id = tolower($2) } $1 == "name" && tolower($2) == id { print } { n++ } END { if (n < 7) print "few" }' >"$tmp/err"
[ ! -s "$tmp/err" ]
ok "sarif: no name of a rule or notification is its id"

prints() { sed -n 's/.*"racyUnit.v1": "\(.*\)".*/\1/p' "$tmp/out"; }
report sarif $racy
before=$(prints)
sed -i '1i\\n\n\n\n\n' "$tmp/tree/$racy"
report sarif $racy
[ $status = 1 ] && [ -n "$before" ] && [ "$(prints)" = "$before" ]
ok "sarif: fingerprints do not know lines"
sed 's/bool b:1/bool c:1/; s/foo->b/foo->c/' "$tmp/tree/$racy" >"$tmp/new" && cp "$tmp/new" "$tmp/tree/$racy"
report sarif $racy
[ $status = 1 ] && [ "$(prints)" != "$before" ]
ok "sarif: ... but which fields race"

### the small ones

report gitlab drv
obeys tests/gitlab-schema.json "$tmp/out" "gitlab: obeys its schema"
[ "$(count '"severity"')" = 2 ] &&
	[ "$(grep '"fingerprint"' "$tmp/out" | sort -u | wc -l)" = 2 ]
ok "gitlab: fingerprints differ, and what could not be judged is no issue"

report github drv
[ "$(count .)" = 3 ] && [ "$(count '^::warning file=drv/.*,line=[0-9]*,col=[0-9]*,title=racy bitfields of struct foo::struct foo: stores to .*%0A')" = 2 ] &&
	[ "$(count '^::error file=drv/broken.c,title=not analysed::')" = 1 ]
ok "github: a line for each annotation"
[ "$(grep '^::warning' "$tmp/out" | sed 's/%0A/\n/g' | grep -c .)" = 8 ] &&
	[ "$(sed 's/%0A/\n/g' "$tmp/out" | grep -c '^writer [12]: .* in .*() (.*), drv/.*:[0-9]*$')" = 4 ]
ok "github: a message has four lines"
grep -q '^::warning file=drv/a b%3Ac%2C%25"<i>.c,line=' "$tmp/out"
ok "github: properties are escaped"
mkdir "$tmp/tree/many"
long=$(printf '%0300d' 0)
{
	printf '#include <linux/fs.h>\n#include <linux/mutex.h>\n'
	for n in 1 2 3 4 5 6 7 8 9 10 "$long"; do
		sed -n '/^struct core {/,$p' tests/fixtures/objects/container-of-chain-racy.c |
			sed "s/\b\(foo\|core\|mid\)\b/\1_$n/g; s/\b\(foo\|core\)_\([a-z]\)/\1_${n}_\2/g"
	done
} >"$tmp/tree/many/many.c"
sed "s|drv/broken\.[co]|many/many.c|g" "$tmp/tree/compile_commands.json" >"$tmp/new" && cp "$tmp/new" "$tmp/tree/compile_commands.json"
report github many
[ "$(count '^::warning ')" = 11 ] && grep -q '^::notice title=racybits::11 findings; GitHub shows 10 of them' "$tmp/out"
ok "github: more than GitHub shows are counted"
! grep -qE 'title=[^:]{256}' "$tmp/out" && grep -q 'title=racy bitfields of struct foo_0*\.\.\.::struct foo_0*: stores' "$tmp/out"
ok "github: a long title is cut"
compile_commands >"$tmp/tree/compile_commands.json"

report 0day $racy
[ "$(count '^>> drv/.*: warning: .*\[racy-bitfield\]$')" = 1 ] && [ "$(count '^   drv/.*: note: writer [12]: ')" = 2 ] &&
	grep -q "^vim +[0-9]* $racy$" "$tmp/out" && grep -q '^  > *[0-9]*  .*bool a:1;' "$tmp/out" &&
	! grep -qvE '^(>> |   |  > |vim |$)' "$tmp/out"
ok "0day: the warning is marked, and shown in its source"

report cocci $racy
[ "$(count .)" = 1 ] && grep -qE "^$racy:[0-9]+:[0-9]+-[0-9]+: WARNING: " "$tmp/out"
line=$(sed -n 's/^[^:]*:\([0-9]*\):.*/\1/p' "$tmp/out")
columns=$(sed -n 's/^[^:]*:[0-9]*:\([0-9]*\)-\([0-9]*\):.*/\1 \2/p' "$tmp/out")
[ "$(sed -n "${line}p" "$tmp/tree/$racy" | cut -c "$((${columns% *} + 1))-${columns#* }")" = a ]
ok "cocci: the columns are those of the field's name"

### help and manual

commands=$(racybits --help | sed -n 's/^  \([a-z]*\)  .*/\1/p')
for command in $commands; do
	run racybits "$command" --help
	[ $status = 0 ] && grep -q "^Usage: racybits $command" "$tmp/out" &&
		grep -q "^\.B racybits $command\$" docs/racybits.1 && grep -qx "\.B $command" docs/racybits.1
	ok "$command --help, and the manual knows the command"
	grep -oE '^ +(-[a-zA-Z]|--[a-z-]+)' "$tmp/out" | tr -d ' ' | sed 's/-/\\-/g' >"$tmp/options"
	sort -u "$tmp/options" | while read -r option; do
		grep -qE "^\.BI? ${option//\\/\\\\}(=| |$)" docs/racybits.1 || echo "not in the manual: $option"
	done >"$tmp/out"
	[ -s "$tmp/options" ] && [ ! -s "$tmp/out" ]
	ok "... and its options"
done
{ racybits --help; for command in $commands; do racybits "$command" --help; done; } | grep -oE '^ +(-[a-zA-Z]|--[a-z-]+)' |
	tr -d ' ' | sort -u >"$tmp/options"
# shellcheck disable=SC1003 # tr deletes the backslash
sed -n '/^\.SH OPTIONS/,/^\.SH [^O]/s/^\.BI* \(\\-[^ =][^ =]*\).*/\1/p' docs/racybits.1 | tr -d '\\' | sort -u >"$tmp/out"
[ -s "$tmp/out" ] && comm -13 "$tmp/options" "$tmp/out" >"$tmp/err" && [ ! -s "$tmp/err" ]
ok "the manual has no options that no command takes"
if command -v man >/dev/null; then
	run man -l --warnings docs/racybits.1
	[ $status = 0 ] && [ ! -s "$tmp/err" ] && grep -q 'EXIT STATUS' "$tmp/out"
	ok "the manual is well-formed"
else
	skip "the manual is well-formed" "no man"
fi

### installation

if [ -z "${RACYBITS-}" ]; then
	run make --no-print-directory -o racybits install DESTDIR="$tmp/root" DEPS=:
	(cd "$tmp/root/usr/local" && [ -x bin/racybits ] && [ -f share/racybits/core.model ] &&
		[ -f share/racybits/annotations.h ] &&
		[ -f share/racybits/report-2.schema.json ] && [ -f share/man/man1/racybits.1 ] &&
		[ -f share/bash-completion/completions/racybits ] && bin/racybits --version >/dev/null)
	ok "make install DESTDIR="
	(cd "$tmp/tree" && run "$tmp/root/usr/local/bin/racybits" check --format=json $racy; exit "$status")
	[ $? = 1 ] && grep -q '"verdict": "racy"' "$tmp/out"
	ok "... and what is installed finds its data"
	"$tmp/root/usr/local/bin/racybits" --version |
		grep -qx "racybits $(sed -n 's/^\.TH .*"racybits \([^"]*\)".*/\1/p' "$tmp/root/usr/local/share/man/man1/racybits.1")"
	ok "--version is that of the manual that is installed"
	make --no-print-directory -n PREFIX=/one DEPS=: racybits >"$tmp/out" 2>"$tmp/err"
	make --no-print-directory -n PREFIX=/two DEPS=: racybits | cmp -s - "$tmp/out" && [ -s "$tmp/out" ]
	ok "another PREFIX compiles nothing again"
	run make --no-print-directory -o racybits uninstall DESTDIR="$tmp/root" DEPS=:
	[ $status = 0 ] && [ -z "$(find "$tmp/root" -type f)" ]
	ok "make uninstall leaves nothing"
else
	skip "make install DESTDIR=" "another program is tested"
	skip "... and what is installed finds its data" "another program is tested"
	skip "--version is that of the manual that is installed" "another program is tested"
	skip "another PREFIX compiles nothing again" "another program is tested"
	skip "make uninstall leaves nothing" "another program is tested"
fi

racybits --version | grep -qx "racybits $(sed -n '1s/.*(\(.*\)).*/\1/p' debian/changelog)"
ok "--version is that of the Debian package"

### completion

# shellcheck disable=SC1091 # it is checked by itself
source completion/racybits.bash
complete_words() {
	COMP_WORDS=("$@")
	COMP_CWORD=$(($# - 1))
	COMPREPLY=()
	_racybits "$1"
	printf '%s\n' "${COMPREPLY[@]}" >"$tmp/out"
}

complete_words racybits ex
grep -qx explain "$tmp/out" && ! grep -q check "$tmp/out"
ok "completion: commands"
complete_words racybits check --f
grep -qx -- --format= "$tmp/out" && [ "$(count .)" = 1 ]
ok "completion: options of a command"
complete_words racybits explain --f
[ "$(count .)" = 0 ]
ok "... and only of that one"
complete_words racybits check --format = s
[ "$(cat "$tmp/out")" = sarif ]
ok "completion: values"
complete_words racybits check -k "$tmp/tree" dr
[ "$(cat "$tmp/out")" = drv/ ]
ok "completion: paths below the tree"

### docs/ci: `script FILE KEY` is the text below "- name: KEY", or the list below "KEY:"

script() {
	awk -v key="$2" '
	function indent(s) { match(s, /[^ ]/); return RSTART }
	inside && indent($0) <= level && NF { exit }
	inside { sub(/^ *(- )?/, ""); print }
	$0 ~ "- name: " key "$" { named = 1 }
	named && /run: \|$/ { inside = 1; level = indent($0) }
	$0 ~ "^ *" key ":$" { inside = 1; level = indent($0) }' "$1"
}

export DIRS=$racy
script docs/ci/github.yml check >"$tmp/script"
(cd "$tmp/tree" && run bash -e "$tmp/script" && [ $status = 0 ] && [ -s racybits.sarif ])
ok "docs/ci/github.yml: findings do not fail the check, and are in the file"
(cd "$tmp/tree" && DIRS=drv/broken.c run bash -e "$tmp/script" && [ $status != 0 ])
ok "... what was not analysed does"
script docs/ci/gitlab-ci.yml script >"$tmp/script"
(cd "$tmp/tree" && run bash -e "$tmp/script" && [ $status = 0 ] && [ -s gl-code-quality-report.json ] &&
	[ -s racybits.html ])
ok "docs/ci/gitlab-ci.yml: both reports are made"
obeys tests/gitlab-schema.json "$tmp/tree/gl-code-quality-report.json" "... for GitLab"

git config -f docs/ci/b4.config b4.prep-perpatch-check-cmd >"$tmp/out" &&
	git config -f docs/ci/b4.config b4.am-perpatch-check-cmd >>"$tmp/out" && [ "$(count '^racybits lint ')" = 2 ]
ok "docs/ci/b4.config is a git configuration"
if echo "$commands" | grep -qx lint; then
	racybits lint --help >"$tmp/out"
	grep -ho 'lint --[a-z]*' docs/ci/b4.config docs/ci/github.yml docs/ci/0day.sh | while read -r _ option; do
		grep -q -- " $option" "$tmp/out" || echo "no $option"
	done >"$tmp/err"
	[ ! -s "$tmp/err" ]
	ok "lint takes the options of the examples"
else
	skip "lint takes the options of the examples" "no lint"
fi

git init -q "$tmp/repo" && (
	cd "$tmp/repo" && git config user.name x && git config user.email x@example.org &&
		for n in 1 2 3 4; do
			echo $n >file && git add file && git commit -qm "change $n" && git tag "v$n"
		done
) >"$tmp/out" 2>&1
cat >"$tmp/linter" <<'END'
#!/bin/sh
bad=$(git rev-parse v3)
[ "$*" = "lint --format=0day $bad^..$bad" ] || exit "${OTHERS:-0}"
echo ">> f.h:1:2: warning: x [racy-bitfield]"
exit 1
END
chmod +x "$tmp/linter"
run env -C "$tmp/repo" RACYBITS="$tmp/linter" "$here/docs/ci/0day.sh" v1..v4
[ $status = 1 ] && grep -q "^commit: $(git -C "$tmp/repo" rev-parse v3) change 3$" "$tmp/out" &&
	grep -q '^>> f.h:1:2' "$tmp/out"
ok "docs/ci/0day.sh names the first bad commit"
run env -C "$tmp/repo" RACYBITS="$tmp/linter" "$here/docs/ci/0day.sh" v3..v4
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "... or nothing"
run env -C "$tmp/repo" RACYBITS="$tmp/linter" OTHERS=2 "$here/docs/ci/0day.sh" v1..v4
[ $status = 2 ] && [ ! -s "$tmp/out" ]
ok "... or that it cannot tell"
run env -C "$tmp/repo" RACYBITS="$tmp/linter" "$here/docs/ci/0day.sh" v1..nowhere
[ $status = 2 ]
ok "... or that there are no such commits"

echo "1..$tests"
