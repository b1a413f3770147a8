"""A testee: a process that reads requests and answers each with one line of JSON."""

import json
import queue
import shlex
import subprocess
import sys
import threading

from forms import LOSSES, OTHERS

VERSION = "1"  # of the protocol
START = 30  # seconds that a testee may need to start, where an answer may take less


class Failure(Exception):
    """What a testee did instead of answering; it is stopped then."""


class Testee:
    """Starts the command when it is needed, and again after a crash or a time-out."""

    def __init__(self, command, timeout):
        self.words = split_words(command)
        self.timeout = timeout
        self.process = None
        self.text = ""  # the last answer as it came
        self.count = 0
        self.hello = self.start()

    def start(self):
        try:
            self.process = subprocess.Popen(self.words, stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE)
        except OSError as error:
            raise Failure("cannot be started: %s" % error)
        self.lines = queue.Queue()
        # A thread reads, because pipes cannot be waited for on every system.
        threading.Thread(target=read_lines, args=(self.process.stdout, self.lines),
                         daemon=True).start()
        return check_hello(self.exchange("hello " + VERSION, max(self.timeout, START)))

    def ask(self, words):
        """The answer to a request. A path is one word: it holds neither tab nor line end."""
        if self.process is None:
            self.start()
        self.count += 1
        number = str(self.count)
        answer = self.exchange("\t".join([number] + words), self.timeout)
        if answer.get("id") != number:
            self.stop()
            raise Failure("the answer to request %s has the id %r" % (number, answer.get("id")))
        return answer

    def exchange(self, line, timeout):
        try:
            self.process.stdin.write(line.encode("utf-8") + b"\n")
            self.process.stdin.flush()
            text = self.lines.get(timeout=timeout)
        except queue.Empty:
            self.stop()
            raise Failure("no answer within %g s" % timeout)
        except OSError:
            text = b""
        if not text:
            raise Failure("ended with status %s" % self.stop())
        return self.parse(text)

    def parse(self, text):
        try:
            self.text = text.decode("utf-8").rstrip("\r\n")
            answer = json.loads(self.text)
        except ValueError as error:
            self.stop()
            raise Failure("no JSON: %s in %r" % (error, text[:100]))
        if not isinstance(answer, dict):
            self.stop()
            raise Failure("the answer is no object: %r" % text[:100])
        return answer

    def stop(self):
        """Ends the process; the exit status, negative for a signal."""
        process, self.process = self.process, None
        if process is None:
            return None
        try:
            process.stdin.close()
        except OSError:
            pass
        try:
            status = process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        # The thread holds the pipe until the process has ended.
        process.stdout.close()
        return status


def read_lines(stream, lines):
    try:
        for line in stream:
            lines.put(line)
    except ValueError:  # closed meanwhile
        pass
    lines.put(b"")


def split_words(command, platform=sys.platform):
    """What is started. A program of Windows gets its command line whole, and splits it itself."""
    return command if platform == "win32" else shlex.split(command)


def check_hello(hello):
    forms = {"name": str, "version": str, "level": int, "operations": list, "capabilities": list}
    for key, form in forms.items():
        if not isinstance(hello.get(key), form):
            raise Failure("the handshake has no %s that is a %s" % (key, form.__name__))
    unknown = set(hello.get("lacks", ())) - set(LOSSES) - set(OTHERS)
    if unknown:
        raise Failure("the handshake lacks what is not known: %s" % ", ".join(sorted(unknown)))
    return hello
