// SPDX-License-Identifier: GPL-2.0-only
/*
 * node_generic.c - which association a generic selection chooses (C11 6.5.1.1).
 *
 * libclang tells the type of the selection, but neither the chosen association nor the type names.  If
 * several associations have that type, the names are read from the function as clang prints it, where
 * macros are expanded.
 */
#include <ctype.h>

#include "node_generic.h"
#include "pch_visible.h"
#include "source.h"
#include "type.h"

/* A piece of text, not terminated. */
struct piece {
	const char *at;
	size_t n;
};

/* A generic selection as printed. */
struct printed {
	struct association {
		struct piece type; /* "default", too */
		struct piece value;
	} *v;
	size_t n, cap;
};

static bool is_word(char c)
{
	return c == '_' || isalnum((unsigned char)c);
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (is_word(s[n]))
		n++;
	return n;
}

/* --- reading what clang prints */

static const char *skip_literal(const char *s)
{
	char quote = *s++;

	while (*s && *s != quote)
		s += *s == '\\' && s[1] ? 2 : 1;
	return *s ? s + 1 : s;
}

/* The first of the two characters outside of brackets and literals, or the end. */
static const char *find_outside(const char *s, char a, char b)
{
	int depth = 0;

	while (*s) {
		if (*s == '"' || *s == '\'') {
			s = skip_literal(s);
			continue;
		}
		if (!depth && (*s == a || *s == b))
			return s;
		depth += strchr("([{", *s) != NULL;
		depth -= strchr(")]}", *s) != NULL;
		s++;
	}
	return s;
}

/* Reads a selection from behind its opening parenthesis; false if it is not as expected. */
static bool read_selection(const char *s, struct printed *p)
{
	const char *end;

	p->n = 0;
	for (s = find_outside(s, ',', ')'); *s == ','; s = end) {
		struct association a;

		s += strspn(s + 1, " ") + 1;
		end = find_outside(s, ':', ')');
		a.type = (struct piece){ s, (size_t)(end - s) };
		if (*end != ':')
			return false;
		s = end + 1;
		end = find_outside(s, ',', ')');
		a.value = (struct piece){ s, (size_t)(end - s) };
		*vec_add(p->v, p->n, p->cap) = a;
	}
	return *s == ')';
}

/* --- is it this selection? */

static bool has_word(struct piece text, const char *word, size_t n)
{
	for (size_t i = 0; i + n <= text.n; i++)
		if (!strncmp(text.at + i, word, n) && (!i || !is_word(text.at[i - 1])) &&
		    (i + n == text.n || !is_word(text.at[i + n])))
			return true;
	return false;
}

struct name_search {
	struct piece text;
	bool missing;
};

static enum CXChildVisitResult look_for_name(CXCursor c, CXCursor parent, CXClientData data)
{
	enum CXCursorKind kind = clang_getCursorKind(c);
	struct name_search *search = data;
	const char *name;

	(void)parent;
	if (kind == CXCursor_DeclRefExpr || kind == CXCursor_MemberRefExpr) {
		name = str_get(source_spelling(c));
		search->missing |= !has_word(search->text, name, strlen(name));
	}
	return search->missing ? CXChildVisit_Break : CXChildVisit_Recurse;
}

/* Are all names of the expression in the text? */
static bool names_agree(CXCursor c, struct piece text)
{
	struct name_search search = { .text = text };

	if (look_for_name(c, c, &search) == CXChildVisit_Recurse)
		clang_visitChildren(c, look_for_name, &search);
	return !search.missing;
}

static bool is_this(const struct printed *p, const CXCursor *kids, size_t count)
{
	if (p->n != count - 1)
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (!names_agree(kids[i + 1], p->v[i].value))
			return false;
	return true;
}

/* --- type names */

struct typedef_search {
	const char *name;
	size_t n;
	CXType type; /* canonical */
	bool found;
};

static enum CXChildVisitResult match_typedef(CXCursor c, CXCursor parent, CXClientData data)
{
	struct typedef_search *search = data;
	const char *name;

	(void)parent;
	if (clang_getCursorKind(c) != CXCursor_TypedefDecl)
		return CXChildVisit_Continue;
	name = str_get(source_spelling(c));
	if (strlen(name) != search->n || strncmp(name, search->name, search->n))
		return CXChildVisit_Continue;
	search->type = clang_getCanonicalType(clang_getTypedefDeclUnderlyingType(c));
	search->found = true;
	return CXChildVisit_Break;
}

/* A typedef name that stood in an association, and the type that it names. */
struct typedef_name {
	str name, type; /* type: spelling of the canonical type; 0: there is no such typedef */
	struct typedef_name *next;
};

/* All declarations of the tu are looked at for each name, so what was found is kept. */
static str named_type(struct front *fr, const char *s, size_t n)
{
	struct typedef_search search = { .name = s, .n = n };
	str name = str_intern_n(s, n);
	struct typedef_name *t;
	CXString type;

	for (t = fr->typedefs; t; t = t->next)
		if (t->name == name)
			return t->type;
	t = arena_alloc(&fr->arena, sizeof(*t));
	t->name = name;
	t->next = fr->typedefs;
	fr->typedefs = t;
	clang_visitChildren(clang_getTranslationUnitCursor(fr->tu), match_typedef, &search);
	if (search.found) {
		type = clang_getTypeSpelling(search.type);
		t->type = str_intern(clang_getCString(type));
		clang_disposeString(type);
	}
	return t->type;
}

static bool is_type_keyword(const char *s, size_t n)
{
	static const char *const keywords[] = { "char",	   "short",    "int",	   "long",
						"float",   "double",   "signed",   "unsigned",
						"void",	   "_Bool",    "bool",	   "struct",
						"union",   "enum",     "const",	   "volatile",
						"_Atomic", "restrict", "__int128", "__restrict" };

	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++)
		if (strlen(keywords[i]) == n && !strncmp(keywords[i], s, n))
			return true;
	return false;
}

/*
 * Appends a type name, blanks only between words, typedefs resolved (NULL as `fr`: it has none but
 * those that give an unnamed record its name, C11 6.7.8); false if one is not found.
 */
static bool canonical_name(struct front *fr, const char *s, size_t n, FILE *out)
{
	const char *end = s + n;
	bool tag = false, after_word = false, known = true;

	while (s < end) {
		size_t length = word_length(s);
		str type = 0;

		if (!length) {
			after_word &= *s == ' ';
			if (*s != ' ')
				fputc(*s, out);
			s++;
			continue;
		}
		if (after_word)
			fputc(' ', out);
		if (fr && !tag && !is_type_keyword(s, length) && !isdigit((unsigned char)*s)) {
			type = named_type(fr, s, length);
			known &= type != 0;
		}
		if (type)
			canonical_name(NULL, str_get(type), strlen(str_get(type)), out);
		else
			fwrite(s, 1, length, out);
		tag = (length == 6 && !strncmp(s, "struct", 6)) ||
		      (length == 5 && !strncmp(s, "union", 5)) ||
		      (length == 4 && !strncmp(s, "enum", 4));
		after_word = true;
		s += length;
	}
	return known;
}

static char *type_name(struct front *fr, const char *s, size_t n, bool *known)
{
	char *name = NULL;
	size_t bytes;
	FILE *out = open_memstream(&name, &bytes);

	if (!out)
		die("out of memory");
	*known = canonical_name(fr, s, n, out);
	fclose(out);
	return name;
}

/* The name of the controlling expression's type after lvalue conversion (C11 6.3.2.1). */
static char *controlling_name(struct front *fr, CXType type)
{
	bool array = type_is_array(type), known;
	CXString s = clang_getTypeSpelling(array ? clang_getArrayElementType(type) :
						   clang_getUnqualifiedType(type));
	char *text = xasprintf("%s%s", clang_getCString(s), array ? " *" : ""), *name;

	clang_disposeString(s);
	name = type_name(fr, text, strlen(text), &known);
	free(text);
	return name;
}

/* Index of the association for the type, or of the default; 0 if it is not known. */
static size_t choose(struct front *fr, const struct printed *p, const char *type)
{
	size_t other = 0;
	bool all_known = true;

	for (size_t i = 0; i < p->n; i++) {
		bool known;
		char *name;
		bool same;

		if (p->v[i].type.n == 7 && !strncmp(p->v[i].type.at, "default", 7)) {
			other = i + 1;
			continue;
		}
		name = type_name(fr, p->v[i].type.at, p->v[i].type.n, &known);
		same = known && !strcmp(name, type);
		all_known &= known;
		free(name);
		if (same)
			return i + 1;
	}
	return all_known ? other : 0;
}

/* An enumeration is compatible with its underlying type (C11 6.7.2.2), too. */
static size_t choose_for(struct front *fr, const struct printed *p, CXType type)
{
	char *name = controlling_name(fr, type);
	size_t chosen = choose(fr, p, name);

	free(name);
	if (type.kind != CXType_Enum || (chosen && strncmp(p->v[chosen - 1].type.at, "default", 7)))
		return chosen;
	name = controlling_name(
		fr, clang_getCanonicalType(clang_getEnumDeclIntegerType(type_declaration(type))));
	chosen = choose(fr, p, name);
	free(name);
	return chosen;
}

/* Which one do all selections of the function that look like this one choose? */
static size_t read_choice(struct fn *f, const char *text, const CXCursor *kids, size_t count)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(kids[0]));
	size_t chosen = 0, one;
	struct printed p = { 0 };
	bool agree = true;

	for (const char *s = text; agree && (s = strstr(s, "_Generic(")); s++) {
		if (!read_selection(s + strlen("_Generic("), &p) || !is_this(&p, kids, count))
			continue;
		one = choose_for(f->fr, &p, type);
		agree = one && (!chosen || one == chosen);
		chosen = one;
	}
	free(p.v);
	return agree ? chosen : 0;
}

size_t generic_select(struct fn *f, CXCursor selection, const CXCursor *kids, size_t count)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(selection));
	size_t of_type = 0, last = 0;
	CXString text;

	for (size_t i = count; i-- > 1;)
		if (clang_equalTypes(clang_getCanonicalType(clang_getCursorType(kids[i])), type)) {
			of_type++;
			last = i;
		}
	if (of_type < 2)
		return of_type ? last : count - 1;
	text = clang_getCursorPrettyPrinted(f->decl, NULL);
	last = read_choice(f, clang_getCString(text), kids, count);
	clang_disposeString(text);
	return last;
}
