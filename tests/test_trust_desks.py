"""Two dashboards on one SQLite file, with reviewers at both; and what would be found if one of them lost or hid something."""

from types import SimpleNamespace

import pytest

from trust import desks
from trust.desks import at_desks


def test_reviewers_at_two_dashboards_lose_nothing_and_see_each_other(tmp_path, monkeypatch):
    """One at each decides, then both on one proposal at once, which one of them does: the other is told who was first."""
    monkeypatch.setattr(desks, "REVIEWERS", 1)
    found = at_desks(tmp_path, 1)
    assert (found.lost, found.refused, found.unseen) == ([], [], [])
    assert (found.decisions, found.races, found.overtaken) == (3, 1, 1)


class Seat:
    """A desk whose answers are said before."""

    def __init__(self, who, answer, **standing):
        """Let somebody be answered so, and see that."""
        self.who, self.keys, self._answer = who, ["mine", "shared"], answer
        self.standing = {key: {"decision": str(number)} for key, number in standing.items()}

    def say(self, _do, _key):
        """Answer."""
        return self._answer


SAVED = {"saved": "rejected"}
TURNS = [
    ([("0-0", SAVED, {"mine": 3}), ("1-0", SAVED, {"mine": 4})], []),
    ([("0-0", SAVED, {"mine": 3}), ("1-0", {"advice": {}}, {"mine": 2})], ["1-0: decision 3 on mine"]),
    ([("0-0", SAVED, {"mine": 3}), ("1-0", {"advice": {}}, {})], ["1-0: decision 3 on mine"]),
]


@pytest.mark.parametrize(("turns", "unseen"), TURNS)
def test_what_another_saved_before_and_is_not_shown_is_found(turns, unseen):
    """An answer shows a later decision on each proposal, or the one that was acknowledged before it was asked for."""
    review = desks._Review(1)
    for who, answer, standing in turns:
        review._say(Seat(who, answer, **standing), "look", "mine")
    assert review.found.unseen == unseen


@pytest.mark.parametrize(
    ("answer", "refused"),
    [({"error": "no room"}, 1), ({"nameless": True}, 1), ({"changed": {"who": "Ben"}}, 1), (SAVED, 0)],
)
def test_whoever_is_not_answered_that_it_is_saved_was_refused(answer, refused):
    """On a proposal that is one's own nobody can have been first."""
    review = desks._Review(1)
    review._say(Seat("0-0", answer, mine=3), "reject", "mine")
    assert len(review.found.refused) == refused


def test_what_was_acknowledged_and_is_not_there_is_found():
    """A decision of another is none of one's own, and one that nobody was told of is one too many."""
    review = desks._Review(1)
    review._say(Seat("0-0", SAVED, mine=3), "reject", "mine")
    there = [SimpleNamespace(decision_id="3", who=who) for who in ("1-0", "0-0")]
    assert list(review.missing(there[1:])) == []
    assert list(review.missing(there[:1])) == ["decision 3 of 0-0"]
    assert list(review.missing(there)) == ["1 decisions were acknowledged, and 2 are there"]
