"""Writes docs/licences.md: under which licence each locked package stands, by what it says of itself where it is installed.

Run it in an environment that has the locks installed (`make licences`); it ends with 1 where a licence is unknown, or is
one that this project does not take.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import TYPE_CHECKING, Final

from scripts.locked import LOCKS, ROOT, by_need

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.locked import Pin

PAGE: Final = ROOT / "docs" / "licences.md"

TAKEN: Final = frozenset(
    [
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "CNRI-Python",
        "ISC",
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",
        "PSF-2.0",
        "Unlicense",
        "Zlib",
    ]
)
"""SPDX identifiers of licences that go with Apache-2.0; of MPL-2.0 the files stay under it, and none is changed here."""

APART: Final = {
    # Nobody gets it who does not ask for the extra `postgresql`.
    "LGPL-3.0-only": frozenset({"psycopg", "psycopg-binary"}),
    # Of the three that it offers; trafilatura's courlan needs it, and its files are not changed.
    "MPL-1.1": frozenset({"tld"}),
}
"""Taken for these packages alone."""

_WORDS: Final = {
    "apache 2.0": "Apache-2.0",
    "apache license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd 3-clause license": "BSD-3-Clause",
    "3-clause bsd license": "BSD-3-Clause",
    "the bsd 2-clause license": "BSD-2-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
}
"""What packages write that do not write SPDX, small and up to the first line's end."""

READ: Final = {
    "altair": "BSD-3-Clause",
    "appnope": "BSD-2-Clause",
    "axe-playwright-python": "MIT",
    "colorama": "BSD-3-Clause",
    "django-js-lib-leaflet": "BSD-2-Clause",
    "ipython-pygments-lexers": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "nest-asyncio2": "BSD-2-Clause",
    "partd": "BSD-3-Clause",
    "prompt-toolkit": "BSD-3-Clause",
    "zict": "BSD-3-Clause",
}
"""Read by a person in the licence's own text, where what the package says is not plain, or it is not for this platform."""


def main() -> int:
    """Write the page; 1 where a licence is unknown or not taken."""
    found = {pin: licence_of(pin) for pin in by_need()}
    faults = [fault for pin, licence in found.items() if (fault := fault_of(pin.name, licence))]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    if not faults:
        PAGE.write_text(page(found, by_need()), encoding="utf-8")
    return int(bool(faults))


def licence_of(pin: Pin) -> str:
    """Give a package's licence as an SPDX expression; "" where it is unknown.

    Of a package that has a version more for another Python, what the installed one says stands for both.
    """
    if pin.name in READ:
        return READ[pin.name]
    try:
        return _told(distribution(pin.name))
    except PackageNotFoundError:
        return ""


def _told(installed: Distribution) -> str:
    told = installed.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    last = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License ::")
    ]
    for said in ((told.get("License") or "").strip().partition("\n")[0], *last):
        words = re.split(r"\s{2,}", said)[0].strip()
        if words in TAKEN or " AND " in words or " OR " in words:
            return words
        if spdx := _WORDS.get(words.casefold()):
            return spdx
    return ""


def fault_of(name: str, licence: str) -> str:
    """Say what is wrong with a package's licence; "" for nothing."""
    if not licence:
        return f"{name}: its licence is unknown; install the locks (make test), or read it and say it in scripts/licences.py"
    if not is_taken(licence, TAKEN | {one for one, names in APART.items() if name in names}):
        return f"{name}: {licence} is none that this project takes; do without the package"
    return ""


def is_taken(expression: str, taken: frozenset[str]) -> bool:
    """Tell whether an SPDX expression can be kept to: of OR one side is enough, of AND both are needed.

    An exception (WITH) goes with its licence's name, and is not known here.
    """
    words = re.findall(r"[()]|[^\s()]+", expression)
    at = 0

    def either() -> bool:
        nonlocal at
        held = both()
        while at < len(words) and words[at].upper() == "OR":
            at += 1
            held = both() or held
        return held

    def both() -> bool:
        nonlocal at
        held = one()
        while at < len(words) and words[at].upper() == "AND":
            at += 1
            held = one() and held
        return held

    def one() -> bool:
        nonlocal at
        word = words[at] if at < len(words) else ""
        at += 1
        if word != "(":
            return word in taken
        held = either()
        at += 1
        return held

    held = either()
    return held and at == len(words)


def page(found: Mapping[Pin, str], needed: Mapping[Pin, str]) -> str:
    """Write the page: a table for each lock, of what the ones before it do not have."""
    parts = [_HEAD]
    for lock, who in LOCKS.items():
        rows = [
            f"| {pin.name} | {pin.version} | {found[pin]} |" for pin, first in needed.items() if first == lock
        ]
        more = "" if lock == "requirements.txt" else "besides, "
        parts.append(f"## {who.capitalize()}\n\nIn {lock}, {more}{len(rows)} packages.\n\n")
        parts.append("| package | version | licence |\n|---|---|---|\n" + "\n".join(rows) + "\n\n")
    return "".join(parts).rstrip() + "\n"


_HEAD: Final = """\
# Licences

The code is under Apache-2.0. Written by `make licences` from what each package says of itself where it is installed, as
SPDX names it; a test holds it to the locks. Where a package gives a choice (OR), the side that goes with Apache-2.0 is
taken; no package stands under the GPL alone, and of the LGPL is psycopg, which only the extra `postgresql` brings.

What travels in the pages that bordermap writes is its own code, Leaflet (BSD-2-Clause, in django-js-lib-leaflet) and data
([data/README.md](../data/README.md) has the source and licence of each file). All else is installed from the locks by who
runs it, and is not handed on by us. Wheels carry compiled libraries under licences of their own, which their packages
tell: among them GEOS (LGPL-2.1, in shapely and pyogrio), GDAL and PROJ (MIT), and what numpy and pyarrow are built on.

"""


if __name__ == "__main__":
    sys.exit(main())
