"""What makes claims of a foreign table: what the user says of the file, and the converter that its columns ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from geo.files.csvfiles import missing_columns

if TYPE_CHECKING:
    import datetime as dt
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

    from claims.imports.rows import Chunk, Made
    from geo.errors import Fault
    from geo.gazetteer import Gazetteer

__all__ = [
    "SIGNS",
    "Asked",
    "Converter",
    "DateOrder",
    "Scheme",
    "canonical",
    "converter",
    "detected",
    "missing",
]


class DateOrder(StrEnum):
    """In which order a day is written in figures."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Scheme(StrEnum):
    """Whose columns a table has; the converter of each is `converter` of the module named in `_MODULES`."""

    ACLED = "acled"
    UCDP = "ucdp"
    FLOW = "flow"
    TABLE = "table"


_MODULES: Final = {
    Scheme.ACLED: "claims.imports.datasets.acled",
    Scheme.UCDP: "claims.imports.datasets.ucdp",
    Scheme.FLOW: "claims.imports.tables.flows",
    Scheme.TABLE: "claims.imports.tables.mapped",
}

SIGNS: Final[Mapping[Scheme, frozenset[str]]] = {
    Scheme.ACLED: frozenset({"event_id_cnty", "event_type", "sub_event_type"}),
    Scheme.UCDP: frozenset({"type_of_violence", "where_prec", "date_prec"}),
}
"""Columns by which a table is known as another data set's, as `canonical` writes them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a file.

    Attributes:
        name: What faults call the file.
        scheme: Whose columns it has; None for what they look like.
        dataset: What its rows are counted to, and how ids of its claims begin; "" for the scheme's own name.
        mapping: Of the columns of claims.csv and of what stands for several of them: the file's column.
        constants: Likewise, what holds for every row.
        values: By such a column and a word of the file's in it, the word that is meant.
        unused: Columns of the file that are not used, whatever they look like.
        none: Words that stand in cells for no value.
        header: The line that names the columns, where that was said; else 0.
        dates: The order of days in figures that are not ISO; None where the user has not said.
        decimal: What parts decimals, "." or ","; "" where the user has not said.
        published: The day on which the data set came out.
        context: Whether rows are taken too that are no movement, posture or change.
        countries: ISO 3166-1 alpha-2 codes of the countries that the file is about, for rows that do not say.
        home: The code of the country from which "in" and "out" are seen.
        outlet: Whose publication the rows are, where no column says it, as title and url.
        title: See outlet.
        url: See outlet.
    """

    name: str
    scheme: Scheme | None = None
    dataset: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    header: int = 0
    dates: DateOrder | None = None
    decimal: str = ""
    published: dt.date | None = None
    context: bool = False
    countries: tuple[str, ...] = ()
    home: str = ""
    outlet: str = ""
    title: str = ""
    url: str = ""


class Converter(Protocol):
    """Makes claims of the rows of one file, chunk by chunk.

    Attributes:
        left: How many rows were passed over by choice so far, as context that was not asked for, by what they are.
    """

    left: Counter[str]

    def made(self, chunk: Chunk, faults: list[Fault]) -> Made:
        """Make claims, with all that they name, of the rows without a fault; each other row is a fault or in `left`."""
        ...


def converter(asked: Asked, header: Sequence[str], gazetteer: Gazetteer) -> Converter:
    """Give what makes claims of a file with these columns.

    Args:
        asked: What the user says of it.
        header: Its columns, as written.
        gazetteer: The places known so far.

    Raises:
        FaultsError: With each column that is missing, and with what the user has to say of the file first.
    """
    scheme = asked.scheme or detected(header)
    made: Converter = import_module(_MODULES[scheme]).converter(asked, header, gazetteer)
    return made


def detected(header: Iterable[str]) -> Scheme:
    """Tell whose columns a table has: a data set's that is known, or `table` for any other.

    A flow table has no columns of its own by which to know it: the user says so.
    """
    columns = {canonical(column) for column in header}
    return next((scheme for scheme, signs in SIGNS.items() if signs <= columns), Scheme.TABLE)


def canonical(column: str) -> str:
    """Write a column as the codebooks do: older exports have capitals, and spreadsheets blanks around."""
    return column.strip().casefold().replace(" ", "_")


def missing(name: str, header: Sequence[str], needed: Iterable[str], whose: str) -> list[Fault]:
    """Give the one fault of a header that lacks columns.

    Args:
        name: What faults call the file.
        header: Its columns, as written; so they are told.
        needed: The columns that must be there, as `canonical` writes them.
        whose: Whose columns they are, as in "ACLED's".
    """
    todo = f"export the file again with all of {whose} columns, or read it as any table (--from table)"
    written = {canonical(column): column for column in header}
    return missing_columns(
        name, list(written.values()), [written.get(column, column) for column in needed], todo
    )
