# setup-steps.sh: the steps of tools/setup. Each makes one thing below build/deps and is skipped when its stamp is there.

# ---- packages: each with a file that shows it is installed ------------------------------------------------
packages=(
    mingw-w64:/usr/bin/i686-w64-mingw32-gcc
    mingw-w64-tools:/usr/bin/x86_64-w64-mingw32-widl
    wine:/usr/bin/wine
    wine64:/usr/lib/wine/wine64
    libwine-dev:/usr/include/wine/wine/windows/oaidl.idl
    gcc:/usr/bin/gcc
    libc6-dev:/usr/include/stdio.h
    make:/usr/bin/make
    cmake:/usr/bin/cmake
    libcmocka-dev:/usr/include/cmocka.h
    npm:/usr/bin/npm
    dpkg-dev:/usr/bin/dpkg-source
    xz-utils:/usr/bin/xz
    pst-utils:/usr/bin/readpst
)

lint_packages=(
    cppcheck:/usr/bin/cppcheck
    clang-tidy:/usr/bin/clang-tidy
    clang-format:/usr/bin/clang-format
)

fuzz_packages=(
    clang:/usr/bin/clang
    libclang-rt-14-dev:/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a
)

# setup_packages [lint|fuzz]: installs what is missing
setup_packages() {
    local row missing=() root=() wanted=("${packages[@]}")
    [ "${1-}" != lint ] || wanted+=("${lint_packages[@]}")
    [ "${1-}" != fuzz ] || wanted+=("${fuzz_packages[@]}")
    for row in "${wanted[@]}"; do
        [ -e "${row#*:}" ] || missing+=("${row%%:*}")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    say "installing ${missing[*]}"
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    logged packages "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
        { logged packages "${root[@]}" apt-get update &&
            logged packages "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } ||
        die "could not install packages; as root, run: apt-get update && apt-get install ${missing[*]}"
}

# ---- libs: static libraries -----------------------------------------------------------------------------
sqlite_options=(-DSQLITE_THREADSAFE=1 -DSQLITE_DQS=0 -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_OMIT_LOAD_EXTENSION)

# compiler ARCH TOOL: the tool's name for x86_64, i686 or native
compiler() { if [ "$1" = native ]; then echo "$2"; else echo "$1-w64-mingw32-$2"; fi; }

setup_libs() {
    step sqlite "$(pin npm better-sqlite3 3) ${sqlite_options[*]}" make_sqlite
    step cmocka "$(pin source cmocka 3)" make_cmocka
    step libetpan "$(pin source libetpan 3) $(cat tools/libetpan/* | cksum)" make_libetpan
}

make_sqlite() {
    local tarball source=$deps/src/sqlite arch jobs=()
    tarball=$(fetch_npm better-sqlite3)
    rm -rf "$source" && mkdir -p "$source"
    tar -xzf "$tarball" -C "$source" --strip-components=3 package/deps/sqlite3
    say "building SQLite for native, x86_64 and i686 (two minutes)"
    for arch in native x86_64 i686; do
        mkdir -p "$deps/$arch/lib" "$deps/$arch/include"
        cp "$source/sqlite3.h" "$deps/$arch/include/"
        make_sqlite_for "$arch" &
        jobs+=($!)
    done
    for arch in "${jobs[@]}"; do
        wait "$arch" || die "SQLite does not compile: see build/logs/sqlite-*.log"
    done
}

make_sqlite_for() {
    local arch=$1 object=$deps/src/sqlite/sqlite3-$1.o
    logged "sqlite-$arch" "$(compiler "$arch" gcc)" -O2 -g "${sqlite_options[@]}" -c "$deps/src/sqlite/sqlite3.c" -o "$object"
    rm -f "$deps/$arch/lib/libsqlite3.a"
    "$(compiler "$arch" ar)" rcs "$deps/$arch/lib/libsqlite3.a" "$object"
}

make_cmocka() {
    local source=$deps/src/cmocka arch tarball
    tarball=$(fetch_source cmocka)
    say "building cmocka for x86_64 and i686"
    for arch in x86_64 i686; do
        rm -rf "$source-$arch" && mkdir -p "$source-$arch/build" "$deps/$arch/lib" "$deps/$arch/include"
        tar -xJf "$tarball" -C "$source-$arch" --strip-components=1
        logged "cmocka-$arch" cmake -S "$source-$arch" -B "$source-$arch/build" -DCMAKE_SYSTEM_NAME=Windows \
            -DCMAKE_C_COMPILER="$arch-w64-mingw32-gcc" -DCMAKE_BUILD_TYPE=Release -DWITH_STATIC_LIB=ON -DBUILD_SHARED_LIBS=OFF \
            -DWITH_EXAMPLES=OFF -DUNIT_TESTING=OFF &&
            logged "cmocka-$arch" make -C "$source-$arch/build" cmocka-static ||
            logged "cmocka-$arch" make -C "$source-$arch/build" ||
            die "cmocka does not build: see build/logs/cmocka-$arch.log"
        cp "$(find "$source-$arch/build" -name 'libcmocka*.a' ! -name '*.dll.a' | head -n 1)" "$deps/$arch/lib/libcmocka.a"
        cp "$source-$arch"/include/cmocka*.h "$deps/$arch/include/"
    done
}

make_libetpan() {
    local source=$deps/src/libetpan tarball arch file objects
    tarball=$(fetch_source libetpan)
    rm -rf "$source" && mkdir -p "$source"
    tar -xJf "$tarball" -C "$source" --strip-components=1
    say "building libetpan's message parser for native, x86_64 and i686"
    for arch in native x86_64 i686; do
        mkdir -p "$source/obj-$arch" "$deps/$arch/include/libetpan" "$deps/$arch/lib"
        cp "$source"/src/data-types/{base64,carray,charconv,chash,clist,mmapstring}.h \
            "$source"/src/low-level/{imf,mime}/*.h "$source/src/data-types/mail.h" tools/libetpan/libetpan-config.h \
            "$deps/$arch/include/libetpan/"
        objects=() posix=()
        [ "$arch" = native ] && posix=(-include unistd.h -include sys/mman.h)
        for file in "$source"/src/data-types/{base64,carray,charconv,chash,clist,mmapstring,timeutils}.c \
            "$source"/src/low-level/{imf,mime}/*.c; do
            objects+=("$source/obj-$arch/$(basename "$file" .c).o")
            logged "libetpan-$arch" "$(compiler "$arch" gcc)" -O2 -g -ffunction-sections -D_GNU_SOURCE -D_WIN32_WINNT=0x0601 -DHAVE_PTHREAD_H=1 -Werror=implicit-function-declaration "${posix[@]}" \
                -Itools/libetpan -I"$deps/$arch/include" -I"$deps/$arch/include/libetpan" -I"$source/src/data-types" \
                -c "$file" -o "${objects[-1]}" || die "libetpan does not compile: see build/logs/libetpan-$arch.log"
        done
        rm -f "$deps/$arch/lib/libetpan.a"
        "$(compiler "$arch" ar)" rcs "$deps/$arch/lib/libetpan.a" "${objects[@]}"
    done
}
