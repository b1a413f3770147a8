"""codecs.py PROGRAM DATA: times of loading arrays by codec, of joblib and of libjoblib."""
import os
import sys

import load
import side

KINDS = (('normal', 'normal floats'), ('decimals', 'floats of two decimals'),
         ('labels', 'integer labels'), ('nodes', 'tree nodes'))
# Codecs, and how often each is measured: some take seconds.
CODECS = (('zlib', 7), ('gzip', 7), ('bz2', 3), ('xz', 3), ('lzma', 3), ('lz4', 7))


def main(program, folder):
    sys.unraisablehook = lambda _: None  # lz4's files fail when they are freed
    other = side.Program(program)
    print('| array | codec | joblib | libjoblib |\n|---|---|---|---|')
    for kind, title in KINDS:
        for codec, rounds in CODECS:
            path = os.path.join(folder, '%s-%s.joblib' % (kind, codec))
            side.row(title, codec, *side.cells(side.in_turns(
                [lambda: load.load(path), lambda: other.measure('owned ' + path)], rounds)))
    other.close()


main(*sys.argv[1:])
