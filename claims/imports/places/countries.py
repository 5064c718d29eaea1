"""The countries that rows name, by their ISO codes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from claims.imports.datasets.crosswalk import rows_of
from claims.imports.uniquely import each
from geo.countries import CODES
from geo.geocode import Offline
from geo.places import PlaceKind
from geo.world import world

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd

    from geo.gazetteer import Gazetteer
    from geo.places import Place

__all__ = ["Countries"]

MOST_KEPT: Final = 100_000
"""Names whose codes are remembered; then it begins anew."""

_TWO_NAMES: Final = re.compile(r"(.+?)\s*\((.+)\)")
"""As UCDP writes a country that is or was called otherwise too."""


class Countries:
    """Countries by the names that data sets have for them; each different name is looked up once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Look names up in a gazetteer and in the world's."""
        self._geocoder = Offline(gazetteer)
        self._code_of: dict[str, str] = {}
        self._own = {place.country: place for place in gazetteer if place.kind == PlaceKind.COUNTRY}

    def codes(self, names: pd.Series) -> np.ndarray:
        """Give the ISO 3166-1 alpha-2 code of each name or code, "" where it is none of a country's; dtype object."""
        return each(names, self.code)

    def code(self, name: str) -> str:
        """Give the code of a country by its name or code, "" where it is none."""
        if name not in self._code_of:
            if len(self._code_of) > MOST_KEPT:
                self._code_of.clear()
            two_letters = name if name in CODES else _of_three_letters().get(name)
            self._code_of[name] = two_letters or self._named(name)
        return self._code_of[name]

    def place(self, code: str) -> Place | None:
        """Give a country as a place: the gazetteer's, or the world's."""
        return self._own.get(code) or (world().get(f"country-{code.lower()}") if code else None)

    def _named(self, name: str) -> str:
        if not name:
            return ""
        match = self._geocoder.geocode([name])[0]
        several = (match.place, *match.candidates)
        found = {place.country for place in several if place and place.kind == PlaceKind.COUNTRY}
        if len(found) == 1:
            return found.pop()
        two = _TWO_NAMES.fullmatch(name)
        return (self._named(two[1]) or self._named(two[2])) if two else ""


@cache
def _of_three_letters() -> Mapping[str, str]:
    """Give the codes of two letters by those of three (ISO 3166-1)."""
    return {row["alpha_3"]: row["alpha_2"] for row in rows_of("country_codes")}
