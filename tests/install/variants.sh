#!/bin/sh
# variants.sh SOURCE FOLDER CMAKE CC
#
# Builds the library, as a part of a program, without what can be left out, and runs the program.
set -eu
source=$1 folder=$2 cmake=$3 cc=$4

rm -rf "$folder"
mkdir -p "$folder"

# quiet COMMAND...: shows the end of a command's output, and only if it fails.
quiet() {
    "$@" >"$folder/log" 2>&1 || { tail -n 60 "$folder/log"; echo "failed: $*"; exit 1; }
}

# try NAME MODEL EXPECTED-STATUS OPTION...: 0 equal predictions, 3 the model is refused.
try() {
    name=$1 model=$2 expected=$3
    shift 3
    echo "$name: $model"
    quiet "$cmake" -S "$source/tests/install/cmake" -B "$folder/$name" -DJOBLIB_SOURCE="$source" \
        -DCMAKE_C_COMPILER="$cc" -DCMAKE_BUILD_TYPE=Debug -DJOBLIB_WERROR=ON "$@"
    quiet "$cmake" --build "$folder/$name" -j 2
    status=0
    "$folder/$name/consumer" "demo/$model" || status=$?
    [ "$status" -eq "$expected" ] || { echo "exit status $status, not $expected"; exit 1; }
}

try no-system random_forest 0 -DJOBLIB_WITH_FILES=OFF -DJOBLIB_WITH_THREADS=OFF \
    -DJOBLIB_WITH_LIBDEFLATE=OFF -DJOBLIB_WITH_BZ2=OFF -DJOBLIB_WITH_LZMA=OFF \
    -DJOBLIB_WITH_LZ4=OFF -DJOBLIB_WITH_ZSTD=OFF -DJOBLIB_WITH_JANSSON=OFF
try linear iris_logistic 0 -DJOBLIB_ESTIMATORS=linear
try linear random_forest 3 -DJOBLIB_ESTIMATORS=linear
try no-estimators iris_logistic 3 -DJOBLIB_ESTIMATORS=
