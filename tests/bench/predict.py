"""predict.py PROGRAM DATA: times of predictions, of scikit-learn and of libjoblib."""
import os
import sys
import warnings

import joblib

import side

MODELS = (('forest of 100 trees', 'forest', 'predict_proba'),
          ('scaler and logistic regression', 'pipeline', 'predict_proba'))


def main(program, folder):
    warnings.simplefilter('ignore')
    rows_path = os.path.join(folder, 'rows.joblib')
    rows = joblib.load(rows_path)
    print('| model, rows | scikit-learn | libjoblib | prepared |\n|---|---|---|---|')
    for title, name, method in MODELS:
        path = os.path.join(folder, name + '.joblib')
        predict = getattr(joblib.load(path), method)
        other = side.Program(program, path, rows_path, method)
        for count in (1, 100, 10000):
            def call(number):
                first = number * count % (len(rows) - count + 1)
                predict(rows[first:first + count])
            side.row('%s, %d' % (title, count), *side.cells(side.in_turns(
                [lambda: side.repeat(call, 0.03),
                 lambda: other.measure('plain %d' % count),
                 lambda: other.measure('prepared %d' % count)])))
        other.close()


main(*sys.argv[1:])
