"""Objects of classes that a reader does not know. They stay inert."""
import collections
import datetime
import decimal
import functools
import operator
import sys

import numpy


class Plain(object):
    pass


class Slotted(object):
    __slots__ = ("a", "b")


class Both(object):
    __slots__ = ("a", "__dict__")


class MyList(list):
    pass


class MyDict(dict):
    pass


class MyText(type(u"")):
    pass


class NewArgs(object):
    def __new__(cls, *args):
        return object.__new__(cls)

    def __getnewargs__(self):
        return (1, "two")


class NewKeywords(object):
    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __getnewargs_ex__(self):
        return (1,), {"key": [2]}


class ListState(object):
    def __getstate__(self):
        return [1, 2]

    def __setstate__(self, state):
        pass


class FalseState(object):
    def __getstate__(self):
        return 0


def with_attributes(value, **attributes):
    for name in sorted(attributes):
        setattr(value, name, attributes[name])
    return value


def cyclic():
    value = Plain()
    value.me = value
    return value


def shared():
    value = with_attributes(Plain(), a=1)
    return [value, value, {"k": value}]


def my_list():
    return with_attributes(MyList([1, 2]), note="n")


OBJECTS = [
    ("plain", with_attributes(Plain(), a=1, b=[2]), "An object with a state"),
    ("empty", Plain(), "An object without a state"),
    ("slots", with_attributes(Slotted(), a=1, b=2), "__slots__: the state is a tuple"),
    ("slots-and-dict", with_attributes(Both(), a=1, c=3), "__slots__ and __dict__"),
    ("list-subclass", my_list(), "A list subclass: items and a state"),
    ("dict-subclass", MyDict(a=1), "A dict subclass: entries"),
    ("text-subclass", MyText(u"x"), "A text subclass: an argument of NEWOBJ"),
    ("newargs", with_attributes(NewArgs(), z=0), "__getnewargs__"),
    ("newargs-ex", NewKeywords(), "__getnewargs_ex__: NEWOBJ_EX, or a call before protocol 4"),
    ("list-state", ListState(), "A state that is a list"),
    ("cyclic", cyclic(), "An object that holds itself"),
    ("shared", shared(), "One object met three times"),
    ("datetime", [datetime.datetime(2020, 1, 2, 3, 4, 5), datetime.timedelta(1, 2, 3)],
     "datetime and timedelta"),
    ("decimal", decimal.Decimal("1.50"), "Decimal"),
    ("partial", functools.partial(int, base=2), "functools.partial"),
    ("itemgetter", operator.itemgetter(1), "operator.itemgetter"),
    ("random-state", numpy.random.RandomState(3), "RandomState with its key array"),
    ("method-name", Plain.__init__ if sys.version_info[0] < 3 else len, "A builtin function"),
    ("ordered-dict", collections.OrderedDict([("b", 1), ("a", 2)]), "OrderedDict"),
]
SKIP_PYTHON2 = ("newargs-ex", "method-name", "itemgetter")


def protocols():
    if sys.version_info[0] == 2:
        return (2,)
    return (2, 4, 5) if sys.version_info >= (3, 13) else (4,)


def make(writer):
    for protocol in protocols():
        for name, value, description in OBJECTS:
            if sys.version_info[0] == 2 and name in SKIP_PYTHON2:
                continue
            writer.dump("objects/%s-protocol%d-%s" % (name, protocol, writer.release()), value,
                        description, "values.md#objects", protocol=protocol)
