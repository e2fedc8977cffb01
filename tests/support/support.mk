# wrapmapi.dll: the MAPI with a test's wishes, of each bitness; suites com and clients use it.
define wrapmapi_rules
$(B)/$(1)/tests/wrapmapi.dll: $(wildcard tests/support/wrapmapi/*) server/provider/guids.c server/mapi/mapi_loader.h $(B)/include/mapidefs.h | deps
	$$(call say,LINK   $$@)
	@mkdir -p $$(@D)
	$$(Q)$$(CC_$(1)) -std=gnu11 $$(CFLAGS) $$(WARN) $$(DEFS) $$(INCS) -shared $$(LDFLAGS) -Wl,--enable-stdcall-fixup -o $$@ \
		$$(filter %.c %.def,$$^) -luuid
check-com check-clients: $(B)/$(1)/tests/wrapmapi.dll
endef
$(foreach a,$(ARCHES),$(eval $(call wrapmapi_rules,$(a))))
