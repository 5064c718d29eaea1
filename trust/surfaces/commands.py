"""The command line, gone through by itself: each command, with addresses in its files and in the stead of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from claims.shipped import shipped
from trust.lures.names import names
from trust.surfaces.services import UNKNOWN
from trust.surfaces.walk import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from trust.surfaces.walk import Walk

    Go = Callable[..., object]

__all__ = ["SAID", "commands", "exports", "files", "imports", "reads", "sound"]

SAID: Final = ("--set", "kind=crossing", "--outlet", "The Courier", "--published", "2024-06-10")
"""What no table says of itself."""

_FORMATS: Final = ("html", "geojson", "csv", "xlsx", "kml", "acled", "gpkg", "parquet", "fgb")
_WHOLE: Final = ("geojson", "csv", "gpkg", "parquet")
_ODD: Final = frozenset({"odd", "dtd", "public", "entity", "parameter"})
"""Files that may be refused, for what makes XML or a format ask."""


def exports(walk: Walk) -> None:
    """Write each format of a collection full of addresses, and read again what can be."""
    for name in _FORMATS:
        walk.go(f"export {name}", "export", name, "--collection", walk.lured, "-o", walk.out(f".{name}"))
    for name in _WHOLE:
        out = walk.out(".zip" if name in {"csv", "parquet"} else f".{name}")
        walk.go(f"export {name} --whole", "export", name, "--whole", "--collection", walk.lured, "-o", out)
        walk.go(f"import of {name} --whole", "import", out, "--into", walk.out())


def imports(walk: Walk) -> None:
    """Take in each table, and build one folder of all."""
    for table in walk.tables:
        more = ("--context",) if table.name == "acled.csv" else (*SAID, "--countries", "PT,ES")
        odd = table.stem in _ODD
        walk.go(f"import {table.name}", "import", table, "--into", walk.out(), *more, may_fail=odd)
    built = ("build", *sound(walk.tables), *SAID)
    walk.go("build", *built, "-o", walk.out(), "--workers", "1")
    walk.go("build --scheduler local", *built, "-o", walk.out(), "--scheduler", "local")


def sound(tables: Sequence[Path]) -> list[Path]:
    """Give those of the tables that a build takes."""
    return [one for one in tables if one.name in {"rows.csv", "rows.geojson", "rows.kml", "acled.csv"}]


def reads(walk: Walk) -> None:
    """Read each report."""
    for report in walk.reports:
        walk.go(f"read {report.name}", "read", report, "--published", "2024-06-10")


def commands(walk: Walk) -> None:
    """Run each command that is left, as it is meant to be run."""
    walk.go("geocode", "geocode", "Elvas", UNKNOWN, walk.lures.address("name to geocode"))
    walk.go("new", "new", "begun", "--in", walk.folder, "--place", "Elvas")
    walk.go("check", "check", walk.lured)
    walk.go("health", "health", may_fail=True)
    kept(walk, walk.go)


def kept(walk: Walk, go: Go) -> None:
    """Run the commands of a store: what takes a collection in, looks at it, gives it out, keeps it safe, and puts it back."""
    shown, backup = next(iter(shipped().values())), walk.out(".backup")
    go("store import", "store", "import", shown, "--as", HELD, "--by", "Tess")
    go("store list", "store", "list")
    go("store export", "store", "export", HELD, "-o", walk.out())
    go(
        "import --into store:",
        "import",
        walk.tables[0],
        "--into",
        f"store:{HELD}",
        *SAID,
        "--countries",
        "PT,ES",
    )
    go("check store", "check", "store")
    go("audit", "audit", HELD)
    go("changes", "changes", f"store:{HELD}", shown)
    go("backup", "backup", "-o", backup)
    go("restore", "restore", backup, "--replace", walk.out(".backup"))


def files(walk: Walk) -> None:
    """Name an address where a command wants a file, or a place to write one."""
    into, said, rows = walk.out(), SAID[-2:], walk.tables[0]
    for number, word in enumerate(names(walk.lures, "csv")):
        asks = {
            "import": ("import", word, "--into", into, *SAID),
            "import --into": ("import", rows, "--into", word, "--check"),
            "read": ("read", word, *said),
            "build": ("build", word, "-o", walk.out()),
            "geocode": ("geocode", word, "-o", walk.out(".csv")),
            "export": ("export", "fgb", "--collection", word, "-o", walk.out(".fgb")),
            "changes": ("changes", word),
            "check": ("check", word),
            "store import": ("store", "import", word),
            "restore": ("restore", word),
            "serve": ("serve", "--collection", word),
            "serve --site": ("serve", "--site", word),
        }
        for name, words in asks.items():
            walk.go(f"{name} of FILE {number}", *words, may_fail=True)
        if number in {0, 7}:
            for ending in ("fgb", "gpkg", "parquet"):
                named = word.replace(".csv", f".{ending}")
                walk.go(f"export {ending} to FILE {number}", "export", ending, "-o", named, may_fail=True)
