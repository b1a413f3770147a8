"""Small fixed data sets and inputs of several kinds."""
import numpy as np
import scipy.sparse as sp

rng = np.random.RandomState(7)
TRAIN = rng.randn(60, 4)
TEST = rng.randn(10, 4)
SCORE = TRAIN.dot([1.5, -2.0, 0.5, 1.0])
SCORE2 = TRAIN.dot([-0.5, 1.0, 1.0, -1.5])
THREE = np.digitize(SCORE + 0.3 * rng.randn(60), [-1.5, 1.5])
TWO = (SCORE + 0.3 * rng.randn(60) > 0).astype(int)
OTHER = (SCORE2 > 0).astype(int)
MISSING = np.where(rng.rand(60, 4) < 0.2, np.nan, TRAIN)
MISSING_TEST = np.where(rng.rand(10, 4) < 0.3, np.nan, TEST)
WEIGHTS = rng.rand(60)

TARGETS = {
    "binary": TWO,
    "multi": THREE,
    "labels": np.array([5, -1, 40])[THREE],
    "bool": TWO.astype(bool),
    "text": np.array([u"red", u"green", u"caf\xe9"])[THREE],
    "text2": np.array([u"no", u"yes"])[TWO],
    "object": np.array([u"red", u"green", u"blue"], dtype=object)[THREE],
    "bytes": np.array([b"red", b"green", b"blue"])[THREE],
    "float": THREE.astype(float),
    "uneven": np.where(SCORE > 3.5, 2, TWO),
    "outputs": np.column_stack([THREE, OTHER]),
    "outputs-text": np.column_stack([np.array([u"a", u"b", u"c"])[THREE],
                                     np.array([u"x", u"y"])[OTHER]]),
    "multilabel": np.column_stack([TWO, OTHER, (THREE == 1).astype(int)]),
    "real": SCORE + 0.1 * rng.randn(60),
    "reals": np.column_stack([SCORE, SCORE2 ** 2]),
    "positive": np.abs(SCORE),
}


def csr(dense, index):
    """A CSR matrix of the larger values, with the given type of indices."""
    matrix = sp.csr_matrix(np.where(np.abs(dense) > 0.4, dense, 0))
    matrix.indices, matrix.indptr = matrix.indices.astype(index), matrix.indptr.astype(index)
    return matrix


INPUTS = {
    "float64": TEST,
    "float32": TEST.astype("f4"),
    "int64": (TEST * 3).round().astype("i8"),
    "int32": (TEST * 3).round().astype("i4"),
    "uint8": np.abs(TEST * 3).round().astype("u1"),
    "int8": (TEST * 3).round().astype("i1"),
    "int16": (TEST * 3).round().astype("i2"),
    "uint16": np.abs(TEST * 3).round().astype("u2"),
    "uint32": np.abs(TEST * 3).round().astype("u4"),
    "uint64": np.abs(TEST * 3).round().astype("u8"),
    "float16": TEST.astype("f2"),
    "big-endian": TEST.astype(">f8"),
    "bool": TEST > 0,
    "f-order": np.asfortranarray(TEST),
    "csr32": csr(TEST, "i4"),
    "csr64": csr(TEST, "i8"),
    "missing": MISSING_TEST,
    "one-row": TEST[:1],
}
TRAININGS = {"float64": TRAIN, "float32": TRAIN.astype("f4"), "missing": MISSING,
             "csr": csr(TRAIN, "i4"),
             "constant": np.column_stack([TRAIN[:, :2], np.full(60, 7.0), TRAIN[:, 3]])}
