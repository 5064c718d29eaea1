"""Context: how the names of a document speak for each other's places."""

import numpy as np
import pytest

from geo.candidates import Candidate
from geo.context import weigh
from geo.matches import How
from geo.places import Place, PlaceKind


def candidate(kind="town", country="XA", at=(0.0, 50.0), people=5.0, division="", ours=False):
    """Make a candidate; two of one kind, country and position are alike."""
    place = Place(f"{kind}-{country}-{at}", "N", "", PlaceKind(kind), country, *at, 5.0)
    return Candidate(place, How.EXACT, people, division or country, ours=ours)


XA, XB = candidate(), candidate(country="XB", at=(60.0, 10.0))
BIG, SMALL = candidate(people=6.5), candidate(country="XB", at=(60.0, 10.0), people=4.0)

# Candidates of the first name, those of the others, countries asked for, and which of the first is the likeliest.
SIGNS = {
    "people": ([SMALL, BIG], [], (), 1),
    "country of another name": (
        [BIG, SMALL],
        [[XB], [candidate("country", "XB", (61, 12), 7.0)], [XB]],
        (),
        1,
    ),
    "country that was asked for": ([BIG, SMALL], [], ("XB",), 1),
    "division of another name": (
        [candidate(division="XA.1"), candidate(division="XA.2", at=(3.0, 50.0))],
        [[candidate(division="XA.2", at=(9.0, 50.0))]],
        (),
        1,
    ),
    "nearness of another name": (
        [candidate(at=(0.0, 50.0)), candidate(at=(5.0, 50.0))],
        [[candidate(at=(5.2, 50.0))]],
        (),
        1,
    ),
    "curated": ([candidate(), candidate(at=(9.0, 50.0), ours=True)], [], (), 1),
    "country over its like-named town": ([candidate("town"), candidate("country", people=7.5)], [], (), 1),
}


@pytest.mark.parametrize(("first", "others", "countries", "likeliest"), SIGNS.values(), ids=SIGNS.keys())
def test_each_sign_speaks_for_a_place(first, others, countries, likeliest):
    """By one sign alone one of two places is the likelier, and without it the other or neither."""
    (_, shares), *_ = weigh([first, *others], [[at] for at in range(1 + len(others))], countries)
    assert np.argmax(shares) == likeliest
    assert shares[likeliest] > 1.5 * shares[1 - likeliest]


def test_the_name_beside_it_speaks_louder_than_one_farther_on():
    """A division right after a name speaks more for a place in it than one that stands elsewhere."""
    names = [[candidate(division="XA.1"), candidate(division="XA.2", at=(9.0, 50.0))]]
    ohio = [candidate("governorate", division="XA.2", at=(20.0, 50.0))]
    other = [candidate("region", "XC", (90, 0))]
    beside = weigh([*names, ohio, other], [[0], [1], [2]])[0][1]
    apart = weigh([*names, ohio, other], [[0], [2], [1]])[0][1]
    assert beside[1] > apart[1] > apart[0]


def test_the_order_of_candidates_does_not_count():
    """The same candidates in another order have the same shares."""
    one = weigh([[BIG, SMALL], [XB]], [[0], [1]])[0][1]
    other = weigh([[SMALL, BIG], [XB]], [[0], [1]])[0][1]
    assert one.tolist() == pytest.approx(other[::-1].tolist())


def test_shares_leave_room_for_a_place_that_nobody_listed():
    """The shares of a name's candidates add to less than one, the less the fewer people the place has."""
    by_people = [weigh([[candidate(people=people)]], [[0]])[0][1].sum() for people in (2.8, 4.0, 6.0)]
    assert by_people == sorted(by_people)
    assert all(0.5 < share < 1 for share in by_people)


@pytest.mark.parametrize("names", [[], [[]], [[], [XA], []]])
def test_names_without_candidates_have_no_shares(names):
    """A name that nobody knows takes no part, and each name has as many shares as candidates."""
    weighed = weigh(names, [[at] for at in range(len(names))])
    assert [len(shares) for _, shares in weighed] == [len(several) for several in names]
