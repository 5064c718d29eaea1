"""The file of the world gazetteer: what stands in it, and how it is packed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from geo.kinds import akin, bare, stem
from geo.places import PlaceKind
from geo.romanized import skeleton
from geo.toponyms import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["CAPITAL", "DEMONYM", "FAMOUS", "MAIN", "OTHER", "OTHER_STEM", "STEM", "Row", "write"]

# How a place bears a name, the strongest first.
CAPITAL: Final = -1  # as its own name, being a capital, by which news also mean its government
MAIN: Final = 0  # as its own name
DEMONYM: Final = 1  # by its people: "Canadian"
OTHER: Final = 2  # in another language, spelling or time
STEM: Final = 3  # its name without the kind word: "Ontario" of "Province of Ontario"
OTHER_STEM: Final = 4  # the same of another name

LEAST_BONES: Final = 2  # letters of a skeleton by which two names may be alike by chance
FAMOUS: Final = 5.0
"""Prominence from which on a place is known so well that a misspelling of it is known anywhere."""

ROWS_AT_ONCE: Final = 1 << 17  # unpacked at once; a whole column at a time would need twice its memory
LONGEST: Final = 60  # characters of a name; longer ones are descriptions


@dataclass
class Row:
    """A place on its way into the file, as `geo.places.Place` says it.

    Attributes:
        prominence: How often it is meant by its name, as the power of ten of its people.
        division: Code of the division that it lies in or is, from the country down, with points: "CA.08".
        names: Its names, each with how it bears it.
    """

    place_id: str
    name: str
    kind: PlaceKind
    country: str
    lon: float
    lat: float
    radius_km: float
    prominence: float
    division: str = ""
    name_ar: str = ""
    names: dict[str, int] = field(default_factory=dict)

    def call(self, names: Iterable[str], flags: int = OTHER) -> None:
        """Add further names, each under its strongest flag."""
        for name in names:
            clean = " ".join(name.split())
            if 1 < len(clean) <= LONGEST and any(map(str.isalpha, clean)):
                self.names[clean] = min(flags, self.names.get(clean, flags))


def _names_of(rows: list[Row]) -> pa.Table:
    """Make the table of names: folded, plain, place and flags, sorted by folded and plain; each once a place."""
    found: dict[tuple[str, str, int], int] = {}
    for at, row in enumerate(rows):
        own = skeleton(row.name) if row.kind == PlaceKind.TOWN else ""
        for name, said in [*row.names.items(), *([(row.name_ar, OTHER)] if row.name_ar else [])]:
            # Another transcription of a town's own name is its own name too.
            flag = MAIN if said == OTHER and len(own) > LEAST_BONES and skeleton(name) == own else said
            forms = [(fold(name), plain(name), flag)]
            stemmed, kinds = stem(name)
            if row.kind in akin(kinds):
                forms.append((stemmed, bare(name), STEM if flag == MAIN else OTHER_STEM))
            for folded, written, strength in forms:
                if folded:
                    found[folded, written, at] = min(strength, found.get((folded, written, at), strength))
    ordered = sorted(found)
    return pa.table(
        {
            "folded": pa.array([key[0] for key in ordered]),
            # Empty where it is as folded, which most are.
            "plain": pa.array(["" if key[1] == key[0] else key[1] for key in ordered]),
            "place": pa.array([key[2] for key in ordered], pa.int32()),
            "flags": pa.array([found[key] for key in ordered], pa.int8()),
        }
    )


def _skeletons_of(rows: list[Row]) -> pa.Table:
    """Make the table of skeletons: each with the folded names that have it, sorted."""
    named = {name for row in rows for name in (*row.names, row.name_ar) if name}
    pairs = sorted({(bones, fold(name)) for name in named if (bones := skeleton(name)) and fold(name)})
    return pa.table({"skeleton": [bones for bones, _ in pairs], "folded": [folded for _, folded in pairs]})


def _places_of(rows: list[Row]) -> pa.Table:
    """Make the table of places; positions to 1e-4 degree, prominence to a hundredth."""
    return pa.table(
        {
            "place_id": [row.place_id for row in rows],
            "name": [row.name for row in rows],
            "name_ar": [row.name_ar for row in rows],
            "kind": [str(row.kind) for row in rows],
            "country": [row.country for row in rows],
            "division": [row.division for row in rows],
            "lon": pa.array([round(row.lon * 1e4) for row in rows], pa.int32()),
            "lat": pa.array([round(row.lat * 1e4) for row in rows], pa.int32()),
            "radius_km": pa.array([row.radius_km for row in rows], pa.float32()),
            "prominence": pa.array([round(row.prominence * 100) for row in rows], pa.int16()),
        }
    )


def write(rows: Iterable[Row], file: Path) -> None:
    """Write the world gazetteer: the same bytes for the same places.

    Args:
        rows: The places, in any order.
        file: A ZIP of four Parquet tables, of the places by id, of their names by folded spelling, and of the
            folded spellings by skeleton, of all places and of the best known; searched as they lie, without an index being built.
    """
    ordered = sorted(rows, key=lambda row: row.place_id)
    parts = {
        "places.parquet": _packed(_places_of(ordered), place_id="DELTA_BYTE_ARRAY"),
        "names.parquet": _packed(_names_of(ordered), folded="DELTA_BYTE_ARRAY", plain="DELTA_BYTE_ARRAY"),
        "skeletons.parquet": _packed(_skeletons_of(ordered), skeleton="DELTA_BYTE_ARRAY"),
        "famous.parquet": _packed(
            _skeletons_of([row for row in ordered if row.prominence >= FAMOUS]), skeleton="DELTA_BYTE_ARRAY"
        ),
    }
    aside = file.with_suffix(".part")
    with zipfile.ZipFile(aside, "w") as out:
        for name, data in parts.items():
            out.writestr(zipfile.ZipInfo(name), data)
    aside.replace(file)


def _packed(found: pa.Table, **encodings: str) -> bytes:
    """Write a table as Parquet, the sorted texts by what each adds to the one before."""
    out = io.BytesIO()
    pq.write_table(
        found,
        out,
        compression="zstd",
        compression_level=19,
        use_dictionary=[
            name for name in found.column_names if name in {"kind", "country", "division", "flags"}
        ],
        column_encoding=encodings or None,
        store_schema=False,
        write_statistics=False,
        row_group_size=ROWS_AT_ONCE,
    )
    return out.getvalue()
