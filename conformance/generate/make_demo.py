"""Makes the models of bindings/demo: the usual tutorial on the iris data.

Run by hand with the newest environment of environments.tsv:

    python make_demo.py ../vectors/demo

Each folder gets model.joblib, as joblib.dump writes it, and cases.joblib: the rows "X" and,
under the name of each method, what scikit-learn returned for them.
"""

import pathlib
import sys

import joblib
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

MODELS = {
    "iris_logistic": LogisticRegression(max_iter=200),
    "scaled_logistic": make_pipeline(StandardScaler(), LogisticRegression()),
    "random_forest": RandomForestClassifier(random_state=0),
}


def main():
    vectors = pathlib.Path(sys.argv[1])
    X, y = load_iris(return_X_y=True)
    for name, model in MODELS.items():
        model.fit(X, y)
        folder = vectors / name
        folder.mkdir(parents=True, exist_ok=True)
        joblib.dump(model, folder / "model.joblib", compress=3)
        cases = {
            "X": X,
            "predict": model.predict(X),
            "predict_proba": model.predict_proba(X),
        }
        joblib.dump(cases, folder / "cases.joblib", compress=3)


if __name__ == "__main__":
    main()
