"""Writes a plain pickle of each classifier, regressor, transformer and clusterer of scikit-learn.

Usage: plain_models.py FOLDER

Those that fit small data with their defaults are written, others are counted. Runs in a Python
that has scikit-learn 0.22 or newer.
"""
import os
import pickle
import sys
import warnings

import numpy
from sklearn.utils import all_estimators


def main():
    random = numpy.random.RandomState(0)
    X = numpy.abs(random.normal(size=(60, 4)))
    y = numpy.arange(60) % 3
    written = left = 0
    for name, cls in all_estimators():
        try:
            model = cls().fit(X, y)
        except Exception:  # needs other data, or arguments
            left += 1
            continue
        with open(os.path.join(sys.argv[1], name + ".pkl"), "wb") as file:
            pickle.dump(model, file)
        written += 1
    print("%d written, %d left out" % (written, left))


warnings.simplefilter("ignore")
main()
