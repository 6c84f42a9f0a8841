# SPDX-License-Identifier: GPL-2.0-only
#
# make                 build ./racybits; HOSTCC=gcc compiles it, WERROR=1 adds -Werror, LLVM=22 takes
#                      that version of libclang (17 to 22)
# make check           check drivers/vfio of a kernel tree; KDIR=tree, DIR=directory, ARGS=options;
#                      findings make it fail with STRICT=1
# make tree            bring a kernel tree, print its path; KVER=6.12, ARCH=arm64, CC=gcc,
#                      CONFIG=wide or allmod
# make test            prepare what the tests need and run them; TESTS=tests/one.t
# make test-long       the tests that take long: whole kernels, kbuild with racybits as CHECK
# make trust           the long forms of the random and fault tests (docs/TRUST.md)
# make opinions        compare layouts with pahole and stores with sparse in parts of a kernel
# make fuzz            run the parsers under libFuzzer for T=60 seconds
# make sanitize        the tests under AddressSanitizer and UBSan; SANITIZE=tests/one.t
# make memcheck        the fixtures under valgrind
# make bench           time racybits, sparse and clang on the same files, compare with docs/bench.json
# make patches         make kernel-patches/6.12 and its scripts in cocci/ again; KVER=7.3: those of 7.3
# make lint            clang-tidy over checker/, shellcheck over the scripts
# make layers          check which rooms of checker/ include and which files call each other,
#                      and how long files and functions are
# make format          apply the style of .clang-format; make format-check compares
# make deps            install the Debian packages that the above need (they do it themselves)
# make install         install below PREFIX=/usr/local; DESTDIR=; make uninstall removes it
# make dist            make build/racybits-VERSION.tar.xz of what is committed
# make clean           remove what was built; make distclean removes the kernel trees, too
# make help            print this
# make compile_commands.json   for clangd and other tools

VERSION = 0.1
# Where more about racybits is told, as SARIF names it: an absolute address
HOMEPAGE ?= man:racybits(1)
PREFIX ?= /usr/local
# One LLVM for headers, library and programs: 19, or the newest that is there; LLVM=22, or LLVM_DIR=/usr on
# systems that have one only.
LLVM ?= $(or $(firstword $(foreach v,19 22 21 20 18 17,$(if $(wildcard /usr/lib/llvm-$(v)/include/clang-c/Index.h),$(v)))),19)
LLVM_DIR ?= /usr/lib/llvm-$(LLVM)
HOSTCC ?= gcc
CFLAGS ?= -O2 -g
DIR ?= drivers/vfio
TESTS ?= $(wildcard tests/*.t) $(unit_tests)
# VERSION:CC of each tree the tests read
TEST_TREES ?= 6.12.95:clang 6.12.95:gcc 6.12:clang
# A plain `make` or `make install` names what is missing and installs nothing.
DEPS ?= LLVM=$(LLVM) $(if $(filter-out all racybits install,$(MAKECMDGOALS)),,INSTALL=no) scripts/deps.sh

flags = -std=gnu11 -D_GNU_SOURCE -pthread -Wall -Wextra -Wmissing-prototypes -Wshadow -Wredundant-decls \
	$(if $(WERROR),-Werror) -ffile-prefix-map=$(CURDIR)=. $(CFLAGS) $(CPPFLAGS) -Ichecker -Ibuild/obj -isystem $(LLVM_DIR)/include -DRACYBITS_LLVM=$(LLVM) \
	-DRACYBITS_VERSION='"$(VERSION)"' -DRACYBITS_SEMVER='"$(semver)"' -DRACYBITS_HOMEPAGE='"$(HOMEPAGE)"' -DLLVM_DIR='"$(LLVM_DIR)"'
# semver.org: three numbers
semver = $(VERSION)$(if $(word 3,$(subst ., ,$(VERSION))),,.0)
libs = $(addprefix -L,$(wildcard $(LLVM_DIR)/lib $(LLVM_DIR)/lib64)) -lclang -lsqlite3 -ljansson
sources = $(wildcard checker/*/*.c checker/*/*/*.c)
objects = $(sources:checker/%.c=build/obj/%.o)
# all of it but main(), for the programs of the tests
parts = $(filter-out build/obj/cli/main.o,$(objects))
models = $(sort $(wildcard checker/kernel/*.model))
unit_tests = $(patsubst tests/%.c,build/tests/%,$(wildcard tests/*_test.c))
# tree.sh has the defaults. CC counts if it was meant for the tree: make's own "cc" was not.
tree = KVER='$(KVER)' ARCH='$(ARCH)' CONFIG='$(CONFIG)' \
	CC='$(if $(filter command,$(origin CC)),$(CC),$(filter clang gcc,$(CC)))' scripts/tree.sh
# Packages that the goals of this run need, see scripts/deps.sh.
needs = build $(if $(filter check tree,$(MAKECMDGOALS)),check) \
	$(if $(filter test test-long fuzz trust opinions sanitize memcheck bench patches deps,$(MAKECMDGOALS)),test) \
	$(if $(filter lint format% deps,$(MAKECMDGOALS)),lint)
comma = ,
Q = $(if $(V),,@)
MAKEFLAGS += -j$(shell nproc)

all: racybits

racybits: $(objects)
	$(if $(V),,@echo "  LD      $@")
	$(Q)$(HOSTCC) $(LDFLAGS) -o $@ $^ $(libs)

build/obj/%.o: checker/%.c build/obj/flags | deps
	$(if $(V),,@echo "  CC      $@")
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(flags) -MMD -MP -c -o $@ $<

build/tests/%: tests/%.c $(parts)
	$(if $(V),,@echo "  CC      $@")
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(flags) -MMD -MP $(LDFLAGS) -o $@ $(filter %.c %.o,$^) $(libs) -lcmocka

# Other flags, other objects.
build/obj/flags: FORCE
	@mkdir -p $(@D)
	@echo "$(HOSTCC) $(subst ",,$(flags))" | cmp -s - $@ || echo "$(HOSTCC) $(subst ",,$(flags))" >$@

# Checksum of the sources that decide the facts: stored facts are used while it is the same.
fronts = $(filter-out $(addprefix checker/front/,same_tokens.% tokens.% header_%),$(sort $(wildcard checker/front/*.[ch]))) \
	checker/facts/facts.c checker/base/buf.c
build/obj/cli/extract.o: build/obj/front.inc
build/obj/front.inc: $(fronts)
	@mkdir -p $(@D) && cat $^ | cksum | sed 's/.*/"&"/' >$@

# Checksum of the sources that decide the stored compile commands; the rest of the key is in
# compdb_key.c.
build/obj/tree/compdb_key.o: build/obj/tree.inc
build/obj/tree.inc: $(sort $(wildcard checker/tree/*.c))
	@mkdir -p $(@D) && cat $^ | cksum | sed 's/.*/"&"/' >$@

# Text as a C string.
quote = mkdir -p $(@D) && sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $< >$@

# The model files, by name: others in their directory are not read.
build/obj/kernel/model_read.o: build/obj/models.inc
build/obj/models.inc: FORCE
	@mkdir -p $(@D)
	@printf '"%s",\n' $(notdir $(models)) | cmp -s - $@ || printf '"%s",\n' $(notdir $(models)) >$@

build/obj/store/schema.o: build/obj/schema.inc
build/obj/schema.inc: checker/store/schema.sql
	@$(quote)

build/obj/out/html.o: build/obj/html.css.inc build/obj/html.js.inc build/obj/html.hash.inc
build/obj/html.%.inc: checker/out/html.%
	@$(quote)
build/obj/html.hash.inc: checker/out/html.js
	@mkdir -p $(@D)
	@printf '"sha256-%s"\n' "$$(sha256sum <$< | cut -c1-64 | tr a-f A-F | basenc -d --base16 | base64)" >$@

# The manual, section by section, for `racybits help`.
build/obj/cli/cmd_help.o: build/obj/manual.inc
build/obj/manual.inc: docs/racybits.1 scripts/manual.awk
	@mkdir -p $(@D) && awk -f scripts/manual.awk $< >$@.new && mv $@.new $@

deps:
	@$(DEPS) $(needs)

tree: deps
	@$(tree)

# (what a kernel's build makes is needed by few directories)
check: deps racybits
	@kdir='$(KDIR)'; [ -n "$$kdir" ] || kdir=$$(GENERATE=$(if $(DIR),no) $(tree)) || exit; \
	STRICT='$(STRICT)' DIR='$(DIR)' scripts/check.sh "$$kdir" $(ARGS) $(DIR)

# (the trees of most tests are gone after them: their facts are not kept)
test test-long trust sanitize memcheck: export XDG_CACHE_HOME = /dev/null
test: export GENERATE = no
test: deps racybits $(unit_tests) build/tests/replay build/tests/bench
	@pids=; for t in $(TEST_TREES); do KVER=$${t%:*} CC=$${t#*:} scripts/tree.sh >/dev/null & pids="$$pids $$!"; done; \
	for pid in $$pids; do wait $$pid || exit; done
	@CMOCKA_MESSAGE_OUTPUT=TAP prove -j$(shell nproc) $(TESTS)

# The patches for drivers/vfio of the default tree, or those of KVER=7.3, verified; takes some minutes, and
# up to an hour for the facts of all 7.3 the first time.
patches: CONFIG := $(if $(filter 7.3%,$(KVER)),wide,$(CONFIG))
patches: deps racybits
	@kdir='$(KDIR)'; [ -n "$$kdir" ] || kdir=$$($(tree)) || exit; scripts/patches.sh "$$kdir" $(KVER)

bench: deps racybits build/tests/bench
	@kdir='$(KDIR)'; [ -n "$$kdir" ] || kdir=$$($(tree)) || exit; scripts/bench.sh "$$kdir"

test-long: deps racybits
	@LONG=1 prove tests/kbuild.t tests/whole.t tests/llvm.t

# The parsers under libFuzzer, one after the other, from the inputs in tests/fuzz.  The inputs that
# fail are left in build/fuzz.
T ?= 60
letters = m f c b w j n g d t
wrapped = -Wl,--wrap=die,--wrap=warn,--wrap=process_run,--wrap=kbuild_run,--wrap=sqlite3_open_v2,--wrap=mkdir \
	-Wl,--wrap=output_open,--wrap=output_commit
fuzz_parts = tests/fuzz.c tests/fuzzdb.c tests/fuzztree.c

# (die() leaves a parser by longjmp: what it held is not freed, so no process has many inputs)
fuzz: deps build/fuzz/fuzz
	@FUZZ_DIR=$$(mktemp -d /dev/shm/fuzz.XXXXXX) || exit; export FUZZ_DIR; trap 'rm -rf "$$FUZZ_DIR"' EXIT; \
	for FUZZ in $(letters); do \
		export FUZZ; mkdir -p build/fuzz/$$FUZZ; echo "== $$FUZZ"; \
		case $$FUZZ in d | t) runs=4000 ;; *) runs=40000 ;; esac; \
		end=$$(($$(date +%s) + $(T) / $(words $(letters)))); \
		while left=$$((end - $$(date +%s))); [ $$left -gt 0 ]; do \
			ASAN_OPTIONS=detect_leaks=0 build/fuzz/fuzz -max_total_time=$$left -runs=$$runs -timeout=20 \
				-rss_limit_mb=3000 -print_final_stats=1 -artifact_prefix=build/fuzz/ build/fuzz/$$FUZZ tests/fuzz || exit; \
		done; \
	done

build/fuzz/fuzz: $(fuzz_parts) $(patsubst build/obj/%,build/fuzz/%,$(parts))
	$(Q)clang-$(LLVM) $(flags) $(sanitized) -fsanitize=fuzzer $(wrapped) -o $@ $^ $(libs)

# (NULL + 0 is defined since N3322 of C2y, and what everybody takes for granted)
sanitized = -w -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-sanitize=pointer-overflow
build/fuzz/%.o: checker/%.c Makefile build/obj/flags build/obj/schema.inc build/obj/html.css.inc build/obj/html.js.inc \
		build/obj/html.hash.inc build/obj/front.inc build/obj/tree.inc build/obj/models.inc
	@mkdir -p $(@D)
	$(Q)clang-$(LLVM) $(flags) $(sanitized) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<

# The same once with each input
build/tests/replay: $(fuzz_parts) $(parts) | deps
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(flags) -DREPLAY $(wrapped) $(LDFLAGS) -o $@ $^ $(libs)

# Long forms; each takes some minutes.
trust: deps racybits
	@STRUCTS=2000 SEED=7 prove -v tests/codegen.t
	@for n in 2 3 4 5 6; do FUNCTIONS=2000 SEED=$$n prove -v tests/paths.t || exit; done
	@FAULTS=6 prove -v tests/faults.t
	@PROGRAMS=100000 SEED=2 prove -v tests/interleave.t

# All tests in a copy that is built with sanitizers; their reports are left in build/sanitized.  faults.t
# is left out: a traced process cannot look for leaks, and one with little address space cannot start.
# A SIGSEGV that a test sends has to end the process as it does without sanitizers.
# SANITIZE="tests/one.t" runs that test only.
sanitize: deps
	@scripts/copy.sh build/sanitized && ln -sfn "$(CURDIR)/build/trees" build/sanitized/build/
	@ASAN_OPTIONS=handle_segv=0:log_path="$(CURDIR)/build/sanitized/report" $(MAKE) -C build/sanitized test LDFLAGS='$(sanitized)' \
		CFLAGS='$(sanitized)' TESTS='$(or $(SANITIZE),$(filter-out tests/faults.t tests/memcheck.t,$(TESTS)))'
	@for report in build/sanitized/report.*; do [ ! -e "$$report" ] || { head -n 40 "$$report"; exit 1; }; done

# The fixtures under valgrind
memcheck: deps racybits
	@LONG=1 prove -v tests/memcheck.t

# Layouts against pahole and stores against semind, in directories built with debug information.
opinion_dirs = drivers/vfio fs/btrfs net/ipv4 sound/core
opinions: deps racybits
	@kdir=$$(KVER=6.12.95 CC=clang CONFIG=dwarf scripts/tree.sh) || exit; \
	env -i PATH="$$PATH" HOME="$$HOME" make -s -j"$$(nproc)" -C "$$kdir" LLVM=-19 $(addsuffix /,$(opinion_dirs)) && \
	KDIR=$$kdir DIRS="$(opinion_dirs)" SHOW=100 prove -v tests/opinions.t

# (whatever flags the objects were made with: no other ones are made for this)
layers: $(if $(wildcard racybits),,racybits)
	@scripts/layers.sh
	@scripts/cycles.sh

# One file each, so that only what changed is looked at again: an object is as new as its headers.
lint_scripts = $(wildcard scripts/*.sh tests/*.t tests/*.sh docs/ci/*.sh) .ci/run
lint: deps $(sources:checker/%.c=build/lint/%.ok)
	@shellcheck $(lint_scripts)

build/lint/%.ok: build/obj/%.o .clang-tidy | compile_commands.json
	$(if $(V),,@echo "  TIDY    checker/$*.c")
	@mkdir -p $(@D)
	$(Q)clang-tidy-19 --quiet -p . checker/$*.c 2>$(@:.ok=.err) || { cat $(@:.ok=.err); exit 1; }
	@touch $@

# One entry a file of ours; the generated files that they include come with "make".
command = {"directory": "$(CURDIR)", "file": "$1", "command": "$(subst ",\",$(HOSTCC) $(flags)) -c $1"}
compile_commands.json: FORCE
	$(file >$@,[$(subst } {,}$(comma){,$(foreach f,$(sources) $(wildcard tests/*.c),$(call command,$f)))])
	@:

format-check: deps
	@clang-format-19 --dry-run -Werror checker/*/*.[ch] checker/*/*/*.[ch]

format: deps
	@clang-format-19 -i checker/*/*.[ch] checker/*/*/*.[ch]

# (after make, nothing is compiled again: the program finds its data from where it is)
share = $(DESTDIR)$(PREFIX)/share
completions = bash-completion/completions/racybits zsh/site-functions/_racybits fish/vendor_completions.d/racybits.fish
install: racybits
	install -D racybits $(DESTDIR)$(PREFIX)/bin/racybits
	install -D -m 644 -t $(share)/racybits $(models) checker/kernel/annotations.h docs/report-2.schema.json
	install -d $(share)/man/man1
	sed '/^\.TH/s/"racybits"/"racybits $(VERSION)"/' docs/racybits.1 >$(share)/man/man1/racybits.1
	install -D -m 644 completion/racybits.bash $(share)/bash-completion/completions/racybits
	install -D -m 644 completion/racybits.zsh $(share)/zsh/site-functions/_racybits
	install -D -m 644 completion/racybits.fish $(share)/fish/vendor_completions.d/racybits.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/racybits $(share)/man/man1/racybits.1 $(addprefix $(share)/,$(completions))
	rm -rf $(share)/racybits

dist:
	@mkdir -p build
	git archive --prefix=racybits-$(VERSION)/ HEAD | xz >build/racybits-$(VERSION).tar.xz
	@echo build/racybits-$(VERSION).tar.xz

clean:
	rm -rf build/obj build/tests build/lint racybits compile_commands.json

help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' Makefile

distclean: clean
	rm -rf build

FORCE:
.PHONY: all deps tree check test test-long fuzz trust opinions sanitize memcheck bench patches lint layers format-check format \
	install uninstall dist clean distclean help FORCE
-include $(wildcard build/fuzz/*/*.d) $(objects:.o=.d) $(unit_tests:=.d)
