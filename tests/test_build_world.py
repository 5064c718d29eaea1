"""What the compiler of the world gazetteer takes for names, and what it refuses to unpickle."""

import importlib
import io
import pickle
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"


@pytest.fixture(scope="module")
def scripts():
    """Give the two modules of the script, as it finds them when it is run."""
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield importlib.import_module("world_packages"), importlib.import_module("build_gazetteer_world")
    finally:
        sys.path.remove(str(SCRIPTS))


NAMES = [
    ("Toledo", True),
    ("al-Hoceima", True),
    ("s-Hertogenbosch", False),
    ("tulytl", False),
    ("طليطلة", True),
    ("XTO", False),
    ("ESTOL", False),
    ("45001", False),
    ("Tolède", True),
]


@pytest.mark.parametrize(("name", "taken"), NAMES)
def test_codes_and_transliterations_by_letter_are_no_names(scripts, name, taken):
    """Codes of airports and ports, numbers, and what no one writes are left out."""
    assert scripts[0].proper(name) is taken


AIRPORTS = [
    ("London Heathrow Airport", "London", {"Heathrow", "Heathrow Airport", "Heathrow International Airport"}),
    ("Oslo Airport", "Oslo", {"Oslo Airport", "Oslo International Airport"}),
]


@pytest.mark.parametrize(("name", "city", "names"), AIRPORTS)
def test_an_airport_is_called_by_what_is_its_own(scripts, name, city, names):
    """Without its city and kind, and to its last word with the kind; never by the city's bare name."""
    assert set(scripts[1].airport_names(name, city)) == names


def test_a_pickle_of_more_than_plain_values_is_refused(scripts):
    """A package's pickle may hold lists, texts and numbers, and nothing that could run."""
    plain, other = pickle.dumps([["Toledo", 1.5]]), pickle.dumps(Path)
    assert scripts[0]._PlainPickle(io.BytesIO(plain)).load() == [["Toledo", 1.5]]
    with pytest.raises(pickle.UnpicklingError, match="is no plain value"):
        scripts[0]._PlainPickle(io.BytesIO(other)).load()


def test_a_division_of_few_towns_is_as_large_as_its_share(scripts):
    """Where few towns are known a division's radius is that of an equal share of its country."""
    packages, script = scripts
    member = packages.Member([(10.0, 50.0), (10.1, 50.0)], 2000)
    assert script._division_radius(member, 90.0) == 90.0
    many = packages.Member([(10.0 + at / 5, 50.0 + at % 3) for at in range(20)], 2000)
    assert script._division_radius(many, 90.0) > 90.0
    assert script._division_radius(None, 0.5) == 3.0
