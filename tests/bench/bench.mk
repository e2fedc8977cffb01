# `make bench`: the benchmark program and the no-op server (64-bit); tests/bench/run starts them.
BENCH := $(B)/x86_64/tests/bench
BENCH_FLAGS := -std=gnu11 $(CFLAGS) $(WARN) $(DEFS) $(INCS) -isystem $(D)/x86_64/include

$(B)/gen/noop.h: tests/bench/noop.idl | deps
	@mkdir -p $(@D)
	$(Q)$(WIDL) $(WIDL_PATHS) -h -o $@ $<

$(BENCH)/noop.tlb: tests/bench/noop.idl | deps
	@mkdir -p $(@D)
	$(Q)$(WIDL) -m64 $(WIDL_PATHS) -t -o $@ $<

$(BENCH)/noop_server.exe: tests/bench/noop_server.c $(B)/gen/noop.h
	@mkdir -p $(@D)
	$(call say,CC     $@)
	$(Q)$(CC_x86_64) $(BENCH_FLAGS) $(LDFLAGS) -municode -mwindows -o $@ $< -lole32 -loleaut32 -luuid -ladvapi32

$(BENCH)/bench.exe: $(wildcard tests/bench/bench*.c tests/bench/*.h tests/support/dispatch.*) $(B)/include/mapidefs.h | deps
	@mkdir -p $(@D)
	$(call say,CC     $@)
	$(Q)$(CC_x86_64) $(BENCH_FLAGS) $(LDFLAGS) -municode -o $@ $(filter %.c,$^) -L$(D)/x86_64/lib -lsqlite3 -lole32 \
		-loleaut32 -luuid -lpsapi

.PHONY: bench
bench: programs $(BENCH)/bench.exe $(BENCH)/noop_server.exe $(BENCH)/noop.tlb
	@tests/bench/run $(B)
