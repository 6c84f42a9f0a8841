/* SPDX-License-Identifier: GPL-2.0-only */
/* Filters of the index. The report can be read without this script. */
"use strict";
(function () {
	const entries = Array.from(document.querySelectorAll("#index > li"));
	const search = document.getElementById("search");
	const selects = ["verdict", "confidence", "subsystem"].map((name) => document.getElementById(name));

	function fill(select) {
		const values = new Set(entries.map((entry) => entry.dataset[select.id]).filter((value) => value));

		for (const value of Array.from(values).sort())
			select.add(new Option(value, value));
	}

	function matches(entry, words) {
		const text = entry.textContent.toLowerCase() + " " + entry.dataset.subsystem;

		return selects.every((select) => !select.value || entry.dataset[select.id] === select.value) &&
			words.every((word) => text.includes(word));
	}

	function apply() {
		const words = search.value.toLowerCase().split(/\s+/).filter((word) => word);
		let shown = 0;

		for (const entry of entries) {
			const hidden = !matches(entry, words);

			entry.hidden = hidden;
			document.getElementById(entry.querySelector("a").hash.slice(1)).hidden = hidden;
			shown += !hidden;
		}
		document.getElementById("shown").textContent = shown + " of " + entries.length;
	}

	selects.forEach(fill);
	document.getElementById("filters").addEventListener("input", apply);
	document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
	document.getElementById("filters").hidden = false;
	apply();
})();
