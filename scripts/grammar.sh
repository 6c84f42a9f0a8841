#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# grammar.sh - print docs/racybits.1 with the model statements that `racybits model --grammar`
# prints in the place of those between its two comments "statements:".  RACYBITS=program asks
# another one.
set -eu

cd "$(dirname "$0")/.."
"${RACYBITS:-./racybits}" model --grammar | awk '
function roff(text) { gsub(/\\/, "\\e", text); gsub(/-/, "\\-", text); return text }

# the statements, from standard input: syntax, then indented text
FILENAME == "-" && /^\t/ { table = table roff(substr($0, 2)) "\n"; next }
FILENAME == "-" {
	keyword = $1
	sub(/^[^ ]* /, "")
	table = table ".TP\n.BI \"" keyword " \" \"" roff($0) "\"\n"
	next
}

# the manual
!inside { print }
/^\.\\" statements:/ && !inside { inside = 1; printf "%s", table; next }
/^\.\\" statements:/ { inside = 0; print }
' - docs/racybits.1
