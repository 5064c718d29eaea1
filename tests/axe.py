"""Ask axe-core what on a page would keep readers out."""

from functools import cache
from importlib.resources import files

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """
async ([context, tags]) => {
  const { violations } = await axe.run(context ?? document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) => ({ id, target: target.flat(9).join(" "), html, failureSummary })));
}
"""


@cache
def _script():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def faults_of(frame, context=None):
    """What axe-core finds in a page or frame: for each element the rule, the element and what is wrong with it.

    The script's text is evaluated, since the page's policy lets no other script in. A context is axe's: which
    parts to look at.
    """
    frame.evaluate(f"() => {{ if (!globalThis.axe) {{ {_script()} }} }}")
    return frame.evaluate(RUN, [context, TAGS])
