/* SPDX-License-Identifier: GPL-2.0-only */
/* Order and filters of the index, and the units that are drawn when they are asked for. */
"use strict";
(function () {
	const FEW = 20; /* entries that are left by the filters: their units are drawn */
	const index = document.getElementById("index"), rest = document.getElementById("rest");
	const entries = Array.from(index.children);
	const search = document.getElementById("search"), order = document.getElementById("order");
	const selects = ["verdict", "confidence", "subsystem"].map((name) => document.getElementById(name));
	const blocks = new Map(Array.from(document.querySelectorAll("script[data-unit]"), (block) => [block.dataset.unit, block]));
	const texts = new Map(entries.map((entry) => [entry, (entry.textContent + " " + entry.dataset.subsystem).toLowerCase()]));

	const id = (entry) => entry.querySelector("a").hash.slice(1);
	const said = { struct: "a", file: ".place" };
	const key = (entry) => order.value in said ? entry.querySelector(said[order.value]).textContent : entry.dataset[order.value];

	/* The element of the unit; NULL if it is neither drawn nor can be. */
	function draw(name) {
		const block = blocks.get(name), template = document.createElement("template");

		if (!block)
			return document.getElementById(name);
		blocks.delete(name);
		template.innerHTML = block.textContent;
		block.remove();
		rest.before(template.content);
		return document.getElementById(name);
	}

	function fill(select) {
		const values = new Set(entries.map((entry) => entry.dataset[select.id]).filter((value) => value));

		for (const value of Array.from(values).sort())
			select.add(new Option(value, value));
	}

	function matches(entry, words) {
		return selects.every((select) => !select.value || entry.dataset[select.id] === select.value) &&
			words.every((word) => texts.get(entry).includes(word));
	}

	function apply() {
		const words = search.value.toLowerCase().split(/\s+/).filter((word) => word);
		const shown = entries.filter((entry) => matches(entry, words)), left = new Set(shown);

		for (const entry of entries) {
			const unit = document.getElementById(id(entry));

			entry.hidden = !left.has(entry);
			if (unit)
				unit.hidden = entry.hidden;
		}
		if (shown.length <= FEW)
			shown.forEach((entry) => draw(id(entry)));
		document.getElementById("shown").textContent = shown.length + " of " + entries.length;
	}

	function sort() {
		const sorted = entries.slice();

		if (order.value)
			sorted.sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }));
		index.append(...sorted);
		for (const entry of sorted) {
			const unit = blocks.has(id(entry)) ? null : document.getElementById(id(entry));

			if (unit)
				rest.before(unit);
		}
	}

	/* The unit that the address names, or that has what it names: before the browser looks for it. */
	function arrive(hash) {
		const name = hash.slice(1).replace(/-[cw][0-9]+$/, "");

		if (!blocks.has(name))
			return false;
		draw(name);
		return true;
	}

	selects.forEach(fill);
	document.getElementById("filters").addEventListener("input", (event) => event.target === order ? sort() : apply());
	document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
	document.getElementById("filters").hidden = false;
	document.addEventListener("click", (event) => {
		const link = event.target.closest("a[href^='#']");

		if (link)
			arrive(link.hash);
	});
	addEventListener("hashchange", () => arrive(location.hash) && location.replace(location.hash));
	apply();
	if (arrive(location.hash))
		location.replace(location.hash);
})();
