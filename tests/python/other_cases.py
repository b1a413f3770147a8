"""Fitted models of the classes that have no template, for upgrades.py.

Each case is a model and the rows that its methods get; classes and parameters that a release has
not are left out. The rows of core/src/template/upgrade/other_*.def are what the states of these
models, described by conformance/generate/templates.py, have in some of the fifteen releases only.
"""
import importlib
import warnings


def find(path):
    module, name = path.rsplit(".", 1)
    return getattr(importlib.import_module("sklearn." + module), name)


def make(path, **parameters):
    """An estimator without the parameters that its release has not."""
    kind = find(path)
    known = kind().get_params(deep=False) if not path.startswith(("ensemble.V", "ensemble.St")) \
        else parameters
    return kind(**{k: v for k, v in parameters.items() if k in known})


class Data(object):
    def __init__(self):
        import numpy
        rng = numpy.random.RandomState(11)
        self.X, self.y = rng.rand(60, 4), numpy.arange(60) % 3
        self.X[:, 0] += self.y
        self.two = self.y % 2
        self.labels = numpy.array(["ant", "bee", "cat"])[self.y]
        self.numbers = self.X.dot([1.0, 2.0, 3.0, 4.0]) + rng.rand(60)
        self.positive = self.numbers + 1
        self.counts = (self.X * 5).astype(int).astype(float)
        self.outputs = numpy.array([self.numbers, -self.numbers]).T
        self.texts = ["the cat sat", "the dog ran", "a cat and a dog", "bees fly"] * 15
        self.dicts = [{"a": i % 3, "b": "x"} for i in range(60)]
        self.words = numpy.array([["a", "red"], ["c", "blue"], ["b", "red"]] * 20, dtype=object)
        self.sets = [[0, 1], [1], [2]] * 20


# class, parameters, what it is fitted on: rows, targets (or None), of Data
CASES = [
    ("linear_model.Lasso", {"alpha": 0.01}, "X", "numbers"),
    ("linear_model.ElasticNet", {"alpha": 0.01}, "X", "numbers"),
    ("linear_model.MultiTaskLasso", {"alpha": 0.01}, "X", "outputs"),
    ("linear_model.MultiTaskElasticNet", {"alpha": 0.01}, "X", "outputs"),
    ("linear_model.LassoCV", {"cv": 3}, "X", "numbers"),
    ("linear_model.ElasticNetCV", {"cv": 3}, "X", "numbers"),
    ("linear_model.LassoLars", {"alpha": 0.01}, "X", "numbers"),
    ("linear_model.Lars", {}, "X", "numbers"),
    ("linear_model.OrthogonalMatchingPursuit", {}, "X", "numbers"),
    ("linear_model.RidgeClassifier", {}, "X", "y"),
    ("linear_model.RidgeCV", {}, "X", "numbers"),
    ("linear_model.RidgeClassifierCV", {}, "X", "y"),
    ("linear_model.BayesianRidge", {}, "X", "numbers"),
    ("linear_model.ARDRegression", {}, "X", "numbers"),
    ("linear_model.HuberRegressor", {}, "X", "numbers"),
    ("linear_model.TheilSenRegressor", {}, "X", "numbers"),
    ("linear_model.SGDRegressor", {"max_iter": 50, "tol": 1e-3}, "X", "numbers"),
    ("linear_model.Perceptron", {"max_iter": 50, "tol": 1e-3}, "X", "y"),
    ("linear_model.PassiveAggressiveClassifier", {"max_iter": 50, "tol": 1e-3}, "X", "y"),
    ("linear_model.PassiveAggressiveRegressor", {"max_iter": 50, "tol": 1e-3}, "X", "numbers"),
    ("linear_model.LogisticRegressionCV", {"cv": 3, "multi_class": "ovr"}, "X", "two"),
    ("linear_model.PoissonRegressor", {}, "X", "positive"),
    ("linear_model.GammaRegressor", {}, "X", "positive"),
    ("linear_model.TweedieRegressor", {"power": 1.5}, "X", "positive"),
    ("linear_model.QuantileRegressor", {"solver": "highs"}, "X", "numbers"),
    ("svm.LinearSVC", {}, "X", "y"),
    ("svm.LinearSVR", {}, "X", "numbers"),
    ("svm.SVC", {"gamma": "scale"}, "X", "y"),
    ("svm.SVC", {"gamma": "scale", "probability": True}, "X", "labels"),
    ("svm.SVC", {"kernel": "linear"}, "X", "two"),
    ("svm.NuSVC", {"gamma": "scale", "nu": 0.3}, "X", "y"),
    ("svm.SVR", {"gamma": "scale"}, "X", "numbers"),
    ("svm.NuSVR", {"gamma": "scale"}, "X", "numbers"),
    ("svm.OneClassSVM", {"gamma": "scale"}, "X", None),
    ("tree.ExtraTreeClassifier", {"max_features": "sqrt"}, "X", "labels"),
    ("tree.ExtraTreeRegressor", {"max_features": None}, "X", "numbers"),
    ("ensemble.ExtraTreesClassifier", {"n_estimators": 4}, "X", "labels"),
    ("ensemble.ExtraTreesRegressor", {"n_estimators": 4}, "X", "numbers"),
    ("ensemble.BaggingClassifier", {"n_estimators": 3}, "X", "labels"),
    ("ensemble.BaggingRegressor", {"n_estimators": 3}, "X", "numbers"),
    ("ensemble.AdaBoostClassifier", {"n_estimators": 3, "algorithm": "SAMME"}, "X", "labels"),
    ("ensemble.AdaBoostRegressor", {"n_estimators": 3}, "X", "numbers"),
    ("ensemble.IsolationForest", {"n_estimators": 4, "behaviour": "new", "contamination": "auto"},
     "X", None),
    ("ensemble.RandomTreesEmbedding", {"n_estimators": 3, "max_depth": 2}, "X", None),
    ("ensemble.GradientBoostingClassifier", {"n_estimators": 3}, "X", "labels"),
    ("ensemble.GradientBoostingClassifier", {"n_estimators": 3}, "X", "two"),
    ("ensemble.GradientBoostingRegressor", {"n_estimators": 3}, "X", "numbers"),
    ("naive_bayes.MultinomialNB", {}, "counts", "labels"),
    ("naive_bayes.BernoulliNB", {"binarize": 0.5}, "X", "labels"),
    ("naive_bayes.ComplementNB", {}, "counts", "labels"),
    ("naive_bayes.CategoricalNB", {}, "counts", "labels"),
    ("neighbors.KNeighborsRegressor", {}, "X", "numbers"),
    ("neighbors.RadiusNeighborsClassifier", {"radius": 2.0}, "X", "y"),
    ("neighbors.RadiusNeighborsRegressor", {"radius": 2.0}, "X", "numbers"),
    ("neighbors.NearestNeighbors", {}, "X", None),
    ("neighbors.NearestCentroid", {}, "X", "y"),
    ("preprocessing.MaxAbsScaler", {}, "X", None),
    ("preprocessing.RobustScaler", {}, "X", None),
    ("preprocessing.Normalizer", {}, "X", None),
    ("preprocessing.Binarizer", {"threshold": 0.5}, "X", None),
    ("preprocessing.PolynomialFeatures", {}, "X", None),
    ("preprocessing.PolynomialFeatures", {"degree": 3, "interaction_only": True}, "X", None),
    ("preprocessing.LabelEncoder", {}, "labels", None),
    ("preprocessing.LabelBinarizer", {}, "labels", None),
    ("preprocessing.MultiLabelBinarizer", {}, "sets", None),
    ("preprocessing.OrdinalEncoder", {}, "words", None),
    ("preprocessing.KBinsDiscretizer", {"n_bins": 3, "encode": "ordinal", "strategy": "uniform"},
     "X", None),
    ("preprocessing.PowerTransformer", {}, "X", None),
    ("preprocessing.QuantileTransformer", {"n_quantiles": 20}, "X", None),
    ("preprocessing.FunctionTransformer", {"validate": True}, "X", None),
    ("feature_extraction.text.CountVectorizer", {}, "texts", None),
    ("feature_extraction.text.TfidfVectorizer", {"ngram_range": (1, 2)}, "texts", None),
    ("feature_extraction.text.TfidfVectorizer", {"stop_words": "english"}, "texts", None),
    ("feature_extraction.text.TfidfTransformer", {}, "counts", None),
    ("feature_extraction.text.HashingVectorizer", {"n_features": 16}, "texts", None),
    ("feature_extraction.DictVectorizer", {"sparse": False}, "dicts", None),
    ("feature_selection.SelectKBest", {"k": 2}, "X", "y"),
    ("feature_selection.SelectPercentile", {"percentile": 50}, "X", "y"),
    ("feature_selection.VarianceThreshold", {}, "X", None),
    ("decomposition.TruncatedSVD", {"n_components": 2}, "X", None),
    ("decomposition.IncrementalPCA", {"n_components": 2}, "X", None),
    ("decomposition.FactorAnalysis", {"n_components": 2}, "X", None),
    ("decomposition.FastICA", {"n_components": 2, "random_state": 0, "whiten": "unit-variance"},
     "X", None),
    ("decomposition.NMF", {"n_components": 2, "init": "random"}, "X", None),
    ("discriminant_analysis.LinearDiscriminantAnalysis", {}, "X", "labels"),
    ("discriminant_analysis.QuadraticDiscriminantAnalysis", {}, "X", "labels"),
    ("dummy.DummyClassifier", {"strategy": "prior"}, "X", "labels"),
    ("dummy.DummyRegressor", {}, "X", "numbers"),
    ("cluster.MiniBatchKMeans", {"n_clusters": 3, "n_init": 2}, "X", None),
    ("mixture.GaussianMixture", {"n_components": 2}, "X", None),
]


def simple_case(data, path, parameters, rows, targets):
    X = getattr(data, rows)
    if path == "decomposition.FastICA" and old_whitening():
        parameters = dict(parameters, whiten=True)
    model = make(path, **parameters)
    model.fit(X) if targets is None else model.fit(X, getattr(data, targets))
    return model, X


def old_whitening():
    from sklearn import __version__
    return __version__.startswith(("0.", "1.0."))


def meta_cases(data):
    logistic = make("linear_model.LogisticRegression", solver="liblinear")
    tree = make("tree.DecisionTreeClassifier", max_depth=3)
    scaler = make("preprocessing.StandardScaler")
    X, y = data.X, data.two
    pair = [("line", logistic), ("tree", tree)]
    rows = [
        lambda: make("ensemble.VotingClassifier", estimators=pair, voting="soft").fit(X, y),
        lambda: make("ensemble.VotingClassifier", estimators=pair).fit(
            X, y),
        lambda: make("ensemble.VotingRegressor", estimators=[
            ("a", make("linear_model.Ridge")), ("b", make("tree.DecisionTreeRegressor"))]).fit(
                X, data.numbers),
        lambda: make("ensemble.StackingClassifier", estimators=pair,
                     final_estimator=make("linear_model.LogisticRegression", solver="liblinear"),
                     cv=3).fit(X, y),
        lambda: make("ensemble.StackingRegressor", estimators=[
            ("a", make("linear_model.Ridge")), ("b", make("tree.DecisionTreeRegressor"))],
                     cv=3).fit(X, data.numbers),
        lambda: find("pipeline.FeatureUnion")([
            ("a", scaler), ("b", make("decomposition.PCA", n_components=2))]).fit(X),
        lambda: find("multiclass.OneVsRestClassifier")(logistic).fit(X, data.labels),
        lambda: find("multiclass.OneVsOneClassifier")(logistic).fit(X, data.labels),
        lambda: find("multioutput.MultiOutputClassifier")(tree).fit(
            X, data.words[:, :1].astype("U") == "a"),
        lambda: find("multioutput.MultiOutputRegressor")(make("linear_model.Ridge")).fit(
            X, data.outputs),
        lambda: find("feature_selection.SelectFromModel")(tree).fit(X, data.y),
        lambda: find("feature_selection.RFE")(tree, n_features_to_select=2).fit(X, data.y),
        lambda: find("compose.TransformedTargetRegressor")(
            regressor=make("linear_model.Ridge"), transformer=scaler).fit(X, data.numbers),
        lambda: find("calibration.CalibratedClassifierCV")(logistic, cv=3).fit(X, y),
        lambda: find("model_selection.GridSearchCV")(tree, {"max_depth": [1, 3]}, cv=3).fit(
            X, data.y),
        lambda: find("model_selection.RandomizedSearchCV")(
            tree, {"max_depth": [1, 3]}, cv=3, n_iter=2).fit(X, data.y),
    ]
    for row in rows:
        try:
            yield row(), X
        except AttributeError:  # no such class in this release
            continue
    text = find("pipeline.Pipeline")([
        ("words", make("feature_extraction.text.TfidfVectorizer")),
        ("model", make("naive_bayes.MultinomialNB"))])
    yield text.fit(data.texts, data.labels), data.texts


def cases():
    data = Data()
    for path, parameters, rows, targets in CASES:
        try:
            find(path)
        except (AttributeError, ImportError):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield simple_case(data, path, parameters, rows, targets)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for case in meta_cases(data):
            yield case
