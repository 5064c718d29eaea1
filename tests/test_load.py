"""A crowd at the dashboard: nobody sees what is another's, what all share is made once, and who goes leaves nothing."""

import dataclasses
import datetime as dt
import gc
import itertools
import json
import os
import random
import subprocess
import sys
import threading
import tomllib
import weakref
from pathlib import Path

import pytest
from dashboard_collection import write_collection

from claims.named import InFolder
from claims.userdata import DATABASE
from dashboard import claims_page, memory, shelf
from dashboard.words import words_in
from trust.load.crowd import Crowd, loaded
from trust.load.due import Due, Move
from trust.load.person import Pace, Person
from trust.load.reviewed import Decided, begin, lost_of
from trust.load.reviewer import reviewers
from trust.load.seats import Shown, marks_in, seat_of, shown_of
from trust.load.serving import OURS, served
from trust.load.speech import ForwardMsg, day_at, micros
from trust.load.tally import Tally, waits_of
from trust.load.watched import Sample, growth_of

ROOT = Path(__file__).parents[1]
DAY = dt.date(2024, 12, 7)
SHOWN = Shown("", "tiny", {"": "A test", "ar": "A test"}, DAY - dt.timedelta(9), DAY, DAY, ("e1", "e2"))


@pytest.fixture
def tiny(tmp_path):
    """A small collection's folder."""
    return write_collection(tmp_path / "tiny")


def heaps_of(pid):
    """List the heaps of its own that glibc gave a thread of a process: each has 64 MiB of addresses, of which a part is in use (malloc/arena.c)."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    spans = [([int(end, 16) for end in line.split()[0].split("-")], line.split()[1]) for line in maps]
    return [
        hex(start)
        for ((start, end), used), ((after, last), rest) in itertools.pairwise(spans)
        if start % 2**26 == 0 and end == after and last - start == 2**26 and (used[0], rest[0]) == ("r", "-")
    ]


THREADS = """
import threading
{before}
stay = threading.Event()
for _ in range(4):
    begun = threading.Event()
    threading.Thread(target=lambda: (bytearray(5_000), begun.set(), stay.wait()), daemon=True).start()
    begun.wait()
print("up", flush=True)
input()
"""
"""Threads that each take memory and stay."""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's heaps are seen in /proc")
@pytest.mark.parametrize(
    ("before", "has_some"), [("", True), ("import dashboard.memory; dashboard.memory.give_back()", False)]
)
def test_a_thread_has_a_heap_of_its_own_unless_all_share_one(before, has_some):
    """What is counted below is seen where nothing is done about it, and is not there where memory is given back."""
    words = [sys.executable, "-c", THREADS.format(before=before)]
    with subprocess.Popen(  # noqa: S603 - our own lines
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "up\n"
        found = heaps_of(child.pid)
        child.communicate("\n", timeout=60)
    assert bool(found) is has_some


def test_people_at_one_dashboard_see_what_is_theirs(tmp_path):
    """Three at once and three after them, each with a language, filters and event of their own, and a reviewer: no error, nothing of another's or lost, nobody left, no heap for each thread."""
    word = str(write_collection(tmp_path / "one"))
    reviewed = begin(f"sqlite:///{tmp_path / 'store.sqlite'}")
    crowd = Crowd(3, seconds=0, stay_s=0, pace=Pace(0.05, 0.2, opens=25, turns=0), least=(5, 2))
    with served(OURS, {"BORDERMAP_COLLECTION": word, DATABASE: reviewed.url}) as server:
        also = [reviewers(server.address, 1, reviewed, crowd)]
        came = loaded("ours", server, crowd, [shown_of(word, first=True)], also)
        heaps = heaps_of(server.pid)
    assert (came.errors, came.foreign, came.complaints, came.left) == ((), (), (), 0)
    assert (came.came, came.opened.count, came.moves) == (6, 6, 30)
    assert came.answered.count > 10
    assert len(heaps) < 2  # of a thread that a library began before
    assert (came.decided.count, lost_of(reviewed, came.decisions)) == (5, ())
    made_up = Decided("99", "Reviewer 0", "accepted", came.decisions[0].which)
    assert lost_of(reviewed, [*came.decisions, made_up]) == ("decision 99 of Reviewer 0: accepted",)


def heard(seat, state):
    """Let a person at a seat hear a state over the wire; give the tally."""
    tally = Tally()
    person = Person(seat, "http://127.0.0.1", tally, random.Random(1), Pace())  # noqa: S311 - nothing secret
    person.note(Move.SLID)
    message = ForwardMsg()
    component = message.delta.new_element.bidi_component
    component.component_name = "bordermap.wire"
    component.json = json.dumps({"key": "tiny-1", "state": state})
    person.talk.hear(message.SerializeToString(), 0.0)
    return tally


def test_what_is_a_persons_own_is_no_fault():
    """The state that was asked for is an answer."""
    seat = seat_of(1, [SHOWN])
    tally = heard(seat, seat.told(DAY))
    assert len(tally.answered) == 1
    assert not tally.foreign


@pytest.mark.parametrize(
    "wrong",
    [
        seat_of(2, [SHOWN]).told(DAY),
        seat_of(1, [SHOWN]).told(DAY) | {"day": "2024-12-01"},
        seat_of(1, [SHOWN]).told(DAY) | {"lang": "ar"},
        seat_of(1, [SHOWN]).told(DAY) | {"event": "e1"},
    ],
    ids=["all of another's", "the day", "the language", "the event"],
)
def test_what_is_another_s_is_told(wrong):
    """A state that was not asked for by this person counts as another's, and as no answer."""
    tally = heard(seat_of(1, [SHOWN]), wrong)
    assert tally.foreign
    assert not tally.answered


def test_what_a_large_page_asks_is_answered_by_the_last():
    """An answer to the second ask answers the first as well; a fault that it tells is one, and to an answer that was not asked for nothing is owed."""
    tally = Tally()
    due = Due(tally, large=True)
    due.ask("first")
    due.ask("second")
    due.answer_ask({"id": "another", "answer": {}}, 0.0)
    assert due.is_open()
    due.answer_ask({"id": "second", "answer": {"error": "too much"}}, 0.0)
    assert not due.is_open()
    assert (len(tally.asked), sum(tally.errors.values())) == (2, 1)


def test_a_mark_is_known_in_an_address_and_in_what_is_told():
    """The number of a person stands in the query and in the state, and in no other person's."""
    seat = seat_of(17, [SHOWN])
    assert marks_in(seat.query.encode()) == {17}
    assert marks_in(json.dumps(seat.told(DAY)).encode()) == {17}


def test_a_sliders_day_goes_there_and_back():
    """Microseconds since 1970, as Streamlit's slider has them."""
    assert micros(dt.date(2024, 12, 7)) == 1.7335296e15
    assert day_at(micros(DAY)) == DAY.isoformat()


def test_a_page_is_built_once_for_all_who_come_at_once(tiny, monkeypatch):
    """Eight at the same moment wait for one building, and share it."""
    built, gate = [], threading.Barrier(8)

    def building(collection, _):
        built.append(collection.name)
        return "<p>page</p>"

    monkeypatch.setattr(shelf, "build_page", building)
    opened = []

    def come():
        gate.wait(20)
        opened.append(shelf.opened(InFolder(tiny)))

    people = [threading.Thread(target=come) for _ in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert built == ["tiny"]
    assert len(opened) == 8
    assert len(set(map(id, opened))) == 1
    assert shelf.read(InFolder(tiny))[0] is opened[0].collection


def test_the_table_of_claims_is_made_once_for_a_language(tiny):
    """Who reads the same claims in the same language shares a table; another language, day or collection has its own."""
    collection = InFolder(tiny).read()[0]
    first = claims_page._shared(collection, "en", None)[1]
    assert claims_page._shared(collection, "en", None)[1] is first
    assert list(first["kind"].unique()) == [
        words_in("en").kind(kind) for kind in ("deployment", "withdrawal", "crossing")
    ]
    others = [
        (collection, "ar", None),
        (collection, "en", DAY),
        (dataclasses.replace(collection), "en", None),
    ]
    assert all(claims_page._shared(*other)[1] is not first for other in others)


def test_what_is_shared_is_not_gone_through_for_garbage():
    """What is held when a collection has been opened is passed over by the collector, which Streamlit must not call after each run."""
    shared = [[number] for number in range(1000)]
    try:
        memory.keep()
        assert all(one is not shared for one in gc.get_objects())
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["runner"]["postScriptGC"] is False


def test_arrow_keeps_nothing_for_itself():
    """Where the dashboard is loaded, Arrow takes memory of the system and gives it back there, not to an allocator that keeps it."""
    told = "import dashboard, pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    env = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    said = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", told], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "system"


class Ring:
    """Something that holds itself, and so is freed by the collector alone."""

    def __init__(self):
        """Close it."""
        self.itself = self


def test_rings_that_people_leave_are_freed_before_long():
    """After much was kept, what outlives a few collections and is let go then is freed when thousands are, not when they are a quarter of all that is kept."""
    much = [[number] for number in range(400_000)]
    left = []
    try:
        memory.keep()
        for _ in range(16):
            rings = [Ring() for _ in range(1000)]
            left += map(weakref.ref, rings)
            gc.collect(1)  # they have grown old
            del rings
        [[number] for number in range(10_000)]  # somebody else comes, and works
    finally:
        gc.unfreeze()
    assert len(much) == 400_000
    assert sum(one() is not None for one in left) < len(left) / 2


def test_waits_are_ranked():
    """Of a hundred waits the 96th is the one that 95 are below."""
    waits = waits_of([float(number) for number in range(100, 0, -1)])
    assert (waits.count, waits.p50, waits.p95, waits.p99, waits.longest) == (100, 50.5, 96, 100, 100)
    assert waits_of([]).count == 0


@pytest.mark.parametrize(("per_hour", "wave"), [(0, 3), (60, 3), (-20, 0)])
def test_growth_is_the_slope_of_what_is_held(per_hour, wave):
    """The slope is found within its error; what only goes up and down grows by nothing."""
    samples = [
        Sample(at, 0, 0, 400 + per_hour * at / 3600 + (wave if at // 5 % 2 else -wave), 1, 1)
        for at in range(0, 3600, 5)
    ]
    growth = growth_of(samples)
    assert abs(growth.per_hour_mb - per_hour) <= growth.give_or_take_mb + 1e-6
    assert growth.give_or_take_mb < 2
