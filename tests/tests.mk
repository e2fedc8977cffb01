# tests.mk: how the tests are built and run. Included by the Makefile. Every suite finds its programs by wildcard.
#
#   tests/unit/test_*.c      one native program each, under ASan and UBSan, with the portable core
#   tests/provider/test_*.c  one PE program each and bitness; MAPI calls into mapilocal.dll alone
#   tests/com/test_*.c       one PE program each and bitness, against the registered server or its objects in-process
#   tests/coverage/          whether com and clients called every member of the type library
#   tests/clients/           the scenario in each language: *.vbs, *.js, *.cs and test_*.c, each with both servers
# Other C files of provider/ and com/, and tests/support/, are linked into each program of the suite. tools/run-suite
# says what environment the programs find.

TESTS := unit check-provider check-com check-clients check-coverage
.PHONY: test $(TESTS)
TEST_SECONDS ?= 240

# ---- unit: native ------------------------------------------------------------------------------------------
N := $(B)/native
NATIVE_CC ?= gcc
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
NATIVE_CFLAGS := -std=gnu11 -O1 -g -fno-omit-frame-pointer $(SANITIZE) $(WARN) -fshort-wchar -DWINBOOL=BOOL -D__LONG32=int \
	$(INCS) -isystem $(D)/native/include -isystem /usr/include/wine/wine/windows
# Sources that only make sense on Windows are named *_win.c.
core_src := $(filter-out %_win.c,$(call src,$(addprefix server/,base mime provider/storage provider/msgfile))) \
	$(addprefix server/provider/,memory.c restrict_eval.c entryid.c addrbook_id.c util_props.c)
core_obj := $(patsubst %.c,$(N)/obj/%.o,$(core_src))
unit_src := $(wildcard tests/unit/test_*.c)
unit_help := $(filter-out $(unit_src),$(wildcard tests/unit/*.c))
unit_bin := $(patsubst tests/unit/%.c,$(N)/unit/%,$(unit_src))

$(N)/obj/%.o: %.c $(B)/include/mapidefs.h | deps
	$(call say,CC     $@)
	@mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(NATIVE_CFLAGS) -MMD -MP -c $< -o $@

$(N)/libcore.a: $(core_obj)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(N)/unit/%: $(N)/obj/tests/unit/%.o $(patsubst %.c,$(N)/obj/%.o,$(unit_help)) $(N)/libcore.a
	$(call say,LINK   $@)
	@mkdir -p $(@D)
	$(Q)$(NATIVE_CC) $(SANITIZE) -o $@ $^ -L$(D)/native/lib -lcmocka -letpan -lsqlite3 -lpthread -lm

-include $(patsubst %.c,$(N)/obj/%.d,$(core_src) $(unit_src) $(unit_help))
.SECONDARY: $(core_obj) $(patsubst %.c,$(N)/obj/%.o,$(unit_src) $(unit_help))

unit: $(unit_bin)
	@tools/run-suite $(RUN_FLAGS) unit

# ---- provider and com: PE programs, both bitnesses ---------------------------------------------------------
# $(1): bitness, $(2): suite (provider, com or clients)
define suite_rules
$(2)_src := $$(wildcard tests/$(2)/test_*.c)
$(2)_help := $$(filter-out $$($(2)_src),$$(wildcard tests/$(2)/*.c)) $$(wildcard tests/support/*.c)
$(2)_bin_$(1) := $$(patsubst tests/$(2)/%.c,$(B)/$(1)/tests/$(2)/%.exe,$$($(2)_src))

$(B)/$(1)/tests/$(2)/%.exe: $(B)/$(1)/obj/tests/$(2)/%.o $$(patsubst %.c,$(B)/$(1)/obj/%.o,$$($(2)_help)) $(B)/$(1)/libserver.a
	$$(call say,LINK   $$@)
	@mkdir -p $$(@D)
	$$(Q)$$(CC_$(1)) $$(LDFLAGS) -mconsole -o $$@ $$^ -L$(D)/$(1)/lib -lcmocka $$(LIBS)

-include $$(patsubst %.c,$(B)/$(1)/obj/%.d,$$($(2)_src) $$($(2)_help))
.SECONDARY: $$(patsubst %.c,$(B)/$(1)/obj/%.o,$$($(2)_src) $$($(2)_help))
endef

define arch_test_rules
INC_TESTS_$(1) := -Itests/support
$(B)/$(1)/obj/tests/%.o: INCS += -Itests/support
# Compiled once and run for a moment.
$(B)/$(1)/obj/tests/%.o: CFLAGS += -O0
# The server's layers, for tests that use them in-process: only what a test refers to is linked.
$(B)/$(1)/libserver.a: $$(filter-out %/server/main.o,$$(call obj_$(1),$(SRC_mapihost)))
	@rm -f $$@
	$$(Q)$(1)-w64-mingw32-ar rcs $$@ $$^
endef
$(foreach a,$(ARCHES),$(eval $(call arch_test_rules,$(a))) \
	$(foreach s,provider com clients,$(eval $(call suite_rules,$(a),$(s)))))

$(foreach s,provider com,check-$(s)): check-%: programs test-setup
check-provider: $(foreach a,$(ARCHES),$(provider_bin_$(a)))
	@tools/run-suite $(RUN_FLAGS) provider

check-com: $(foreach a,$(ARCHES),$(com_bin_$(a)))
	@tools/run-suite $(RUN_FLAGS) com

check-clients: programs test-setup $(B)/gen/MapiHost.Interop.cs $(foreach a,$(ARCHES),$(clients_bin_$(a)))
	@tools/setup dotnet
	@tools/run-suite $(RUN_FLAGS) clients

# Last: whether com and clients called every member of the type library.
coverage_bin := $(B)/x86_64/tests/check_coverage.exe
$(coverage_bin): tests/coverage/check_coverage.c | deps
	$(call say,LINK   $@)
	@mkdir -p $(@D)
	$(Q)$(CC_x86_64) -std=gnu11 $(CFLAGS) $(WARN) $(DEFS) $(LDFLAGS) -municode -o $@ $< -lole32 -loleaut32 -luuid

check-coverage: programs $(if $(filter x86_64,$(ARCHES)),$(coverage_bin))
	@tools/run-suite $(RUN_FLAGS) coverage

.PHONY: test-setup
test-setup: | deps
	@tools/setup wine32 corpora

# ---- all of them: the last line is "N passed, N failed, N skipped" ----------------------------------------------
test:
	@rm -rf $(B)/test/*.sum $(addprefix $(B)/test/,unit provider com clients coverage calls)
	@for suite in $(TESTS); do $(MAKE) --no-print-directory RUN_FLAGS=--no-sum $$suite || \
		{ mkdir -p $(B)/test/$$suite && echo "0 1 0" >$(B)/test/$$suite/build.sum; echo "  FAIL  $$suite: make $$suite failed"; }; done
	@tools/sum-tests

# ---- fuzz: libFuzzer targets; not part of `make test` ------------------------------------------------------------
# (pointer-overflow: NULL + 0, which the checker reports for empty buffers, is harmless)
F := $(B)/fuzz
FUZZ_SECONDS ?= 20
fuzz_names := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz_obj := $(patsubst %.c,$(F)/obj/%.o,$(core_src) tests/unit/msg_memory.c tests/unit/native_guids.c)
FUZZ_CFLAGS := $(filter-out -fno-sanitize-recover=all,$(NATIVE_CFLAGS)) -fno-sanitize-recover=undefined -fno-sanitize=pointer-overflow -Itests/unit

$(F)/obj/%.o: %.c $(B)/include/mapidefs.h | deps
	@mkdir -p $(@D)
	$(Q)clang $(FUZZ_CFLAGS) -w -fsanitize=fuzzer-no-link -MMD -MP -c $< -o $@

$(F)/libcore.a: $(fuzz_obj)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(F)/fuzz_%: tests/fuzz/fuzz_%.c $(F)/libcore.a
	$(call say,FUZZ   $@)
	$(Q)clang $(FUZZ_CFLAGS) -w -fsanitize=fuzzer $< $(F)/libcore.a -o $@ \
		-L$(D)/native/lib -letpan -lsqlite3 -lpthread -lm

#? make fuzz             runs the libFuzzer targets for FUZZ_SECONDS each
.PHONY: fuzz
fuzz: fuzz-setup
	@$(MAKE) --no-print-directory run-fuzz

.PHONY: fuzz-setup run-fuzz
fuzz-setup:
	@tools/setup fuzz corpora

run-fuzz: $(addprefix $(F)/fuzz_,$(fuzz_names)) $(N)/unit/test_fuzz
	@mkdir -p $(F) && $(N)/unit/test_fuzz --seeds $(F)/seeds
	@for name in $(fuzz_names); do mkdir -p $(F)/corpus-$$name; echo "fuzz $$name"; seeds=$(F)/seeds/$$name; \
		[ $$name != mime ] || seeds="$$seeds $(D)/corpora/python $(D)/corpora/notmuch"; \
		$(F)/fuzz_$$name -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=4096 -timeout=120 -max_len=30000 -len_control=0 -artifact_prefix=$(F)/$$name- \
			$(F)/corpus-$$name $$seeds >$(F)/$$name.log 2>&1 || { tail -40 $(F)/$$name.log; exit 1; }; \
		grep DONE $(F)/$$name.log; done

# ---- samples in C, built so that they stay right ----------------------------------------------------------------
.PHONY: samples
samples: $(B)/x86_64/samples/list_folders.exe
$(B)/x86_64/samples/%.exe: samples/c/%.c $(GEN_H) $(GEN_C)
	$(call say,CC     $@)
	@mkdir -p $(@D)
	$(Q)$(CC_x86_64) -std=gnu11 $(CFLAGS) $(WARN) -I$(B)/gen $(LDFLAGS) -o $@ $< $(GEN_C) -lole32 -loleaut32 -luuid
check-clients: samples
