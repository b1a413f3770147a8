"""The page of the runner, in a real browser: what it shows, and that it can be read.

    python3 test_page.py CONFORMANCE BROWSER      a Chromium, of any name
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

CONFORMANCE, BROWSER = sys.argv[1:]
HERE = os.path.dirname(os.path.abspath(__file__))
CASES = ["valid/pickle4/shared", "invalid/gzip/size-wrong", "audit/alias-module"]

# Runs when the page is there, and leaves what it saw in an element of its own.
PROBE = """<script>
addEventListener("load", () => {
    const colour = kind => getComputedStyle(document.querySelector("td." + kind)).backgroundColor;
    const root = document.documentElement, details = [...document.querySelectorAll("details")];
    const rows = [...document.querySelector("table").rows];
    const seen = {
        title: document.title,
        matrix: rows.map(row => [...row.cells].map(cell => cell.innerText)),
        colours: ["good", "bad", "some"].map(colour),
        background: getComputedStyle(document.body).backgroundColor,
        overflows: root.scrollWidth > root.clientWidth,
        open: details.map(one => one.open),
        failures: [...details[0].querySelectorAll("tbody tr, tr")].map(row => row.innerText),
        height: details[0].getBoundingClientRect().height,
    };
    const probe = document.createElement("pre");
    probe.id = "probe";
    probe.textContent = JSON.stringify(seen);
    document.body.append(probe);
});
</script>"""


def oracle(fault):
    return '"%s" -B "%s" %s' % (sys.executable, os.path.join(HERE, "oracle.py"), fault)


def write_page(path):
    """Three testees: one that is wrong everywhere, one that skips everything, one that is right."""
    words = [word for case in CASES for word in ("--case", case)]
    subprocess.run([sys.executable, "-B", os.path.join(CONFORMANCE, "runner"), *words, "--html", path,
                    oracle("other-value"), oracle("skips-undeclared"), oracle("")],
                   stdout=subprocess.DEVNULL)


def browse(path, profile, *words):
    """What the browser prints. The sandbox needs rights that a container does not give."""
    return subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--user-data-dir=" + profile, *words, "file://" + path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=True).stdout.decode()


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "page.html")
        write_page(cls.path)
        with open(cls.path, encoding="utf-8") as file:
            text = file.read()
        with open(cls.path, "w", encoding="utf-8") as file:
            file.write(text.replace("</body>", PROBE + "</body>"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def look(self, *words):
        text = browse(self.path, os.path.join(self.folder.name, "profile"), "--dump-dom", *words)
        found = re.search('<pre id="probe">(.*?)</pre>', text, re.DOTALL)
        self.assertTrue(found, text[-1000:])
        return json.loads(found.group(1).replace("&lt;", "<").replace("&gt;", ">")
                          .replace("&amp;", "&"))

    def test_shows_testees_beside_areas(self):
        matrix = self.look()["matrix"]
        self.assertEqual(matrix[0], ["area", "oracle 1", "oracle 1", "oracle 1"])
        self.assertEqual(matrix[1:], [
            ["audit", "0 of 1", "1 skipped", "1 of 1"],
            ["invalid/gzip", "0 of 1", "1 skipped", "1 of 1"],
            ["valid/pickle4", "0 of 2", "2 skipped", "2 of 2"],
            ["all", "0 of 4", "4 skipped", "4 of 4"]])

    def test_shows_each_failure(self):
        seen = self.look()
        self.assertTrue(all(seen["open"]))
        self.assertGreater(seen["height"], 50)
        for case in CASES:
            self.assertTrue(any(case in row for row in seen["failures"]), case)

    def test_can_be_read(self):
        for words in (["--window-size=1280,800"], ["--window-size=500,800"]):
            seen = self.look(*words)
            self.assertFalse(seen["overflows"], words)
            colours = seen["colours"] + [seen["background"]]
            self.assertEqual(len(set(colours)), len(colours), colours)

    def test_is_drawn(self):
        path = os.path.join(self.folder.name, "page.png")
        browse(self.path, os.path.join(self.folder.name, "profile"), "--screenshot=" + path)
        with open(path, "rb") as file:
            data = file.read()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        self.assertGreater(len(data), 5000)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
