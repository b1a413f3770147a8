"""Objects of classes with a view, and what the view must say. Runs in Python 2 and 3."""
import collections
import datetime
import decimal
import fractions
import functools
import os.path
import pickle
import sys
import uuid

import numpy

from viewed import pathlib, viewed

try:
    import scipy.sparse as sparse
    import scipy.special as special
    import sklearn  # noqa: F401  named in the tags
    try:
        from sklearn.utils import Bunch
    except ImportError:
        from sklearn.datasets.base import Bunch
except ImportError:
    sparse = None

PYTHON3 = sys.version_info[0] > 2


class Outer(object):
    """A class with another inside, and a method."""

    class Inner(object):
        pass

    def method(self):
        pass


def containers():
    values = [
        collections.OrderedDict([(u"b", 1), (u"a", None)]), collections.OrderedDict(),
        collections.Counter([7, 7, 8]), collections.Counter(),
        collections.defaultdict(collections.OrderedDict, {u"a": 1}),
        collections.defaultdict(None, {1: 2}), collections.defaultdict(),
        collections.deque([1, u"two"]), collections.deque([1, 2], 5), collections.deque(),
        collections.deque([], 3),
    ]
    if PYTHON3:
        values.append(collections.UserDict({"a": 1}))
    return values


def bunches():
    return [Bunch(a=1, b=u"two")] if sparse else []


def numbers():
    return [
        fractions.Fraction(1, 3), fractions.Fraction(-7, 2), fractions.Fraction(5),
        fractions.Fraction(2 ** 62 + 1, 3), fractions.Fraction(1, 2 ** 70),
        fractions.Fraction(-2 ** 80, 3), fractions.Fraction(0),
        decimal.Decimal("1.50"), decimal.Decimal("-0"), decimal.Decimal("1E+30"),
        decimal.Decimal("-1.5E-30"), decimal.Decimal("Infinity"), decimal.Decimal("-Infinity"),
        decimal.Decimal("NaN"), decimal.Decimal("sNaN12"), decimal.Decimal("-NaN3"),
        uuid.UUID(int=5), uuid.UUID("ffffffff-eeee-4ddd-8ccc-0123456789ab"),
    ]


def moments():
    values = [
        datetime.date(1, 1, 1), datetime.date(2020, 2, 29), datetime.date(9999, 12, 31),
        datetime.time(0, 0), datetime.time(23, 59, 59, 999999), datetime.time(1, 2, 3, 4),
        datetime.datetime(2020, 1, 2, 3, 4, 5, 678901), datetime.datetime(1, 1, 1),
        datetime.datetime(2020, 1, 2, 3, 4, 5), datetime.datetime(9999, 12, 31, 23, 59, 59),
        datetime.datetime(225, 10, 13), datetime.timedelta(1, 2, 3), datetime.timedelta(),
        datetime.timedelta(-1, 86399, 999999), datetime.timedelta(days=-999999999),
        datetime.timedelta(days=999999999, seconds=86399), datetime.timedelta(hours=30),
    ]
    if PYTHON3:
        values += zones()
    return values


def zones():
    two = datetime.timezone(datetime.timedelta(hours=2))
    west = datetime.timezone(datetime.timedelta(hours=-3, minutes=-30), "Home")
    return [
        datetime.timezone.utc, two, west,
        datetime.timezone(datetime.timedelta(days=-1, microseconds=1)),
        datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),
        datetime.datetime(2020, 1, 2, tzinfo=west), datetime.time(1, 2, tzinfo=two),
        datetime.datetime(2020, 12, 2, 3, fold=1), datetime.time(1, fold=1),
        datetime.datetime(2020, 12, 2, 3, fold=1, tzinfo=two),
    ] if sys.version_info >= (3, 7) else [datetime.timezone.utc, two, west]


def paths():
    if not pathlib:
        return []
    posix, windows = pathlib.PurePosixPath, pathlib.PureWindowsPath
    return [
        posix("/a/b"), posix("a/b.txt"), posix("."), posix("/"), posix("//a/b"), posix("a:/b"),
        posix(u"\u00e4/\u4e2d"), windows("c:\\a\\b"), windows("c:a"), windows("\\a"),
        windows("\\\\server\\share\\a"), windows("a/b"), windows("c:/"), windows("."),
        pathlib.Path("a/b"), posix("/a", "b"), posix("a", "/b", "c"), posix("a/./b//../c/"),
        posix(""), posix("///a"), posix("a", "", "b"), windows("c:\\a", "d:b"),
        windows("c:a", "C:b"), windows("\\\\server\\share"), windows("//server/share", "a/b"),
        windows("c:\\a", "\\b"), windows("\\\\?\\UNC\\s\\t\\a"),
        windows("\\\\?\\UNC\\s\\t"), windows("\\\\?\\c:\\a"), windows("\\\\.\\x"),
    ]


def calls():
    values = [
        slice(1, None, 2), slice(None), slice(u"a", 2 ** 70),
        (range if PYTHON3 else xrange)(1, 10, 2), os.path.join,  # noqa: F821
        (range if PYTHON3 else xrange)(5, 0, -1), fractions.Fraction,  # noqa: F821
        functools.partial(os.path.join, u"a"), functools.partial(fractions.Fraction),
        functools.partial(fractions.Fraction, denominator=3),
    ]
    if PYTHON3:
        values += [Outer.Inner, Outer.method, collections.OrderedDict.fromkeys]
    return values


def randoms():
    values = [numpy.random.RandomState(3)]
    values[0].randint(10, size=5)
    if hasattr(numpy.random, "Generator"):
        values += [numpy.random.MT19937(1), numpy.random.PCG64(1), numpy.random.Philox(1),
                   numpy.random.default_rng(2), numpy.random.Generator(numpy.random.MT19937(3)),
                   numpy.random.RandomState(numpy.random.PCG64(4))]
    return values


def ufuncs():
    return [numpy.add, numpy.log1p] + ([special.expit] if sparse else [])


DENSE = numpy.array([[0, 1.5, 0, -2], [0, 0, 0, 0], [3, 0, 0, 4]])


def with_wide_indices(value):
    value.indices, value.indptr = value.indices.astype("i8"), value.indptr.astype("i8")
    return value


def with_foreign_order(value):
    value.indices, value.indptr = value.indices.astype(">i4"), value.indptr.astype(">i4")
    value.data = value.data.astype(">f8")
    return value


def unsorted():
    return sparse.csr_matrix(([1., 2., 3.], [2, 0, 1], [0, 2, 3]), (2, 3))


def twice():
    return sparse.csc_matrix(([1., 2., 3.], [1, 1, 0], [0, 2, 3]), (2, 2))


def longer_data():
    value = sparse.csr_matrix(DENSE)
    value.data = numpy.append(value.data, 9.0)
    value.indices = numpy.append(value.indices, numpy.int32(0))
    return value


def asked():
    value = sparse.csr_matrix(DENSE)
    value.sum_duplicates()
    return value


def matrices():
    if not sparse:
        return []
    values = [
        sparse.csr_matrix(DENSE), sparse.csc_matrix(DENSE), sparse.coo_matrix(DENSE),
        sparse.csr_matrix((0, 3)), sparse.csc_matrix((3, 0)), sparse.coo_matrix((2, 2)),
        sparse.csr_matrix(DENSE.astype("f4")), sparse.csc_matrix(DENSE.astype("i8")),
        sparse.coo_matrix(DENSE.astype(bool)), with_wide_indices(sparse.csr_matrix(DENSE)),
        with_foreign_order(sparse.csc_matrix(DENSE)), unsorted(), twice(), longer_data(), asked(),
        sparse.coo_matrix(([1., 2.], ([0, 0], [1, 1])), (1, 2)),
    ]
    for name in ("csr_array", "csc_array", "coo_array"):
        if hasattr(sparse, name):
            values.append(getattr(sparse, name)(DENSE))
    if "csr_array" in dir(sparse) and sys.version_info >= (3, 12):
        values += [sparse.csr_array(numpy.array([0, 5.])), sparse.coo_array(numpy.array([0, 5.])),
                   sparse.coo_array(numpy.arange(8.).reshape(2, 2, 2))]
    return values


AREAS = [
    ("containers", containers, "Dicts and lists of collections", "views.md#mapping"),
    ("bunches", bunches, "Bunch of scikit-learn", "views.md#mapping"),
    ("numbers", numbers, "Fraction, Decimal and UUID", "views.md#fraction"),
    ("moments", moments, "Dates, times, durations and zones", "views.md#datetime"),
    ("paths", paths, "Paths of pathlib", "views.md#path"),
    ("calls", calls, "Slices, ranges, functions and partials", "views.md#function"),
    ("ufuncs", ufuncs, "Functions of numpy and scipy over arrays", "views.md#function"),
    ("random", randoms, "Sources of random numbers", "views.md#random"),
    ("sparse", matrices, "Sparse matrices and arrays", "views.md#sparse"),
]


def protocols():
    if not PYTHON3:
        return (0, 2)
    return {(3, 13): (0, 2, 3, 5), (3, 6): (2, 4)}.get(sys.version_info[:2], (4,))


def make(writer):
    for protocol in protocols():
        for name, maker, description, spec in AREAS:
            values = maker()
            if values and (protocol not in (0, 3) or name not in ("random", "sparse")):
                # Protocols below 4 lose `fold`: what is read again counts. numpy turns arrays
                # of foreign byte order around when it reads them: what was written counts.
                again = pickle.loads(pickle.dumps(values, protocol))
                views = [viewed(value) for value in (values if name == "sparse" else again)]
                writer.dump("views/%s-protocol%d-%s" % (name, protocol, writer.release()),
                            values, description, spec, protocol=protocol, view=views)
