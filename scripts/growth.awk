# SPDX-License-Identifier: GPL-2.0-only
#
# growth.awk - how time and memory grow with the number of files, from lines "LIST FILES RUN WALL CPU MB" on stdin.
# -v kind=json: a line of JSON for each curve; otherwise an SVG of them on two logarithmic axes.
#
# The power p of a curve is that of the line of least squares through its logarithms: it grows as FILES^p. Lists are
# the random files and the whole configuration; those of one directory are too much alike. Values below a twentieth
# of a second are left out: what is measured in hundredths says nothing there.

function point(curve, files, value)
{
	if (value < 0.05)
		return
	x[curve, ++count[curve]] = log(files) / log(10)
	y[curve, count[curve]] = log(value) / log(10)
}

# The power of a curve, "" if it has no two numbers of files
function power(curve,    i, n, sx, sy, sxx, sxy, d)
{
	n = count[curve]
	for (i = 1; i <= n; i++) {
		sx += x[curve, i]
		sy += y[curve, i]
		sxx += x[curve, i] ^ 2
		sxy += x[curve, i] * y[curve, i]
	}
	d = n * sxx - sx ^ 2
	return n > 1 && d > 1e-9 ? sprintf("%.2f", (n * sxy - sx * sy) / d) : ""
}

function json(    c, n)
{
	for (c = 1; c <= curves; c++)
		if (power(c) != "")
			printf "%s{\"of\":\"%s\",\"run\":\"%s\",\"power\":%s}", (n++ ? ",\n" : ""), of[c], run[c], power(c)
	if (n)
		print ""
}

function floor(v) { return v < int(v) ? int(v) - 1 : int(v) }

function text(px, py, anchor, fill, s)
{
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n", px, py, anchor, fill, s
}

function line(x1, y1, x2, y2, stroke)
{
	printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", x1, y1, x2, y2, stroke
}

# The axes: one line for each power of ten that bounds the points
function axes(left, what,    c, i, d, shown)
{
	lowx = lowy = 99
	highx = highy = -99
	for (c = 1; c <= curves; c++)
		for (i = 1; i <= count[c] && of[c] == what; i++) {
			if (floor(x[c, i]) < lowx) lowx = floor(x[c, i])
			if (floor(x[c, i]) + 1 > highx) highx = floor(x[c, i]) + 1
			if (floor(y[c, i]) < lowy) lowy = floor(y[c, i])
			if (floor(y[c, i]) + 1 > highy) highy = floor(y[c, i]) + 1
		}
	text(left, 20, "start", "#000", (what == "cpu_s" ? "CPU seconds" : "MB of the largest process") " over files")
	for (d = lowx; d <= highx; d++) {
		line(sx(left, d), 40, sx(left, d), 260, "#ddd")
		text(sx(left, d), 276, "middle", "#000", 10 ^ d)
	}
	for (d = lowy; d <= highy; d++) {
		line(left + 40, sy(d), left + 320, sy(d), "#ddd")
		text(left + 36, sy(d) + 4, "end", "#000", 10 ^ d)
	}
}

function sx(left, v) { return left + 40 + 280 * (v - lowx) / (highx - lowx) }
function sy(v) { return 260 - 220 * (v - lowy) / (highy - lowy) }

function curve(left, c, row,    i)
{
	printf "<polyline fill=\"none\" stroke=\"%s\" points=\"", colour[c]
	for (i = 1; i <= count[c]; i++)
		printf "%s%.1f,%.1f", (i > 1 ? " " : ""), sx(left, x[c, i]), sy(y[c, i])
	print "\"/>"
	for (i = 1; i <= count[c]; i++)
		printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", sx(left, x[c, i]), sy(y[c, i]), colour[c]
	text(left + 40, 280 + 18 * row, "start", colour[c],
		name[c] (power(c) != "" ? ": grows as files^" power(c) : ": one size alone, no power"))
}

function svg(    c, panel, row)
{
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"330\" font-family=\"sans-serif\" font-size=\"13\">"
	for (panel = 0; panel < 2; panel++) {
		axes(10 + 355 * panel, panel ? "peak_mb" : "cpu_s")
		row = 0
		for (c = 1; c <= curves; c++)
			if (of[c] == (panel ? "peak_mb" : "cpu_s") && count[c])
				curve(10 + 355 * panel, c, ++row)
	}
	print "</svg>"
}

function add(what, of_run, label, fill)
{
	of[++curves] = what
	run[curves] = of_run
	name[curves] = label
	colour[curves] = fill
}

BEGIN {
	add("cpu_s", "extract", "cold facts", "#27c")
	add("cpu_s", "link", "link", "#c52")
	add("peak_mb", "extract", "cold facts", "#27c")
	add("peak_mb", "link", "link", "#c52")
}
$1 ~ /^(random[0-9]+|whole)$/ {
	for (c = 1; c <= curves; c++)
		if (run[c] == $3)
			point(c, $2, of[c] == "cpu_s" ? $5 : $6)
}
END { if (kind == "json") json(); else svg() }
