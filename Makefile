# MapiHost. `make help` lists the targets. Sources are found by folder; nothing is listed by hand.
ARCHES ?= x86_64 i686
B := build
CC_x86_64 := x86_64-w64-mingw32-gcc
CC_i686 := i686-w64-mingw32-gcc

WARN := -Wall -Wextra -Werror
CFLAGS ?= -O2 -g
DEFS := -DUNICODE -D_UNICODE -DWINVER=0x0601 -D_WIN32_WINNT=0x0601
INCS := -Iserver/base -Iserver/mapi -Iserver/mime -Iserver/com -Iserver/object -Iserver/process -Iserver/provider \
	-Iserver/provider/storage -I$(B)/gen -isystem $(B)/include

src = $(wildcard $(addsuffix /*.c,$(1)))
SRC_mapihost := server/main.c $(call src,server/base server/com server/mapi server/mime server/object server/process)
SRC_mapilocal := $(call src,server/base server/provider server/provider/storage)
SRC_mapictl := $(call src,server/base server/mapi server/mime server/mapictl)

.PHONY: all
all:

define arch_rules
$(B)/$(1)/obj/%.o: %.c $(B)/include/mapidefs.h
	@mkdir -p $$(@D)
	$$(CC_$(1)) -std=gnu11 $$(CFLAGS) $$(WARN) $$(DEFS) $$(INCS) -I$(B)/deps/$(1)/include -MMD -MP -c $$< -o $$@
objects_$(1) := $(patsubst %.c,$(B)/$(1)/obj/%.o,$(sort $(wildcard $(SRC_mapihost) $(SRC_mapilocal) $(SRC_mapictl))))
all: $$(objects_$(1))
-include $$(objects_$(1):.o=.d)
endef
$(foreach a,$(ARCHES),$(eval $(call arch_rules,$(a))))

$(B)/include/mapidefs.h: tools/fix-mapi-headers
	tools/fix-mapi-headers /usr/share/mingw-w64/include $(B)/include
