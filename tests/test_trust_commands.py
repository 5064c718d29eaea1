"""Commands are killed at some moment: what is there is as before or as it shall be, and what is neither is found."""

import random

import pytest

from trust.acts import file_acts
from trust.commands import Act, Rounds

# From 3.12 on Python warns of a fork beside threads, which these processes do not need.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def rounds(act, folder, count):
    """Kill an act so many times; give all rounds."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    of_act = Rounds(act, folder)
    return [of_act.killed(chance) for _ in range(count)]


def test_a_new_collection_is_whole_or_not_there(tmp_path):
    """`bordermap new` is begun until it was killed three times; some come to their end, and nothing is half."""
    (act,) = (one for one in file_acts(tmp_path) if one.name == "new")
    chance, of_act = random.Random(1), Rounds(act, tmp_path)  # noqa: S311 - nothing secret
    done = []
    while sum(one.kills for one in done) < 3:
        assert len(done) < 40
        done.append(of_act.killed(chance))
    assert [lost for one in done for lost in one.lost] == []


def test_what_is_half_is_found(tmp_path):
    """An act that leaves something else each time is told of."""
    number = iter(range(99))
    act = Act("new", lambda _place: {}, ("new", "mine"), lambda _place, _env: next(number))
    lost = [told for one in rounds(act, tmp_path, 2) for told in one.lost]
    assert "new: neither as before nor as it shall be" in lost


def test_what_cannot_be_read_is_found(tmp_path):
    """So is what raises when it is read, after what was read in peace."""
    states = iter(["before", "after"])
    act = Act("new", lambda _place: {}, ("new", "mine"), lambda _place, _env: next(states))
    (one,) = rounds(act, tmp_path, 1)
    assert "new: when it was killed it cannot be read: StopIteration " in one.lost


def test_an_act_that_changes_nothing_counts_for_nothing(tmp_path):
    """A command whose end cannot be told from its beginning is no check."""
    act = Act("new", lambda _place: {}, ("new", "mine"), lambda _place, _env: "the same")
    with pytest.raises(RuntimeError, match="new changes nothing"):
        Rounds(act, tmp_path)
