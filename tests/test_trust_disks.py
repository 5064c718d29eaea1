"""What is tried on disks that refuse it: a careless writer is found out, and what is whole passes."""

import pytest

from trust import filling
from trust.acts import file_acts
from trust.came import missed
from trust.disks import CannotMountError
from trust.disktrials import Trials
from trust.refused import FULL, READ_ONLY, Refused, refused, untold
from trust.writers import careless

# From 3.12 on Python warns of a fork beside threads, which these processes do not need.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def tried(act, folder):
    """Try an act on disks of the test's own, with no room and with all but a page of what it takes."""
    try:
        return refused(act, folder, 1)
    except CannotMountError as error:
        pytest.skip(str(error))


def test_half_a_file_a_traceback_and_what_lies_beside_are_found(tmp_path):
    """Of a writer who leaves them, each is told; where nothing may be written at all, the traceback."""
    full, shut = tried(careless("leaves"), tmp_path)
    assert (full.tried, shut.tried) == (4, 2)
    assert "neither as before nor as it shall be" in full.lost[0]
    assert all("OSError: [Errno 28]" in why for why in full.silent)
    assert full.strays[0].endswith("place/.left")
    assert all("OSError: [Errno 30]" in why for why in shut.silent)


def test_what_is_acknowledged_and_not_there_is_found(tmp_path):
    """Of a writer who hushes up that there was no room, or no right, it is told each time."""
    for one in tried(careless("hushes"), tmp_path):
        assert len(one.lost) == one.tried
        assert "acknowledged, and not there" in one.lost[0]


def test_a_new_collection_is_told_whole_and_works_with_room(tmp_path):
    """`bordermap new` is refused with a sentence, leaves nothing, and does it once it can."""
    (new,) = (act for act in file_acts(tmp_path) if act.name == "new")
    for one in tried(new, tmp_path):
        assert one.refused == one.tried
        assert one.acknowledged >= one.tried
        assert (one.lost, one.silent, one.strays) == ([], [], [])


def test_a_reviewer_is_told_of_a_full_disk_and_goes_on_with_room(tmp_path, monkeypatch):
    """The desk that was open all the while decides again, and what was acknowledged is there, no more and no less."""
    monkeypatch.setattr(filling, "LEFT", (0, 2**18))
    try:
        found = filling.filled(tmp_path)
    except CannotMountError as error:
        pytest.skip(str(error))
    assert (found.lost, found.silent) == ([], [])
    assert found.refused == 12
    assert found.acknowledged > 4


SAID = [
    ("1", "'out.csv' cannot be written (No space left on device); free some and do it again", ""),
    ("1", "read 3 rows\nthe store, /d/out.csv, has no room left; make room and try again", ""),
    ("0", "wrote out.csv", "it ended with 0"),
    ("?", "Traceback (most recent call last):\nOSError", "it ended with ?"),
    ("1", "Traceback (most recent call last):\n'out.csv' is full; free some of it", "it raises"),
    ("1", "Exception ignored in: x\n'out.csv' is full; free some of it", "it raises"),
    ("1", "a file cannot be written; free some and do it again", "it names no file"),
    ("1", "'about.csv' cannot be written; free some and do it again", "it names no file"),
    ("1", "'out.csv' cannot be written (No space left on device)", "it does not say what to do"),
    ("1", "", "it names no file"),
]


@pytest.mark.parametrize(("how", "said", "why"), SAID)
def test_a_refusal_is_one_sentence_that_names_the_file_and_says_what_to_do(how, said, why):
    """Whatever else a command ends with is told as what lacks."""
    assert untold(how, said, {"out.csv"}).startswith(why)
    assert bool(untold(how, said, {"out.csv"})) == bool(why)


@pytest.mark.parametrize(
    ("more", "figure"),
    [
        ({"lost": ["x"]}, "lost, or half written"),
        ({"silent": ["x"]}, "refused without a sentence that says what to do"),
        ({"strays": ["x"]}, "files left"),
        ({"refused": 0}, "refused"),
        ({"acknowledged": 0}, "acknowledged"),
    ],
)
def test_what_is_wrong_or_was_not_tried_is_missed(more, figure):
    """Each has its line, and a run in which nothing was refused or acknowledged counts for nothing."""
    told = {"tried": 1, "refused": 1, "acknowledged": 1}
    done = tuple(
        Refused("new", lack, **({**told, **more} if lack == FULL else told)) for lack in (FULL, READ_ONLY)
    )
    found = Trials(done, (), ())
    assert [line.figure for line in found.lines if not line.held] == [figure]
    assert len(found.wrong) == sum(isinstance(value, list) for value in more.values())


def test_a_control_that_does_not_fire_and_what_is_left_out_are_missed():
    """So is a part that cannot be done here at all."""
    done = tuple(Refused("new", lack, 1, 1, 1) for lack in (FULL, READ_ONLY))
    found = Trials(done, (f"{FULL}: a careless writer: lost",), ("PostgreSQL was not tried",))
    assert [line.figure for line in found.lines if not line.held] == [
        "controls that did not fire",
        "left out",
    ]
    assert len(found.wrong) == 2
    (line,) = missed("disks", "writes tried", "only root can").lines
    assert (line.measured, line.held) == ("0", False)
