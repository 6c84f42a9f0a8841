#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# tree.sh - bring, configure and prepare a Linux source tree of Debian's.
#
# The environment says which: KVER (6.12.95; 6.12 means the newest 6.12), ARCH, CC,
# and CONFIG: a fragment of tests/config/ to merge over the default one (wide),
# or allmod: all modules instead of the default configuration.  GENERATE=no leaves out the sources
# that the kernel's build makes (tests/config/generated): a whole kernel has some files that need them.
# The last line of stdout is the tree's path; everything else goes to stderr.
# A tree appears under build/trees under its own name only when it is complete.
set -euo pipefail

KVER=${KVER:-6.12.95} ARCH=${ARCH:-x86_64} CC=${CC:-clang} CONFIG=${CONFIG:-} GENERATE=${GENERATE:-yes}
top=$(cd "$(dirname "$0")/.." && pwd)
trees=$top/build/trees aptdir=$top/build/apt downloads=$top/build/downloads
versions=$aptdir/versions	# what is to be had: "package version" a line
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { echo "racybits: $*" >&2; }
die() { say "$@"; exit 2; }

# step WHAT COMMAND...: one line for the user, the command's output into the log.
# A function called so gets no help from set -e: it says "&&".
step() {
	say "$1"
	"${@:2}" >>"$log" 2>&1 </dev/null || die "$1: failed, see $log"
}

# Apt with state of our own: it needs no root and changes nothing of the system's.
private_apt() {
	"$1" -q -o Dir::State="$aptdir" -o Dir::State::lists="$aptdir/lists" \
		-o Dir::State::status="$aptdir/status" -o Dir::Cache="$aptdir/cache" \
		-o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
		-o APT::Sandbox::User= -o Acquire::Languages=none -o Acquire::Retries=3 "${@:2}"
}

# ... and with the suites of our own sources list
our_apt() {
	private_apt "$1" -o Dir::Etc::sourcelist="$aptdir/sources.list" \
		-o Dir::Etc::sourceparts=/dev/null "${@:2}"
}

# archive LABEL: the address from which this system's apt takes an archive of Debian's
archive() {
	local targets=(indextargets --format "\$(ORIGIN)|\$(LABEL)|\$(REPO_URI)")

	{ apt-get "${targets[@]}"; private_apt apt-get "${targets[@]}"; } |
		awk -F'|' -v label="$1" '$1 == "Debian" && $2 == label && !n++ { print $3 }'
}

# Fetch the lists of the suites that have kernels. A suite that is not there is not fatal.
refresh() {
	local debian security options names

	say "looking up the kernel versions to be had"
	debian=$(archive Debian)
	if [ -z "$debian" ]; then	# apt has no lists yet: it learns the labels from them
		private_apt apt-get update >"$aptdir/update.log" 2>&1 || :
		debian=$(archive Debian)
	fi
	[ -n "$debian" ] || return 1
	security=$(archive Debian-Security)
	# Where only the main archive is used the other one is mostly beside it.
	[ -n "$security" ] || security=${debian%debian/}debian-security/
	options="[arch=$(dpkg --print-architecture) target=Packages signed-by=$keyring]"
	{
		echo "deb $options $debian bookworm-backports main"
		echo "deb $options $debian bookworm main"
		echo "deb $options $debian trixie-backports main"
		echo "deb $options $security bookworm-security main"
	} >"$aptdir/sources.list"
	our_apt apt-get update >"$aptdir/update.log" 2>&1 || :
	grep -qE '^(Get|Hit):' "$aptdir/update.log" || return 1
	names=$(our_apt apt-cache pkgnames linux-source- | grep -E '^linux-source-[0-9.]+$') || return 1
	# shellcheck disable=SC2086 # one word a name
	our_apt apt-cache madison $names | awk '{ print $1, $3 }' | sort -u >"$versions.part"
	[ -s "$versions.part" ] && mv "$versions.part" "$versions"
}

fresh() { [ -n "$(find "$versions" -mmin -1440 2>/dev/null)" ]; }

# offers VERSION: "upstream package version" of what is to be had of a version or a series
offers() {
	[ ! -e "$versions" ] || awk -v v="$1" '{ u = $2; sub(/[-~+].*/, "", u) }
		v == "" || u == v || index(u, v ".") == 1 { print u, $1, $2 }' "$versions" | sort -V
}

# The newest prepared tree of a series, for when nothing can be looked up.
newest_local() {
	find "$trees" -maxdepth 1 -name "linux-$KVER.*-$kind" | sort -V | tail -n 1 | grep .
}

not_to_be_had() {
	local list

	list=$(offers "$(echo "$KVER" | cut -d. -f1,2)")
	[ -n "$list" ] || list=$(offers '')
	list=$(echo "$list" | cut -d' ' -f1 | uniq | paste -sd' ')
	die "no Linux $KVER to be had (there is: ${list:-nothing, the archive was not reached}); give KDIR=tree instead"
}

# fetch PACKAGE VERSION TARBALL: download a package and keep the tarball in it
fetch() {
	local dir=$downloads/$1_$2

	mkdir -p "$dir" &&
	(cd "$dir" && our_apt apt-get download "$1=$2") &&
	dpkg-deb --fsys-tarfile "$dir"/*.deb | tar -xO "./usr/src/$1.tar.xz" >"$3.part" &&
	mv "$3.part" "$3" &&
	rm -r "$dir"
}

unpack() {
	rm -rf "$2" && mkdir -p "$2" &&
	XZ_DEFAULTS=-T0 tar -xJf "$1" -C "$2" --strip-components=1
}

# The kernel's make sees nothing of the environment, nor of the make that called us.
clean_env() { env -i PATH="$PATH" HOME="${HOME:-/}" "$@"; }
kmake() { clean_env make -C "$dir" -j"$(nproc)" "${toolchain[@]}" "$@"; }

configure() {
	kmake "$base" &&
	(cd "$dir" && clean_env scripts/kconfig/merge_config.sh -m .config \
		"${fragments[@]}") &&
	kmake olddefconfig
}

# Sources that the build makes.  Without one of them a few files cannot be analysed: they are named then.
generate() {
	# shellcheck disable=SC2046 # one word an object
	kmake -k $(grep -v '^#' "$top/tests/config/generated") || :
}

# Its host tools record absolute paths and would be built again after the rename.
finish() {
	find "$dir/tools" -name '.*.cmd' -exec sed -i "s/${dir##*/}/${final##*/}/g" {} + &&
	rm -f "$final.generated" && mv "$dir" "$final"
}

case $KVER in
*[!0-9.]* | .* | *. | *..*) die "KVER=$KVER: expected a version such as 6.12.95 or 6.12" ;;
esac
base=defconfig
case $ARCH in
x86_64)  machine=x86_64 cross=x86-64-linux-gnu- ;;
arm64)   machine=aarch64 cross=aarch64-linux-gnu- ;;
powerpc) machine=ppc64 cross=powerpc64-linux-gnu- base=ppc64_defconfig ;;
riscv)   machine=riscv64 cross=riscv64-linux-gnu- ;;
s390)    machine=s390x cross=s390x-linux-gnu- ;;
*)       die "ARCH=$ARCH: expected x86_64, arm64, powerpc, riscv or s390" ;;
esac
case $CC in
clang) toolchain=(LLVM=-19) ;;
gcc)   toolchain=() ;;
*)     die "CC=$CC: expected clang or gcc" ;;
esac
# Not ARCH= for the machine's own: kbuild would configure the tree again when called without.
if [ "$machine" != "$(uname -m)" ]; then
	toolchain+=("ARCH=$ARCH")
	if [ "$CC" = gcc ]; then
		command -v "${cross}gcc" >/dev/null || die "ARCH=$ARCH CC=gcc: no ${cross}gcc here; CC=clang needs none"
		toolchain+=("CROSS_COMPILE=$cross")
	fi
fi

fragments=("$top/tests/config/racybits.config") kind=$ARCH-$CC
if [ "$CONFIG" = allmod ]; then
	base=allmodconfig kind=$kind-allmod
elif [ -n "$CONFIG" ]; then
	fragments+=("$top/tests/config/$CONFIG.config") kind=$kind-$CONFIG
	[ -e "${fragments[1]}" ] || die "CONFIG=$CONFIG: there is no tests/config/$CONFIG.config"
fi

# The tree is there.  Debian's .gitignore has git pass over all files: who makes the tree a repository, for lint, wants them.
give() {
	! grep -qsx '/\*' "$final/.gitignore" || sed -i '\#^/[*]$#d' "$final/.gitignore"
	echo "$final"
}

# Is $final there, with all that is asked for?
complete() { [ -d "$final" ] && { [ "$GENERATE" = no ] || [ -e "$final.generated" ]; }; }

# A series is what it was last found to mean, while that is fresh: no need to wait for whoever makes a tree.
for version in "$KVER" "$(fresh && offers "$KVER" | tail -n 1 | cut -d" " -f1)"; do
	final=$trees/linux-$version-$kind
	! complete || { give; exit; }
done

mkdir -p "$trees" "$downloads" "$aptdir"/{lists,cache/archives}/partial 2>/dev/null ||
	die "cannot write below $top/build"
touch "$aptdir/status" "$trees/.lock" 2>/dev/null || die "cannot write below $top/build"

# wait_for FILE: nobody else is there meanwhile
wait_for() {
	exec 9>"$1"
	flock -n 9 || { say "waiting for another 'make tree'"; flock 9; }
}

# The list of versions and the tarball, one process at a time.
wait_for "$trees/.lock"
version=$KVER
if [ ! -e "$downloads/linux-$version.tar.xz" ]; then
	if ! fresh && ! refresh && final=$(newest_local); then
		say "cannot look up the newest $KVER; taking the newest here"
		give
		exit
	fi
	offer=$(offers "$KVER" | tail -n 1)
	[ -n "$offer" ] || not_to_be_had
	read -r version package debversion <<<"$offer"
fi

final=$trees/linux-$version-$kind log=$downloads/linux-$version.log
tarball=$downloads/linux-$version.tar.xz
[ -d "$final" ] || [ -e "$tarball" ] ||
	step "downloading $package $debversion" fetch "$package" "$debversion" "$tarball"

# Different trees are made at the same time.
wait_for "$final.lock"
log=$final.log
if [ ! -d "$final" ]; then
	dir=$final.part
	: >"$log"
	step "unpacking Linux $version" unpack "$tarball" "$dir"
	step "configuring Linux $version for $ARCH with $CC" configure
	step "preparing Linux $version" kmake modules_prepare
	finish >>"$log" 2>&1 || die "finishing Linux $version: failed, see $log"
fi
if ! complete; then
	dir=$final
	step "making sources that Linux $version makes when it is built" generate
	touch "$final.generated"
fi
give
