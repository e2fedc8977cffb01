# MapiHost. `make help` lists the targets. Sources are found by folder; nothing is listed by hand.
#
# Everything that is made lies below build/: the programs of each bitness in build/x86_64 and build/i686,
# generated sources in build/gen, corrected headers in build/include, fetched and prebuilt third-party
# parts in build/downloads and build/deps (tools/setup makes those, once).
ARCHES ?= x86_64 i686
B := build
D := $(B)/deps
V ?= 0
Q := $(if $(filter 0,$(V)),@)
say = $(if $(filter 0,$(V)),@echo "  $(1)")

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
# All processors, unless a -j is given. What a make starts in turn shares its jobs.
ifeq ($(MAKELEVEL)$(filter -j% --jobserver%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif
.SUFFIXES:
.PHONY: all programs deps

# ---- compilers ------------------------------------------------------------------------------------------
CC_x86_64 := x86_64-w64-mingw32-gcc
CC_i686 := i686-w64-mingw32-gcc
WINDRES_x86_64 := x86_64-w64-mingw32-windres
WINDRES_i686 := i686-w64-mingw32-windres
WIDL := x86_64-w64-mingw32-widl
WIDL_x86_64 := -m64
WIDL_i686 := -m32
WIDL_PATHS := -I$(B)/gen -I/usr/include/wine/wine/windows -L/usr/lib/x86_64-linux-gnu/wine/x86_64-windows

WARN := -Wall -Wextra -Werror
CFLAGS ?= -O2 -g
DEFS := -DUNICODE -D_UNICODE -DWINVER=0x0601 -D_WIN32_WINNT=0x0601
INCS := $(addprefix -Iserver/,base mapi mime com object process provider provider/storage provider/msgfile mapictl) \
	-I$(B)/gen -isystem $(B)/include
# -static: no MinGW DLL is needed at run time.
LDFLAGS ?= -static -static-libgcc -Wl,--no-insert-timestamp -Wl,--gc-sections
LIBS := -letpan -lsqlite3 -lole32 -loleaut32 -luuid -lrpcrt4 -ladvapi32 -lshell32 -lshlwapi -luser32 -lpsapi -lws2_32
# -municode where the program's main file has a wide entry point
unicode = $(if $(shell grep -lE '\b(wmain|wWinMain)\b' $(1)),-municode)

# ---- sources --------------------------------------------------------------------------------------------
src = $(sort $(wildcard $(addsuffix /*.c,$(1))))
IDL := $(wildcard idl/mapihost.idl)
IDL_OLD := $(if $(IDL),$(B)/gen/enums_actmsg.idl)
IDL_ALL := $(wildcard idl/*.idl) $(IDL_OLD)
GEN_C := $(if $(IDL),$(B)/gen/mapihost_i.c)
GEN_H := $(if $(IDL),$(B)/gen/mapihost.h)

MAIN_mapihost := $(if $(IDL),$(wildcard server/main.c))
MAIN_mapilocal := $(wildcard server/provider/mapilocal.def)
MAIN_mapictl := $(firstword $(wildcard server/mapictl/main.c server/mapictl/mapictl.c))
SRC_mapihost := $(wildcard server/main.c) $(call src,$(addprefix server/,base com mapi mime object process)) $(GEN_C)
SRC_mapilocal := $(call src,$(addprefix server/,base mapi mime provider provider/storage provider/msgfile))
SRC_mapictl := $(call src,$(addprefix server/,base mapi mime mapictl))

# ---- set-up and generated files ---------------------------------------------------------------------------
# Quick when done: tools/setup looks at stamps only.
deps:
	@tools/setup libs

$(B)/include/mapidefs.h: tools/fix-mapi-headers
	$(Q)tools/fix-mapi-headers /usr/share/mingw-w64/include $(B)/include

$(IDL_OLD): tools/old-names idl/enums.idl idl/proptags.idl
	@mkdir -p $(@D)
	$(Q)$^ >$@

$(B)/gen/mapihost.h: $(IDL) $(IDL_ALL) | deps
	$(call say,WIDL   $@)
	@mkdir -p $(@D)
	$(Q)$(WIDL) $(WIDL_PATHS) -h -o $@ $<

$(B)/gen/mapihost_i.c: $(IDL) $(IDL_ALL) | deps
	@mkdir -p $(@D)
	$(Q)$(WIDL) $(WIDL_PATHS) -u -o $@ $<

# ---- programs, for each bitness ---------------------------------------------------------------------------
define arch_rules
obj_$(1) = $$(patsubst %.c,$(B)/$(1)/obj/%.o,$$(1))
LIB_$(1) := $(D)/$(1)/lib
$(B)/$(1)/obj/$(B)/gen/%.o: WARN :=

$(B)/$(1)/obj/%.o: %.c $(B)/include/mapidefs.h | deps $(GEN_H)
	$$(call say,CC     $$@)
	@mkdir -p $$(@D)
	$$(Q)$$(CC_$(1)) -std=gnu11 $$(CFLAGS) -ffunction-sections -fdata-sections $$(WARN) $$(DEFS) $$(INCS) \
		-isystem $(D)/$(1)/include -MMD -MP -c $$< -o $$@

$(B)/$(1)/obj/%.res.o: server/%.rc server/version.h $(if $(IDL),$(B)/$(1)/mapihost.tlb) | deps
	$$(call say,RC     $$@)
	@mkdir -p $$(@D)
	$$(Q)$$(WINDRES_$(1)) -Iserver -I$(B)/$(1) -O coff $$< -o $$@

$(B)/$(1)/mapihost.tlb: $(IDL) $(IDL_ALL) | deps
	$$(call say,WIDL   $$@)
	@mkdir -p $$(@D)
	$$(Q)$$(WIDL) $$(WIDL_$(1)) $$(WIDL_PATHS) -t -o $$@ $$<

$(B)/$(1)/mapihost.exe: $$(call obj_$(1),$(SRC_mapihost)) $(B)/$(1)/obj/mapihost.res.o
	$$(call say,LINK   $$@)
	$$(Q)$$(CC_$(1)) $$(LDFLAGS) -mwindows $$(call unicode,$(MAIN_mapihost)) -o $$@ $$(filter %.o,$$^) -L$$(LIB_$(1)) $$(LIBS)

$(B)/$(1)/mapictl.exe: $$(call obj_$(1),$(SRC_mapictl)) $(B)/$(1)/obj/mapictl.res.o
	$$(call say,LINK   $$@)
	$$(Q)$$(CC_$(1)) $$(LDFLAGS) -mconsole $$(call unicode,$(MAIN_mapictl)) -o $$@ $$(filter %.o,$$^) -L$$(LIB_$(1)) $$(LIBS)

# mapilocal.def has both names of each utility function (HrQueryAllRows, HrQueryAllRows@24) for both bitnesses.
$(B)/$(1)/mapilocal.dll: $$(call obj_$(1),$(SRC_mapilocal)) $(B)/$(1)/obj/mapilocal.res.o $(MAIN_mapilocal)
	$$(call say,LINK   $$@)
	$$(Q)$$(CC_$(1)) $$(LDFLAGS) -shared -Wl,--enable-stdcall-fixup -o $$@ $$(filter %.o %.def,$$^) -L$$(LIB_$(1)) $$(LIBS)

objects_$(1) := $$(call obj_$(1),$(sort $(SRC_mapihost) $(SRC_mapilocal) $(SRC_mapictl)))
programs_$(1) := $(if $(IDL),$(B)/$(1)/mapihost.tlb) $(if $(MAIN_mapihost),$(B)/$(1)/mapihost.exe) \
	$(if $(MAIN_mapilocal),$(B)/$(1)/mapilocal.dll) $(if $(MAIN_mapictl),$(B)/$(1)/mapictl.exe)
all: $$(objects_$(1)) $$(programs_$(1))
programs: $$(programs_$(1))
-include $$(objects_$(1):.o=.d)
endef
$(foreach a,$(ARCHES),$(eval $(call arch_rules,$(a))))

# ---- tests and benchmarks bring their own rules ------------------------------------------------------------
include tests/tests.mk
include $(wildcard tests/*/*.mk tools/interop/*.mk registry/*.mk)

# ---- the demo and the chores -----------------------------------------------------------------------------------
.PHONY: demo lint format clean clean-all help
demo: programs
	@tools/demo

lint: $(B)/include/mapidefs.h $(GEN_H) | deps
	@tools/setup lint
	@tools/check-style; style=$$?; tools/lint $(INCS) && exit $$style

format:
	@tools/setup lint
	@clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	rm -rf $(addprefix $(B)/,$(ARCHES) native gen include test demo demo.mails bench logs)

# Also what was fetched, the libraries made of it, and the Wine prefix.
clean-all: clean
	rm -rf $(B)

help:
	@sed -n 's/^#? //p' $(MAKEFILE_LIST)
#?
#? make             builds mapihost.exe, mapilocal.dll, mapictl.exe and mapihost.tlb in build/x86_64 and build/i686
#? make demo        imports real mail and lists it from a VBScript, through the server
#? make test        all tests; the last line is "N passed, N failed, N skipped"
#? make unit, check-provider, check-com, check-clients    one suite each
#? make bench       timings
#? make lint        cppcheck, clang-tidy and the style rules that can be checked
#? make format      clang-format over all C files
#? make interop     samples/csharp/MapiHost.Interop.cs anew;  make reg: registry/*.reg anew
#? make clean       removes what was built; clean-all also what was fetched and the Wine prefix
#?
#? ARCHES="x86_64"  builds one bitness only      V=1  shows the commands
