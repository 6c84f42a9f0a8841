#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# schema.sh SCHEMA FILE - does the JSON of FILE obey SCHEMA, say ajv and python3-jsonschema, whichever are there?
# Exits with 0 or 1; 77 if neither is there.
set -u

schema=$1 file=$2 asked='' bad=0

# Before its version 8 ajv knows no draft 2020-12, of which our schemas use no more than the drafts before it have.
ajv='
const fs = require("fs"), read = (name) => JSON.parse(fs.readFileSync(name));
const schema = read(process.argv[1]), file = read(process.argv[2]);
let Ajv;
try { Ajv = require("ajv/dist/2020").default; } catch (e) { Ajv = require("ajv"); delete schema.$schema; }
const valid = new Ajv({ logger: false }), check = valid.compile(schema);
if (!check(file)) { console.log(valid.errorsText(check.errors)); process.exit(1); }'

NODE_PATH=${NODE_PATH-/usr/share/nodejs}
export NODE_PATH
if node -e 'require("ajv")' 2>/dev/null; then
	asked=ajv
	node -e "$ajv" "$schema" "$file" || bad=1
fi
for python in /usr/bin/python3 python3; do
	if "$python" -c 'from jsonschema import Draft202012Validator' 2>/dev/null; then
		asked=jsonschema
		"$python" -W ignore -m jsonschema -i "$file" "$schema" || bad=1
		break
	fi
done
[ -n "$asked" ] || exit 77
exit $bad
