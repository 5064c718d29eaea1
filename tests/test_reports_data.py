"""The made-up reports are coded word for word, and their coding scores in full against itself."""

import csv
import datetime as dt
import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest
from conftest import SHARED

SETS = sorted(path.parent for path in Path(__file__).parent.glob("reports*/claims.jsonl"))
ENDS = ("origin", "destination", "place")
QUOTE_WORDS = 25


def table(folder, name):
    """List the rows of one of the CSV files."""
    with (folder / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def named(claim):
    """List the canonical places of a claim's ends."""
    return [name for end in ENDS if claim[end] for name in claim[end]["canonical_all"]]


@pytest.fixture(scope="module", params=SETS, ids=lambda folder: folder.name)
def reports(request):
    """Give each folder of reports."""
    return request.param


@pytest.fixture(scope="module")
def claims(reports):
    """Give the coded claims by id."""
    lines = (reports / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    return {claim["id"]: claim for claim in map(json.loads, lines)}


@pytest.fixture(scope="module")
def events(reports):
    """Give the events, contradictions and loose claims."""
    return json.loads((reports / "events.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scorer():
    """Give the scorer that is beside the checkout."""
    path = SHARED / "tools" / "score_claims.py"
    if not path.is_file():
        pytest.skip("the scorer is not beside this checkout (../shared/tools)")
    spec = importlib.util.spec_from_file_location("score_claims", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_report_is_listed_with_its_day(reports, claims):
    """The texts, the rows of reports.csv and the claims name the same files, each published on a day."""
    listed = {row["file"]: dt.date.fromisoformat(row["published"]) for row in table(reports, "reports.csv")}
    assert set(listed) == {path.name for path in reports.glob("*.txt")}
    assert set(listed) == {claim["source_file"] for claim in claims.values()}


def test_every_quote_stands_where_it_is_said_to(reports, claims):
    """A claim's quote is the text between its offsets, and short enough to be quoted."""
    for claim in claims.values():
        text = (reports / claim["source_file"]).read_text(encoding="utf-8")
        assert text[claim["char_start"] : claim["char_end"]] == claim["quote"], claim["id"]
        assert len(claim["quote"].split()) <= QUOTE_WORDS, claim["id"]


def test_every_place_has_a_position(reports, claims):
    """The places of the claims are those of places.csv, each once and on the globe."""
    rows = table(reports, "places.csv")
    assert {name for claim in claims.values() for name in named(claim)} == {row["name"] for row in rows}
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(abs(float(row["lat"])) <= 90 and abs(float(row["lon"])) <= 180 for row in rows)


def test_days_and_numbers_are_in_order(claims):
    """No claim ends before it begins, and its number lies within its range."""
    for claim in claims.values():
        days = [day for day in (claim["date_start"], claim["date_end"]) if day]
        assert days == sorted(days), claim["id"]
        range_ = [claim[key] for key in ("count_low", "count_best", "count_high")]
        said = [number for number in range_ if number is not None]
        assert said == sorted(said), claim["id"]


def test_a_denial_is_denied_or_refused(claims):
    """Kind denial and the two negative statuses go together."""
    for claim in claims.values():
        negative = claim["status"] in {"denied", "rejected"}
        assert (claim["kind"] == "denial") == negative, claim["id"]


def test_each_claim_is_in_one_event_or_in_none(claims, events):
    """Events and the list of loose claims share the claims out."""
    told = Counter(name for event in events["events"] for name in event["claims"])
    told.update(events["unassigned_claims"])
    assert told == Counter(list(claims))


def test_claims_contradict_both_ways(claims, events):
    """A contradiction in events.json is told by both of its claims."""
    pairs = {frozenset(pair) for told in events["contradictions"] for pair in told["pairs"]}
    assert pairs == {frozenset((a, b)) for a, claim in claims.items() for b in claim["contradicts"]}


def shown(end, places):
    """Give an end of a claim as a prediction shows it."""
    if not end:
        return None
    row = places[end["canonical_all"][0]]
    return {"name": row["name"], "lon": row["lon"], "lat": row["lat"], "country": row["country"]}


def prediction(claim, places):
    """Give a coded claim as a reader of reports would write it."""
    return {
        "article": claim["source_file"],
        "kind": "crossing" if claim["kind"] == "denial" else claim["kind"],
        "count": claim["count_best"],
        **{end: shown(claim[end], places) for end in ENDS},
        **{
            key: claim[key]
            for key in ("status", "date_start", "date_end", "count_low", "count_high", "quote")
        },
    }


@pytest.mark.parametrize("saliences", [{"core"}, {"core", "context", "background"}])
def test_the_coding_scores_in_full_against_itself(reports, claims, scorer, saliences):
    """Fed back as predictions, the coded claims are all found and none is wrong."""
    rows = {row["name"]: row for row in table(reports, "places.csv")}
    told = [prediction(claim, rows) for claim in claims.values() if claim["salience"] in saliences]
    places = scorer.read_places(reports / "places.csv")
    scored = scorer.score(list(claims.values()), told, places)
    assert (scored["f1"], scored["wrong"], scored["polarity_errors"]) == (1.0, 0, 0)
    right, counted = scored["counts_right"].split("/")
    assert right == counted
