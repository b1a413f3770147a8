#!/bin/sh
# install.sh shared|static SOURCE FOLDER CMAKE CC
#
# Installs the library, moves it, builds a program with find_package, with pkg-config and with
# the source as a subdirectory, and runs each.
set -eu
kind=$1 source=$2 folder=$3 cmake=$4 cc=$5
here=$source/tests/install
shared=ON
[ "$kind" = shared ] || shared=OFF

rm -rf "$folder"
mkdir -p "$folder"

# quiet COMMAND...: shows the end of a command's output, and only if it fails.
quiet() {
    "$@" >"$folder/log" 2>&1 || { tail -n 60 "$folder/log"; echo "failed: $*"; exit 1; }
}

# run_consumer NAME PROGRAM
run_consumer() {
    echo "$kind, $1"
    "$2" demo/iris_logistic
}

quiet "$cmake" -S "$source" -B "$folder/build" -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=$shared -DCMAKE_INSTALL_PREFIX="$folder/first" \
    -DJOBLIB_BUILD_TESTS=OFF -DJOBLIB_BUILD_BINDINGS=OFF
quiet "$cmake" --build "$folder/build" -j 2
quiet "$cmake" --install "$folder/build"
mv "$folder/first" "$folder/moved"
prefix=$folder/moved

quiet "$cmake" -S "$here/cmake" -B "$folder/cmake" -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_PREFIX_PATH="$prefix"
quiet "$cmake" --build "$folder/cmake"
run_consumer find_package "$folder/cmake/consumer"

pc=$(dirname "$(find "$prefix" -name joblib.pc)")
export PKG_CONFIG_PATH="$pc"
static=
[ "$kind" = shared ] || static=--static
# shellcheck disable=SC2046,SC2086  # words
quiet "$cc" -std=c99 "$here/consumer.c" -o "$folder/consumer" \
    $(pkg-config $static --cflags --libs joblib) -Wl,-rpath,"$(dirname "$pc")"
run_consumer pkg-config "$folder/consumer"

quiet "$cmake" -S "$here/cmake" -B "$folder/subdirectory" -DCMAKE_C_COMPILER="$cc" \
    -DCMAKE_BUILD_TYPE=Debug -DBUILD_SHARED_LIBS=$shared -DJOBLIB_SOURCE="$source"
quiet "$cmake" --build "$folder/subdirectory" -j 2
run_consumer add_subdirectory "$folder/subdirectory/consumer"

echo "$kind, the command"
"$prefix/bin/joblib" version
