# Makes tables of the lines of the demo programs, which c/demo/demo.c describes.
# The exit status is 1 where a label differs from scikit-learn's, or a model is missing.

BEGIN { FS = "\t" }

function duration(seconds)
{
    if (seconds < 1e-3) return sprintf("%.2f us", seconds * 1e6)
    return sprintf("%.2f ms", seconds * 1e3)
}

function print_row(who, label, probabilities,    count, numbers, i)
{
    printf "    %-14s %-6s", who, label
    count = split(probabilities, numbers, ",")
    for (i = 1; i <= count; i++) printf "  %.15f", numbers[i]
    print ""
}

NF < 8 {
    print "not a line of a demo program: " $0
    failed = 1
    next
}

{
    if (!($1 in programs)) names[++models] = $1
    lines[$1, ++programs[$1]] = $0
    languages[$2]++
    if ($5 != $6 || $5 == 0) failed = 1
}

function print_model(name,    i, j, fields, field, word)
{
    printf "%s\n    %-14s %12s %12s %14s  %s\n", name, "", "load", "one row", "labels equal",
        "largest difference"
    for (i = 1; i <= programs[name]; i++) {
        split(lines[name, i], field, "\t")
        printf "    %-14s %12s %12s %14s  %s ULP\n", field[2], duration(field[3]),
            duration(field[4]), field[6] " of " field[5], field[7]
    }
    fields = split(lines[name, 1], field, "\t")
    for (j = 8; j <= fields; j++) {
        split(lines[name, 1], field, "\t")
        split(field[j], word, " ")
        printf "\n    row %-10s %-6s  %s\n", word[1], "label", "probabilities"
        print_row("scikit-learn", word[3], word[5])
        for (i = 1; i <= programs[name]; i++) {
            split(lines[name, i], field, "\t")
            split(field[j], word, " ")
            print_row(field[2], word[2], word[4])
        }
    }
    print ""
}

END {
    for (i = 1; i <= models; i++) print_model(names[i])
    for (language in languages) if (languages[language] != 3) failed = 1
    if (failed || models != 3) {
        print "FAILED: a model is missing, or a label differs from scikit-learn's"
        exit 1
    }
}
