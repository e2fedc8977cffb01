# wine-env.sh: sourced by the tools that use Wine: the project's prefix and how to start programs in it.
#
# Sets top, prefix, wine, wineserver and Wine's environment. Nothing of the user's Wine, home folder or
# display is used. Limits: Debian's Wine (or any other that lies in PATH).
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
prefix=${MAPIHOST_PREFIX:-$top/build/prefix}
# Wine works out its folders from real paths.
deps=$(realpath -m "$top/build/deps")
wine32_parts=$deps/wine32/usr/lib/i386-linux-gnu/wine

# Debian's /usr/bin/wine is a script that asks for the 32-bit package; the loader behind it needs none. Where 32-bit code
# is emulated, set-up made a loader of our own beside the emulated one.
if [ -f "$deps/wine32/emulated" ]; then
    wine=$deps/wine32/usr/lib/wine/wine64 wineserver=$deps/wine32/usr/lib/wine/wineserver
elif [ -x /usr/lib/wine/wine64 ]; then
    wine=/usr/lib/wine/wine64 wineserver=/usr/lib/wine/wineserver
else
    wine=$(command -v wine64 || command -v wine) || { echo "wine-run: Wine is not installed: run make deps" >&2; exit 1; }
    wineserver=wineserver
fi
export WINEPREFIX=$prefix WINEARCH=win64 WINELOADER=$wine WINEDEBUG=${WINEDEBUG--all}
# No Mono or Gecko installers, no desktop integration; the home folder that programs see lies in the prefix.
export WINEDLLOVERRIDES=${WINEDLLOVERRIDES-"mscoree,mshtml,winemenubuilder.exe="}
export HOME=$prefix.home
unset DISPLAY WAYLAND_DISPLAY XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME
[ ! -d "$wine32_parts/i386-windows" ] || export WINEDLLPATH=$wine32_parts${WINEDLLPATH:+:$WINEDLLPATH}

# wine32_reason: true when 32-bit programs run in the prefix (which must have been made); otherwise says why not.
wine32_reason() {
    if [ ! -d "$wine32_parts/i386-windows" ]; then
        echo "no 32-bit Wine here: run tools/setup wine32, which fetches it into build/deps, and remove build/prefix"
    elif [ ! -f "$prefix/drive_c/windows/syswow64/cscript.exe" ]; then
        echo "32-bit code does not run under this machine's kernel (Wine could not start its 32-bit part)"
    else
        return 0
    fi
    return 1
}

# fill_prefix PREFIX: makes or updates a prefix by wineboot, which takes a while, with the settings that all tools need
fill_prefix() (
    export WINEPREFIX=$1 HOME=$1.home
    mkdir -p "$WINEPREFIX" "$HOME"
    {
        "$wine" wineboot.exe --update &&
            "$wine" reg.exe add 'HKCU\Software\Wine' /v Version /d win10 /f &&
            "$wine" reg.exe add 'HKCU\Software\Wine\WineDbg' /v ShowCrashDialog /t REG_DWORD /d 0 /f &&
            # The first activation must not meet services that are still starting.
            "$wineserver" -w
    } </dev/null >"$prefix.log" 2>&1
)

# copy_prefix: makes the prefix a copy of the template in build/deps, which is made on first use
copy_prefix() {
    local template=$deps/wine-prefix-$1 link
    (
        flock 9
        [ ! -f "$template/.mapihost-ready" ] || exit 0
        rm -rf "$template" "$template.home"
        fill_prefix "$template" 9>&- || exit 1
        touch "$template/.mapihost-ready"
    ) 9>"$template.lock" || return 1
    rm -rf "$prefix"
    cp -a "$template" "$prefix" || return 1
    rm "$prefix/.mapihost-ready"
    # The user's folders lead to the home folder.
    find "$prefix/drive_c/users" -type l -lname "$template.home" | while IFS= read -r link; do ln -sfn "$HOME" "$link"; done
}

# make_prefix: makes the prefix on first use, once, whoever asks first; and adds its 32-bit part when that came later.
make_prefix() {
    local ready=$prefix/.mapihost-ready parts=64
    [ ! -d "$wine32_parts/i386-windows" ] || parts=64+32
    [ "$(cat "$ready" 2>/dev/null)" != $parts ] || return 0
    mkdir -p "$(dirname "$prefix")" "$HOME"
    (
        flock 9
        [ "$(cat "$ready" 2>/dev/null)" != $parts ] || exit 0
        echo "wine-run: making the Wine prefix ${prefix#"$top/"}" >&2
        if [ -f "$ready" ]; then
            "$wineserver" -k || true
            rm -f "$prefix/.update-timestamp"
            fill_prefix "$prefix" 9>&- || exit 1
        else
            copy_prefix $parts 9>&- || exit 1
        fi
        echo $parts >"$ready"
    ) 9>"$prefix.lock" || { echo "wine-run: the Wine prefix could not be made: see $prefix.log" >&2; exit 1; }
}
