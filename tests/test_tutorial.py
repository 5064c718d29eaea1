"""The tutorial in docs/: its commands typed, its decisions made, and what it says of the map that comes of them."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

import bordermap
from claims.store import open_store
from dashboard.review.opening import desk_of
from dashboard.words import words_in

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import tutorial  # noqa: E402 - scripts are no package

DOCUMENT = ROOT / "docs" / "tutorial.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
NAME = tutorial.STEPS["collection"]


def decide(store, report):
    """Keep a report, and decide on each of its proposals as the tutorial says, at the desk behind the page."""
    source = {
        "outlet": report.outlet,
        "published": report.published,
        "title": report.headline,
        "language": "en",
    }
    source_id = store.keep_source(NAME, source, report.text, "Anna", language="en").source_id
    desk = desk_of(store, NAME, next(one for one in store.texts(NAME) if one.source_id == source_id))
    proposals = desk.laid_out()
    assert len(proposals) == len(report.decisions)
    for item, decision in zip(proposals, report.decisions, strict=True):
        assert item["cells"]["quote"].startswith(decision.begins)
        message = {
            "key": item["key"],
            "do": "reject" if decision.reject else "save",
            "reason": decision.reject,
        }
        event = {"event": {"title": decision.title}} if decision.title else {}
        assert "saved" in desk.answer(message | {"cells": decision.cells} | event, "Anna")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder in which the tutorial was done from its first command to its last."""
    folder = tmp_path_factory.mktemp("tutorial")
    served = []
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{folder}/store.sqlite")
        patched.setattr(bordermap.os, "execv", lambda _program, command: served.append(command))
        patched.setattr(bordermap.os, "chdir", lambda _folder: None)
        for line in tutorial.commands(DOCUMENT):
            assert bordermap.main(shlex.split(line)[1:]) == 0, line
            if "serve" in line:
                for report in tutorial.reports():
                    decide(open_store(), report)
    assert len(served) == 1
    return folder


def test_the_map_of_the_tutorial_is_as_it_says(made):
    """One crossing with two numbers that cannot both be true, one confirmed and denied deployment, and two of one report."""
    features = json.loads((made / "bariloche.geojson").read_text(encoding="utf-8"))["features"]
    told = {one["properties"]["title"]: one["properties"] for one in features}
    assert set(told) == {
        "People cross from Bariloche to Osorno",
        "Soldiers sent to Bariloche",
        "Police posted in Osorno",
        "People return to Bariloche",
    }
    crossing, soldiers = told["People cross from Bariloche to Osorno"], told["Soldiers sent to Bariloche"]
    assert (crossing["disputed_count"], crossing["roots"], crossing["date_start"]) == (
        "conflicts",
        2,
        "2024-03-09",
    )
    assert (soldiers["status"], soldiers["disputed_occurrence"], soldiers["event_id"]) == (
        "confirmed",
        "conflicts",
        "soldiers-sent-to-bariloche",
    )
    assert [one["roots"] for title, one in told.items() if title.startswith(("Police", "People return"))] == [
        1,
        1,
    ]


def test_the_file_of_the_tutorial_opens_where_it_says(made):
    """The page is written, and the address that the tutorial shows names an event of it."""
    assert (made / "bariloche.html").stat().st_size > 100_000
    ((file, event),) = re.findall(r"`(\S+\.html)#\S*event=([\w-]+)`", TEXT)
    assert (made / file).exists()
    assert event in (made / "kept" / "events.csv").read_text(encoding="utf-8")


def test_the_tutorial_says_where_the_reviewer_is_named():
    """Before a report is handed in the reader is told of the field of the name, as the page calls it, and the script writes it there."""
    step = TEXT.split("## 3.")[1].split("## 4.")[0]
    assert f"*{words_in('en').say('reviewer')}*" in step
    assert tutorial.environment(ROOT)["BORDERMAP_REVIEWER"] == ""


def test_the_reports_are_quoted_as_they_are():
    """What the tutorial shows of each report is the text that is read, word by word."""
    quoted = " ".join(re.sub(r"(?m)^> ?", "", TEXT).split())
    assert [one.outlet for one in tutorial.reports() if " ".join(one.text.split()) not in quoted] == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.png")), ids=lambda path: path.name)
def test_a_picture_is_small(path):
    """No picture of docs/ keeps a reader waiting."""
    assert path.stat().st_size <= 150_000


def test_each_picture_of_the_tutorial_is_shown():
    """Each picture beside the tutorial stands in it, and no other does."""
    shown = set(re.findall(r"\]\(tutorial/([\w-]+\.png)\)", TEXT))
    assert shown == {path.name for path in (ROOT / "docs" / "tutorial").glob("*.png")}
