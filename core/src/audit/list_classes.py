"""Prints the classes of the installed scikit-learn, a line each: module, tab, name.

The functions that unpickle compiled classes, and those over arrays that estimators take as
parameters, are printed too.

    list_classes.py > lines                    in each environment of scikit-learn, appended
    list_classes.py --rows lines > sklearn.def       all lines as rows of verdicts.def

Every module of scikit-learn is imported but its tests, the code of others that it carries, and
what downloads data sets. Runs in Python 2.7 and 3.6 or newer.
"""
from __future__ import print_function

import importlib
import pkgutil
import re
import sys
import warnings

LEFT_OUT = re.compile(
    r"\.(tests?|externals|datasets|_build_utils|setup|conftest|experimental|_testing|testing"
    r"|mocking|_mocking|_unittest_backport|estimator_checks|parallel|_joblib|_show_versions"
    r"|_array_api|__check_build"
    r"|array_api_compat|array_api_extra|callback|_plotting|_plot|inspection|_arpack|_repr_html"
    r"|_estimator_html_repr|_pprint|discovery|_dataframe|fixes|validation)(\.|$)")


def modules():
    import sklearn
    for _, name, _ in pkgutil.walk_packages(sklearn.__path__, "sklearn.", onerror=lambda _: None):
        if LEFT_OUT.search(name):
            continue
        try:
            yield importlib.import_module(name)
        except Exception:
            print("not imported: " + name, file=sys.stderr)


def is_plain(module, name, value):
    """A class of this module that its own name finds, and that is no exception."""
    return (isinstance(value, type) and getattr(value, "__module__", None) == module.__name__
            and value.__name__ == name and not issubclass(value, BaseException)
            and not name.startswith("__"))


def is_function(module, name, value):
    """What unpickles a compiled class, or a function of metrics and the like."""
    if name == "newObj" or name.startswith("__pyx_unpickle_"):
        return callable(value)
    plain = callable(value) and not isinstance(value, type) and not name.startswith("_")
    return (plain and re.match(r"sklearn\.(metrics|feature_selection|preprocessing)\b",
                               module.__name__)
            and getattr(value, "__module__", None) == module.__name__
            and getattr(value, "__name__", None) == name)


def print_classes():
    warnings.simplefilter("ignore")
    for module in modules():
        for name, value in sorted(vars(module).items()):
            if name in ("Memory", "Parallel", "parallel_backend"):
                continue
            if is_plain(module, name, value) or is_function(module, name, value):
                print(module.__name__ + "\t" + name)


def rows(lines):
    found = {}
    for line in lines:
        module, name = line.split()
        found.setdefault(module, set()).add(name)
    yield "/* Names of scikit-learn 0.18 to 1.9, made by list_classes.py; do not edit. */"
    for module in sorted(found):
        yield 'JOBLIB_X("%s", KNOWN, "part of scikit-learn",' % module
        text = '        "'
        for name in sorted(found[module]):
            if len(text) + len(name) > 86:
                yield text + '"'
                text = '        "'
            text += name + " "
        yield text.rstrip() + '")'


if __name__ == "__main__":
    if "--rows" in sys.argv:
        with open(sys.argv[2]) as stream:
            print("\n".join(rows(stream)))
    else:
        print_classes()
