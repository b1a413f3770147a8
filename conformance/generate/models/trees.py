"""Trees and forests."""
import numpy as np
from sklearn.ensemble import (ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.tree import (DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier,
                          ExtraTreeRegressor)

from data import INPUTS, TARGETS, TRAIN, TRAININGS, WEIGHTS
from inference import Family, build, words

TREE = dict(max_depth=4, random_state=0)
FOREST = dict(max_depth=3, random_state=0, n_estimators=3, n_jobs=1)
CLASSIFIERS = [("tree", DecisionTreeClassifier, TREE), ("extra-tree", ExtraTreeClassifier, TREE),
               ("forest", RandomForestClassifier, FOREST),
               ("extra-trees", ExtraTreesClassifier, FOREST)]
REGRESSORS = [("tree-regressor", DecisionTreeRegressor, TREE),
              ("extra-tree-regressor", ExtraTreeRegressor, TREE),
              ("forest-regressor", RandomForestRegressor, FOREST),
              ("extra-trees-regressor", ExtraTreesRegressor, FOREST)]

# name, parameters, target, input, training
EVERY_CLASSIFIER = [
    ("", {}, "multi", "float64", "float64"),
    ("-outputs", {}, "outputs", "float64", "float64"),
    ("-labels-text", {}, "text", "float64", "float64"),
    ("-missing", {}, "multi", "missing", "missing"),
]
EVERY_REGRESSOR = [
    ("", {}, "real", "float64", "float64"),
    ("-outputs", {}, "reals", "float64", "float64"),
    ("-missing", {}, "real", "missing", "missing"),
]
# name, index in CLASSIFIERS or REGRESSORS, parameters, target, input, training
CLASSIFIER_ROWS = [
    ("tree-binary", 0, {}, "binary", "float64", "float64"),
    ("tree-class-weight", 0, dict(class_weight="balanced"), "uneven", "float64", "float64"),
    ("tree-entropy", 0, dict(criterion="entropy"), "labels", "float64", "float64"),
    ("tree-leaf-only", 0, dict(max_depth=1, min_samples_split=100), "multi", "float64", "float64"),
    ("tree-leaf-nodes", 0, dict(max_leaf_nodes=5), "object", "float64", "float64"),
    ("tree-labels-bool", 0, {}, "bool", "float64", "float64"),
    ("tree-outputs-text", 0, {}, "outputs-text", "float64", "float64"),
    ("tree-monotonic", 0, dict(monotonic_cst=[1, 0, 0, -1]), "binary", "float64", "float64"),
    ("forest-binary", 2, {}, "binary", "float64", "float64"),
    ("forest-class-weight", 2, dict(class_weight="balanced_subsample"), "uneven", "float64",
     "float64"),
    ("forest-no-bootstrap", 2, dict(bootstrap=False, n_estimators=5), "labels", "float64",
     "float64"),
    ("forest-oob", 2, dict(oob_score=True), "binary", "float64", "float64"),
    ("extra-trees-bootstrap", 3, dict(bootstrap=True), "labels", "float64", "float64"),
]
REGRESSOR_ROWS = [
    ("tree-regressor-absolute-error", 0, dict(criterion="absolute_error"), "real", "float64",
     "float64"),
    ("tree-regressor-poisson", 0, dict(criterion="poisson"), "positive", "float64", "float64"),
    ("forest-regressor-one-tree", 2, dict(n_estimators=1), "real", "float64", "float64"),
]
WIDE = ("py3.13-sklearn1.9", "py3.9-sklearn1.2", "py3.6-sklearn0.20", "py2.7-sklearn0.18")
WIDE_KINDS = ("float32", "int64", "uint8", "bool", "f-order", "csr32", "one-row")


# By the newest release only: it makes all of them float32.
MORE_KINDS = ("int8", "int16", "int32", "uint16", "uint32", "uint64", "float16", "big-endian")


def fit(cls, params, target, training):
    return build(cls, params).fit(TRAININGS[training], TARGETS[target])


def at_thresholds(tree):
    """Rows that stand on the thresholds of a tree, and beside them in float64 and float32."""
    nodes = tree.tree_
    inner = np.flatnonzero(nodes.children_left >= 0)
    rows = np.tile(TRAIN[:1], (4 * len(inner), 1))
    for i, node in enumerate(inner):
        threshold = nodes.threshold[node]
        narrow = np.float32(threshold)
        rows[4 * i:4 * i + 4, nodes.feature[node]] = [
            threshold, np.nextafter(threshold, np.inf), np.nextafter(narrow, np.float32(np.inf)),
            np.nextafter(narrow, np.float32(-np.inf))]
    return rows[:28]


def rows():
    """Every case: name, class, parameters, target, input, training."""
    for kinds, table in [(CLASSIFIERS, EVERY_CLASSIFIER), (REGRESSORS, EVERY_REGRESSOR)]:
        for name, cls, params in kinds:
            for end, more, target, kind, training in table:
                yield name + end, cls, dict(params, **more), target, kind, training
    for kinds, table in [(CLASSIFIERS, CLASSIFIER_ROWS), (REGRESSORS, REGRESSOR_ROWS)]:
        for name, index, more, target, kind, training in table:
            yield name, kinds[index][1], dict(kinds[index][2], **more), target, kind, training


def wide_rows():
    for kind in WIDE_KINDS:
        yield "tree-input-" + kind, DecisionTreeClassifier, TREE, "multi", kind, "float64"
        yield "forest-regressor-input-" + kind, RandomForestRegressor, FOREST, "real", kind, "float64"


def more_rows():
    for kind in MORE_KINDS:
        yield "tree-input-" + kind, DecisionTreeClassifier, TREE, "multi", kind, "float64"


def make(writer):
    family = Family(writer, "trees", deterministic=False)
    wide = list(wide_rows()) if writer.environment in WIDE else []
    for name, cls, params, target, kind, training in list(rows()) + wide:
        family.case(name, lambda: fit(cls, params, target, training), INPUTS[kind],
                    "%s, target %s, input %s" % (words(cls, params), target, kind))
    for name, cls, target in [("tree", DecisionTreeClassifier, "multi"),
                              ("tree-regressor", DecisionTreeRegressor, "real")]:
        model = cls(**TREE).fit(TRAIN, TARGETS[target])
        family.case(name + "-at-thresholds", lambda: model, at_thresholds(model),
                    "%s, rows at the thresholds and beside them" % cls.__name__)
    model = DecisionTreeClassifier(**TREE)
    family.case("tree-sample-weight",
                lambda: model.fit(TRAIN, TARGETS["multi"], sample_weight=WEIGHTS),
                INPUTS["float64"], "DecisionTreeClassifier fitted with weights")
    for name, cls, target in [("extra-tree", ExtraTreeClassifier, "multi"),
                              ("extra-tree-regressor", ExtraTreeRegressor, "real")]:
        params = dict(TREE, splitter="best")
        family.case(name + "-best-missing", lambda: fit(cls, params, target, "missing"),
                    INPUTS["missing"], words(cls, params) + ", NaN in training and input")
    for name, cls, params, target, kind, training in (
            more_rows() if writer.environment == WIDE[0] else ()):
        family.case(name, lambda: fit(cls, params, target, training), INPUTS[kind],
                    "%s, target %s, input %s" % (words(cls, params), target, kind))
