#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The HTML report: as text, and in a headless Chromium if there is one. RACYBITS=program tests another one,
# CHROMIUM=program takes another browser.
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
	[ $status = 0 ] || tail -c 2000 "$tmp/out" | sed 's/^/# /'
}

### a tree whose author is not our friend

cp -R tests/minikernel "$tmp/tree"
mkdir "$tmp/tree/drv" "$tmp/tree/net"
file="drv/<img src=x onerror=document.title=1>&\"'.c"
hostile='</code></td><script>document.title="run"</script><b onclick="x">'
sed "/^\/\/ expect/d; s|bool a:1;|& /* $hostile \\&amp; \xe2\x80\xaegnp.exe */|; s|->a = value;|& /* $hostile */|" \
	tests/fixtures/objects/container-of-chain-racy.c >"$tmp/tree/$file"
sed '/^\/\/ expect/d; s/foo\b/bar/g' tests/fixtures/calls/deep-call-chain-racy.c >"$tmp/tree/net/deep.c"
sed '/^\/\/ expect/d' tests/fixtures/slots/unresolved-slot-unknown.c >"$tmp/tree/net/unknown.c"
echo 'int f(void) { return' >"$tmp/tree/drv/<i>broken.c"
comma='['
for name in "$file" net/deep.c net/unknown.c 'drv/<i>broken.c'; do
	name=${name//\"/\\\"}
	cat <<-EOF
	$comma{"directory": "$tmp/tree", "file": "$name", "arguments": ["clang", "-nostdinc",
	"-I./include", "-include", "./include/linux/kconfig.h", "-include",
	"./include/linux/compiler_types.h", "-D__KERNEL__", "-DMODULE", "-std=gnu11", "-c", "-o", "${name%c}o",
	"$name"]}
	EOF
	comma=,
done >"$tmp/tree/compile_commands.json"
echo ']' >>"$tmp/tree/compile_commands.json"

"$racybits" check -k "$tmp/tree" --confidence=low --format=html -o "$tmp/report.html" drv net >"$tmp/out" 2>&1
[ $? = 2 ] && [ -s "$tmp/report.html" ]
ok "a report is made"
cp "$tmp/report.html" "$tmp/out"

### as text

"$racybits" check -k "$tmp/tree" -j1 --confidence=low --format=html drv net 2>/dev/null | cmp -s - "$tmp/report.html"
ok "the same bytes again"
! grep -qE '(src|href)="[^#d]|url\(|@import|https?:' "$tmp/out"
ok "it refers to nothing outside"
! grep -qF -e '<img' -e '<b onclick' -e '<i>broken' "$tmp/out" && [ "$(grep -c '<script' "$tmp/out")" = 1 ]
ok "no tag of the source is one of the page"
grep -qF '&lt;/td&gt;&lt;script&gt;document.title=&quot;run&quot;' "$tmp/out" &&
	grep -qF 'drv/&lt;img src=x onerror=document.title=1&gt;&amp;&quot;&#39;.c:' "$tmp/out" &&
	grep -qF '&amp;amp; [U+202E]gnp.exe' "$tmp/out"
ok "... but shown as text, reordering characters by number"
grep -o ' id="[^"]*"' "$tmp/out" | sort | uniq -d >"$tmp/twice"
grep -o 'href="#[^"]*"' "$tmp/out" | sed 's/href="#\(.*\)"/\1/' | sort -u | while read -r id; do
	grep -q " id=\"$id\"" "$tmp/report.html" || echo "$id"
done >"$tmp/dangling"
[ ! -s "$tmp/twice" ] && [ ! -s "$tmp/dangling" ] && [ "$(grep -c 'href="#u' "$tmp/out")" -ge 8 ]
ok "every link leads somewhere, to one place"
[ "$(grep -c '<article' "$tmp/out")" = 3 ] && [ "$(grep -c '<li data-verdict' "$tmp/out")" = 3 ] &&
	[ "$(grep -c 'class="arc' "$tmp/out")" = 2 ] && [ "$(grep -c '<rect class="access clang"' "$tmp/out")" = 7 ] &&
	[ "$(grep -c 'Memory locations after the split' "$tmp/out")" = 2 ]
ok "each unit is in the index, with its pictures; after the split each field has an access of its own"
grep -q '<code class="source">core_to_foo(core)-&gt;a = value;' "$tmp/out"
ok "stores are shown with their source"
grep -q '^<mark> *[0-9]*   *core_to_foo(core)-&gt;a = value;.*</mark>$' "$tmp/out" && grep -q '^ *[0-9]*  {$' "$tmp/out" &&
	grep -q '^<mark> *[0-9]*   *bool b:1;</mark>$' "$tmp/out"
ok "... and the lines around it, fields in their declaration"
! sed -n '/<pre class="argument">/,/<\/pre>/p' "$tmp/out" | grep -q '?' && grep -q '^    called by file_operations.unlocked_ioctl' "$tmp/out"
ok "the argument has lines"
grep -qF "<dt>Tree</dt><dd><code>$tmp/tree</code>" "$tmp/out" && grep -qF "<dd><code>x86 for clang, in $tmp/tree/.config</code>" "$tmp/out" &&
	grep -qF "<dd><code>racybits check -k $tmp/tree --confidence=low drv net</code>" "$tmp/out"
ok "tree, configuration and command are named"
"$racybits" check -k "$tmp/tree" -j1 --db "$tmp/db" --format=html --confidence=low --policy=strict "$file" 2>/dev/null |
	grep -qF "racybits check -k $tmp/tree --policy=strict --confidence=low &#39;$(html() { sed "s/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g; s/\"/\&quot;/g; s/'/\&#39;\\\\\&#39;\&#39;/g" <<<"$1"; }; html "$file")&#39;"
ok "... with the options that matter, quoted"

### writes on several ways

sed '/^\/\/ expect/d; s/struct mutex lock;/struct mutex lock, other;/; s/foo_call(file->private_data, foo_set_b);/struct foo *foo = file->private_data; mutex_lock(\&foo->other); foo_set_b(foo); mutex_unlock(\&foo->other);/
	s/foo_call(foo, foo_set_b);/foo_set_b(foo);/' tests/fixtures/slots/function-of-this-call-racy.c >"$tmp/tree/net/ways.c"
sed "s|net/deep\.[co]|net/ways.c|g" "$tmp/tree/compile_commands.json" >"$tmp/ways.json"
cp "$tmp/tree/compile_commands.json" "$tmp/commands" && cp "$tmp/ways.json" "$tmp/tree/compile_commands.json"
"$racybits" check -k "$tmp/tree" --format=html -o "$tmp/ways.html" net/ways.c >"$tmp/said" 2>&1
cp "$tmp/commands" "$tmp/tree/compile_commands.json"
sed -n '/<details>/,$p' "$tmp/ways.html" | grep '^<li>' >"$tmp/said"
[ "$(grep -c . "$tmp/said")" = 2 ] && grep -q 'b = .* in foo_set_b(); runtime (syscall); locks: none on all ways, others on some (2 different sets)' "$tmp/said" &&
	grep -q 'a = .* in foo_ioctl(); runtime (syscall); locks: foo.lock (exclusive)<' "$tmp/said"
ok "a store is listed once, with the locks of all its ways"

### more units than are drawn at first

mkdir "$tmp/tree/many"
for n in $(seq 130); do
	sed "/^\/\/ expect/d; s/\b\(foo\|core\|mid\)\b/\1_$n/g; s/\b\(foo\|core\)_\([a-z]\)/\1_${n}_\2/g" \
		tests/fixtures/objects/container-of-chain-racy.c
done >"$tmp/tree/many/many.c"
sed "s|net/deep\.[co]|many/many.c|g" "$tmp/tree/compile_commands.json" >"$tmp/many.json"
cp "$tmp/tree/compile_commands.json" "$tmp/commands" && cp "$tmp/many.json" "$tmp/tree/compile_commands.json"
"$racybits" check -k "$tmp/tree" --format=html -o "$tmp/many.html" many >"$tmp/said" 2>&1
cp "$tmp/commands" "$tmp/tree/compile_commands.json"
[ "$(grep -c '^<article' "$tmp/many.html")" = 100 ] && [ "$(grep -c '^<script type="text/html" data-unit="u[0-9a-f]*"><article' "$tmp/many.html")" = 30 ] &&
	[ "$(grep -c '<li data-verdict' "$tmp/many.html")" = 130 ] && grep -q '^<p id="rest">30 more units' "$tmp/many.html"
ok "the index has all units, the others are blocks of text"
grep -q '<h2>Not analysed</h2>' "$tmp/out" && grep -q 'drv/&lt;i&gt;broken.c' "$tmp/out"
ok "so is what was not analysed"

### in a browser

browser=${CHROMIUM:-$(command -v chromium || command -v chromium-headless-shell)}
names=(
	"its script runs under its policy, and no other"
	"the filters offer what is there"
	"filter by verdict" "filter by subsystem" "search" "nothing hidden without filters"
	"a link leads to its unit" "it fits a phone" "it is dark when asked to be"
	"in order of the structs" "a unit is drawn when a link leads to it" "... and when the filters leave few"
	"... or the address names its writer"
)
if [ -z "$browser" ]; then
	for name in "${names[@]}"; do
		tests=$((tests + 1))
		echo "ok $tests - $name # SKIP no chromium"
	done
	echo "1..$tests"
	exit
fi

# page FILE [OPTION]...: the document that the file has become, in $tmp/out
page() {
	local file=$1

	shift
	timeout 120 "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$tmp/profile" \
		--virtual-time-budget=5000 "$@" --dump-dom "file://$file" >"$tmp/out" 2>/dev/null
}

page "$tmp/report.html"
grep -qF '<title>racybits: Linux' "$tmp/out" && grep -qF '<form id="filters">' "$tmp/out"
ok "${names[0]}"
grep -qF '<option value="racy">racy</option><option value="unknown">unknown</option>' "$tmp/out" &&
	grep -qF '<option value="drv">drv</option><option value="net">net</option>' "$tmp/out"
ok "${names[1]}"

# A copy without the policy does what a reader does, and tells the page that shows it.
sed 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' "$tmp/report.html" >"$tmp/driven.html"
cat >>"$tmp/driven.html" <<'E2'
<script>
const said = [];
function seen() {
	return Array.from(document.querySelectorAll("article")).filter((e) => e.offsetHeight).length + " units, " +
		document.getElementById("shown").textContent;
}
function set(id, value) {
	document.getElementById(id).value = value;
	document.getElementById(id).dispatchEvent(new Event("input", { bubbles: true }));
	said.push(id + "=" + value + ": " + seen());
}
set("verdict", "unknown");
set("verdict", "");
set("subsystem", "drv");
set("subsystem", "");
set("search", "DEEP bar");
set("search", "");
const link = document.querySelector("#index li:last-child a");
link.click();
said.push("target: " + (document.querySelector("article:target").querySelector("h2 a").textContent.includes(link.textContent)));
said.push("width: " + (document.documentElement.scrollWidth <= innerWidth) + ", scrolled: " +
	Array.from(document.querySelectorAll(".scroll")).filter((e) => e.scrollWidth > e.clientWidth).length);
said.push("color: " + getComputedStyle(document.body).backgroundColor);
parent.postMessage(said.join("; "), "*");
</script>
E2
cat >"$tmp/frame.html" <<'E2'
<!DOCTYPE html><body><script>
onmessage = (event) => { document.body.append("told " + event.data); };
</script><iframe src="driven.html" width="360" height="640"></iframe>
E2
page "$tmp/frame.html"
grep -qF 'verdict=unknown: 1 units, 1 of 3' "$tmp/out"
ok "${names[2]}"
grep -qF 'subsystem=drv: 1 units, 1 of 3' "$tmp/out"
ok "${names[3]}"
grep -qF 'search=DEEP bar: 1 units, 1 of 3' "$tmp/out"
ok "${names[4]}"
grep -qF 'search=: 3 units, 3 of 3' "$tmp/out"
ok "${names[5]}"
grep -qF 'target: true' "$tmp/out"
ok "${names[6]}"
grep -qF 'width: true, scrolled: 0' "$tmp/out" && grep -qF 'color: rgb(255, 255, 255)' "$tmp/out"
ok "${names[7]}"
page "$tmp/frame.html" --blink-settings=preferredColorScheme=0
grep -qF 'color: rgb(18, 22, 27)' "$tmp/out"
ok "${names[8]}"

sed 's/<meta http-equiv="Content-Security-Policy"[^>]*>//' "$tmp/many.html" >"$tmp/driven.html"
cat >>"$tmp/driven.html" <<'E2'
<script>
const articles = () => document.querySelectorAll("article").length;
const said = ["drawn: " + articles()], order = document.getElementById("order"), search = document.getElementById("search");
order.value = "struct";
order.dispatchEvent(new Event("input", { bubbles: true }));
said.push("order: " + Array.from(document.querySelectorAll("#index a"), (a) => a.textContent).slice(0, 3) + " and " +
	Array.from(document.querySelectorAll("article h2 a"), (a) => a.textContent).slice(0, 3));
const link = Array.from(document.querySelectorAll("#index a")).find((a) => !document.getElementById(a.hash.slice(1)));
link.click();
said.push("drawn: " + articles() + ", target: " + (document.querySelector("article:target").querySelector("h2 a").textContent === "struct " + link.textContent));
search.value = "foo_12";
search.dispatchEvent(new Event("input", { bubbles: true }));
said.push("few: " + Array.from(document.querySelectorAll("article")).filter((e) => e.offsetHeight).length + " units, " +
	document.getElementById("shown").textContent);
const other = document.querySelector("script[data-unit]").dataset.unit;
location.hash = "#" + other + "-w2";
addEventListener("hashchange", () => setTimeout(() => {
	said.push("writer: " + (document.querySelector("section:target").closest("article").id === other));
	parent.postMessage(said.join("; "), "*");
}, 100));
</script>
E2
page "$tmp/frame.html"
grep -qF 'drawn: 100; order: foo_1,foo_2,foo_3 and struct foo_1,struct foo_2,struct foo_3' "$tmp/out"
ok "${names[9]}"
grep -qF 'drawn: 101, target: true' "$tmp/out"
ok "${names[10]}"
grep -qF 'few: 11 units, 11 of 130' "$tmp/out"
ok "${names[11]}"
grep -qF 'writer: true' "$tmp/out"
ok "${names[12]}"

echo "1..$tests"
