# copydesk - small filters from scraped news text to lines
#
# A tool is a folder tools/NAME: its objects are found by wildcard, its headers
# by -MMD. NAME-gen.c and NAME-train.c are programs of the build, not of a tool.

VERSION = 0.1.0

PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share
MANDIR = $(DATADIR)/man
B = build
DATA = ../shared/data

CC = cc
HOSTCC = $(CC)
CFLAGS = -O2 -g
PKG_CONFIG = pkg-config
INSTALL = install

UTF8PROC_CFLAGS := $(shell $(PKG_CONFIG) --cflags libutf8proc 2>/dev/null)
UTF8PROC_LIBS := $(shell $(PKG_CONFIG) --libs libutf8proc 2>/dev/null || echo -lutf8proc)
XXHASH_CFLAGS := $(shell $(PKG_CONFIG) --cflags libxxhash 2>/dev/null)

WARNINGS = -Wall -Wextra -Wshadow -Wconversion
OWN_CFLAGS = -std=c11 $(WARNINGS) -pthread -D_XOPEN_SOURCE=700 -DVERSION='"$(VERSION)"' \
	-Icommon -I$(B)/gen $(UTF8PROC_CFLAGS) $(XXHASH_CFLAGS)
OWN_LIBS = $(UTF8PROC_LIBS) -pthread

TOOLS := $(patsubst tools/%/main.c,%,$(wildcard tools/*/main.c))
BUILD_ONLY = %-gen.c %-train.c
COMMON_OBJS := $(patsubst %.c,$(B)/%.o,$(filter-out $(BUILD_ONLY),$(wildcard common/*.c)))

# tools/NAME/WORDS.tsv becomes gen/NAME/WORDS.h, see common/table.h
TABLES := $(patsubst tools/%.tsv,$(B)/gen/%.h,$(wildcard tools/*/*.tsv))

all: $(TOOLS:%=$(B)/bin/%) ## build the tools into build/bin (the default)

-include $(wildcard tools/*/tool.mk)

.SECONDEXPANSION:
tool_objs = $(patsubst %.c,$(B)/%.o,$(filter-out $(BUILD_ONLY),$(wildcard tools/$(1)/*.c)))

$(B)/bin/%: $$(call tool_objs,$$*) $(COMMON_OBJS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(OWN_LIBS) $(LDLIBS)

$(B)/%.o: %.c Makefile | $(B)/gen/u8-tables.h $$(filter $(B)/gen/$$(notdir $$(@D))/%,$(TABLES))
	@mkdir -p $(@D)
	$(CC) $(OWN_CFLAGS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# programs of the build run on the building machine
$(B)/host/%: common/%.c common/table.h
	@mkdir -p $(@D)
	$(HOSTCC) $(OWN_CFLAGS) -O1 -o $@ $< $(UTF8PROC_LIBS)

$(B)/gen/u8-tables.h: $(B)/host/u8-gen
	@mkdir -p $(@D)
	$(B)/host/u8-gen > $@.tmp && mv $@.tmp $@

$(B)/gen/%.h: tools/%.tsv $(B)/host/table-gen
	@mkdir -p $(@D)
	$(B)/host/table-gen $< > $@.tmp && mv $@.tmp $@

-include $(wildcard $(B)/common/*.d $(B)/tools/*/*.d)

.PHONY: all
.DELETE_ON_ERROR:
