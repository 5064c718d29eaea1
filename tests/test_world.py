"""The world gazetteer: what its file gives, and what becomes of one that is none."""

import zipfile

import pytest
from worlds_made import made_world, row

from geo.errors import BordermapError
from geo.gazetteer import Gazetteer
from geo.places import PlaceKind
from geo.romanized import skeleton
from geo.toponyms import fold
from geo.world import World
from geo.worldfile import DEMONYM, MAIN, OTHER, STEM, write

TOLEDO = row(
    "geonames-1",
    "town",
    "Toledo",
    "Tolède",
    "طليطلة",
    "Tulaytula",
    people=5.8,
    at=(-4.02, 39.86),
    division="XA.CM",
)
PROVINCE = row("admin-xa.cm.to", "district", "Province of Toledo", people=5.9, division="XA.CM.TO")
COUNTRY = row("country-xa", "country", "Xanthia", demonyms=["Xanthian"], division="XA")


@pytest.fixture
def world(tmp_path):
    """Give a town, its province and its country."""
    return made_world(tmp_path, TOLEDO, PROVINCE, COUNTRY)


NAMES = [
    ("Toledo", [("geonames-1", MAIN), ("admin-xa.cm.to", STEM)]),
    ("TOLÈDE", [("geonames-1", MAIN)]),
    ("Tulaytula", [("geonames-1", OTHER)]),
    ("طليطلة", [("geonames-1", OTHER)]),
    ("province of toledo", [("admin-xa.cm.to", MAIN)]),
    ("Xanthian", [("country-xa", DEMONYM)]),
    ("Atlantis", []),
    ("", []),
]


@pytest.mark.parametrize(("name", "places"), NAMES)
def test_a_name_gives_its_places_and_how_they_bear_it(world, name, places):
    """A place is found by its own name in any transcription, other names, its people's name and its name without the kind word."""
    found = [(world.place(each.row).place_id, each.flag) for each in world.spelled(fold(name))]
    assert sorted(found) == sorted(places)


def test_a_place_of_the_world_is_a_place_like_any(world):
    """An id gives name, kind, country, position to 11 m, radius and GeoNames id; an unknown one gives none."""
    place = world.get("geonames-1")
    assert (place.name, place.kind, place.country) == ("Toledo", PlaceKind.TOWN, "XA")
    assert (place.lon, place.lat, place.radius_km, place.geonames_id) == (-4.02, 39.86, 5.0, "1")
    assert (place.checked, "GeoNames" in place.source) == (False, True)
    assert world.get("geonames-2") is None
    assert len(world) == 3


def test_names_alike_are_found_by_their_consonants(world):
    """A skeleton gives the folded names that have it, and its beginning those to be compared letter by letter."""
    assert fold("Toledo") in world.consonants(skeleton("Toledo"))
    assert fold("Toledo") in world.block(skeleton("Toledo")[:2])
    assert fold("Xanthia") not in world.block(skeleton("Toledo")[:2])


def test_the_same_places_make_the_same_bytes(tmp_path):
    """The file does not depend on the order of its places or on the hour."""
    write([TOLEDO, COUNTRY], tmp_path / "one.zip")
    write([COUNTRY, TOLEDO], tmp_path / "other.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def cut(path):
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path):
    """Make it a ZIP of nothing."""
    with zipfile.ZipFile(path, "w"):
        pass


def garbled(path):
    """Make each part of it something else."""
    with zipfile.ZipFile(path, "w") as out:
        for part in ("places", "names", "skeletons"):
            out.writestr(f"{part}.parquet", b"not Parquet")


@pytest.mark.parametrize(
    "harm", [cut, emptied, garbled, lambda path: path.unlink()], ids=["cut", "empty", "garbled", "gone"]
)
def test_a_file_that_is_no_world_gazetteer_is_told(tmp_path, harm):
    """The file is named, with what to do."""
    path = tmp_path / "world.zip"
    write([TOLEDO], path)
    harm(path)
    with pytest.raises(
        BordermapError, match=r"world\.zip is not the world gazetteer .*; take it from the checkout again"
    ):
        World(path)


# ---- places by id


def test_a_gazetteer_knows_places_of_the_world_and_of_phrases_by_id():
    """An id of the world gazetteer, or one that spells a phrase around any place, gives the place."""
    gazetteer = Gazetteer({})
    place = gazetteer["country-pt"]
    assert (place.name, place.kind) == ("Portugal", PlaceKind.COUNTRY)
    assert gazetteer["near:country-pt"].place_id == "near:country-pt"
    assert "country-pt" in gazetteer
    assert list(gazetteer) == []


@pytest.mark.parametrize(
    "place_id", ["", "atlantis", "country-xx", "near:atlantis", "near:", ":", "geonames-", 5, None]
)
def test_an_id_of_no_place_is_not_in_the_gazetteer(place_id):
    """What is no id of any place gives none, and raises KeyError where one is needed."""
    assert place_id not in Gazetteer({})
    with pytest.raises(KeyError):
        Gazetteer({})[str(place_id)]


def test_a_gazetteer_can_hold_what_it_knows_by_id(gazetteer):
    """Asked to, it lists such places after its own, once each; with nothing to add it stays what it was."""
    first = next(iter(gazetteer)).place_id
    held = gazetteer.holding(["country-pt", first, "country-pt"])
    assert [place.place_id for place in held][-1] == "country-pt"
    assert len(held) == len(gazetteer) + 1
    assert gazetteer.holding([first]) is gazetteer
