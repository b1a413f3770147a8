# Sourced by tests/run and bindings/demo: finds the tools they need, and on Debian and Ubuntu
# installs the missing ones. Offers setup_tools and setup_jobs.

# Each tool: how to see that it is there; its package for apt, dnf, pacman and brew ("-": comes
# with another or with the system).
setup_table='
cc         build-essential    gcc-c++             base-devel  -
cmake      cmake              cmake               cmake       cmake
ninja      ninja-build        ninja-build         ninja       ninja
pkg-config pkg-config         pkgconf-pkg-config  pkgconf     pkgconf
zlib       zlib1g-dev         zlib-devel          zlib        -
deflate    libdeflate-dev     libdeflate-devel    libdeflate  libdeflate
bz2        libbz2-dev         bzip2-devel         bzip2       bzip2
lzma       liblzma-dev        xz-devel            xz          xz
lz4        liblz4-dev         lz4-devel           lz4         lz4
zstd       libzstd-dev        libzstd-devel       zstd        zstd
jansson    libjansson-dev     jansson-devel       jansson     jansson
swig       swig               swig                swig        swig
lua        lua5.4             lua                 lua         lua
lua-h      liblua5.4-dev      lua-devel           lua         lua
ruby       ruby               ruby                ruby        ruby
ruby-h     ruby-dev           ruby-devel          ruby        ruby
go         golang-go          golang              go          go
clang      clang              clang               clang       llvm
clang-rt   libclang-rt-dev    compiler-rt         compiler-rt llvm
format     clang-format       clang-tools-extra   clang       llvm
tidy       clang-tidy         clang-tools-extra   clang       llvm
python3    python3            python3             python      python
jsonschema python3-jsonschema python3-jsonschema  python-jsonschema  -
browser    chromium           chromium            chromium    -
'

setup_has_program() { command -v "$1" >/dev/null 2>&1; }

setup_has_header() { echo "#include <$1>" | cc -E - >/dev/null 2>&1; }

# setup_has_module MODULE: in the Python of PATH, or in that of the system, where packages go.
setup_has_module() {
    for python in python3 /usr/bin/python3; do
        "$python" -c "import $1" >/dev/null 2>&1 && return 0
    done
    return 1
}

setup_has_sanitizers() {
    folder=$(mktemp -d)
    echo 'int main(void) { return 0; }' >"$folder/empty.c"
    clang -fsanitize=address,undefined,fuzzer-no-link "$folder/empty.c" -o "$folder/empty" \
        >/dev/null 2>&1
    found=$?
    rm -rf "$folder"
    return $found
}

# setup_has TOOL: tells whether a tool of the table is there.
setup_has() {
    case $1 in
    cc) setup_has_program cc && setup_has_program c++ && setup_has_program make ;;
    zlib) setup_has_header zlib.h ;;
    deflate) setup_has_header libdeflate.h ;;
    bz2) setup_has_header bzlib.h ;;
    lzma) setup_has_header lzma.h ;;
    lz4) setup_has_header lz4frame.h ;;
    zstd) setup_has_header zstd.h ;;
    jansson) setup_has_header jansson.h ;;
    lua) setup_has_program lua5.4 || { setup_has_program lua && lua -v | grep -q ' 5\.4'; } ;;
    lua-h) setup_has_header lua5.4/lua.h || setup_has_header lua.h ;;
    ruby-h) ruby -rrbconfig -e 'exit File.exist? RbConfig::CONFIG["rubyhdrdir"] + "/ruby.h"' \
        >/dev/null 2>&1 ;;
    clang-rt) setup_has_sanitizers ;;
    format) setup_has_program clang-format ;;
    tidy) setup_has_program clang-tidy ;;
    jsonschema) setup_has_module jsonschema ;;
    browser) setup_has_program chromium || setup_has_program google-chrome ;;
    *) setup_has_program "$1" ;;
    esac
}

# setup_missing COLUMN TOOL...: the packages of the tools that are not there.
setup_missing() {
    column=$1
    shift
    for tool; do
        setup_has "$tool" ||
            echo "$setup_table" | awk -v tool="$tool" -v column="$column" \
                '$1 == tool && $column != "-" {print $column}'
    done | sort -u | tr '\n' ' '
}

setup_with_apt() {
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        setup_has_program sudo || { echo "neither root nor sudo: cannot install" >&2; exit 1; }
    fi
    echo "installing: $*"
    # `env` because sudo drops variables.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

# setup_tools INSTALL TOOL...: returns when all tools are there. INSTALL is yes or no.
setup_tools() {
    install=$1
    shift
    if setup_has_program apt-get; then manager=apt-get column=2
    elif setup_has_program dnf; then manager=dnf column=3
    elif setup_has_program pacman; then manager=pacman column=4
    elif setup_has_program brew; then manager=brew column=5
    else manager= column=2; fi

    missing=$(setup_missing $column "$@")
    [ -n "$missing" ] || return 0
    if [ "$install" = yes ] && [ "$manager" = apt-get ]; then
        # shellcheck disable=SC2086  # a list of words
        setup_with_apt $missing
        missing=$(setup_missing $column "$@")
        [ -n "$missing" ] || return 0
    fi
    echo "missing packages${manager:+ of $manager}: $missing" >&2
    exit 1
}

# setup_jobs: the number of processors.
setup_jobs() {
    getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2
}
