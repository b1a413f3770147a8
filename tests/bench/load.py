"""load.py PROGRAM DATA: times of loading, of joblib and of libjoblib."""
import gc
import os
import sys
import warnings

import joblib

import side

FILES = (('forest of 100 trees', 'forest'), ('the same, zlib', 'forest-zlib'),
         ('gradient boosting, 300 trees', 'boosting'),
         ('histogram boosting, 300 trees', 'histogram'),
         ('10,000 arrays of 10 numbers', 'arrays'),
         ('scaler and logistic regression', 'pipeline'), ('array of 400 MB', 'array'),
         ('dict of 1,000,000 entries', 'dict'))


def load(path):
    """Seconds of one load; what it made is freed outside of them."""
    return side.mean(lambda: joblib.load(path))


def main(program, folder):
    warnings.simplefilter('ignore')
    environment = {name: value for name, value in os.environ.items()
                   if name != 'GLIBC_TUNABLES'}
    other = side.Program(program, env=environment)
    print('| file | joblib | libjoblib, owned | mapped |\n|---|---|---|---|')
    for title, name in FILES:
        path = os.path.join(folder, name + '.joblib')
        gc.collect()
        side.row(title, *side.cells(side.in_turns(
            [lambda: load(path), lambda: other.measure('owned ' + path),
             lambda: other.measure('mapped ' + path)])))
    forest = os.path.join(folder, 'forest.joblib')
    print('\nThe forest: model built in %s, prepared in %s.' % tuple(
        side.text(seconds) for seconds in side.in_turns(
            [lambda: other.measure('model ' + forest),
             lambda: other.measure('prepare ' + forest)])))
    other.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
