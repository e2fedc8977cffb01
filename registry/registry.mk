# `make reg`: the .reg files for deployment anew, for an installation in C:\Program Files\MapiHost. Committed as ASCII, which
# reg.exe and regedit take as well as the UTF-16 that /RegFile writes.
INSTALLED_EXE := C:\Program Files\MapiHost\mapihost.exe
reg_file = tools/wine-run $(B)/x86_64/mapihost.exe /RegFile $(abspath $(B))/x86_64/$(1).reg '$(INSTALLED_EXE)' $(2) && \
	iconv -f utf-16 -t ascii $(B)/x86_64/$(1).reg >registry/$(1).reg

.PHONY: reg
reg: programs
	$(Q)$(call reg_file,mapihost)
	$(Q)$(call reg_file,mapihost-user,/PerUser)
