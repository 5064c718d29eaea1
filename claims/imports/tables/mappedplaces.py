"""The places of claims, from the names, positions and countries that rows of a table tell of each of their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.imports.datasets.precision import ACLED_GEO, as_code, is_code, places
from claims.imports.places.placing import Placer, asks
from claims.imports.places.positions import positions
from claims.imports.places.swapped import End, Swapped
from claims.imports.rows import MADE, Notice
from claims.imports.uniquely import each
from claims.model import Kind
from geo.places import PlaceKind

if TYPE_CHECKING:
    from claims.imports.converting import Asked
    from claims.imports.tables.mappedrows import MappedRows
    from claims.imports.tables.mapping import TableMapping
    from geo.gazetteer import Gazetteer

__all__ = ["ENDS", "Where"]

ENDS: Final = ("crossing", "place", "origin", "destination")
"""What of a claim has a place, the one by which its geo_precision goes first."""

WIDE: Final = frozenset(
    {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.GOVERNORATE, PlaceKind.ROAD, PlaceKind.RIVER}
)
"""Kinds of place of which a name tells no more than a region."""

TOLD_OF: Final = {Kind.CROSSING: "crossing", Kind.WITHDRAWAL: "origin"}
"""Which end the place is that a table tells of a movement without saying which end it is."""

_MOST_TOLD: Final = 1000


class Where:
    """Finds the places of rows, chunk by chunk."""

    def __init__(self, asked: Asked, mapping: TableMapping, gazetteer: Gazetteer, evidence: str) -> None:
        """Find them as a mapping says where they are told.

        Args:
            asked: What the user says of the file.
            mapping: Where the places are.
            gazetteer: The places known so far.
            evidence: What an own place has as its source.
        """
        self._asked = asked
        self._gazetteer = gazetteer
        self._about = asked.countries or ((asked.home,) if asked.home else ())
        self._placer = Placer(gazetteer, evidence, self._about)
        self._swapped = Swapped(gazetteer)
        self._told: set[str] = set()
        # A position without an end's name before it is that of the place, or of the crossing where there is no other.
        self._base = "crossing" if mapping.says("crossing") and not mapping.says("place") else "place"
        self._ends = [
            end
            for end in ENDS
            if mapping.says(end) or mapping.says(f"{end}_lon") or (end == self._base and mapping.says("lon"))
        ]

    def code(self, name: str) -> str:
        """Give a country's ISO 3166-1 alpha-2 code by its name or code, "" where it is none."""
        return self._placer.countries.code(name)

    def countries(self, rows: MappedRows, notices: list[Notice]) -> np.ndarray:
        """Give the code of the country of each row; that of the file where it is about one and the row does not say."""
        names = rows.text("country")
        codes = self._placer.countries.codes(names)
        for row in map(int, np.flatnonzero((codes == "") & names.ne("").to_numpy())):
            if names.iloc[row] not in self._told and len(self._told) < _MOST_TOLD:
                self._told.add(names.iloc[row])
                said = f"{names.iloc[row]!r} is not known as a country; places are looked for in all"
                notices.append(Notice(rows.file, int(rows.lines[row]), said))
        only = self._asked.countries[0] if len(self._asked.countries) == 1 else ""
        return np.where((codes == "") & names.eq("").to_numpy(), only, codes)

    def read(self, rows: MappedRows, countries: np.ndarray) -> dict[str, np.ndarray]:
        """Read the positions and codes, and make faults of those that cannot be meant; what `placed` takes."""
        codes = pd.Series(each(rows.text("geo_precision"), as_code), dtype=object)
        known = is_code(ACLED_GEO, codes)
        rows.fault_where(
            "geo_precision", ~known, "is no code", "write 1 (the place), 2 (near it) or 3 (a region)"
        )
        read = {"countries": countries, "codes": np.where(known, codes, "")}
        ends = []
        nowhere = np.full(len(rows), "", dtype=object)
        for end in self._ends:
            prefix = "" if end == self._base and not rows.says(f"{end}_lon") else f"{end}_"
            here = end in {"place", "crossing"}
            within = countries if here else nowhere
            columns = (f"{prefix}lon", f"{prefix}lat")
            names = rows.text(end)
            # An end may lie abroad, but not outside of the country that it is called by.
            meant = self._meant(rows, countries) if here else self._placer.countries.codes(names)
            lon, lat = positions(rows, *columns, meant, needed=False)
            read |= {f"{end}_within": within, f"{end}_lon": lon, f"{end}_lat": lat}
            if not here and rows.says(columns[0]):
                ends.append(End(columns, np.where(meant == "", names, ""), lon, lat))
        if ends:
            self._swapped.tell(rows, ends, self._meant(rows, countries))
        return read

    def _meant(self, rows: MappedRows, countries: np.ndarray) -> np.ndarray:
        """Give the codes of the countries in one of which each row is: its own, the file's, or those of its ends."""
        about: np.ndarray = np.full(len(rows), " ".join(self._asked.countries), dtype=object)
        if not self._asked.countries and (countries == "").any():
            ends = [self._placer.countries.codes(rows.text(end)) for end in ("origin", "destination")]
            both = (ends[0] != "") & (ends[1] != "")
            about = np.where(both, ends[0] + " " + ends[1], "")
        return np.where(countries == "", about, countries)

    def placed(
        self, rows: MappedRows, kinds: np.ndarray, read: dict[str, np.ndarray]
    ) -> tuple[dict[str, np.ndarray], pd.DataFrame, list[Notice]]:
        """Give the names and ids of each end and geo_precision of claims.csv, the own places, and what is told of rows.

        Args:
            rows: All of them sound.
            kinds: What happened in each.
            read: What `read` gave of these rows.
        """
        found = {end: np.full(len(rows), "", dtype=object) for name in ENDS for end in (name, f"{name}_id")}
        precise = {end: np.full(len(rows), "", dtype=object) for end in ENDS}
        frames = [pd.DataFrame(columns=list(MADE["places"]), dtype=str)]
        notices: list[Notice] = []
        code, area, radius = places(ACLED_GEO, pd.Series(read["codes"], dtype=object))
        for end in self._ends:
            names = rows.text(end)
            lon, lat = read[f"{end}_lon"], read[f"{end}_lat"]
            country = each(names, self._country_coded)
            kind = np.where((end == "crossing") & (code != "3"), PlaceKind.CROSSING, area)
            asked = asks(
                name=names.where(country == "", ""),
                country=read[f"{end}_within"],
                lon=lon,
                lat=lat,
                area=kind.astype(object),
                radius_km=radius,
                within=names.where(country == "", ""),
            )
            answer = self._placer.placed(asked, rows.file, rows.lines)
            ids = np.where((answer.place_ids == "") & (country != ""), country, answer.place_ids)
            if end in {"place", "crossing"}:
                ids = self._near(
                    rows, names, np.where(np.isnan(lon), ids, ""), ids, read["countries"], notices
                )
            found[end], found[f"{end}_id"] = names.to_numpy(), ids
            by_name = each(pd.Series(np.where(np.isnan(lon), ids, ""), dtype=object), self._by_name)
            precise[end] = np.where(
                ids == "", "", np.maximum(np.where(np.isnan(lon), read["codes"], code), by_name)
            )
            frames.append(answer.places)
            notices += answer.notices
        _as_told(found, precise, kinds)
        own = pd.concat(frames).drop_duplicates("place_id").reset_index(drop=True)
        return {**found, "geo_precision": _first(precise)}, own, notices

    def _near(
        self,
        rows: MappedRows,
        names: pd.Series,
        by_name: np.ndarray,
        ids: np.ndarray,
        countries: np.ndarray,
        notices: list[Notice],
    ) -> np.ndarray:
        """Give ids without those by name alone of places in other countries than the row and the file are about."""
        lies = each(pd.Series(by_name, dtype=object), self._country_of)
        # Counts of a country may be made at a gate that is listed on the other side of its border.
        known = np.isin(lies, self._asked.countries) | (lies == countries) | (lies == "")
        said = (countries != "") | bool(self._asked.countries)
        far = ~known & said
        for row in map(int, np.flatnonzero(far)):
            told = (
                f"{names.iloc[row]!r} is known only in {lies[row]!r}, where the row is not; it has no place"
            )
            if told not in self._told and len(self._told) < _MOST_TOLD:
                self._told.add(told)
                notices.append(Notice(rows.file, int(rows.lines[row]), told))
        return np.where(far, "", ids)

    def headed(self, where: dict[str, np.ndarray], ways: dict[str, np.ndarray]) -> None:
        """Set the ends of flows by the countries that they leave and enter, where those are known.

        An end that was told by another name, as one farther on, is no end of this crossing; the row keeps it. What a
        row calls an end stays where only the two countries that the file is about speak against it.

        Args:
            where: What `placed` gave; it is changed.
            ways: What `claims.imports.tables.ways.Ways` gave of the same rows.
        """
        for end, way in (("origin", "leaves"), ("destination", "enters")):
            country = each(pd.Series(ways[way], dtype=object), self._country_id)
            within = each(pd.Series(where[f"{end}_id"], dtype=object), self._country_of)
            told = ways[f"{way}_by_pair"].astype(bool) & (where[end] != "")
            other = (country != "") & (within != ways[way]) & ~told
            where[end] = np.where(other, "", where[end])
            where[f"{end}_id"] = np.where(other, country, where[f"{end}_id"])
        known = (where["origin_id"] != "") | (where["destination_id"] != "")
        where["geo_precision"] = np.where(known & (where["geo_precision"] == ""), "3", where["geo_precision"])

    def _country_id(self, code: str) -> str:
        place = self._placer.countries.place(code)
        return place.place_id if place else ""

    def _country_of(self, place_id: str) -> str:
        place = self._gazetteer.get(place_id) if place_id else None
        return place.country if place else ""

    def _country_coded(self, name: str) -> str:
        """Give the id of the country that a code names; "" for what is no code."""
        if not (name.isascii() and name.isupper() and len(name) in {2, 3}):
            return ""
        place = self._placer.countries.place(self.code(name)) if self.code(name) else None
        return place.place_id if place else ""

    def _by_name(self, place_id: str) -> str:
        """Say how precise a name alone is by the kind of place that it names."""
        if not place_id:
            return ""
        place = self._gazetteer.get(place_id)
        if place is None or ":" in place_id:
            return "2"  # a phrase around a place
        if place.kind in WIDE:
            return "3"
        return "2" if place.kind == PlaceKind.DISTRICT else "1"


def _as_told(found: dict[str, np.ndarray], precise: dict[str, np.ndarray], kinds: np.ndarray) -> None:
    """Make the place that is told of a movement the end that it is of such a kind, where nothing else is told of that end."""
    for kind, end in TOLD_OF.items():
        moved = (kinds == kind) & (found[end] == "") & (found[f"{end}_id"] == "")
        for frame, name, other in (
            (found, end, "place"),
            (found, f"{end}_id", "place_id"),
            (precise, end, "place"),
        ):
            frame[name] = np.where(moved, frame[other], frame[name])
            frame[other] = np.where(moved, "", frame[other])


def _first(precise: dict[str, np.ndarray]) -> np.ndarray:
    """Give how precise the first end is that has a place."""
    code = precise[ENDS[0]]
    for end in ENDS[1:]:
        code = np.where(code == "", precise[end], code)
    return code
