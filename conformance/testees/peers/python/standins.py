"""What a guarded unpickler finds for the names of a file: few real things, else stand-ins.

A stand-in is a class that notes how it was called. So joblib and pickle run as they are, and
nothing that a file names is imported. Runs on Python 2.7 and 3.
"""
import pickle
import sys

import numpy

try:
    import builtins
except ImportError:
    import __builtin__ as builtins

TEXT = type(u"")
INTEGERS = (int,) if sys.version_info[0] > 2 else (int, long)  # noqa: F821
BUILTINS = ("builtins", "__builtin__")
COPYREG = ("copyreg", "copy_reg")
CORE = ("numpy.core.", "numpy._core.")
WRAPPERS = ("NumpyArrayWrapper", "NDArrayWrapper", "ZNDArrayWrapper")
CONTAINERS = ("set", "frozenset", "bytearray", "bytes", "complex")
CLASSES = ("ndarray", "matrix", "memmap")
PACKAGES = ("sklearn", "numpy", "scipy", "joblib")
HARMLESS = [("_codecs", "encode"), ("collections", "OrderedDict"), ("collections", "defaultdict")
            ] + [(module, "_reconstructor") for module in COPYREG]
OPENERS = ("memmap", "DataSource")  # classes that open a file when they are called
MAKERS = ("_reconstruct", "scalar", "_frombuffer", "__randomstate_ctor", "__bit_generator_ctor",
          "__generator_ctor")
# Types of dtypes: a stand-in would make numpy's dtype of objects.
TYPES = ("record",)


class Unfit(Exception):
    """What the tagged values of a testee cannot tell: the word for `skipped`."""


class Meta(type):
    """A name of the file. Called, it notes the call, or makes one of the values above."""

    def __call__(cls, *args):
        return made(cls, "reduce", args)


class Record(object):
    """An object of the file: how it was made, and what was done to it."""

    def __new__(cls, *args, **keywords):
        return made(cls, "newobj_ex" if keywords else "newobj", args, keywords)

    def __setstate__(self, state):
        self.__dict__["state"] = state

    def append(self, item):
        self.__dict__.setdefault("items", []).append(item)

    def extend(self, items):
        for item in items:
            self.append(item)

    def __setitem__(self, key, value):
        self.__dict__.setdefault("entries", []).append((key, value))

    def __call__(self, *args):
        return made(self, "reduce", args)


def made(cls, form, args, keywords=None):
    record = object.__new__(Record)
    record.__dict__.update(cls=cls, form=form, args=args)
    if keywords:
        record.__dict__["keywords"] = keywords
    return record


class Callable(object):
    """A function that is called for real where `fits` says so of its arguments."""

    def __init__(self, name, function, fits):
        self.name, self.function, self.fits = name, function, fits

    def __call__(self, *args):
        return self.function(*args) if self.fits(*args) else made(self, "reduce", args)

    def __new__(cls, *args, **keywords):
        if isinstance(cls, type):
            return object.__new__(cls)
        return made(cls, "newobj", args, keywords)  # NEWOBJ on a name of this kind


def is_latin1(*args):
    return len(args) == 2 and args[1] in ("latin1", "latin-1")


def to_bytes(text, _):
    return text.encode("latin1")


def is_plain_object(*args):
    return len(args) == 3 and args[1] is object and args[2] is None


def reconstruct(cls, _, __):
    if isinstance(cls, type) and cls.__name__ in WRAPPERS:
        return object.__new__(cls)
    return made(cls, "reconstructor", ())


def has_no_size(*args):
    """bytes(8) makes zeros, of any number."""
    return not any(isinstance(item, INTEGERS) for item in args)


def is_array_class(cls, *_):
    return cls in [getattr(numpy, name) for name in CLASSES]


def core(module, name):
    """A function of numpy's core, where this numpy has a module of that name."""
    try:
        return getattr(__import__(str(module), fromlist=[str(name)]), name)
    except (ImportError, AttributeError):
        raise Unfit(module + "." + name)


def always(*_):
    return True


def as_text(name):
    return name if isinstance(name, TEXT) else name.decode("utf-8")


class Names(object):
    """All names of one file: the same name is the same thing."""

    def __init__(self, joblib):
        self.joblib, self.found, self.words = joblib, {}, {}

    def find(self, module, name):
        """What stands for a name; its module and name are in `words`."""
        key = (as_text(module), as_text(name))
        if key not in self.found:
            self.found[key] = self.make(*key)
            self.words[id(self.found[key])] = key
        return self.found[key]

    @staticmethod
    def text(value):
        """A string of Python 2 in Python 3."""
        return Py2Text(value.decode("latin1"))

    def make(self, module, name):
        real = self.real(module, name)
        return Meta(str("Record"), (Record,), {}) if real is None else real

    def real(self, module, name):
        key = (module, name)
        if module in BUILTINS and name in CONTAINERS:
            return Callable(key, getattr(builtins, name), has_no_size)
        if key in [(owner, "object") for owner in BUILTINS]:
            return object
        if key == ("_codecs", "encode"):
            return Callable(key, to_bytes, is_latin1)
        if module in COPYREG and name == "_reconstructor":
            return Callable(key, reconstruct, is_plain_object)
        if module.endswith("joblib.numpy_pickle") and name in WRAPPERS:
            return getattr(self.joblib.numpy_pickle, name, None)
        return self.of_numpy(module, name)

    @staticmethod
    def of_numpy(module, name):
        if name in CLASSES + TYPES and module.split(".")[0] == "numpy":
            return getattr(numpy, name)
        if name == "_convert_to_stringdtype_kwargs":
            raise Unfit("strings of any length")
        if (module, name) == ("numpy", "dtype"):
            return Callable((module, name), numpy.dtype, always)
        if not module.startswith(CORE):
            return None
        fits = {"_reconstruct": is_array_class, "scalar": always, "_frombuffer": always}.get(name)
        return Callable((module, name), core(module, name), fits) if fits else None


class RealClasses(object):
    """The real things of a file, of packages and kinds that are known to run nothing else.

    For a dump only those that this Python writes by the same name.
    """

    def __init__(self, same_names=False):
        self.same_names = same_names

    def text(self, value):
        if self.same_names:
            raise Unfit("strings of Python 2")
        return value.decode("latin1")

    def find(self, module, name):
        key, root = (module, name), module.split(".")[0]
        known = root in PACKAGES or key in HARMLESS or (
            module in BUILTINS and name in CONTAINERS + ("object",))
        if not known or name in OPENERS:
            raise Unfit("%s.%s" % key)
        if module == "__builtin__":
            module = builtins.__name__
        found = core(module, name)
        if self.same_names and getattr(found, "__module__", None) not in (None, key[0]):
            raise Unfit("another name of %s.%s" % key)
        if not isinstance(found, type) and key not in HARMLESS and not is_maker(name):
            raise Unfit("%s.%s" % key)
        return found


def is_maker(name):
    """Functions of numpy and of Cython that make one object of one class."""
    return name in MAKERS or name.startswith("__pyx_unpickle_")


class Py2Text(TEXT):
    """A string of Python 2 in Python 3: its bytes as latin1, as numpy's manual advises."""


def guard(unpickler, names):
    """Lets a class of unpicklers, with Python's own machine, find names in `names()`."""
    def find_class(self, module, name):
        return names().find(module, name)

    def _decode_string(self, value):
        return names().text(value)

    def _instantiate(self, cls, args):
        """INST and OBJ; in Python 2 `args` is where they begin on the stack."""
        if isinstance(args, int):
            mark, args = args, self.stack[args + 1:]
            del self.stack[mark:]
        self.append(made(cls, "instance", tuple(args)))

    for method in (find_class, _decode_string, _instantiate):
        setattr(unpickler, method.__name__, method)
    return unpickler


class GuardedPickle(object):
    """Stands for the module `pickle` inside joblib and numpy: arrays of objects are pickles."""

    def __init__(self, names):
        class Unpickler(getattr(pickle, "_Unpickler", pickle.Unpickler)):
            pass

        self.unpickler = guard(Unpickler, names)

    def __getattr__(self, name):
        return getattr(pickle, name)

    def load(self, stream, **_):
        return self.unpickler(stream).load()
