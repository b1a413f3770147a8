#!/bin/sh
# onefile.sh AMALGAMATION FOLDER GO: joblib.c and joblib.h beside one Go file are a program.
# The environment is that of the binding's own build.
set -eu
amalgamation=$1 folder=$2 go=$3
here=$(cd "$(dirname "$0")" && pwd)
demo=$PWD/demo/random_forest
rm -rf "$folder"
mkdir -p "$folder"
cp "$amalgamation/joblib.c" "$amalgamation/joblib.h" "$here/onefile/main.go" "$folder"
cd "$folder"
"$go" mod init onefile
"$go" build -o onefile .
./onefile "$demo/model.joblib" "$demo/cases.joblib"
