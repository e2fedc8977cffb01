# `make interop`: samples/csharp/MapiHost.Interop.cs anew from the type library.
$(B)/x86_64/gen_interop.exe: tools/interop/gen_interop.c
	@mkdir -p $(@D)
	$(call say,CC     $@)
	$(Q)$(CC_x86_64) -std=gnu11 $(CFLAGS) $(WARN) $(DEFS) $(LDFLAGS) -municode -o $@ $< -lole32 -loleaut32 -luuid

$(B)/gen/MapiHost.Interop.cs: $(B)/x86_64/gen_interop.exe $(B)/x86_64/mapihost.tlb
	$(Q)tools/wine-run $< $(abspath $(B)/x86_64/mapihost.tlb) $(abspath $@)

.PHONY: interop
interop: $(B)/gen/MapiHost.Interop.cs
	cp $< samples/csharp/MapiHost.Interop.cs
