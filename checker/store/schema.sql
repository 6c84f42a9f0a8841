-- SPDX-License-Identifier: GPL-2.0-only
-- The facts of translation units, by content.  store.h has the version of this schema
-- (user_version): raise it with any change here or of the encoding of chunks (facts.c).

-- A kernel tree and its configuration.  Trees share files and chunks.
CREATE TABLE tree (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
);

-- One version of a file that was read.  New content gets a new row, so that a tu that was not
-- parsed again still refers to what it saw.
CREATE TABLE file (
	id INTEGER PRIMARY KEY,
	path TEXT NOT NULL,		-- absolute
	hash INTEGER NOT NULL,		-- of the content
	size INTEGER NOT NULL,		-- size and time of change when the hash was taken:
	mtime_ns INTEGER NOT NULL	-- while they are the same, so is the content
);

-- One fact, see facts.h.
CREATE TABLE chunk (
	id INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL,
	hash INTEGER NOT NULL,		-- of the data
	data BLOB NOT NULL
);
CREATE INDEX chunk_hash ON chunk (hash);

-- A translation unit as last parsed.  Lists are varints in a blob: thousands of tus with
-- hundreds of headers and facts each would be millions of rows.
CREATE TABLE tu (
	id INTEGER PRIMARY KEY,
	tree INTEGER NOT NULL REFERENCES tree,
	file TEXT NOT NULL,		-- relative to the tree
	key INTEGER,			-- of the command and the tool; NULL: never reused
	failed TEXT,			-- why there are no facts, or NULL
	files BLOB NOT NULL,		-- file.id of all that was read
	chunks BLOB NOT NULL,		-- chunk.id in the order of the facts
	sum INTEGER NOT NULL,		-- of both lists
	UNIQUE (tree, file)
);

-- The compile commands that make printed, so that it need not be asked again; for the tree "NAME\nnotes"
-- what was made of facts, by the key of the note (notes.c).
CREATE TABLE commands (
	tree INTEGER NOT NULL REFERENCES tree,
	paths TEXT NOT NULL,		-- paths that were asked for
	key INTEGER NOT NULL,		-- of everything that determines them (compdb_key.c)
	units BLOB NOT NULL,		-- see tu_cache.c
	sum INTEGER NOT NULL,		-- of the units
	UNIQUE (tree, paths)
);
