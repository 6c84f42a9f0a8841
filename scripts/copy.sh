#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# copy.sh DIR - make DIR a copy of these sources, to be built in another way.  What was built in DIR before
# stays: its build/ and its racybits.  Sources that are no longer here go, since make builds what it finds.
set -eu

to=$1
cd "$(dirname "$0")/.."
mkdir -p "$to/build"
find "$to" -mindepth 1 -maxdepth 1 ! -name build ! -name racybits -exec rm -rf {} +
tar -c --exclude=./build --exclude=./.git --exclude=./racybits . | tar -x -C "$to"
