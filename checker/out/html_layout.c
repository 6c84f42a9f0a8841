// SPDX-License-Identifier: GPL-2.0-only
/* html_layout.c - a storage unit as a memory map, from top to bottom; lengths are in pixels. */
#include "html.h"

enum {
	ROW = 24,     /* height of a bit */
	ROWS_MAX = 4, /* of a field; a wider one is compressed */
	TICK_MIN = 3, /* bits that would be lower than this are not told apart */
	HEAD = 22,    /* space for the names of columns */
	GAP = 20,     /* between memory locations */
	BYTE_X = 36,  /* right end of the byte numbers */
	BIT_X = 62,   /* right end of the bit numbers */
	CELL_X = 70,  /* the cells */
	CELL_WIDTH = 26,
	NAME_X = 106,
	NAME_CHARS = 24,
	GCC_X = 296, /* access units */
	CLANG_X = 344,
	LANE = 12, /* pitch of bars side by side */
	LANES = 3,
	WIDTH = 384
};

/* A run of bits: a field, or bits between fields. */
struct segment {
	uint64_t bit, width;	   /* of the record */
	const struct field *field; /* NULL: padding */
	const char *class;
	uint32_t y, height;
};

struct map {
	struct segment *segments;
	size_t n, cap;
	uint64_t end; /* behind the last bit */
	uint32_t y;   /* where the next segment goes */
};

static void map_add(struct map *m, const struct field *field, uint64_t bit, uint64_t width,
		    const char *class)
{
	uint32_t height = ROW * (uint32_t)(width > ROWS_MAX ? ROWS_MAX : width);

	*vec_add(m->segments, m->n, m->cap) = (struct segment){ .bit = bit,
								.width = width,
								.field = field,
								.class = class,
								.y = m->y,
								.height = height };
	m->y += height;
	m->end = bit + width;
}

static void map_pad(struct map *m, uint64_t to)
{
	if (to > m->end)
		map_add(m, NULL, m->end, to - m->end, "hole");
}

static const char *record_field_class(const struct unit_verdict *u, const struct field *f)
{
	uint32_t i;

	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field->name == f->name)
			return field_class(u, i);
	return "hole";
}

/* The bits of the unit and the padding that is written with them.  Of members that overlay each
 * other the first is drawn. */
static void map_unit(struct map *m, const struct unit_verdict *u)
{
	const struct record *r = u->record;
	uint64_t end = 0, touched;
	uint32_t i;

	m->end = u->unit->bit_offset / 8 * 8;
	for (i = u->unit->first; i <= u->unit->last; i++) {
		const struct field *f = &r->fields[i];

		if (!(f->flags & FIELD_BITFIELD) || !f->bit_size || f->bit_offset < m->end)
			continue;
		map_pad(m, f->bit_offset);
		map_add(m, f, f->bit_offset, f->bit_size, record_field_class(u, f));
		touched = touch_clang(r, f).last;
		end = touched > end ? touched : end;
		touched = touch_gcc(r, f).last;
		end = touched > end ? touched : end;
	}
	map_pad(m, (end + 1) * 8);
}

/* A scalar: one cell, apart from what is before it. */
static void map_scalar(struct map *m, const struct field *field, const char *class)
{
	if (m->n)
		m->y += GAP;
	map_add(m, field, field->bit_offset, field->bit_size, class);
	m->segments[m->n - 1].height = ROW;
	m->y = m->segments[m->n - 1].y + ROW;
}

static uint32_t segment_y(const struct segment *s, uint64_t bit)
{
	return s->y + (uint32_t)((bit - s->bit) * s->height / s->width);
}

static uint32_t map_y(const struct map *m, uint64_t bit)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		const struct segment *s = &m->segments[i];

		if (bit >= s->bit && bit < s->bit + s->width)
			return segment_y(s, bit);
	}
	return m->y;
}

/* Where what is before the bit ends. */
static uint32_t map_bottom(const struct map *m, uint64_t bit)
{
	size_t i;

	for (i = 0; i < m->n; i++) {
		const struct segment *s = &m->segments[i];

		if (bit > s->bit && bit <= s->bit + s->width)
			return segment_y(s, bit);
	}
	return m->y;
}

/* --- drawing */

static void put_open(FILE *f, uint32_t width, uint32_t height, const char *title)
{
	fprintf(f, "<svg viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\" role=\"img\"><title>",
		width, height, width, height);
	html_text(f, title);
	fputs("</title>\n", f);
}

static void put_number(FILE *f, uint32_t x, uint32_t y, uint64_t number)
{
	fprintf(f, "<text class=\"number\" x=\"%u\" y=\"%u\">%llu</text>\n", x, y,
		(unsigned long long)number);
}

/* A name cut to what fits; the whole is its title. */
static void put_name(FILE *f, uint32_t x, uint32_t y, const char *name, size_t chars)
{
	size_t n = strlen(name);
	char *shown = xasprintf("%.*s%s", (int)chars, name, n > chars ? "..." : "");

	fprintf(f, "<text class=\"name\" x=\"%u\" y=\"%u\">", x, y);
	html_text(f, shown);
	if (n > chars) {
		fputs("<title>", f);
		html_text(f, name);
		fputs("</title>", f);
	}
	fputs("</text>\n", f);
	free(shown);
}

static void put_ticks(FILE *f, const struct segment *s)
{
	uint64_t i;

	if (s->height / s->width < TICK_MIN)
		return;
	for (i = 1; i < s->width; i++)
		fprintf(f, "<path class=\"tick\" d=\"M%u %uh%u\"/>\n", CELL_X,
			segment_y(s, s->bit + i), CELL_WIDTH);
}

static void put_cell(FILE *f, const struct segment *s)
{
	fprintf(f, "<rect class=\"cell %s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>\n",
		s->class, CELL_X, s->y, CELL_WIDTH, s->height);
}

static void put_segment(FILE *f, const struct segment *s, uint64_t first_bit)
{
	const char *name = s->field && s->field->name ? clean_str(s->field->name) : "padding";

	put_cell(f, s);
	put_ticks(f, s);
	put_number(f, BIT_X, s->y + ROW - 7, s->bit - first_bit);
	put_name(f, NAME_X, s->y + ROW - 7, name, NAME_CHARS);
}

/* A dashed line where a byte begins, with its number in the record. */
static void put_bytes(FILE *f, const struct map *m)
{
	uint64_t byte = m->n ? m->segments[0].bit / 8 : 0;
	uint32_t y, last = 0;

	for (; byte * 8 < m->end; byte++) {
		y = map_y(m, byte * 8);
		fprintf(f, "<path class=\"byte\" d=\"M0 %uH%u\"/>\n", y, WIDTH);
		if (y >= last + ROW / 2)
			put_number(f, BYTE_X, y + ROW - 7, byte);
		last = y;
	}
}

/* --- access units */

struct bars {
	struct byte_range ranges[64];
	uint32_t lanes[64];
	uint32_t n;
};

static bool overlap(const struct byte_range *a, const struct byte_range *b)
{
	return a->first <= b->last && b->first <= a->last;
}

/* Each range once, in the first lane where it meets no other; the last lane takes the rest. */
static void bars_add(struct bars *b, struct byte_range range)
{
	uint32_t i, lane = 0;

	for (i = 0; i < b->n; i++)
		if (b->ranges[i].first == range.first && b->ranges[i].last == range.last)
			return;
	if (b->n == ARRAY_SIZE(b->ranges))
		return;
	for (i = 0; i < b->n && lane + 1 < LANES; i++) {
		if (b->lanes[i] != lane || !overlap(&b->ranges[i], &range))
			continue;
		lane++;
		i = UINT32_MAX;
	}
	b->ranges[b->n] = range;
	b->lanes[b->n++] = lane;
}

static void put_bars(FILE *f, const struct map *m, const struct bars *b, const char *compiler,
		     uint32_t x)
{
	uint32_t i, y;

	fprintf(f, "<text class=\"head\" x=\"%u\" y=\"14\">%s</text>\n", x, compiler);
	for (i = 0; i < b->n; i++) {
		const struct byte_range *r = &b->ranges[i];

		y = map_y(m, r->first * 8);
		fprintf(f,
			"<rect class=\"access %s\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"3\">"
			"<title>%s: %llu byte%s at once</title></rect>\n",
			compiler, x + b->lanes[i] * LANE, y + 2, LANE - 3,
			map_bottom(m, (r->last + 1) * 8) - y - 4, compiler,
			(unsigned long long)(r->last - r->first + 1),
			r->last == r->first ? "" : "s");
	}
}

struct access {
	struct bars gcc, clang;
};

static void access_add(struct access *a, const struct record *r, const struct field *f)
{
	struct byte_range own = { f->bit_offset / 8, (f->bit_offset + f->bit_size - 1) / 8 };
	bool bits = f->flags & FIELD_BITFIELD;

	bars_add(&a->gcc, bits ? touch_gcc(r, f) : own);
	bars_add(&a->clang, bits ? touch_clang(r, f) : own);
}

static void put_access(FILE *f, const struct map *m, const struct access *a)
{
	put_bars(f, m, &a->gcc, "gcc", GCC_X);
	put_bars(f, m, &a->clang, "clang", CLANG_X);
}

static void put_heads(FILE *f, bool bytes)
{
	if (bytes)
		fprintf(f, "<text class=\"head end\" x=\"%u\" y=\"14\">byte</text>", BYTE_X);
	fprintf(f,
		"<text class=\"head end\" x=\"%u\" y=\"14\">bit</text>"
		"<text class=\"head\" x=\"%u\" y=\"14\">field</text>\n",
		BIT_X, NAME_X);
}

void picture_unit(FILE *f, const struct unit_verdict *u)
{
	struct map m = { .y = HEAD };
	struct access access = { 0 };
	size_t i;

	map_unit(&m, u);
	put_open(f, WIDTH, m.y + 1,
		 "Bits of the storage unit, and the bytes each compiler accesses");
	put_heads(f, true);
	put_bytes(f, &m);
	for (i = 0; i < m.n; i++)
		put_segment(f, &m.segments[i], u->unit->bit_offset);
	for (i = 0; i < u->nfields; i++)
		if (u->fields[i].field->flags & FIELD_BITFIELD)
			access_add(&access, u->record, u->fields[i].field);
	put_access(f, &m, &access);
	fputs("</svg>\n", f);
	free(m.segments);
}

/* --- after the split */

static bool is_moved(const struct program *p, const struct unit_verdict *u, const struct field *f)
{
	const uint32_t *split = p->strict ? u->split_strict : u->split_lifetime;
	uint32_t i, n = p->strict ? u->nstrict : u->nlifetime;

	for (i = 0; i < n; i++)
		if (u->fields[split[i]].field == f)
			return true;
	return false;
}

/* Its fields as scalars of the least whole number of bytes, or as the bitfields they stay. */
static void field_after(struct field *f, const struct field *before, bool moved, uint64_t bit)
{
	*f = *before;
	f->bit_offset = bit;
	f->group = 0;
	f->group_end = UINT64_MAX;
	f->flags &= ~(uint32_t)FIELD_ALTERNATIVE;
	if (!moved)
		return;
	f->flags &= ~(uint32_t)FIELD_BITFIELD;
	f->bit_size = 8;
	while (f->bit_size < before->bit_size)
		f->bit_size *= 2;
}

/*
 * The part of the record that was the unit: what stays is closed up, each moved field follows on its own.  Where in
 * the record they go is for `fix` to say.  The caller frees the fields.
 */
static void record_after(struct record *r, const struct program *p, const struct unit_verdict *u)
{
	uint64_t bit = u->unit->bit_offset / 8 * 8;
	uint32_t i, moved;

	*r = *u->record;
	r->fields = xcalloc(u->unit->last - u->unit->first + 1, sizeof(*r->fields));
	r->nfields = 0;
	for (moved = 0; moved < 2; moved++) {
		for (i = u->unit->first; i <= u->unit->last; i++) {
			const struct field *f = &u->record->fields[i];

			if (!(f->flags & FIELD_BITFIELD) || !f->bit_size ||
			    is_moved(p, u, f) != moved)
				continue;
			field_after(&r->fields[r->nfields], f, moved, bit);
			bit += r->fields[r->nfields++].bit_size;
		}
		bit = (bit + 7) / 8 * 8;
	}
}

static void map_after(struct map *m, const struct record *r, const struct unit_verdict *u)
{
	uint32_t i;

	m->end = u->unit->bit_offset / 8 * 8;
	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[i];
		const char *class = record_field_class(u, f);

		map_pad(m, f->bit_offset);
		if (f->flags & FIELD_BITFIELD)
			map_add(m, f, f->bit_offset, f->bit_size, class);
		else
			map_scalar(m, f, class);
	}
	map_pad(m, (m->end + 7) / 8 * 8);
}

static void put_scalar(FILE *f, const struct segment *s)
{
	uint64_t bytes = s->width / 8;
	const char *field = clean_str(s->field->name);
	char *name = bytes == 1 ? xstrdup(field) :
				  xasprintf("%s (%llu bytes)", field, (unsigned long long)bytes);

	put_cell(f, s);
	put_name(f, NAME_X, s->y + ROW - 7, name, NAME_CHARS);
	free(name);
}

void picture_split(FILE *f, const struct program *p, const struct unit_verdict *u)
{
	struct access access = { 0 };
	struct map m = { .y = HEAD };
	struct record after;
	size_t i;

	record_after(&after, p, u);
	map_after(&m, &after, u);
	put_open(f, WIDTH, m.y + 1,
		 "Memory locations after the split, and what each compiler accesses");
	put_heads(f, false);
	for (i = 0; i < m.n; i++)
		if (m.segments[i].field && !(m.segments[i].field->flags & FIELD_BITFIELD))
			put_scalar(f, &m.segments[i]);
		else
			put_segment(f, &m.segments[i], m.segments[0].bit);
	for (i = 0; i < after.nfields; i++)
		if (after.fields[i].name)
			access_add(&access, &after, &after.fields[i]);
	put_access(f, &m, &access);
	fputs("</svg>\n", f);
	free(after.fields);
	free(m.segments);
}
