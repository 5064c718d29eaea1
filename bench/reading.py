"""Measure how rightly and how fast reports are read, beside a list of verbs with a gazetteer, and how well claims are grouped."""

import csv
import datetime as dt
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from bench.table import Bound, Row
from claims.articles.reader import Reader
from claims.articles.sentences import sentences
from claims.articles.written import jsonl_text
from claims.model import Kind, Status
from claims.shipped import shipped
from claims.suggest import Happening, kin_of, suggested
from geo.gazetteer import Gazetteer
from geo.geocode import Offline
from geo.places import Place, PlaceKind
from geo.world import world

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SCORE = SHARED / "tools" / "score_claims.py"
MADE_UP = {
    "reports": "made-up reports",
    "reports_more": "made-up reports, the later ones",
    "reports_third": "made-up reports, the third ones",
    "reports_arabic": "made-up reports in Arabic",
    "reports_unseen": "made-up reports that the rules were not developed on",
}
"""Folders of tests/ with reports that were made up and coded by hand, and what their rows are called."""

VERBS = {
    Kind.CROSSING: r"cross\w*|enter(?:ed|ing|s)?|fled|flee\w*|return\w*|moved? into",
    Kind.WITHDRAWAL: r"withdr\w+|pull(?:ed|ing)? (?:out|back)|left|leav\w+|abandon\w*|evacuat\w+",
    Kind.DEPLOYMENT: r"deploy\w*|station\w*|mass(?:ed|ing)|reinforc\w+|remain\w*",
    Kind.CONTROL_CHANGE: r"seiz\w+|captur\w+|fell|overr[au]n|took|taken",
    Kind.CLOSURE: r"clos(?:ed?|ing|ure)|shut|seal\w*|reopen\w*",
}
"""The peer's list of verbs; each makes a claim of the first known names of its sentence, dated on the day before."""

SAME_WORDS = 0.7
"""Share of a coded quote's words that a proposal's must hold for both to be of the same words, as the scorer has it."""

GOOD_F1, MOST_FLIPPED, GOOD_COUNTS, GOOD_SPEED = 85, 1, 90, 200


@dataclass(frozen=True)
class Report:
    """A report that was coded by hand.

    Attributes:
        name: Its file.
        text: What it says.
        published: The day it was published.
        language: Its language.
    """

    name: str
    text: str
    published: dt.date
    language: str


def rows(say: Callable[[str], None]) -> list[Row]:
    """Measure the reader on the coded reports that are at hand: those beside the checkout, and the made-up ones in it.

    Args:
        say: Is told how far the bench is.

    Raises:
        RuntimeError: The scorer failed.
    """
    if not SCORE.is_file():
        say("  score_claims.py is not beside the checkout; reading is not measured")
        return []
    gazetteer = Gazetteer.read()
    geocoder = Offline(gazetteer)
    reader = Reader(gazetteer, world(), geocoder)
    told = []
    for name, coded, reports in (
        ("five reports", SHARED / "coding", seeds()),
        *(
            (name, ROOT / "tests" / folder, made_up(ROOT / "tests" / folder))
            for folder, name in MADE_UP.items()
        ),
    ):
        if reports and (coded / "claims.jsonl").is_file():
            say(f"  {name}")
            told += reading(name, coded, reports, reader, geocoder)
    return [*told, *grouping(SHARED / "coding")]


def seeds() -> list[Report]:
    """Read the reports beside the checkout whose texts a shipped collection knows by their hash, with its days."""
    days = {}
    for folder in shipped().values():
        with (folder / "sources.csv").open(encoding="utf-8", newline="") as lines:
            days |= {row["text_sha256"]: row["published"] for row in csv.DictReader(lines)}
    found = []
    for file in sorted((SHARED / "seeds").glob("*.txt")):
        day = days.get(hashlib.sha256(file.read_bytes()).hexdigest())
        if day:
            found.append(Report(file.name, file.read_text("utf-8"), dt.date.fromisoformat(day), "en"))
    return found


def made_up(folder: Path) -> list[Report]:
    """Read the made-up reports of a folder of the tests, where it is."""
    table = folder / "reports.csv"
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as lines:
        return [
            Report(
                row["file"],
                (folder / row["file"]).read_text("utf-8"),
                dt.date.fromisoformat(row["published"]),
                row["language"],
            )
            for row in csv.DictReader(lines)
        ]


def reading(
    name: str, coded: Path, reports: Sequence[Report], reader: Reader, geocoder: Offline
) -> list[Row]:
    """Measure one set of reports."""
    for report in reports:  # the gazetteers are warm after a first reading
        reader.read(report.text, report.language, report.published)
    began = time.process_time()
    read = [(report.name, reader.read(report.text, report.language, report.published)) for report in reports]
    seconds = time.process_time() - began
    lines = jsonl_text(read)
    ours = score(coded, lines)
    peer = score(coded, "".join(map(by_verbs(geocoder), reports)))
    count = sum(len(list(sentences(report.text, str.lower))) for report in reports)

    def row(what: str, key: str, budget: float | None, bound: Bound = Bound.AT_LEAST) -> Row:
        share = "%" if key in {"f1", "precision", "recall"} else ""
        times = 100 if share else 1
        return Row(
            what, share, budget, round(ours[key] * times, 1), other=[round(peer[key] * times, 1)], bound=bound
        )

    return [
        row(f"{name}: F1 (peer: a list of verbs and a gazetteer)", "f1", GOOD_F1),
        row("  precision", "precision", None),
        row("  recall", "recall", None),
        row("  polarity errors", "polarity_errors", MOST_FLIPPED, Bound.AT_MOST),
        Row("  background with a day", "", 0, dated_background(coded, lines), bound=Bound.AT_MOST),
        Row("  counts right", "%", GOOD_COUNTS, right_counts(ours), bound=Bound.AT_LEAST),
        Row("  sentences a second", "", GOOD_SPEED, round(count / seconds), bound=Bound.AT_LEAST),
    ]


def score(coded: Path, lines: str) -> dict[str, Any]:
    """Score proposals by the shared tool."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        command = [
            sys.executable,
            str(SCORE),
            str(coded / "claims.jsonl"),
            str(coded / "places.csv"),
            file.name,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{SCORE.name} failed: {done.stderr.strip()[-500:]}")
    return dict(json.loads(done.stdout))


def by_verbs(geocoder: Offline) -> Callable[[Report], str]:
    """Give the peer: it makes a claim of each verb of its list with the known names of its sentence."""
    verbs = {kind: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for kind, pattern in VERBS.items()}

    def read(report: Report) -> str:
        said = [one.text for one in sentences(report.text, str.lower)]
        names = [re.findall(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+)*", text) for text in said]
        found = geocoder.geocode([name for each in names for name in each])
        places = {match.toponym: match.place for match in found if match.place}
        day = (report.published - dt.timedelta(days=1)).isoformat()
        lines = []
        for text, each in zip(said, names, strict=True):
            known = [place for name in each if (place := places.get(name))]
            for kind, pattern in verbs.items():
                if known and pattern.search(text):
                    lines.append(_line(report.name, kind, text, known[0], day))
        return "".join(lines)

    return read


def _line(article: str, kind: Kind, quote: str, place: Place, day: str) -> str:
    where = {"name": place.name, "lon": place.lon, "lat": place.lat, "country": place.country}
    claim = {"article": article, "kind": kind, "status": "reported", "quote": quote, "place": where}
    return json.dumps(claim | {"date_start": day, "date_end": day}) + "\n"


def dated_background(coded: Path, lines: str) -> int:
    """Count the proposals with a day whose words were coded only as habit or history."""
    claims = [json.loads(line) for line in (coded / "claims.jsonl").read_text("utf-8").splitlines()]
    found = 0
    for one in map(json.loads, lines.splitlines()):
        said = set(one["quote"].lower().split())
        meant = [
            claim["salience"]
            for claim in claims
            if claim["source_file"] == one["article"]
            and len(said.intersection(words := claim["quote"].lower().split()))
            >= SAME_WORDS * len(set(words))
        ]
        found += bool(one["date_end"]) and set(meant) == {"background"}
    return found


def right_counts(scored: Mapping[str, Any]) -> float | None:
    """Give the share of right counts in percent; None where none was matched."""
    right, every = map(int, scored["counts_right"].split("/"))
    return round(100 * right / every, 1) if every else None


def grouping(coded: Path) -> list[Row]:
    """Measure how well the events suggested for the coded claims agree with the coded events, pair by pair."""
    if not (coded / "events.json").is_file():
        return []
    with (coded / "places.csv").open(encoding="utf-8", newline="") as lines:
        places = {row["name"]: _place(row) for row in csv.DictReader(lines)}
    claims = [json.loads(line) for line in (coded / "claims.jsonl").read_text("utf-8").splitlines()]
    coded_events = json.loads((coded / "events.json").read_text("utf-8"))["events"]
    groups = suggested([_happening(claim, places) for claim in claims], _named_kin())
    ours = {pair for pair in combinations(range(len(claims)), 2) if groups[pair[0]] == groups[pair[1]]}
    number = {claim["id"]: at for at, claim in enumerate(claims)}
    theirs = {
        tuple(sorted((number[one], number[other])))
        for event in coded_events
        for one, other in combinations(event["claims"], 2)
    }
    both = len(ours & theirs)
    f1 = 200 * both / (len(ours) + len(theirs)) if both else 0.0
    return [
        Row("suggested events: F1 over pairs of coded claims", "%", None, round(f1, 1), bound=Bound.AT_LEAST)
    ]


def _named_kin() -> dict[str, frozenset[str]]:
    """Give of each actor of the shipped collections, by the names it goes by, what it is related to."""
    found = {}
    for folder in shipped().values():
        with (folder / "actors.csv").open(encoding="utf-8", newline="") as lines:
            actors = pd.DataFrame(list(csv.DictReader(lines)))
        kin = kin_of(actors)
        for row in actors.to_dict("records"):
            for name in (row["name"], *row["aliases"].split(";")):
                found[_bare(name)] = kin[row["actor"]] | {_bare(name)}
    return found


def _bare(name: str) -> str:
    """Give a name without its abbreviation in brackets, in small letters."""
    return re.sub(r"\W+", " ", re.sub(r"\(.*?\)", "", name)).strip().casefold()


def _place(row: Mapping[str, str]) -> Place:
    wide = float(row["tol_km"]) >= 200
    kind = PlaceKind.COUNTRY if wide else PlaceKind.TOWN
    return Place(
        row["name"],
        row["name"],
        "",
        kind,
        row["country"],
        float(row["lon"]),
        float(row["lat"]),
        float(row["tol_km"]),
    )


def _happening(claim: Mapping[str, Any], places: Mapping[str, Place]) -> Happening:
    """Give what is compared of a coded claim; a denial is compared as the crossing that most are of."""
    kinds = {kind.value: kind for kind in Kind} | {"other": Kind.CONTACT, "denial": Kind.CROSSING}
    ends = [claim[end] for end in ("place", "origin", "destination") if claim[end]]
    named = [places[name] for end in ends for name in end.get("canonical_all") or [] if name in places]
    way = (claim["direction"] or "").split("->")
    low, high = (claim[key] and dt.date.fromisoformat(claim[key]) for key in ("date_start", "date_end"))
    return Happening(
        kinds[claim["kind"]],
        frozenset(_bare(actor["canonical"]) for actor in claim["actors"]),
        tuple(named),
        low,
        high,
        (way[0], way[1]) if len(way) == 2 else ("", ""),
        Status(claim["status"]),
    )
