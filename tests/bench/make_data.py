"""make_data.py FOLDER: the files that the benchmarks read; those that are there stay."""
import os
import sys

import joblib
import numpy as np
from sklearn.datasets import make_classification
from sklearn.ensemble import (GradientBoostingClassifier, HistGradientBoostingClassifier,
                              RandomForestClassifier)
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def main(folder):
    os.makedirs(folder, exist_ok=True)
    data, labels = make_classification(23000, 20, n_informative=10, flip_y=0.1,
                                       random_state=0)
    rows, data, labels = data[13000:], data[:13000], labels[:13000]

    def save(name, make, **options):
        path = os.path.join(folder, name + '.joblib')
        if not os.path.exists(path):
            joblib.dump(make(), path, **options)

    def forest():
        model = RandomForestClassifier(100, random_state=0, n_jobs=-1).fit(data, labels)
        return model.set_params(n_jobs=1)

    def pipeline():
        return make_pipeline(StandardScaler(), LogisticRegression()).fit(data, labels)

    def large():
        return np.random.RandomState(0).standard_normal(50000000)

    def dictionary():
        return {'key %d' % i: (i, i / 8, 'value %d' % i)[i % 3] for i in range(1000000)}

    def nodes():
        model = RandomForestClassifier(170, random_state=1, n_jobs=-1).fit(data, labels)
        return np.concatenate([tree.tree_.__getstate__()['nodes'] for tree in model])

    def columns(kind):
        random = np.random.RandomState(0)
        normal = random.standard_normal(4000000)
        return {'normal': lambda: normal, 'decimals': lambda: normal.round(2),
                'labels': lambda: random.randint(0, 10, len(normal)), 'nodes': nodes}[kind]

    def boosting(cls, **parameters):
        return lambda: cls(random_state=0, **parameters).fit(data[:5000], labels[:5000])

    save('rows', lambda: rows)
    save('forest', forest)
    save('forest-zlib', lambda: joblib.load(os.path.join(folder, 'forest.joblib')),
         compress=('zlib', 3))
    save('pipeline', pipeline)
    save('boosting', boosting(GradientBoostingClassifier, n_estimators=300))
    save('histogram', boosting(HistGradientBoostingClassifier, max_iter=300))
    save('arrays', lambda: [np.arange(10.0) + i for i in range(10000)])
    save('array', large)
    save('dict', dictionary)
    for kind in ('normal', 'decimals', 'labels', 'nodes'):
        save('%s-raw' % kind, columns(kind))
        array = joblib.load(os.path.join(folder, kind + '-raw.joblib'))
        for codec in ('zlib', 'gzip', 'bz2', 'xz', 'lzma', 'lz4'):
            save('%s-%s' % (kind, codec), lambda: array, compress=(codec, 3))


main(sys.argv[1])
