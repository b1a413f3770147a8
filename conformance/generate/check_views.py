"""Checks the views of a case against the rules of schema/view.schema.json."""
from check_values import Values, require

# For each view: the keys that it must have, and those that it may have.
VIEWS = {
    "mapping": ("entries", "factory"),
    "sequence": ("items", "maximum"),
    "fraction": ("text", "numbers"),
    "decimal": ("text", ""),
    "uuid": ("text", ""),
    "path": ("text", ""),
    "date": ("numbers text", ""),
    "time": ("numbers text", "zone"),
    "datetime": ("numbers text", "zone"),
    "duration": ("numbers text", ""),
    "timezone": ("numbers text", ""),
    "slice": ("items", ""),
    "range": ("items", ""),
    "function": ("text", ""),
    "ufunc": ("text", ""),
    "partial": ("entries function items", ""),
    "random": ("name", "numbers"),
    "sparse": ("dtype elements is_array name shape", "is_canonical is_sorted"),
}
COUNTS = {"fraction": 2, "date": 8, "time": 8, "datetime": 8, "duration": 3, "timezone": 1,
          "random": 2}


def tagged_values(view):
    found = list(view.get("items", [])) + [item for pair in view.get("entries", [])
                                           for item in pair]
    return found + [view[key] for key in ("factory", "function") if key in view]


def check_view(view):
    must, may = (set(keys.split()) for keys in VIEWS[view["view"]])
    found = set(view) - {"view"}
    require(must <= found <= must | may, "keys of %s" % view)
    for value in tagged_values(view):
        Values(value)
    if "numbers" in view:
        require([str(int(number)) for number in view["numbers"]] == view["numbers"], "numbers")
        require(len(view["numbers"]) == COUNTS[view["view"]], "count of numbers")
    for element in view.get("elements", []):
        require(len(element) == len(view["shape"]) + 1, "element %s" % element)
    if "zone" in view:
        check_view(view["zone"])


def check_views(views, value):
    require("list" in value and len(value["list"]) == len(views), "views of the items")
    for view in views:
        check_view(view)
