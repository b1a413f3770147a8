"""A page for a person: testees beside areas, and below that each failure."""

from html import escape

from report import count_all, count_by_area
from run import FAILED, SKIPPED

STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; margin: 2em; color: #1b1f24; background: #fff; }
table { border-collapse: collapse; margin: 1em 0; }
th, td { border: 1px solid #d0d7de; padding: .25em .7em; text-align: left; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
td.good { background: #dafbe1; } td.bad { background: #ffd7d5; } td.some { background: #f6f8fa; }
code { font-family: ui-monospace, monospace; font-size: .93em; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117; } th, td { border-color: #30363d; }
  td.good { background: #12361f; } td.bad { background: #5c1a1a; } td.some { background: #161b22; }
}
"""


def cell(passed, failed, skipped):
    """How many of those that were asked passed, coloured."""
    kind = "bad" if failed else "good" if passed else "some"
    text = "%d of %d" % (passed, passed + failed) if passed + failed else ""
    if skipped:
        text += "%s%d skipped" % (", " if text else "", skipped)
    return '<td class="n %s">%s</td>' % (kind, text)


def put_matrix(put, runs):
    put("<table><thead><tr><th>area</th>")
    for hello, _ in runs:
        put("<th>%s %s</th>" % (escape(hello["name"]), escape(hello["version"])))
    put("</tr></thead><tbody>")
    tables = [{row[0]: row[1:] for row in count_by_area(results)} for _, results in runs]
    areas = list(dict.fromkeys(area for table in tables for area in table))
    for area in areas:
        cells = "".join(cell(*table[area]) if area in table else "<td></td>" for table in tables)
        put("<tr><th>%s</th>%s</tr>" % (escape(area), cells))
    put("<tr><th>all</th>%s</tr>" % "".join(cell(*count_all(results)) for _, results in runs))
    put("</tbody></table>")


def put_results(put, title, results):
    if not results:
        return
    put("<details%s><summary>%s: %d</summary><table><thead><tr><th>case</th><th>why</th>"
        "</tr></thead><tbody>" % (" open" if len(results) <= 50 else "", title, len(results)))
    for result in results:
        put("<tr><td><code>%s</code>%s</td><td><code>%s</code></td></tr>" % (
            escape(result.name), " (known)" if result.known else "", escape(result.detail)))
    put("</tbody></table></details>")


def write_html(path, runs, version):
    with open(path, "w", encoding="utf-8") as file:
        put = lambda text: file.write(text + "\n")
        put('<!doctype html>\n<html lang="en"><head><meta charset="utf-8">')
        put('<meta name="viewport" content="width=device-width">')
        put("<title>Conformance of readers of joblib files</title><style>%s</style></head><body>"
            % STYLE)
        put("<h1>Conformance of readers of joblib files</h1><p>Suite: %s</p>" % escape(version))
        put_matrix(put, runs)
        for hello, results in runs:
            put("<h2>%s %s</h2><p>level %d; operations: %s; capabilities: %s</p>" % (
                escape(hello["name"]), escape(hello["version"]), hello["level"],
                escape(", ".join(hello["operations"])) or "none",
                escape(", ".join(hello["capabilities"])) or "none"))
            put_results(put, "Failed", [r for r in results if r.outcome == FAILED])
            put_results(put, "Skipped", [r for r in results if r.outcome == SKIPPED])
        put("</body></html>")
