"""A copy of the sources, and testees built from it with one patch after the other."""

import os
import shutil
import subprocess

from table import HERE, patch_files

# What is copied: what the build of the library reads, and the testee with what it includes.
COPIED = ["CMakeLists.txt", "core", "bindings/c/examples", "conformance/testees/c"]


class Broken(Exception):
    """What keeps a mutant from being judged."""


def write_files(folder, texts):
    for path, text in texts.items():
        with open(os.path.join(folder, path), "w", encoding="utf-8", newline="") as file:
            file.write(text)


def copy_changed(source, target):
    """Copies a file, unless it is there already: what is not written is not built again."""
    with open(source, "rb") as file:
        data = file.read()
    if os.path.exists(target):
        with open(target, "rb") as file:
            if file.read() == data:
                return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "wb") as file:
        file.write(data)


def copy_tree(source, target):
    """Makes `target` a copy of a file or folder."""
    if os.path.isfile(source):
        copy_changed(source, target)
        return
    for name in os.listdir(source):
        copy_tree(os.path.join(source, name), os.path.join(target, name))
    for name in set(os.listdir(target)) - set(os.listdir(source)):
        path = os.path.join(target, name)
        (shutil.rmtree if os.path.isdir(path) else os.remove)(path)


def call(words):
    """Runs a program; what it prints is shown only if it fails."""
    found = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if found.returncode != 0:
        raise Broken("%s ended with %d\n%s" % (" ".join(words), found.returncode,
                                               found.stdout.decode(errors="replace")[-4000:]))


class Build:
    """A copy of the sources and its build, where one mutant is made after the other."""

    def __init__(self, words):
        self.cmake, self.work = words.cmake, os.path.abspath(words.work)
        self.copy = os.path.join(self.work, "source")
        self.folder = os.path.join(self.work, "build")
        for part in COPIED:
            copy_tree(os.path.join(words.source, part), os.path.join(self.copy, part))
        call([self.cmake, "-S", HERE, "-B", self.folder, "-G", words.generator,
              "-DSOURCE=" + self.copy, "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_FLAGS_DEBUG=-O1"] +
             ["-D" + setting for setting in words.define])

    def make(self, name):
        """Builds what is in the copy; the testee, under a name of its own."""
        call([self.cmake, "--build", self.folder, "--parallel", "--target", "testee"])
        made = os.path.join(self.work, name)
        shutil.copy2(os.path.join(self.folder, "testee"), made)
        return made

    def make_mutant(self, mutant):
        before = {}
        changed = patch_files(self.copy, mutant)
        for path in changed:
            with open(os.path.join(self.copy, path), encoding="utf-8", newline="") as file:
                before[path] = file.read()
        write_files(self.copy, changed)
        try:
            return self.make(mutant.name)
        finally:
            write_files(self.copy, before)
