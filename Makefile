# copydesk - small filters from scraped news text to lines
#
# A tool is a folder tools/NAME: its objects are found by wildcard, its headers
# by -MMD. NAME-gen.c and NAME-train.c are of programs of the build, not of a tool.

VERSION = 0.1.0

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share
MANDIR = $(DATADIR)/man
DOCDIR = $(DATADIR)/doc/copydesk
BASHDIR = $(DATADIR)/bash-completion/completions
ZSHDIR = $(DATADIR)/zsh/site-functions
FISHDIR = $(DATADIR)/fish/vendor_completions.d
B = build
DATA = ../shared/data

CC = cc
HOSTCC = $(CC)
CFLAGS = -O2 -g
PKG_CONFIG = pkg-config
INSTALL = install

# asked when a recipe runs, since `make setup check` installs pkg-config only then
UTF8PROC_CFLAGS = $(shell $(PKG_CONFIG) --cflags libutf8proc 2>/dev/null)
UTF8PROC_LIBS = $(shell $(PKG_CONFIG) --libs libutf8proc 2>/dev/null || echo -lutf8proc)
XXHASH_CFLAGS = $(shell $(PKG_CONFIG) --cflags libxxhash 2>/dev/null)

WARNINGS = -Wall -Wextra -Wshadow -Wconversion
OWN_CFLAGS = -std=c11 $(WARNINGS) -ffile-prefix-map='$(CURDIR)'=. -pthread -DVERSION='"$(VERSION)"' \
	-Icommon -I$(B)/gen $(UTF8PROC_CFLAGS) $(XXHASH_CFLAGS)
# a library of its own on macOS, part of libc elsewhere
ICONV_LIBS = $(if $(filter Darwin,$(shell uname -s)),-liconv)
OWN_LIBS = $(UTF8PROC_LIBS) $(ICONV_LIBS) -pthread

# flock and the like, which POSIX lacks. macOS and the BSDs show them unless a macro asks for POSIX
OWN_CFLAGS += -D_DEFAULT_SOURCE
# the same on every machine: char has a sign, as the code takes it to have, and files may be large
OWN_CFLAGS += -fsigned-char -D_FILE_OFFSET_BITS=64
# how vectors are handed over does not matter: whatever takes one is inlined
OWN_CFLAGS += -Wno-psabi

# for what runs in another folder
BUILT = $(abspath $(B))

TOOLS := $(patsubst tools/%/main.c,%,$(wildcard tools/*/main.c))
BUILD_ONLY = %-gen.c %-train.c
COMMON_OBJS := $(patsubst %.c,$(B)/%.o,$(filter-out $(BUILD_ONLY),$(wildcard common/*.c)))

# tools/NAME/WORDS.tsv becomes gen/NAME/WORDS.h, see common/table.h; those of common likewise
ANY = % # in prerequisites of a pattern rule a bare one would be the stem
TABLES := $(patsubst tools/%.tsv,$(B)/gen/%.h,$(wildcard tools/*/*.tsv)) \
	$(patsubst %.tsv,$(B)/gen/%.h,$(wildcard common/*.tsv))

all: $(TOOLS:%=$(B)/bin/%) ## build the tools into build/bin (the default)

-include $(wildcard tools/*/tool.mk)

.SECONDEXPANSION:
tool_objs = $(patsubst %.c,$(B)/%.o,$(filter-out $(BUILD_ONLY),$(wildcard tools/$(1)/*.c)))

$(B)/bin/%: $$(call tool_objs,$$*) $(COMMON_OBJS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) $(LDLIBS)

# the objects of a folder depend on the files that it embeds, embed.h
$(B)/%.o: %.c Makefile $$(wildcard $$(dir $$*)*.bin) | $(B)/gen/u8-tables.h $$(filter $(B)/gen/$$(notdir $$(@D))/$$(ANY),$(TABLES))
	@mkdir -p $(@D)
	$(CC) $(OWN_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# programs of the build run on the building machine
$(B)/host/%: common/%.c common/table.h
	@mkdir -p $(@D)
	$(HOSTCC) $(OWN_CFLAGS) -O1 -o $@ $< $(UTF8PROC_LIBS) || \
		{ echo 'make: if a program or a header is missing, "make setup" installs it' >&2; exit 1; }

$(B)/host/u8-gen: common/u8-props.h common/u8.h common/buf.h

$(B)/gen/u8-tables.h: $(B)/host/u8-gen
	@mkdir -p $(@D)
	$(B)/host/u8-gen > $@.tmp && mv $@.tmp $@

$(B)/gen/%.h: tools/%.tsv $(B)/host/table-gen
	@mkdir -p $(@D)
	$(B)/host/table-gen $< > $@.tmp && mv $@.tmp $@

$(B)/gen/common/%.h: common/%.tsv $(B)/host/table-gen
	@mkdir -p $(@D)
	$(B)/host/table-gen $< > $@.tmp && mv $@.tmp $@

-include $(wildcard $(B)/common/*.d $(B)/tools/*/*.d)

# `make setup check` sets up first, in parallel builds too
ifneq ($(filter setup,$(MAKECMDGOALS)),)
$(B)/host/u8-gen $(B)/host/table-gen: | setup
endif

setup: ## install what the build and the tests need (apt, dnf, apk, pacman or brew)
	sh .ci/setup

demo: all ## run the whole chain over the sample feed
	BIN='$(BUILT)/bin' sh tests/demo.sh

check: all ## run the tests, or TESTS="NAME.bats ..."; BIN=dir tests the tools installed there
	BIN="$${BIN:-$(BUILT)/bin}" OBJ='$(BUILT)/common' CC='$(CC)' CFLAGS='$(CFLAGS)' LDFLAGS='$(LDFLAGS)' \
		sh tests/run.sh

check-heavy: all ## run the tests that take longer or need much: packages, musl, Chromium, sshd, Slurm, Dask
	BIN="$${BIN:-$(BUILT)/bin}" TESTS=$${TESTS:-heavy} sh tests/run.sh

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all
check-asan: ## the same tests under address and undefined-behaviour sanitizers
	$(MAKE) check B=build-asan CFLAGS='-O1 -g $(SANITIZE)'

FUZZ_SECONDS = 60
fuzz: ## fuzz every tool for FUZZ_SECONDS with libFuzzer (clang)
	SECONDS_EACH=$(FUZZ_SECONDS) sh tests/fuzz/run.sh

fuzz-afl: ## the same with AFL++
	ENGINE=afl SECONDS_EACH=$(FUZZ_SECONDS) sh tests/fuzz/run.sh

check-hostile: all ## give the tools a document of 1 GB, ten million records, fields ...: figures of memory and time
	BIN="$${BIN:-$(BUILT)/bin}" bash tests/hostile.sh
	BIN="$${BIN:-$(BUILT)/bin}" HOSTILE_BYTES=200000 TESTS=hostile.bats sh tests/run.sh

SLOW_TEXTS = 300
check-slow: all ## look for texts on which a tool is slow, among SLOW_TEXTS drawn ones
	cd $(B) && BIN='$(BUILT)/bin' TEXTS=$(SLOW_TEXTS) bash '$(CURDIR)/tests/slow.sh'

RACE_SECONDS = 60
check-race: all ## two writers and eight readers at one index of find-copies for RACE_SECONDS
	rm -rf $(B)/race && mkdir -p $(B)/race
	cd $(B)/race && PATH='$(BUILT)/bin':$$PATH bash '$(CURDIR)/tests/race.sh' $(RACE_SECONDS)

check-platforms: all ## build for 32 bits, big-endian, arm64 and musl where their compilers are; the same output, the same tests
	FROM='$(BUILT)/bin' bash tests/platforms.sh

VALGRIND_TESTS = chain.bats strip-chrome.bats split-sentences.bats fingerprint.bats find-copies.bats find-copies-index.bats tag-entities.bats
check-valgrind: all ## the sample feed and the tests of the tools under valgrind's memcheck
	BIN='$(BUILT)/bin' sh tests/valgrind.sh $(VALGRIND_TESTS)

check-tsan: ## the tests that run workers, under ThreadSanitizer
	$(MAKE) all B=build-tsan CC=clang HOSTCC=cc CFLAGS='-O1 -g -fsanitize=thread'
	cd tests && TSAN_OPTIONS=halt_on_error=1 BIN='$(CURDIR)/build-tsan/bin' OBJ='$(CURDIR)/build-tsan/common' CC=clang \
		CFLAGS='-O1 -g -fsanitize=thread' bats -f 'seed|worker|-j|order' edges.bats protocol.bats fuzz.bats

coverage: ## lines of common/ and of each tool that the tests run (gcov)
	sh tests/coverage.sh

accuracy: all ## score every tool on the data in DATA (default ../shared/data)
	BIN='$(BUILT)/bin' sh tests/bench/accuracy.sh '$(DATA)'

BENCH = BIN='$(BUILT)/bin' OBJ='$(BUILT)/common' CC='$(CC)' CFLAGS='$(CFLAGS)' sh tests/bench
bench: all bench-copies ## measure the speed of every tool against wc -w and its peers, and find-copies beside its like
	$(BENCH)/speed.sh

bench-results: all ## write what bench says of the tools into tests/bench/results.md
	$(BENCH)/speed.sh >$(B)/results.md && mv $(B)/results.md tests/bench/results.md

bench-instructions: all ## write the instructions a byte, by which tests/instructions.bats judges, anew
	$(BENCH)/instructions.sh >$(B)/instructions.tsv && mv $(B)/instructions.tsv tests/bench/instructions.tsv

bench-copies: all ## find-copies beside simhash, ssdeep and tlsh, where installed, on the data in DATA
	$(BENCH)/copies.sh '$(DATA)'

TOOL = split-sentences
INPUT = text
profile: all ## where TOOL (split-sentences) spends its instructions on INPUT (text, chrome, html or a file): build/profile-TOOL.txt
	$(BENCH)/profile.sh $(TOOL) $(INPUT) $(B)/profile-$(TOOL).txt

PEERS = .
bench-peers: all ## the tools beside what is used for the same, where installed (node_modules in PEERS), on DATA
	BIN='$(BUILT)/bin' PEERS='$(PEERS)' bash tests/bench/peers.sh '$(DATA)'

models:: ## train the models anew from the data in DATA

SOURCES = $(wildcard common/*.[ch] tools/*/*.[ch] tests/fixtures/*.[ch] tests/fuzz/*.[ch])
SCRIPTS = .ci/run .ci/setup $(wildcard tools/*/*.sh tests/*.sh tests/bench/*.sh tests/fuzz/*.sh examples/*.sh examples/scale/*.sh) \
	$(wildcard examples/cron/nightly examples/cron/morning examples/cron/spool-add examples/brief/brief)
lint: ## compile with gcc and clang, all warnings errors; check pages, scripts and format
	sh tests/lint.sh '$(SOURCES)' '$(SCRIPTS)'

.PHONY: lint-deep check-race check-slow check-platforms
lint-deep: all ## clang-tidy and gcc -fanalyzer, some minutes; what is silenced, and why, stands in .clang-tidy and tests/lint-deep.sh
	B=$(B) sh tests/lint-deep.sh

format: ## lay out the sources by .clang-format
	clang-format -i $(SOURCES)

# from --help, which has every option; where CC builds for another machine, of tools that HOSTCC builds
RUNS = $(if $(filter-out $(CC),$(HOSTCC)),$(B)/native)
$(TOOLS:%=$(B)/native/bin/%): native ;
native:
	$(MAKE) all B=$(B)/native CC='$(HOSTCC)' HOSTCC='$(HOSTCC)' CFLAGS=-O1 CPPFLAGS= LDFLAGS=

$(B)/completions/%: $$(or $$(RUNS),$(B))/bin/% common/completions.awk
	@mkdir -p $(@D)/bash $(@D)/zsh $(@D)/fish
	$< --help > $@.help
	awk -v shell=bash -f common/completions.awk $@.help > $(@D)/bash/$*
	awk -v shell=zsh -f common/completions.awk $@.help > $(@D)/zsh/_$*
	awk -v shell=fish -f common/completions.awk $@.help > $(@D)/fish/$*.fish
	@touch $@

completions: $(TOOLS:%=$(B)/completions/%) ## make the completions for bash, zsh and fish

PAGES1 = $(wildcard man/*.1)
PAGES5 = $(wildcard man/*.5)
PAGES7 = $(wildcard man/*.7)
EXAMPLES = examples/README.md $(wildcard examples/*.sh examples/*.py) $(filter-out %/__pycache__,$(wildcard examples/*/*))
install: all completions ## install into PREFIX (default /usr/local), under DESTDIR
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 \
		$(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	$(INSTALL) -m 755 $(TOOLS:%=$(B)/bin/%) $(DESTDIR)$(BINDIR)
	$(INSTALL) -m 644 $(PAGES1) $(DESTDIR)$(MANDIR)/man1
	$(INSTALL) -m 644 $(PAGES5) $(DESTDIR)$(MANDIR)/man5
	$(INSTALL) -m 644 $(PAGES7) $(DESTDIR)$(MANDIR)/man7
	$(INSTALL) -m 644 $(TOOLS:%=$(B)/completions/bash/%) $(DESTDIR)$(BASHDIR)
	$(INSTALL) -m 644 $(TOOLS:%=$(B)/completions/zsh/_%) $(DESTDIR)$(ZSHDIR)
	$(INSTALL) -m 644 $(TOOLS:%=$(B)/completions/fish/%.fish) $(DESTDIR)$(FISHDIR)
	for f in $(EXAMPLES); do m=644; [ ! -x $$f ] || m=755; $(INSTALL) -d $(DESTDIR)$(DOCDIR)/$${f%/*} && \
		$(INSTALL) -m $$m $$f $(DESTDIR)$(DOCDIR)/$$f || exit 1; done

uninstall: ## remove what install put there
	rm -f $(TOOLS:%=$(DESTDIR)$(BINDIR)/%) $(TOOLS:%=$(DESTDIR)$(BASHDIR)/%) \
		$(TOOLS:%=$(DESTDIR)$(ZSHDIR)/_%) $(TOOLS:%=$(DESTDIR)$(FISHDIR)/%.fish) $(EXAMPLES:%=$(DESTDIR)$(DOCDIR)/%) \
		$(PAGES1:man/%=$(DESTDIR)$(MANDIR)/man1/%) $(PAGES5:man/%=$(DESTDIR)$(MANDIR)/man5/%) \
		$(PAGES7:man/%=$(DESTDIR)$(MANDIR)/man7/%)

TARBALL = copydesk-$(VERSION).tar.gz
dist: ## make the source tarball
	git archive --format=tar --prefix=copydesk-$(VERSION)/ HEAD | gzip -9n > $(TARBALL)

distcheck: dist ## build, test and install what dist makes, and build it again elsewhere: the same bytes
	sh tests/distcheck.sh $(TARBALL)

deb: ## build the Debian package into build/deb
	rm -rf $(B)/deb && mkdir -p $(B)/deb
	git archive --format=tar --prefix=copydesk-$(VERSION)/ HEAD | gzip -9n > $(B)/deb/copydesk_$(VERSION).orig.tar.gz
	tar -xzf $(B)/deb/copydesk_$(VERSION).orig.tar.gz -C $(B)/deb
	cp -R packaging/debian $(B)/deb/copydesk-$(VERSION)/debian
	cd $(B)/deb/copydesk-$(VERSION) && dpkg-buildpackage -us -uc

clean: ## remove what was built
	rm -rf build build-*

help: ## list the targets
	@cat Makefile tools/*/tool.mk | sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1	\2/p' | awk -F '\t' '!seen[$$1]++ { printf "  %-18s %s\n", $$1, $$2 }'

.PHONY: all native setup demo check check-asan fuzz fuzz-afl check-hostile check-valgrind check-tsan coverage accuracy bench bench-copies bench-instructions bench-peers bench-results profile models lint format completions install uninstall dist distcheck deb check-heavy clean help
.DELETE_ON_ERROR:
.SECONDARY:
