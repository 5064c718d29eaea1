"""Positions of a movement's ends whose longitude and latitude are the other way round."""

import pytest
from test_import_mapped import mapped

from claims.imports.places import bearing
from geo.candidates import Candidate
from geo.matches import How
from geo.places import Place, PlaceKind

ENDS = {
    "origin": "From",
    "destination": "To",
    "origin_lon": "From lon",
    "origin_lat": "From lat",
    "destination_lon": "To lon",
    "destination_lat": "To lat",
}
ELVAS, BADAJOZ, VIGO, ANKARA, SIVAS = (
    ("-7.163", "38.881"),
    ("-6.97", "38.88"),
    ("-8.72", "42.24"),
    ("32.85", "39.93"),
    ("37.02", "39.75"),
)


def ends(origin, destination, names=("", "")):
    """Give the cells of two ends with their positions, each lon and lat."""
    named = dict(zip(("From", "To"), names, strict=True))
    cells = {"From lon": origin[0], "From lat": origin[1], "To lon": destination[0], "To lat": destination[1]}
    return named | cells


def swapped(position):
    """Give a position the other way round."""
    return position[::-1]


@pytest.mark.parametrize(
    ("cells", "said", "told"),
    [
        (ends(swapped(ELVAS), BADAJOZ, ("Elvas", "Badajoz")), {}, ["From lon, From lat"]),
        (ends(ELVAS, swapped(BADAJOZ), ("", "Spain")), {}, ["To lon, To lat"]),
        (
            ends(swapped(ELVAS), swapped(BADAJOZ)),
            {"countries": ("PT", "ES")},
            ["From lon, From lat", "To lon, To lat"],
        ),
        (ends(swapped(VIGO), ("", "")), {"countries": ("PT", "ES")}, ["From lon, From lat"]),
        (ends(("38.881", "-97.163"), ("", "")), {}, ["From lon, From lat"]),
    ],
    ids=["by its name", "by its country", "by both ends", "where no country is", "off the earth"],
)
def test_an_end_that_is_swapped_is_a_fault(iberia, cells, said, told):
    """Each such end is one, which says what to write where that is known."""
    _, faults, _ = mapped(cells, gazetteer=iberia, mapping=ENDS, **said)
    assert [fault.column for fault in faults] == told
    assert all("swapped" in fault.why for fault in faults)


def test_the_fault_says_how_it_was_meant(iberia):
    """A swapped end is told with its position the right way round."""
    _, (fault,), _ = mapped(ends(swapped(ELVAS), BADAJOZ, ("Elvas", "")), gazetteer=iberia, mapping=ENDS)
    assert fault.todo == "write lon -7.163 and lat 38.881, in the whole file if need be"


@pytest.mark.parametrize(
    ("cells", "countries"),
    [
        (ends(ELVAS, BADAJOZ, ("Elvas", "Badajoz")), ("PT", "ES")),
        (ends(("43.1", "36.3"), ANKARA), ("IQ", "SY")),
        (ends(("43.1", "36.3"), ANKARA, ("Mosul", "Ankara")), ("IQ",)),
        (ends(ANKARA, SIVAS, ("Ankara", "Sivas")), ("IQ",)),
        (ends(ANKARA, ("", "")), ("IQ",)),
        (ends(("8.9", "39.2"), BADAJOZ), ("PT",)),
        (ends(("", ""), ("", ""), ("Elvas", "Spain")), ("PT", "ES")),
    ],
    ids=[
        "at home",
        "a capital abroad",
        "and by its name",
        "both abroad by their names",
        "alone abroad",
        "on the other side of nought",
        "no positions",
    ],
)
def test_an_end_abroad_is_no_slip_of_the_pen(iberia, cells, countries):
    """An end may lie in any country, though swapped it would lie in one that is meant."""
    _, faults, _ = mapped(cells, gazetteer=iberia, mapping=ENDS, countries=countries)
    assert [fault.why for fault in faults] == []


def test_a_position_at_its_own_less_surely_spelled_place_is_not_swapped(iberia, monkeypatch):
    """A place of the very name where the position would lie swapped does not count against the one that is there."""

    def town(how, lon, lat):
        place = Place(f"town-{how}", "Ankara", "", PlaceKind.TOWN, "", float(lon), float(lat), 5.0)
        return Candidate(place, how, 0.0, "")

    borne = [town(How.FOLDED, *swapped(ANKARA)), town(How.KIND, *ANKARA)]
    row = ends(ANKARA, ("", ""), ("Ankara city", ""))
    for known, told in (borne, 0), (borne[:1], 1):
        monkeypatch.setattr(bearing, "everywhere", lambda *_, known=known: tuple(known))
        _, faults, _ = mapped(row, gazetteer=iberia, mapping=ENDS)
        assert len(faults) == told
