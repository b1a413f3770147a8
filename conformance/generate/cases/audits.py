"""What an audit must say of files that name what runs code. Assembled, and never loaded."""
import gzip
import zlib

from assemble import assemble, call, named, pairs, text, whole, wrapper

P2, P3, P4 = [("PROTO", n) for n in (2, 3, 4)]
OBJECTS = [text("O8"), "NEWFALSE", "NEWTRUE", "TUPLE3"]
OBJECT_DTYPE = named("numpy", "dtype") + OBJECTS + [
    "REDUCE", whole((3, "|", None, None, None, -1, -1, 63)), "BUILD"]


def old(module, name):
    return ("GLOBAL", (module, name))


def nested(*parts):
    """An array of objects whose pickle stands behind its wrapper."""
    inner, _ = assemble(P4, *parts, "STOP")
    return [P4, wrapper(dtype=OBJECT_DTYPE, shape=(1,), allow_mmap=False), "BUILD", inner, "STOP"]


ARRAY = named("numpy._core.multiarray", "_reconstruct") + [
    named("numpy", "ndarray"), whole((0,)), whole(b"b"), "TUPLE3", "REDUCE"]
ID = whole(("id",))
SYSTEM = named("os", "system")
# name, the outcomes that are right, the dangerous globals, parts, description
ROWS = [
    ("reduce", "dangerous", "os.system", [P4, SYSTEM, ID, "REDUCE", "STOP"], "REDUCE"),
    ("reduce-protocol-2", "dangerous", "os.system",
     [P2, old("os", "system"), ("BINUNICODE", "id"), "TUPLE1", "REDUCE", "STOP"],
     "GLOBAL and REDUCE of protocol 2"),
    ("newobj", "dangerous", "subprocess.Popen",
     [P4, named("subprocess", "Popen"), ID, "NEWOBJ", "STOP"], "NEWOBJ"),
    ("newobj-ex", "dangerous", "subprocess.Popen",
     [P4, named("subprocess", "Popen"), ID, "EMPTY_DICT", pairs([("shell", True)]), "NEWOBJ_EX",
      "STOP"], "NEWOBJ_EX"),
    ("build", "dangerous", "code.InteractiveInterpreter",
     [P4, named("code", "InteractiveInterpreter"), "EMPTY_TUPLE", "NEWOBJ", "EMPTY_DICT", "BUILD",
      "STOP"], "BUILD on an instance"),
    ("build-on-class", "incomplete", "",
     [P4, named("m", "C"), "EMPTY_DICT", pairs([("f", 1)]), "BUILD", "STOP"],
     "BUILD on a class, which some unpicklers refuse"),
    ("inst", "dangerous", "os.system",
     [P2, "MARK", ("BINUNICODE", "id"), ("INST", ("os", "system")), "STOP"], "INST"),
    ("obj", "dangerous", "os.system",
     [P2, "MARK", old("os", "system"), ("BINUNICODE", "id"), "OBJ", "STOP"], "OBJ"),
    ("protocol-0", "dangerous", "os.system",
     ["MARK", ("STRING", "'id'"), ("INST", ("os", "system")), "STOP"], "Protocol 0"),
    ("only-named", "dangerous", "os.system", [P4, SYSTEM, "STOP"], "A name without a call"),
    ("os-remove", "dangerous", "os.remove", [P4, named("os", "remove"), ID, "REDUCE", "STOP"],
     "A function of os that runs nothing"),
    ("popped", "dangerous", "os.system",
     [P4, SYSTEM, ID, "REDUCE", "POP", "NONE", "STOP"], "The result is dropped"),
    ("popped-mark", "dangerous", "os.system",
     [P4, "NONE", "MARK", SYSTEM, ID, "REDUCE", "POP_MARK", "STOP"], "Dropped with its mark"),
    ("popped-name", "dangerous", "os.system", [P4, SYSTEM, "POP", "NONE", "STOP"],
     "The name itself is dropped"),
    ("memo-overwritten", "dangerous", "os.system",
     [P4, SYSTEM, ("BINPUT", 0), ID, "REDUCE", "POP", named("numpy", "ndarray"), ("BINPUT", 0),
      "POP", ("BINGET", 0), "STOP"], "Another global takes its place in the memo"),
    ("names-from-memo", "dangerous", "os.system",
     [P4, text("os"), "MEMOIZE", text("system"), "MEMOIZE", "POP", "POP", ("BINGET", 0),
      ("BINGET", 1), "STACK_GLOBAL", ID, "REDUCE", "STOP"], "STACK_GLOBAL with names of the memo"),
    ("names-duplicated", "dangerous", "pty.pty",
     [P4, text("pty"), "DUP", "STACK_GLOBAL", "STOP"], "STACK_GLOBAL with one text for both"),
    ("names-apart", "dangerous", "os.system",
     [P4, text("os"), "MARK", text("numpy"), "POP_MARK", text("system"), "STACK_GLOBAL", "STOP"],
     "Other texts between module and name"),
    ("names-long-form", "dangerous", "os.system",
     [P4, ("BINUNICODE8", "os"), ("BINUNICODE", "system"), "STACK_GLOBAL", "STOP"],
     "Names as long texts"),
    ("global-protocol-4", "dangerous", "os.system", [P4, old("os", "system"), "STOP"],
     "GLOBAL in protocol 4"),
    ("in-dict-key", "dangerous", "os.system", [P4, "EMPTY_DICT", SYSTEM, "NONE", "SETITEM", "STOP"],
     "As the key of a dict"),
    ("in-replaced-entry", "dangerous", "os.system",
     [P4, "EMPTY_DICT", text("k"), SYSTEM, "SETITEM", text("k"), "NONE", "SETITEM", "STOP"],
     "An entry that a later one replaces"),
    ("in-state", "dangerous", "os.system",
     [P4, named("sklearn.tree._classes", "DecisionTreeClassifier"), "EMPTY_TUPLE", "NEWOBJ",
      "EMPTY_DICT", pairs([("criterion", SYSTEM)]), "BUILD", "STOP"], "In an estimator's state"),
    ("in-arguments", "dangerous", "os.system",
     [P4, named("functools", "partial"), SYSTEM, "TUPLE1", "REDUCE", "STOP"],
     "As argument of a known name"),
    ("nested", "dangerous", "os.system", nested(ARRAY, "POP", SYSTEM, ID, "REDUCE"),
     "In the pickle of an array of objects, which is no array"),
    ("nested-popped", "dangerous", "os.system",
     nested(SYSTEM, ID, "REDUCE", "POP", ARRAY), "Dropped in a nested pickle"),
    ("python2-eval", "dangerous", "__builtin__.eval",
     [P2, old("__builtin__", "eval"), ("BINUNICODE", "1"), "TUPLE1", "REDUCE", "STOP"],
     "A name of Python 2"),
    ("python2-commands", "dangerous", "commands.getoutput",
     [P2, old("commands", "getoutput"), "STOP"], "A module of Python 2"),
    ("python2-copy-reg", "dangerous", "copy_reg.add_extension",
     [P2, old("copy_reg", "add_extension"), "STOP"], "copy_reg, but not its builders"),
    ("dotted", "dangerous", "builtins.eval.__call__",
     [P4, named("builtins", "eval.__call__"), ID, "REDUCE", "STOP"], "A name with a dot"),
    ("dotted-module", "dangerous", "numpy.lib.npyio.os.system",
     [P4, named("numpy.lib.npyio", "os.system"), ID, "REDUCE", "STOP"],
     "A module found in another module"),
    ("dotted-known", "dangerous", "sklearn.tree.DecisionTreeClassifier.__init__.__globals__",
     [P4, named("sklearn.tree", "DecisionTreeClassifier.__init__.__globals__"), "STOP"],
     "From a known class to the internals of Python"),
    ("alias-module", "dangerous", "sklearn.externals.six.moves.builtins.eval",
     [P2, old("sklearn.externals.six.moves.builtins", "eval"), "STOP"], "six names modules anew"),
    ("alias-name", "dangerous", "distutils.spawn.os", [P2, old("distutils.spawn", "os"), "STOP"],
     "A module by way of one that imports it"),
    ("look-alike", "unknown", "", [P4, named("nump\u0443", "ndarray"), "STOP"],
     "A module with a Cyrillic letter"),
    ("capital", "unknown", "", [P4, named("Numpy", "ndarray"), "STOP"], "Another case"),
    ("near-known", "unknown", "", [P4, named("numpy", "ndarrayy"), "STOP"], "A letter more"),
    ("ufunc-reconstruct", "dangerous", "os.system",
     [P4, call("numpy.core", "_ufunc_reconstruct", "os", "system"), "STOP"],
     "A function of numpy that imports by text"),
    ("ufunc-known", "clean", "",
     [P4, call("numpy.core", "_ufunc_reconstruct", "numpy", "log10"), "STOP"],
     "A function of numpy that imports a known function by text"),
    ("ufunc-unknown", "unknown", "",
     [P4, call("numpy._core", "_ufunc_reconstruct", "m", "f"), "STOP"],
     "A function of numpy that imports an unknown function by text"),
    ("ufunc-called", "dangerous", "numpy.core._ufunc_reconstruct",
     [P4, call("numpy.core", "_ufunc_reconstruct", "numpy", "log10", "x"), "STOP"],
     "A function that imports by text, with an argument more"),
    ("ufunc-named", "dangerous", "numpy.core._ufunc_reconstruct",
     [P4, named("numpy.core", "_ufunc_reconstruct"), "STOP"],
     "A function that imports by text, as a name alone"),
    ("ufunc-not-text", "dangerous", "numpy.core._ufunc_reconstruct",
     [P4, call("numpy.core", "_ufunc_reconstruct", None, "log10"), "STOP"],
     "A function that imports by text, called with None"),
    ("ufunc-newobj", "dangerous", "numpy.core._ufunc_reconstruct",
     [P4, named("numpy.core", "_ufunc_reconstruct"), text("numpy"), text("log10"), "TUPLE2",
      "NEWOBJ", "STOP"], "A function that imports by text, by NEWOBJ"),
    ("getattr-class", "unknown", "",
     [P4, named("builtins", "getattr"), named("m", "C"), text("f"), "TUPLE2", "REDUCE", "STOP"],
     "An attribute of an unknown class, as protocol 3 names a method"),
    ("getattr-internals", "dangerous", "m.C.__globals__",
     [P4, named("builtins", "getattr"), named("m", "C"), text("__globals__"), "TUPLE2", "REDUCE",
      "STOP"], "An attribute of a class that reaches into Python"),
    ("getattr-module", "dangerous", "numpy.random.os",
     [P4, named("builtins", "getattr"), named("numpy", "random"), text("os"), "TUPLE2", "REDUCE",
      "STOP"], "A module by way of one that imports it, by getattr"),
    ("getattr-chain", "dangerous", "builtins.getattr",
     [P4, named("builtins", "getattr"), "MEMOIZE", ("BINGET", 0), named("m", "C"), text("f"),
      "TUPLE2", "REDUCE", text("g"), "TUPLE2", "REDUCE", "STOP"],
     "An attribute of what getattr returned"),
    ("getattr-built", "dangerous", "builtins.getattr",
     [P4, named("builtins", "getattr"), named("m", "C"), text("f"), "TUPLE2", "REDUCE",
      "EMPTY_DICT", "BUILD", "STOP"], "A state for what getattr returned"),
    ("scipy-stats", "dangerous", "scipy.stats._distn_infrastructure.rv_continuous",
     [P4, named("scipy.stats._distn_infrastructure", "rv_continuous"), "EMPTY_TUPLE", "NEWOBJ",
      "EMPTY_DICT", "BUILD", "STOP"], "A class that executes text of its state"),
    ("memmap-called", "dangerous", "numpy.memmap", [P4, call("numpy", "memmap", "x"), "STOP"],
     "numpy.memmap opens a file when it is called"),
    ("memmap-named", "clean", "", [P4, named("numpy", "memmap"), "STOP"],
     "numpy.memmap as a name alone"),
    ("companion", "incomplete", "",
     [P4, call("joblib.numpy_pickle", "NDArrayWrapper", "/etc/passwd", None), "STOP"],
     "A wrapper that makes joblib open a file"),
    ("persistent-id", "incomplete", "", [P2, "NONE", "BINPERSID", "STOP"], "A persistent id"),
    ("extension", "incomplete", "", [P2, ("EXT1", 2), "STOP"], "A code of the extension registry"),
    ("cut", "dangerous", "os.system", [P4, SYSTEM, ID, "REDUCE"], "Cut behind the call"),
    ("cut-before", "incomplete", "", [P4, text("os"), text("system")], "Cut before the name"),
    ("frame-too-long", "incomplete dangerous", "os.system",
     [P4, ("FRAME", 999), SYSTEM, ID, "REDUCE", "STOP"], "A frame beyond the end of the file"),
    ("second-pickle", "incomplete", "", [P4, "NONE", "STOP", P4, SYSTEM, "STOP"],
     "A second pickle behind the first"),
    ("module-blank", "incomplete", "", [P2, old("os ", "system"), "STOP"], "A blank in a name"),
]


def note(writer, name, outcomes, dangerous, data, description, codec="raw"):
    writer.bytes("audit/%s.joblib" % name, data)
    expect = {"outcomes": outcomes.split(), "dangerous": dangerous.split()}
    writer.note("audit/" + name, description, "safety.md#audit", level=1, tags={"codec": codec},
                expect={"audit": expect})


def make(writer):
    for name, outcomes, dangerous, parts, description in ROWS:
        note(writer, name, outcomes, dangerous, assemble(*parts)[0], description)
    data = assemble(P4, SYSTEM, ID, "REDUCE", "POP", "NONE", "STOP")[0]
    note(writer, "zlib", "dangerous", "os.system", zlib.compress(data), "In a zlib stream", "zlib")
    note(writer, "gzip", "dangerous", "os.system", gzip.compress(data, mtime=0),
         "In a gzip stream", "gzip")
    note(writer, "zlib-cut", "dangerous incomplete", "os.system", zlib.compress(data)[:-4],
         "A zlib stream without its checksum", "zlib")
