"""memory.py PROGRAM DATA: most memory that loading takes beside what was taken before.

memory.py FILE: bytes that joblib takes, in a process that has loaded nothing yet.
"""
import os
import subprocess
import sys
import warnings

import joblib
import sklearn.ensemble  # so that loading imports nothing
import sklearn.linear_model
import sklearn.pipeline

import load
import side


def read_status(name):
    """Bytes of a line of /proc/self/status."""
    with open('/proc/self/status') as lines:
        for line in lines:
            if line.startswith(name + ':'):
                return int(line.split()[1]) * 1024
    raise SystemExit('the system does not tell %s' % name)


def begin():
    """Bytes of memory taken now; the peak begins anew."""
    with open('/proc/self/clear_refs', 'w') as file:
        file.write('5')
    return read_status('VmRSS')


def peak(path):
    before = begin()
    value = joblib.load(path)
    return read_status('VmHWM') - before, value


def text(size):
    return '%.3g MB' % (size / 1e6)


def main(program, folder):
    print('| file | size | joblib | libjoblib, owned | mapped |\n|---|---|---|---|---|')
    for title, name in load.FILES + (('normal floats, zlib', 'normal-zlib'),
                                     ('normal floats, lz4', 'normal-lz4')):
        path = os.path.join(folder, name + '.joblib')
        sizes = [int(subprocess.check_output([sys.executable, __file__, path]))]
        for how in ('owned', 'mapped'):
            other = side.Program(program)  # a new one: what it frees it may keep
            sizes.append(other.measure('peak-%s %s' % (how, path)))
            other.close()
        side.row(title, *[text(size) for size in [os.path.getsize(path)] + sizes])


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    sys.unraisablehook = lambda _: None  # lz4's files fail when they are freed
    if len(sys.argv) == 2:
        print(peak(sys.argv[1])[0])
    else:
        main(*sys.argv[1:])
