# setup-fetch.sh: verified downloads, part of tools/setup (which sets downloads, deps and logs).
#
# Limits: speaks to registries only through their own clients (npm, apt); where those look is this machine's
# configuration, read and never edited.

# pin KIND NAME COLUMN: a column of the row in tools/pins (3 version, 4 file, 5 SHA-256).
pin() { awk -v kind="$1" -v name="$2" -v col="$3" '$1 == kind && $2 == name { print $col }' "$top/tools/pins"; }

# verified FILE SHA256: true when the file is there and is the pinned one.
verified() { [ -f "$1" ] && echo "$2  $1" | sha256sum --check --status; }

# fetch_npm NAME: the npm package's tarball into build/downloads; prints its path.
fetch_npm() {
    local name=$1 version file sum
    version=$(pin npm "$name" 3) file=$(pin npm "$name" 4) sum=$(pin npm "$name" 5)
    if ! verified "$downloads/$file" "$sum"; then
        say "fetching $name $version (npm)" >&2
        (
            # npm takes its cache, logs and working folder from here, not from the home directory.
            export npm_config_cache=$downloads/npm-cache npm_config_update_notifier=false
            mkdir -p "$downloads/new" && cd "$downloads/new"
            logged "npm-$name" npm pack --ignore-scripts "$name@$version"
        ) || die "npm could not fetch $name $version: check the network (npm config get registry) and run make again"
        verified "$downloads/new/$file" "$sum" || die "$file is not the pinned file (SHA-256 differs): see tools/pins"
        mv "$downloads/new/$file" "$downloads/$file"
    fi
    echo "$downloads/$file"
}

# debian_sources: this machine's Debian archives, one "uri release" each, as apt knows them.
debian_sources() {
    apt-get indextargets --format '$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)' |
        awk -F'|' '$1 == "Packages" && $4 == "main" && $3 ~ /^[a-z]+(-updates|-security)?$/ && /debian/ { print $2, $3 }' |
        sort -u
}

# private_apt KIND ARCH [RELEASE]: makes a private apt configuration (its own list, lists and cache) of the kind deb or
# deb-src, for this machine's releases or another one, and updates it; sets the array apt_options for the calls that follow.
private_apt() {
    local kind=$1 arch=$2 other=${3-} folder=$downloads/apt-$1-$2${3:+-$3} keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    local signed=
    [ -f "$keyring" ] && signed=" signed-by=$keyring"
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    debian_sources | while read -r uri release; do
        if [ -n "$other" ]; then
            # The archive that has the release itself, not its updates.
            [[ $release == *-* ]] && continue
            release=$other
        fi
        echo "$kind [arch=$arch$signed] $uri $release main"
    done >"$folder/sources.list"
    [ -s "$folder/sources.list" ] || die "apt knows no Debian archive (apt-get indextargets): run apt-get update once"
    apt_options=("-oDir::Etc::sourcelist=$folder/sources.list" -oDir::Etc::sourceparts=/dev/null
        "-oDir::State::Lists=$folder/lists" "-oDir::Cache=$folder/cache" -oAPT::Sandbox::User=root -oAPT::Get::List-Cleanup=0)
    if [ "$arch" != "$(dpkg --print-architecture)" ]; then
        apt_options+=("-oAPT::Architecture=$arch" "-oAPT::Architectures=$arch" -oDir::State::status=/dev/null)
    fi
    [ -z "$(find "$folder/updated" -mmin -120 2>/dev/null)" ] || return 0
    # A mirror in the middle of an update fails for some lists; what is needed may be in the others.
    logged "apt-$kind-$arch" apt-get "${apt_options[@]}" update 2>/dev/null ||
        say "apt could not read every list (build/logs/apt-$kind-$arch.log); going on with those it could" >&2
    touch "$folder/updated"
}

# fetch_source NAME: the .orig tarball of a Debian source package into build/downloads; prints its path.
fetch_source() {
    local name=$1 file sum
    file=$(pin source "$name" 4) sum=$(pin source "$name" 5)
    if ! verified "$downloads/$file" "$sum"; then
        say "fetching the source of $name $(pin source "$name" 3) (apt)" >&2
        private_apt deb-src "$(dpkg --print-architecture)"
        (cd "$downloads" && logged "source-$name" apt-get "${apt_options[@]}" source --download-only --tar-only "$name") ||
            die "apt could not fetch the source of $name: check the network and run make again"
        verified "$downloads/$file" "$sum" || die "$file is not the pinned file (SHA-256 differs): see tools/pins"
    fi
    echo "$downloads/$file"
}

# fetch_deb NAME[=VERSION] ARCH [RELEASE]: the Debian package into build/downloads (apt checks it against the archive's signed
# lists, so its version may follow the distribution); prints its path.
fetch_deb() {
    local name=$1 arch=$2 release=${3-} found
    found=$downloads/${name%%=*}_$arch.deb
    if [ ! -f "$found" ]; then
        say "fetching ${name%%=*} for $arch (apt)" >&2
        private_apt deb "$arch" $release
        rm -rf "$downloads/new-deb" && mkdir -p "$downloads/new-deb"
        (cd "$downloads/new-deb" && logged "deb-${name%%=*}" apt-get "${apt_options[@]}" download "$name") || return 1
        mv "$downloads"/new-deb/*.deb "$found"
        rmdir "$downloads/new-deb"
    fi
    echo "$found"
}
