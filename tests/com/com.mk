# `make fuzz-com`: random calls of every member, on the test mailboxes.
FUZZ_COM := $(B)/x86_64/tests/fuzz_invoke.exe
$(FUZZ_COM): tests/com/long/fuzz_invoke.c $(wildcard tests/support/dispatch.*) | deps
	@mkdir -p $(@D)
	$(Q)$(CC_x86_64) -std=gnu11 $(CFLAGS) $(WARN) $(DEFS) -Itests/support -isystem $(D)/x86_64/include $(LDFLAGS) -o $@ \
		$(filter %.c,$^) -L$(D)/x86_64/lib -lcmocka -lole32 -loleaut32 -luuid

# A short run is part of the suite com (tools/run-suite).
$(if $(filter x86_64,$(ARCHES)),check-com: $(FUZZ_COM))

.PHONY: fuzz-com
fuzz-com: programs $(FUZZ_COM)
	@tools/make-mailboxes $(B)/fuzz-com && tools/register x86_64 && tools/wine-run $(abspath $(FUZZ_COM))

#? make soak             200,000 mixed calls by clients that are killed at random, and 10,000 openings in C and in C#
SOAK_CALLS ?= 200000
SOAK_LOOPS ?= 10000
SOAK_TEMP := $(abspath $(B)/soak-temp)
.PHONY: soak
soak: programs $(B)/x86_64/tests/com/test_soak.exe $(B)/x86_64/tests/com/test_scale.exe
	@tools/setup dotnet
	@rm -rf $(SOAK_TEMP) && mkdir -p $(SOAK_TEMP)
	@tools/make-mailboxes $(B)/soak && tools/register x86_64
	@MAPIHOST_SOAK_CALLS=$(SOAK_CALLS) tools/wine-run $(abspath $(B)/x86_64/tests/com/test_soak.exe)
	@MAPIHOST_GC_LOOPS=$(SOAK_LOOPS) MAPIHOST_TEST_TEMP_UNIX=$(SOAK_TEMP) tests/clients/run-csharp lifetime
	@MAPIHOST_LOOPS=$(SOAK_LOOPS) MAPIHOST_TEST_SERVER=x86_64 MAPIHOST_TEST_TEMP='Z:$(subst /,\,$(SOAK_TEMP))' \
		MAPIHOST_TEST_BIN='Z:$(subst /,\,$(abspath $(B)/x86_64))' tools/wine-run $(abspath $(B)/x86_64/tests/com/test_scale.exe)
