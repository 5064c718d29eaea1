"""Which of its candidates each toponym of a document means, all of them weighed together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.places import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from geo.candidates import Candidate

    Floats = NDArray[np.float64]

__all__ = ["A_COUNTRY", "Weights", "weigh"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts, in natural logarithms of odds.

    The numbers were chosen by trial on the place names of two public corpora of news, GeoVirus (Gritta et al. 2018) and
    TR-News (Kamalloo and Rafiei 2018): a dozen numbers for some 3,400 names, each change kept where it served both.

    Attributes:
        people: For ten times the people.
        ours: For a curated place.
        country: For lying in the country that all other names lie in; less in proportion.
        division: The same for a division.
        near: For another name's place right beside it; falls with the distance.
        near_km: The distance at which it has fallen to a third.
        beside: For the name of the country or division that holds it standing next to it in the text.
        asked: For lying in a country that the caller said the document is about.
        unlisted: Powers of ten of people of the place that a name may mean though no gazetteer lists it.
        rounds: How many times the names' likely places are worked out anew from each other's.
    """

    people: float = 1.4
    ours: float = 2.5
    country: float = 6.0
    division: float = 1.8
    near: float = 3.0
    near_km: float = 85.0
    beside: float = 2.4
    asked: float = 6.0
    unlisted: float = 2.0
    rounds: int = 3


# How much each kind of place counts where the name alone speaks, and all other kinds.
KIND: Final = {
    PlaceKind.COUNTRY: 1.0,
    PlaceKind.REGION: 1.5,
    PlaceKind.GOVERNORATE: 2.0,
    PlaceKind.TOWN: 1.5,
    PlaceKind.DISTRICT: 0.0,
    PlaceKind.BASE: -0.5,
}
OTHER_KIND: Final = 0.5

A_COUNTRY: Final = 0.15  # share of a document's names that lie in a country which it is about
DAMP: Final = 1.0  # names that must agree before their country counts half


def weigh(
    toponyms: Sequence[Sequence[Candidate]],
    order: Sequence[Sequence[int]],
    countries: Collection[str] = (),
    weights: Weights = Weights(),
) -> list[tuple[Floats, Floats]]:
    """Weigh the candidates of each toponym of a document against each other.

    Args:
        toponyms: The candidates of each distinct toponym; one may have none.
        order: Where each stands in the text: its positions among all names, from 0.
        countries: ISO codes of countries that the document is surely about.
        weights: How much each sign counts.

    Returns:
        For each toponym the probabilities of its candidates by the name alone, and in the document; what they
        lack to 1 is the probability of a place that no gazetteer lists.
    """
    flat = [candidate for several in toponyms for candidate in several]
    if not flat:
        return [(np.empty(0), np.empty(0)) for _ in toponyms]
    owner = np.repeat(np.arange(len(toponyms)), [len(several) for several in toponyms])
    prior = _prior(flat, weights)
    asked = weights.asked * np.array([one.place.country in countries for one in flat], float)
    unlisted = np.full(len(toponyms), weights.people * weights.unlisted)
    unlisted_asked = weights.asked * bool(countries)
    alone = _shares(prior, owner, unlisted)
    document = _Document(flat, owner, order, weights)
    shares = alone
    for _ in range(weights.rounds):
        support = document.support(shares)
        shares = _shares(
            prior + asked + support, owner, unlisted + unlisted_asked + document.unlisted(shares)
        )
    ends = np.cumsum([len(several) for several in toponyms])[:-1]
    return list(zip(np.split(alone, ends), np.split(shares, ends), strict=True))


def _prior(flat: Sequence[Candidate], weights: Weights) -> Floats:
    return np.array(
        [
            weights.people * one.prominence + KIND.get(one.place.kind, OTHER_KIND) + weights.ours * one.ours
            for one in flat
        ]
    )


def _shares(scores: Floats, owner: NDArray[np.intp], unlisted: Floats) -> Floats:
    """Bring scores to probabilities among the candidates of each toponym and a place that is not listed."""
    top = unlisted.copy()
    np.maximum.at(top, owner, scores)
    odds = np.exp(scores - top[owner])
    return odds / (np.bincount(owner, odds, len(top)) + np.exp(unlisted - top))[owner]


class _Document:
    """The candidates of a document's names, and how much each speaks for each other."""

    def __init__(
        self,
        flat: Sequence[Candidate],
        owner: NDArray[np.intp],
        order: Sequence[Sequence[int]],
        weights: Weights,
    ) -> None:
        self.weights = weights
        other = owner[:, None] != owner[None, :]
        countries = np.array([one.place.country for one in flat])
        known = countries != ""
        self.names = max(len(order) - 1, 0)
        same_country = other & (countries[:, None] == countries[None, :]) & known[:, None]
        first = np.array([".".join(one.division.split(".")[:2]) for one in flat])
        is_first = np.array(["." in code for code in first])
        kinds = np.array([one.place.kind for one in flat])
        same_first = (first[:, None] == first[None, :]) & is_first[:, None]
        same_division = same_country & (
            same_first | ((kinds == PlaceKind.COUNTRY)[:, None] & is_first[None, :])
        )
        km = _kilometres(flat)
        # What lies within an area is near to it, and an area is near to nothing by its middle.
        radius = np.array([one.place.radius_km for one in flat])
        small = (kinds != PlaceKind.COUNTRY) & (kinds != PlaceKind.REGION)
        near = np.exp(-np.maximum(km - radius[:, None], 0.0) / weights.near_km) * (other & small[None, :])
        self.country = same_country.astype(float)
        codes, of = np.unique(countries, return_inverse=True)
        self.of_country = np.zeros((len(codes), len(flat)))
        self.of_country[of[known], np.flatnonzero(known)] = 1.0
        self.owner = owner
        self.division = same_division.astype(float)
        self.near = near
        beside = _beside(order)[owner[:, None], owner[None, :]]
        holds = ((kinds == PlaceKind.COUNTRY)[None, :] & same_country) | (
            (kinds == PlaceKind.GOVERNORATE)[None, :] & same_country & same_first
        )
        self.beside = (beside & holds).astype(float)

    def unlisted(self, shares: Floats) -> Floats:
        """How much the document speaks for a place of each name that no gazetteer lists: it lies in its main countries."""
        by_country = self.of_country * shares
        own = np.zeros((len(by_country), self.names + 1))
        np.add.at(own.T, self.owner, by_country.T)
        others = by_country.sum(axis=1)[:, None] - own
        about = others * (others >= A_COUNTRY * self.names)
        support: Floats = self.weights.country * about.sum(axis=0) / (self.names + DAMP)
        return support

    def support(self, shares: Floats) -> Floats:
        """How much the likely places of the other names speak for each candidate."""
        w = self.weights
        support: Floats = (
            w.country * (self.country @ shares) / (self.names + DAMP)
            + w.division * np.minimum(self.division @ shares, 1.0)
            + w.near * np.minimum(self.near @ shares, 1.0)
            + w.beside * np.minimum(self.beside @ shares, 1.0)
        )
        return support


def _kilometres(flat: Sequence[Candidate]) -> Floats:
    """Give the distances between all candidates' points in km, on a sphere."""
    lon = np.radians([one.place.lon for one in flat])
    lat = np.radians([one.place.lat for one in flat])
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    found: Floats = 12742 * np.arcsin(np.sqrt(half))
    return found


def _beside(order: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """Tell of each two names whether the second stands right after the first somewhere in the text."""
    found = np.zeros((len(order), len(order)), bool)
    at = {position: name for name, positions in enumerate(order) for position in positions}
    for position, name in at.items():
        after = at.get(position + 1)
        if after is not None:
            found[name, after] = True
    return found
