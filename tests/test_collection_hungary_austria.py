"""The collection of another border and year says what its twenty reports say, and nothing is bound to the first."""

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest
import shapely

from claims.events import events_of, known_by
from claims.model import QUOTE_WORDS, ROLES, TABLES
from claims.shipped import shipped
from claims.tables import read_with_places
from dashboard import shelf
from dashboard.words import words_in
from geo.frontier import TOLERANCE_KM, frontier
from geo.places import PlaceKind
from geo.plane import KM_PER_DEGREE
from layers.frames import places_frame
from layers.page import build_page

FOLDER = Path(__file__).parents[1] / "data" / "collections" / "hungary-austria-1989"
ARABIC = r"[\u0621-\u064a]"
QUOTED = re.compile("“([^”]+)”")


@pytest.fixture(scope="module")
def read():
    """Give the collection with its places, read with all its checks."""
    return read_with_places(FOLDER)


@pytest.fixture(scope="module")
def collection(read):
    """Give the collection."""
    return read[0]


@pytest.fixture(scope="module")
def gazetteer(read):
    """Give the shipped places, its own and those of the world that it names."""
    return read[1]


@pytest.fixture(scope="module")
def claims(collection):
    """Give the claims by claim_id."""
    return collection.claims.set_index("claim_id")


@pytest.fixture(scope="module")
def events(collection, gazetteer):
    """Give the events as computed from all claims."""
    return events_of(collection.claims, collection.events, places_frame(gazetteer))


# ---- the tables as a whole


@pytest.mark.parametrize("name", TABLES)
def test_columns_stand_in_the_order_of_the_model(name):
    """Each file's header is the model's, in its order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [column.name for column in TABLES[name]]


def test_files_end_their_lines_alike():
    """The files are UTF-8 with plain line feeds."""
    for path in FOLDER.iterdir():
        data = path.read_bytes()
        assert data.decode("utf-8")
        assert b"\r" not in data
        assert data.endswith(b"\n")


def test_the_collection_reads_without_a_fault(collection):
    """Twenty sources, fifty claims and thirty events pass the reader's checks."""
    assert [len(frame) for frame in (collection.sources, collection.claims, collection.events)] == [
        20,
        50,
        30,
    ]


def test_every_event_has_a_claim_and_every_row_is_used(collection):
    """No event is empty, no claim alone, and no source, actor or side is there for nothing."""
    said = collection.claims
    assert set(said["event_id"]) == set(collection.events["event_id"])
    assert set(said["source_id"]) == set(collection.sources["source_id"])
    used = set(said["actors"].str.split(";").explode()) | set(collection.actors["parent"])
    assert set(collection.actors["actor"]) <= used
    assert set(collection.sides["side"]) == set(collection.actors["side"])


def test_every_own_place_is_named_or_lettered(collection, gazetteer):
    """A place that the folder brings is a town on its map, or one that a claim names."""
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        own = [row["place_id"] for row in csv.DictReader(file)]
    named = {
        place_id.rsplit(":")[-1] for role in ROLES for place_id in collection.claims[f"{role}_id"].unique()
    }
    assert [
        place_id
        for place_id in own
        if place_id not in named and gazetteer[place_id].kind is not PlaceKind.TOWN
    ] == []


def test_quotes_are_short_and_their_sources_have_addresses(collection):
    """A quote has at most 25 words, and whoever doubts it is told where it stands."""
    assert collection.claims["quote"].str.split().str.len().max() <= QUOTE_WORDS
    assert collection.sources["url"].str.startswith("http").all()
    assert collection.sources["outlet"].ne("").all()


def test_numbers_stand_in_their_quotes(claims):
    """The words of a number are the source's."""
    said = claims[claims["count_text"].ne("")]
    for claim in said.itertuples():
        assert claim.count_text in claim.quote, claim.Index


def test_all_of_it_is_named_in_arabic(collection):
    """Each event, actor, side and own place is named in Arabic letters too, and so is what the collection says of itself."""
    facts = collection.facts
    told = pd.Series([facts.title_ar, facts.about_ar, facts.licence_ar, facts.citation_ar])
    places = pd.read_csv(FOLDER / "places.csv", keep_default_na=False)
    columns = (
        collection.events["title_ar"],
        collection.actors["name_ar"],
        collection.sides["name_ar"],
        places["name_ar"],
        told,
    )
    for column in columns:
        assert column.str.contains(ARABIC).all()


def test_it_says_that_borders_were_others_then(collection):
    """The map's borders are today's, and the collection says so."""
    assert "borders are today's" in collection.facts.about


def test_a_day_that_a_source_does_not_tell_is_a_span(collection):
    """Where the day of a report is a guess its span says how wide, and a note why."""
    sources = collection.sources.set_index("source_id")
    guessed = sources[sources["published_earliest"] < sources["published_latest"]]
    assert set(guessed.index) == {"sn-weg", "bmi-margarethen", "bvz-nickelsdorf"}
    assert guessed["note"].ne("").all()


# ---- what differs

DISPUTES = {
    "soviet-tanks-leave-hungary": {"date": "conflicts"},
    "guards-told-not-to-shoot": {"occurrence": "conflicts"},
    "picnic-breakthrough": {"count": "conflicts"},
    "guards-at-the-gate": {"count": "conflicts"},
    "man-shot-at-the-border": {"date": "conflicts"},
    "guards-tighten-control": {"date": "conflicts"},
    "east-germans-cross-after-midnight": {"count": "conflicts"},
    "into-hungary-from-czechoslovakia": {"count": "differs"},
}


def test_the_disputes_are_those_that_were_coded(events):
    """Numbers, days and what is denied are apart where sources are, and places nowhere: a town lies in its country."""
    columns = {what: f"disputed_{what}" for what in ("occurrence", "count", "date", "place")}
    found = {
        event_id: {what: row[column] for what, column in columns.items() if row[column]}
        for event_id, row in events.iterrows()
    }
    assert {event_id: apart for event_id, apart in found.items() if apart} == DISPUTES


@pytest.mark.parametrize(
    ("event_id", "low", "high", "roots"),
    [
        ("picnic-breakthrough", 180, float("inf"), 8),
        ("guards-at-the-gate", 5, 13, 2),
        ("east-germans-cross-after-midnight", 2000, 11000, 4),
        ("crossings-until-20-september", 20000, 20000, 1),
        ("soviet-tanks-leave-hungary", 31, 31, 1),
    ],
)
def test_an_events_number_spans_what_its_sources_say(event_id, low, high, roots, events):
    """The range is from the lowest to the highest number meant, and who repeats another counts once."""
    event = events.loc[event_id]
    assert (event["count_low"], event["count_high"], event["roots"]) == (low, high, roots)


@pytest.mark.parametrize(
    ("event_id", "status"),
    [
        ("soviet-troops-due-to-leave", "planned"),
        ("guests-want-into-hungary", "planned"),
        ("vienna-embassy-knew-beforehand", "denied"),
        ("guards-told-not-to-shoot", "confirmed"),
        ("buses-stopped-near-the-lake", "rejected"),
        ("east-germany-demands-closing", "requested"),
        ("picnic-breakthrough", "reported"),
    ],
)
def test_what_did_not_happen_is_no_report_that_it_did(event_id, status, events):
    """Plans, demands, denials and those who were stopped keep their status."""
    assert events.loc[event_id, "status"] == status


def test_what_a_source_does_not_say_stays_unsaid(events):
    """Two events have no day, and one that has its day has no place."""
    undated = events[events["date_start"].isna() & events["date_end"].isna()]
    assert set(undated.index) == {"soviet-troops-due-to-leave", "through-nickelsdorf"}
    roles = [f"{role}_id" for role in ROLES]
    assert list(events.index[events[roles].eq("").all(axis=1)]) == ["first-refugee-camp"]


def test_the_number_grew_as_reports_came_out(collection, gazetteer):
    """As known on 20 August some five hundred crossed at the picnic; two more days make it six hundred and more."""

    def known(day):
        then = known_by(collection, pd.Timestamp(day).date())
        found = events_of(then.claims, then.events, places_frame(gazetteer)).loc["picnic-breakthrough"]
        return found["count_low"], found["disputed_count"]

    assert known("1989-08-20") == (200, "")
    assert known("1989-08-22") == (200, "conflicts")
    assert known("2009-08-20") == (180, "conflicts")


# ---- on the map


def test_gates_lie_at_the_frontier(gazetteer):
    """Both gates are of the frontier between the two countries, within what Natural Earth may be off."""
    line = frontier("AT", "HU")
    for place_id in ("st-margarethen-gate", "hegyeshalom-gate"):
        gate = gazetteer[place_id]
        assert line.distance(shapely.Point(gate.lon, gate.lat)) * KM_PER_DEGREE < TOLERANCE_KM


def test_the_page_builds_with_its_days_and_story(collection, gazetteer):
    """The page is built for days long before 1990 and in its own time zone."""
    html = build_page(collection, gazetteer)
    assert "1989-08-19" in html
    assert "Europe/Budapest" in html


def test_the_story_is_told_in_both_languages_and_few_words(collection):
    """Five to eight steps, each with headlines and 25 to 60 words in English and in Arabic."""
    assert 5 <= len(collection.story.steps) <= 8
    for step in collection.story.steps:
        assert re.search(ARABIC, step.headline_ar)
        assert 25 <= len(step.text.split()) <= 60, step.headline
        assert 25 <= len(step.text_ar.split()) <= 60, step.headline_ar


def test_the_story_quotes_only_what_a_claim_holds(collection):
    """Each passage between quotation marks stands in a claim's quote."""
    for step in collection.story.steps:
        for passage in QUOTED.findall(step.text):
            assert any(passage in quote for quote in collection.claims["quote"]), passage


def test_outlines_say_whose_they_are():
    """Each outline has its source, and a convention is marked schematic."""
    features = json.loads((FOLDER / "areas.geojson").read_text(encoding="utf-8"))["features"]
    said = {feature["properties"]["place_id"]: feature["properties"] for feature in features}
    assert said["austria-hungary-border"]["schematic"]
    assert not said["burgenland"]["schematic"]
    assert all("Natural Earth" in properties["source"] for properties in said.values())


def test_the_latest_collection_is_the_one_that_is_shown_first():
    """Of the shipped collections that whose days are nearest to today comes first, whatever the names."""
    assert list(shipped()) == ["iraq-syria-2024", "hungary-austria-1989"]


def test_the_dashboard_offers_both_by_title():
    """The shelf holds the shipped collections in that order, each by its title in the language that is spoken."""
    held = shelf.collections()
    names = list(shipped())
    assert list(held)[: len(names)] == names
    for language, said in (("en", "1989"), ("ar", "الحدود الهنغارية")):
        assert said in shelf.title(held["hungary-austria-1989"], words_in(language))
