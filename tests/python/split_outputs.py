"""Splits a file of outputs into files that every numpy reads.

Usage: split_outputs.py FILE FOLDER

FILE is what `joblib predict --output FILE` wrote: an array, or a list of arrays.
"""
import os
import sys

import joblib
import numpy as np


def main(path, folder):
    outputs = joblib.load(path)
    for i, output in enumerate(outputs if isinstance(outputs, list) else [outputs]):
        name = os.path.join(folder, "%03d" % i)
        if output.dtype == object:
            np.save(name + "-object", output.astype(str))
        else:
            np.save(name, output)


if __name__ == "__main__":
    main(*sys.argv[1:])
