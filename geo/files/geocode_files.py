"""A CSV of toponyms geocoded document by document, in memory that does not grow with the file.

It is read twice: all its faults are known before the first name is geocoded, and nothing is written if it has any.
Between the two its names lie on disk, so that the rows of a document may stand anywhere. Memory holds a row, the names of
one document, and a bounded cache.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from geo.files.documents import Documents
from geo.files.sheets import opened_sheet
from geo.files.wholefiles import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from geo.files.sheets import Sheet
    from geo.matches import Geocoder, Match

__all__ = ["ADDED", "MOST_CANDIDATES", "Progress", "Tally", "added_cells", "geocode_csv"]

ADDED: Final = (
    *("place_id", "place_name", "place_kind", "place_country", "place_lon", "place_lat", "place_radius_km"),
    *("match", "candidates"),
)
"""The columns that a geocoded file gains."""

MOST_CANDIDATES: Final = 10
"""Of a name that may mean more places than these, the likeliest are listed."""

# Names that stand alone are not geocoded again while they are remembered; a cell may be far longer than any name.
_REMEMBERED: Final = 10_000
_LONGEST_REMEMBERED: Final = 200


class Progress(Protocol):
    """Whoever watches the rows go by."""

    def __call__(self, rows: Iterable[Any], what: str, total: int | None, /) -> Iterable[Any]:
        """Hand on the rows; `what` names the step, `total` is their number where it is known."""
        ...


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a file: how many rows it has, and how many of them have a place."""

    rows: int
    placed: int


def _unwatched(rows: Iterable[Any], _what: str, _total: int | None, /) -> Iterable[Any]:
    return rows


def geocode_csv(
    source: Path | BinaryIO,
    out: Path,
    geocoder: Geocoder,
    *,
    column: str = "toponym",
    group: str | None = None,
    countries: Collection[str] = (),
    progress: Progress = _unwatched,
) -> Tally:
    """Write a CSV again, with the place of each row's toponym.

    Rows, columns and cells stay as they are and where they are, and `ADDED` stands behind them (`added_cells`). A cell
    is text: one that begins with "=" is handed on so, and is for a spreadsheet to be told.

    Args:
        source: A file's path, or an open one such as standard input; read as `geo.files.sheets.Sheet` says.
        out: Where the new file shall stand, whole or not at all; the source's own path is one. Between its cells stands
            a tab if its name ends in .tsv, else what stands in the source, but no tab; lines end in a line feed.
        geocoder: Finds the places of a document's names.
        column: Holds the toponyms.
        group: Holds what names a row's document; the rows of one are decided together. A row that has nothing there
            stands alone; by default every row does.
        countries: ISO 3166-1 alpha-2 codes of the countries that all documents are about.
        progress: Watches the rows in each of three steps: checking, placing and writing.

    Raises:
        FaultsError: The source cannot be read as a CSV in UTF-8, lacks a column, or has one twice or one of `ADDED`.
        BordermapError: `out` cannot be written, or the source was changed meanwhile.
    """
    columns = [column] if group is None else [column, group]
    with opened_sheet(source, needed=columns, refused=ADDED) as sheet, Documents() as documents:
        count = documents.keep(progress(_names(sheet, column, group), "checking", None))
        with whole_file(out, encoding="utf-8-sig" if sheet.marked else "utf-8") as file:
            form = _Form(_delimiter(sheet, out))
            answers = _Answers(geocoder, countries, form)
            documents.decide(answers, lambda rows: progress(rows, "placing", count))
            file.write(form.line([*sheet.header, *ADDED]) + "\n")
            placed = 0
            # Not strictly: where the file has grown or shrunk meanwhile, that is told.
            for row, answer in zip(
                sheet.rows(), progress(documents.answers(), "writing", count), strict=False
            ):
                file.write(f"{form.line(row)}{form.delimiter}{answer}\n")
                placed += not answer.startswith(form.delimiter)
            sheet.must_be_unchanged()
    return Tally(count, placed)


def added_cells(match: Match) -> tuple[str, ...]:
    """Write a match as the cells of `ADDED`.

    Degrees (EPSG:4326) have at most five decimals, about a metre; kilometres three. `match` says how the name was
    matched, or why there is no place. `candidates` lists the ids of the places that the name may mean, between
    semicolons, the likeliest first and at most `MOST_CANDIDATES`; it is empty where that is only the place itself.
    """
    place = match.place
    ids = [candidate.place_id for candidate in match.candidates]
    listed = ";".join(ids[:MOST_CANDIDATES]) if place is None or ids != [place.place_id] else ""
    if place is None:
        return ("",) * 7 + (match.told, listed)
    return (
        *(place.place_id, place.name, str(place.kind), place.country),
        *(_decimal(place.lon, 5), _decimal(place.lat, 5), _decimal(place.radius_km, 3)),
        *(match.told, listed),
    )


def _decimal(number: float, digits: int) -> str:
    return f"{round(number, digits) + 0.0:.9g}"  # adding nothing makes -0 a 0


class _Form:
    """How a line is written."""

    def __init__(self, delimiter: str) -> None:
        self.delimiter = delimiter
        # Told to end lines in a line feed, the csv module would leave a cell with a carriage return unquoted.
        self.line: Callable[[Sequence[str]], str] = csv.writer(
            self, delimiter=delimiter, lineterminator="\r\n"
        ).writerow

    @staticmethod
    def write(line: str) -> str:
        """Give the csv module's line back to its caller, without its end."""
        return line.removesuffix("\r\n")


class _Answers:
    """The ends of lines that the names of one document gain; those of names that stand alone are remembered."""

    def __init__(self, geocoder: Geocoder, countries: Collection[str], form: _Form) -> None:
        self._geocoder = geocoder
        self._countries = countries
        self._form = form
        self._alone = lru_cache(_REMEMBERED)(lambda toponym: self._asked([toponym]))

    def __call__(self, toponyms: Sequence[str]) -> list[str]:
        alone = len(toponyms) == 1 and len(toponyms[0]) <= _LONGEST_REMEMBERED
        return self._alone(toponyms[0]) if alone else self._asked(toponyms)

    def _asked(self, toponyms: Sequence[str]) -> list[str]:
        matches = self._geocoder.geocode(toponyms, countries=self._countries)
        return [self._form.line(added_cells(match)) for match in matches]


def _names(sheet: Sheet, column: str, group: str | None) -> Iterator[tuple[str, str]]:
    """Give the document and the toponym of each row; of a header that lacks them, check the rows all the same."""
    at = {name: number for number, name in enumerate(sheet.header)}
    named, grouped = at.get(column), None if group is None else at.get(group)
    for row in sheet.rows():
        yield "" if grouped is None else row[grouped], "" if named is None else row[named]


def _delimiter(sheet: Sheet, out: Path) -> str:
    if out.suffix.lower() == ".tsv":
        return "\t"
    return "," if sheet.delimiter == "\t" else sheet.delimiter
