"""dump.py PROGRAM DATA: times, sizes and memory of dumping, of joblib and of libjoblib.

dump.py FILE TARGET CODEC LEVEL: bytes of memory that joblib takes, in a process that has dumped
nothing yet.
"""
import filecmp
import gc
import io
import os
import subprocess
import sys
import warnings

import joblib
import numpy as np

import memory
import side

# Title, file that is loaded, codec and level of the dump, whether fast (then the level is that of
# joblib alone), and rounds.
ROWS = (('forest of 100 trees', 'forest', 'raw', 0, 0, 7),
        ('10,000 arrays of 10 numbers', 'arrays', 'raw', 0, 0, 7),
        ('array of 400 MB', 'array', 'raw', 0, 0, 7),
        ('dict of 1,000,000 entries', 'dict', 'raw', 0, 0, 3),
        ('normal floats, zlib 3', 'normal-raw', 'zlib', 3, 0, 5),
        ('floats of two decimals, zlib 3', 'decimals-raw', 'zlib', 3, 0, 5),
        ('integer labels, zlib 3', 'labels-raw', 'zlib', 3, 0, 5),
        ('tree nodes, zlib 3', 'nodes-raw', 'zlib', 3, 0, 5),
        ('normal floats, fast', 'normal-raw', 'zlib', 3, 1, 5),
        ('floats of two decimals, fast', 'decimals-raw', 'zlib', 3, 1, 5),
        ('integer labels, fast', 'labels-raw', 'zlib', 3, 1, 5),
        ('tree nodes, fast', 'nodes-raw', 'zlib', 3, 1, 5))


def compression(codec, level):
    return 0 if codec == 'raw' else (codec, int(level))


def start(program, path, scratch, row):
    """The program at the side, for a row."""
    _, _, codec, level, fast, _ = row
    return side.Program(program, path, scratch, codec, '0' if fast else str(level),
                        str(fast))


def dump_file(value, path, compress):
    """Seconds of one dump to a file that is new; its removal is outside of them."""
    return side.mean(lambda: joblib.dump(value, path, compress=compress),
                     lambda paths: os.remove(path))


def dump_memory(value, compress):
    """Seconds of one dump to memory."""
    def call():
        target = io.BytesIO()
        joblib.dump(value, target, compress=compress)
        return target

    return side.mean(call)


def check(other, value, path, scratch, compress, fast):
    """What libjoblib wrote is what joblib wrote; if fast, joblib loads the same array from it.

    A value that joblib has loaded shares less than before: raw, FILE itself is what joblib wrote.
    The sizes of both."""
    theirs, ours = scratch + '-joblib', scratch + '-kept'
    if compress:
        joblib.dump(value, theirs, compress=compress)
    else:
        theirs = path
    size = other.measure('keep ' + ours)
    if fast:
        same = np.array_equal(joblib.load(ours), value)
    else:
        same = filecmp.cmp(theirs, ours, shallow=False)
    sizes = os.path.getsize(theirs), int(size)
    for name in {theirs, ours} - {path}:
        os.remove(name)
    if not same:
        raise SystemExit('the dumps differ')
    return sizes


def peak_of(path, scratch, target, codec, level):
    """Bytes that joblib takes for a dump."""
    value = joblib.load(path)
    before = memory.begin()
    joblib.dump(value, scratch if target == 'file' else io.BytesIO(),
                compress=compression(codec, level))
    return memory.read_status('VmHWM') - before


def time_row(program, folder, row, scratch):
    title, name, codec, level, fast, rounds = row
    path = os.path.join(folder, name + '.joblib')
    compress = compression(codec, level)
    value = joblib.load(path)
    gc.collect()
    other = start(program, path, scratch, row)
    sizes = check(other, value, path, scratch, compress, fast)
    seconds = side.in_turns([lambda: dump_file(value, scratch, compress),
                             lambda: other.measure('time file'),
                             lambda: dump_memory(value, compress),
                             lambda: other.measure('time memory')], rounds)
    # By itself: the disk, still busy, would slow down whoever comes next.
    synced = side.in_turns([lambda: other.measure('time synced')], rounds)
    other.close()
    side.row(title, *side.cells(seconds[:2] + synced), *side.cells(seconds[2:]),
             *[memory.text(size) for size in sizes])


def memory_row(program, folder, row, scratch):
    title, name, codec, level, _, _ = row
    path = os.path.join(folder, name + '.joblib')
    call = [sys.executable, __file__, path, scratch, 'file', codec, str(level)]
    sizes = [int(subprocess.check_output(call))]
    for target in ('file', 'sink'):
        other = start(program, path, scratch, row)
        sizes.append(other.measure('peak ' + target))
        other.close()
    side.row(title, *[memory.text(size) for size in sizes])


def main(program, folder):
    scratch = os.path.join(folder, 'scratch')
    print('| value | joblib, file | libjoblib, unsynced | synced '
          '| joblib, memory | libjoblib | size of joblib | of libjoblib |')
    print('|---' * 8 + '|')
    for row in ROWS:
        time_row(program, folder, row, scratch)
    print('\n| memory of a dump | joblib, file | libjoblib, file | sink |\n|---|---|---|---|')
    for row in ROWS:
        memory_row(program, folder, row, scratch)


warnings.simplefilter('ignore')
if len(sys.argv) > 3:
    print(peak_of(*sys.argv[1:]))
else:
    main(*sys.argv[1:])
