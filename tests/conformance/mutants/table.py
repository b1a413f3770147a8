"""The rows of mutants.tsv and their patches."""

import os

from patches import Patch, Stale

HERE = os.path.dirname(os.path.abspath(__file__))
# All but the last; it takes longest, and only what writes can do it wrong alone.
QUICK_OPERATIONS = ["load", "audit", "predict"]
REDUMP = "redump"


class Mutant:
    """A row of mutants.tsv."""

    def __init__(self, name, areas, description):
        self.name, self.description = name, description
        self.areas = areas.split(" ")
        self.patch = Patch(os.path.join(HERE, name + ".patch"))

    def operations(self):
        writes = any(area.startswith(REDUMP) for area in self.areas)
        return QUICK_OPERATIONS + [REDUMP] * writes


def read_mutants():
    with open(os.path.join(HERE, "mutants.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return [Mutant(*row) for row in rows]


def in_area(result, area):
    """`valid/zlib`, `valid` and `redump:valid/zlib`, the last for one operation."""
    what, colon, name = area.rpartition(":")
    wanted = name.split("/")
    is_inside = result["case"].split("/")[:len(wanted)] == wanted
    return is_inside and (not colon or result["what"].split(" ")[0] == what)


def patch_files(source, mutant):
    """Path and new text of each file that a patch changes."""
    changed = {}
    for path in mutant.patch.files:
        with open(os.path.join(source, path), encoding="utf-8", newline="") as file:
            changed[path] = mutant.patch.apply(path, file.read())
    return changed


def check_mutant(source, mutant):
    """What is wrong with the row and the patch of a mutant, or None."""
    if mutant.patch.description != mutant.description:
        return "mutants.tsv and the first line of the patch describe it differently"
    if not mutant.patch.files:
        return "the patch changes nothing"
    try:
        patch_files(source, mutant)
    except (OSError, Stale) as error:
        return str(error)
    return None


def check_mutants(source, mutants):
    """Tells which patches do not apply any more; whether all do."""
    wrong = [(mutant, check_mutant(source, mutant)) for mutant in mutants]
    wrong = [(mutant, reason) for mutant, reason in wrong if reason]
    for mutant, reason in wrong:
        print("renew %s.patch: %s" % (mutant.name, reason))
    rows = {mutant.name for mutant in mutants}
    patches = {name[:-len(".patch")] for name in os.listdir(HERE) if name.endswith(".patch")}
    for name in sorted(patches - rows):
        print("%s.patch has no row in mutants.tsv" % name)
    print("%d of %d patches apply" % (len(mutants) - len(wrong), len(mutants)))
    return not wrong and rows == patches
