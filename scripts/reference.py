"""Write docs/reference/ out of the code: commands, tables, exports, codes, environment and addresses.

`main` writes the pages; tests/test_reference.py holds them to what would be written.
"""

import csv
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from dashboard.view import CHOICES  # noqa: E402 - of the checkout
from layers.exports.acledrows import COLUMNS as ACLED_COLUMNS  # noqa: E402
from layers.exports.formats import FORMATS  # noqa: E402
from layers.exports.rows import (  # noqa: E402
    ADDED_TO_CLAIMS,
    ADDED_TO_EVENTS,
    EVENT_COLUMNS,
)
from layers.frames import COLUMNS as LAYER_COLUMNS  # noqa: E402
from scripts.reference_cells import cell, code, table  # noqa: E402
from scripts.reference_commands import commands  # noqa: E402
from scripts.reference_tables import tables  # noqa: E402

FOLDER: Final = ROOT / "docs" / "reference"
CROSSWALKS: Final = ROOT / "data" / "crosswalks"
MADE: Final = "<!-- Made by scripts/reference.py out of the code; `make reference` writes it anew. -->\n"


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """Return the pages by the names of their files."""
    made = {
        "commands.md": commands(),
        "tables.md": tables(),
        "exports.md": exports(),
        "codes.md": codes(),
        "environment.md": environment(),
        "addresses.md": addresses(),
    }
    return {name: f"{MADE}\n{text.strip()}\n" for name, text in made.items()}


EXPORTS: Final = """
# Columns of exports

[Export](../export.md) says how each is asked for. `html` is the page, and has no columns.

{formats}

*whole*: `--whole` writes all of the collection, to be read again. Below it is said what a column holds in Python. Where a
format has no types, days are written as 2024-12-07, and what is NaT, NaN, '' or infinite there is empty.

## Rows that are events

{events}

## Rows that are claims

The columns of [claims.csv](tables.md#claimscsv), the geometry of the event, and

{claims}

## Columns of `acled`

The {count} of ACLED's codebook of 2023, in their order: {acled}; and `note`, which says that the row is not ACLED's.
[Codes of others](codes.md) says how precision is written.
"""


def exports() -> str:
    """Write the formats and the columns of their rows."""
    formats = [
        [code(name), code(kind.suffix), cell(kind.told), "yes" if kind.whole else ""]
        for name, kind in FORMATS.items()
    ]
    told = LAYER_COLUMNS | ADDED_TO_EVENTS
    events = [[code(name), cell(told[name])] for name in (*EVENT_COLUMNS, "geometry")]
    return EXPORTS.format(
        formats=table(["format", "ending", "what it is", "whole"], formats),
        events=table(["column", "what"], events),
        claims=table(
            ["column", "what"], [[code(name), cell(said)] for name, said in ADDED_TO_CLAIMS.items()]
        ),
        count=len(ACLED_COLUMNS),
        acled=", ".join(map(code, ACLED_COLUMNS)),
    )


CODES: Final = """
# Codes of others

The tables by which codes of ACLED and UCDP GED are read and written. [Crosswalks](../../data/crosswalks/README.md) says
what their columns mean and by which rules they hold; [method](../method.md#how-sure-a-place-is) says what the map makes
of them.
"""

CODE_TABLES: Final[Mapping[str, str]] = {
    "precision.csv": "How sure a place or a day is",
    "acled.csv": "ACLED's events, and what they are here",
    "acled_out.csv": "Our kinds, as ACLED would type them",
    "ucdp.csv": "UCDP's types of violence",
    "actors.csv": "Types of actors",
}


def codes() -> str:
    """Write the crosswalks to ACLED's and UCDP's codes as they are read."""
    parts = [CODES]
    for name, title in CODE_TABLES.items():
        with (CROSSWALKS / name).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        parts += [
            f"## {title}",
            f"`data/crosswalks/{name}`",
            table(head, [list(map(cell, row)) for row in rows]),
        ]
    return "\n\n".join(parts)


ENVIRONMENT: Final = """
# Environment

What the environment may say; nothing of it must be said.

{table}
"""


def environment() -> str:
    """Write the environment's variables as CONTRIBUTING has them."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"^\| environment variable \| what \|\n(?:\|.*\n)+", text, re.MULTILINE)
    return ENVIRONMENT.format(table=found.strip())


ADDRESSES: Final = """
# Addresses

What is shown stands in the address, with the same keys in the page's fragment (`map.html#day=2024-12-07&lang=ar`) and in
the dashboard's query (`?day=2024-12-07&lang=ar`), so that a link, a bookmark or an embedding shows what was meant. What is
as it was when the map opened is left out, words of a list have commas between them, and what a page does not know is
passed over. The dashboard has `collection` beside them: the name of a shipped one, a folder, or `store:` with a name.

{table}
"""


def addresses() -> str:
    """Write the keys of a page's address."""
    rows = [[code("day"), "the day that is shown, as 2024-12-07"]]
    rows += [[code(key), cell(told)] for key, told in CHOICES.items()]
    return ADDRESSES.format(table=table(["key", "what it says"], rows))


if __name__ == "__main__":
    main()
