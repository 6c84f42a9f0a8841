#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# deps.sh build|check|test|lint... - install the Debian packages that are missing for
#	build	building racybits
#	check	preparing a kernel tree as well
#	test	the tests as well
#	lint	building racybits, its style and static analysis
# LLVM=22 takes the packages of that version.  INSTALL=no only says what to install.
set -eu

llvm=${LLVM:-19}
build="gcc libc6-dev make libclang-$llvm-dev libsqlite3-dev libjansson-dev uthash-dev"
check="$build bc bison clang-$llvm flex libelf-dev libssl-dev lld-$llvm llvm-$llvm perl xz-utils"
test="$check chromium-headless-shell coccinelle dwarves emacs-nox git libclang-rt-$llvm-dev libcmocka-dev node-ajv parallel patch
	python3-jsonschema sparse valgrind vim"

lint="$build clang-format-19 clang-tidy-19 shellcheck"

packages=
for level; do
	case $level in
	build) packages="$packages $build" ;;
	check) packages="$packages $check" ;;
	test)  packages="$packages $test" ;;
	lint)  packages="$packages $lint" ;;
	*)     echo "usage: $0 build|check|test|lint..." >&2; exit 2 ;;
	esac
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
	echo "racybits: not a Debian system; install what these are there: $packages; then run make with DEPS=:" >&2
	exit 2
fi

# shellcheck disable=SC2086 # one word a package
installed=$(dpkg-query -W -f '${db:Status-Status}:${Package} ' $packages 2>/dev/null || :)
missing=
for p in $packages; do
	case " $installed $missing " in
	*" installed:$p "* | *" $p "*) ;;
	*) missing="$missing $p" ;;
	esac
done
[ -n "$missing" ] || exit 0

give_up() {
	echo "racybits: missing packages; run: apt-get install$missing" >&2
	exit 2
}

if [ "${INSTALL:-yes}" = no ]; then
	give_up
elif [ "$(id -u)" = 0 ]; then
	root=
elif sudo -n true 2>/dev/null; then
	root='sudo -n'
else
	give_up
fi

apt() {
	$root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 "$@" \
		>/dev/null 2>&1 </dev/null
}

# shellcheck disable=SC2086 # one word a package
install() { apt install -y --no-install-recommends $missing; }

echo "racybits: installing$missing" >&2
install || { apt update && install; } || give_up
