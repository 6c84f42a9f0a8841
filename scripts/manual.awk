# SPDX-License-Identifier: GPL-2.0-only
#
# manual.awk - the sections of docs/racybits.1 as plain text, for `racybits help`: rows of a C table,
#	{ "exit-status", "text" },
# Knows the requests of man(7) that the page uses, and stops at others.

# The line without escapes and fonts.
function plain(s)
{
	gsub(/\\f[BIRP]/, "", s)
	gsub(/\\-/, "-", s)
	gsub(/\\&/, "", s)
	gsub(/\\e/, "\\", s)
	gsub(/\\\(aq/, "'", s)
	return s
}

# The arguments of a macro; quoted ones may have blanks. Joined by `between`.
function arguments(s, between,    out, word, n)
{
	sub(/^\.[A-Z]+ */, "", s)
	while (s != "") {
		if (match(s, /^"[^"]*"/)) {
			word = substr(s, 2, RLENGTH - 2)
		} else {
			match(s, /^[^ ]+/)
			word = substr(s, 1, RLENGTH)
		}
		s = substr(s, RLENGTH + 1)
		sub(/^ */, "", s)
		out = out (n++ ? between : "") word
	}
	return plain(out)
}

function emit(line)
{
	gsub(/\\/, "\\\\", line)
	gsub(/"/, "\\\"", line)
	text = text "\n\t\t\"" line "\\n\""
}

# Puts out the paragraph, filled, at the present indent.
function flush_paragraph(    words, n, i, line, lead)
{
	n = split(paragraph, words, / +/)
	paragraph = ""
	lead = sprintf("%" indent "s", "")
	line = ""
	for (i = 1; i <= n; i++) {
		if (words[i] == "")
			continue
		if (line != "" && length(lead line words[i]) + 1 > 78) {
			emit(lead line)
			line = ""
		}
		line = line (line == "" ? "" : " ") words[i]
	}
	if (line != "")
		emit(lead line)
}

function add(s)
{
	if (literal)
		emit(sprintf("%" indent "s", "") s)
	else if (term) {
		emit("  " s)
		term = 0
		indent = 6
	} else
		paragraph = paragraph " " s
}

function section_end()
{
	if (name == "")
		return
	flush_paragraph()
	printf "{ \"%s\",%s },\n", name, text
}

/^\.\\"/ || /^\.TH/ { next }
/^\.SH/ {
	section_end()
	name = tolower(arguments($0, " "))
	gsub(/ /, "-", name)
	text = ""
	indent = 2
	next
}
/^\.$/ { next }
/^\.(TP|IP)/ { flush_paragraph(); indent = 2; term = 1; if (/^\.IP/) { term = 0; indent = 2 } next }
/^\.PP/ { flush_paragraph(); emit(""); indent = 2; next }
/^\.br/ { flush_paragraph(); next }
/^\.nf/ { flush_paragraph(); literal = 1; next }
/^\.fi/ { literal = 0; next }
/^\.[BI] / { add(arguments($0, " ")); next }
/^\.(BR|RB|BI|IB|IR|RI) / { add(arguments($0, "")); next }
/^\./ { print FILENAME ":" FNR ": unknown request " $1 >"/dev/stderr"; exit 1 }
{ add(plain($0)) }
END { section_end() }
