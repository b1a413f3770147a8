"""Unified diffs: reading them and applying them, exactly or not at all."""

import re


class Stale(Exception):
    """A patch that does not apply to the sources as they are."""


class Hunk:
    """Lines that are replaced: `old` stands at about line `start`, counted from 0."""

    def __init__(self, start):
        self.start, self.old, self.new = start, [], []

    def add(self, line):
        if line[:1] in (" ", "-"):
            self.old.append(line[1:])
        if line[:1] in (" ", "+"):
            self.new.append(line[1:])


class Patch:
    """One line that describes it, and behind it the diff as `diff -u` writes it."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.description = lines[0] if lines else ""
        self.files = {}  # path below the root of the sources: hunks
        hunks = None
        for line in lines[1:]:
            if line.startswith("+++ b/"):
                hunks = self.files.setdefault(line[len("+++ b/"):], [])
            elif line.startswith("@@"):
                hunks.append(Hunk(int(re.match(r"@@ -(\d+)", line).group(1)) - 1))
            elif hunks and not line.startswith("--- "):
                hunks[-1].add(line)

    def apply(self, path, text):
        """The text of a file with all of its hunks."""
        lines, shift = text.split("\n"), 0
        for hunk in self.files[path]:
            at = find(lines, hunk.old, hunk.start + shift)
            if at is None:
                raise Stale("%s, line %d: these lines are not there, or there twice: %s" %
                            (path, hunk.start + 1, " / ".join(hunk.old)))
            lines[at:at + len(hunk.old)] = hunk.new
            shift = at - hunk.start + len(hunk.new) - len(hunk.old)
        return "\n".join(lines)


def find(lines, wanted, expected):
    """Where lines stand: where they are expected, or else the only place that has them."""
    def is_at(place):
        return lines[place:place + len(wanted)] == wanted
    if wanted and is_at(expected):
        return expected
    places = [place for place in range(len(lines)) if wanted and is_at(place)]
    return places[0] if len(places) == 1 else None
