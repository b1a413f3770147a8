"""The reference reader: it is short, it needs Python alone, and no case of its levels fails."""

import pathlib
import re
import subprocess
import sys

MAX_LINES, MAX_COLUMNS = 800, 100
# What would read for it. The names are looked for in what the files import.
FORBIDDEN = {"joblib", "numpy", "pickle", "_pickle", "cPickle", "pickletools"}


def check_sources(folder):
    texts = [path.read_text(encoding="ascii") for path in sorted(folder.glob("**/*.py"))]
    lines = [line for text in texts for line in text.splitlines()]
    assert 0 < len(lines) <= MAX_LINES, "%d lines, at most %d" % (len(lines), MAX_LINES)
    assert max(map(len, lines)) <= MAX_COLUMNS, "a line has more than %d columns" % MAX_COLUMNS
    imported = {word for line in lines for word in
                re.findall(r"^\s*(?:import|from)\s+([\w.]+)", line)}
    assert not imported & FORBIDDEN, "imports %s" % ", ".join(sorted(imported & FORBIDDEN))


def check_cases(conformance):
    """All cases count, the recommended ones too."""
    reader = conformance / "testees" / "reference" / "reference.py"
    result = subprocess.run([sys.executable, "-B", str(conformance / "runner"), "--level", "2",
                             '"%s" -B "%s"' % (sys.executable, reader)],
                            stdout=subprocess.PIPE, universal_newlines=True)
    print(result.stdout)
    total = re.search(r"^(\d+) passed, (\d+) failed, ", result.stdout, re.M)
    assert result.returncode == 0 and total, "the runner failed"
    assert int(total.group(1)) > 2000 and int(total.group(2)) == 0, "cases failed"


if __name__ == "__main__":
    check_sources(pathlib.Path(sys.argv[1]) / "testees" / "reference")
    check_cases(pathlib.Path(sys.argv[1]))
