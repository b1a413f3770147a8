#!/bin/sh
# tables.sh ROOT: the tables of the spec say what the tables of the source say.
set -eu
cd "$1"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# rows FILE WORD COLUMNS: the cells of the table whose header begins with `| WORD |`.
rows() {
    awk -F' *[|] *' -v first="$2" -v columns="$3" '
        !inside { inside = $2 == first; next }
        /^[|]---/ { next }
        !/^[|]/ { exit }
        { for (i = 2; i <= columns + 1; i++) printf "%s%s", $i, (i > columns ? "\n" : "|") }' "$1"
}

# cells FILE: the arguments of each JOBLIB_X(...) that begins a line, quotes left out.
cells() {
    sed -n 's/^JOBLIB_X(\(.*\))$/\1/p' "$1" | awk '{
        quoted = split($0, parts, "\"")
        for (i = 1; i <= quoted; i++) {
            if (i % 2) gsub(/, */, "|", parts[i])
            printf "%s", parts[i]
        }
        print "" }'
}

# compare NAME SPEC SOURCE: two lists of rows that must be the same, in order.
compare() {
    if [ -s "$2" ] && diff "$2" "$3"; then return; fi
    echo "$1: spec (<) and source (>) differ"
    failed=1
}

# Opcodes: byte, name, protocol, operand, and whether it is refused.
rows spec/pickle.md byte 6 | awk -F'|' -v OFS='|' \
    '{ print $1, $2, $3, $4, $6 == "refused" ? "refused" : "read" }' >"$folder/spec"
cells core/src/pickle/opcodes.def | awk -F'|' -v OFS='|' \
    '{ sub(/^0x/, "", $1); print $1, $2, $3, $4, $5 == "refuse" ? "refused" : "read" }' \
    >"$folder/source"
compare opcodes "$folder/spec" "$folder/source"

# Statuses: number, name, text, exception.
rows spec/safety.md number 4 >"$folder/spec"
cells core/src/base/status.def | awk -F'|' -v OFS='|' '{ print $2, $1, $3, $4 }' >"$folder/source"
compare statuses "$folder/spec" "$folder/source"

# Codecs: number, name, whether it is read.
rows spec/compression.md number 3 >"$folder/spec"
sed -n 's/^ *\[JOBLIB_CODEC_[A-Z0-9]*\] = {"\([^"]*\)",.* \([a-zA-Z0-9_]*\)},$/\1 \2/p' \
    core/src/codec/codec.c |
    awk -v OFS='|' '{ print NR - 1, $1, $2 == "NULL" ? "no" : "yes" }' >"$folder/source"
compare codecs "$folder/spec" "$folder/source"

# Levels: codec, extension, default, lowest, highest.
rows spec/compression.md codec 5 >"$folder/spec"
sed -n 's/^ *\[JOBLIB_CODEC_\([A-Z0-9]*\)\] = {\([^ ]*\), \([0-9]*\), \([0-9]*\), \([1-9][0-9]*\),.*$/\1 \2 \3 \4 \5/p' \
    core/src/codec/choice.c | tr -d '"' |
    awk -v OFS='|' '{ print tolower($1), $2 == "NULL" ? "none" : $2, $3, $4, $5 }' >"$folder/source"
compare levels "$folder/spec" "$folder/source"

# Versions of scikit-learn: rule, first version.
rows spec/estimators/common.md rule 2 >"$folder/spec"
cells core/src/model/sklearn_version.def | awk -F'|' '{ print $1 "|" $2 "." $3 }' >"$folder/source"
compare versions "$folder/spec" "$folder/source"

# Releases that models are made for: release, last version, joblib, Python.
rows spec/templates.md release 4 >"$folder/spec"
cells core/src/template/versions.def | awk -F'|' '{ print $2 "|" $3 "|" $4 "|" $5 }' >"$folder/source"
compare releases "$folder/spec" "$folder/source"

# Releases that made the vectors.
rows spec/README.md of 2 >"$folder/spec"
releases() { # LABEL TAG [TAG]: those of the vectors, oldest first
    echo "$1|$(cut -f2 conformance/vectors/INDEX | tr ',' '\n' |
        sed -n "s/^$2=//p; s/^${3:-$2}=//p" | tr ' ' '\n' |
        sort -u -t. -k1,1n -k2,2n -k3,3n | tr '\n' ' ' | sed 's/ $//')"
}
{
    releases CPython python
    releases joblib joblib also
    releases numpy numpy
    releases pandas pandas
    releases scikit-learn sklearn
} >"$folder/source"
compare "releases of the vectors" "$folder/spec" "$folder/source"

# What the caller of a template gives: class, attribute, form, whether he must.
rows spec/templates.md class 4 >"$folder/spec"
cd core/src/template
cat classes.def linear.def scalers.def encoding.def imputing.def points.def trees.def \
    networks.def composition.def | awk '
    /^JOBLIB_X/ { split($0, quoted, "\""); split($0, word, /[(,]/); name[word[2]] = quoted[2] }
    /^BEGIN/ { split($0, word, /[()]/); class = name[word[2]] }
    /^(REQUIRED|INPUT|OPTIONAL|ZEROS|INPUT_OPTIONAL)\(/ {
        split($0, word, "\"")
        given = /^(REQUIRED|INPUT)\(/ ? "must" : "may"
        if (word[2] == "feature_names_in_") next
        if (word[2] == "n_features_in_" && given == "may") next
        if (class ~ /^(LabelBinarizer|MissingIndicator|FunctionTransformer)$/) next
        gsub(/\|/, " or ", word[4])
        row = class "|" word[2] "|" word[4] "|" given
        if (!(row in seen)) print row
        seen[row] = 1
    }' >"$folder/source"
cd ../../..
compare attributes "$folder/spec" "$folder/source"

# The portable profile: its rules are the anchors of its sections, in order; its names; its dtypes.
sed -n 's/^### [0-9.]* \([a-z-]*\)$/\1/p' spec/profile.md >"$folder/spec"
cells core/src/profile/rules.def | cut -d'|' -f2 >"$folder/source"
compare rules "$folder/spec" "$folder/source"
rows spec/profile.md module 4 | tr -d '\\' >"$folder/spec"
cells core/src/profile/names.def >"$folder/source"
compare names "$folder/spec" "$folder/source"
rows spec/profile.md dtype 1 | tr ' ' '\n' >"$folder/spec"
{ sed -n 's/^static const char number_dtypes\[\] = "\(.*\)";$/\1/p' core/src/profile/arrays.c | tr ' ' '\n'
  sed -n 's/^static const char other_kinds\[\] = "\(.*\)";$/\1/p' core/src/profile/arrays.c |
      sed 's/./&\n/g' | sed '/^$/d'; } >"$folder/source"
compare dtypes "$folder/spec" "$folder/source"

exit $failed
