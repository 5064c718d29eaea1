"""The shipped collection says what its five reports say: no more, no surer, and word for word."""

import csv
import datetime as dt
import hashlib
from pathlib import Path

import pandas as pd
import pytest

from claims.events import events_of, known_by
from claims.model import QUOTE_WORDS, ROLES, TABLES
from claims.tables import read_collection
from geo.gazetteer import Gazetteer
from layers.frames import places_frame

FOLDER = Path(__file__).parents[1] / "data" / "collections" / "iraq-syria-2024"
SEEDS = Path(__file__).parents[2] / "shared" / "seeds"

BACKGROUND = (
    *("000-07", "000-21", "000-28", "000-29", "000-31", "000-32", "000-33"),
    *("001-06", "001-10", "002-01", "002-09", "002-11"),
    *("003-02", "003-04", "003-05", "003-21", "003-23"),
)
"""The claims that tell of habits and history."""

SIX_PLACES = {
    "003-31": "deir-ez-zor",
    "003-32": "albukamal",
    "003-33": "al-tanf-garrison",
    "003-34": "al-busayrah",
    "003-35": "al-mayadin",
    "003-36": "homs-desert",
}


@pytest.fixture(scope="module")
def places():
    """Give the gazetteer as columns."""
    return places_frame(Gazetteer.read())


@pytest.fixture(scope="module")
def collection():
    """Give the shipped collection, read with all its checks."""
    return read_collection(FOLDER, Gazetteer.read())


@pytest.fixture(scope="module")
def claims(collection):
    """Give the claims by claim_id."""
    return collection.claims.set_index("claim_id")


@pytest.fixture(scope="module")
def events(collection, places):
    """Give the events as computed from all claims."""
    return events_of(collection.claims, collection.events, places)


@pytest.fixture(scope="module")
def texts(collection):
    """Give the reports by source_id, found by the hash of their bytes."""
    if not SEEDS.is_dir():
        pytest.skip("the reports are not beside this checkout (../shared/seeds)")
    by_hash = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path.read_text(encoding="utf-8")
        for path in SEEDS.glob("*.txt")
    }
    sources = collection.sources.set_index("source_id")["text_sha256"]
    return {source_id: by_hash[sha256] for source_id, sha256 in sources.items()}


def said(row, columns):
    """Say what cells hold, with days as ISO text."""
    cells = [row[column] for column in columns]
    return tuple(str(cell.date()) if isinstance(cell, pd.Timestamp) else cell for cell in cells)


# ---- the tables as a whole


@pytest.mark.parametrize("name", TABLES)
def test_columns_stand_in_the_order_of_the_model(name):
    """Each file's header is the model's, in its order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == [column.name for column in TABLES[name]]


def test_files_end_their_lines_alike():
    """The tables are UTF-8 with plain line feeds, so that a diff shows what changed and nothing else."""
    for path in FOLDER.iterdir():
        data = path.read_bytes()
        assert data.decode("utf-8")
        assert b"\r" not in data
        assert data.endswith(b"\n")


def test_the_collection_reads_without_a_fault(collection):
    """Five sources and every id, day, count and place of their claims pass the reader's checks."""
    assert len(collection.sources) == 5
    assert len(collection.claims) >= 130


def test_every_claim_has_an_event_and_every_event_a_claim(collection):
    """No claim stands alone and no event is empty."""
    assert set(collection.claims["event_id"]) == set(collection.events["event_id"])


def test_every_actor_is_used_or_a_parent(collection):
    """The table of actors holds nobody that no claim and no other actor needs."""
    used = set(collection.claims["actors"].str.split(";").explode()) | set(collection.actors["parent"])
    assert set(collection.actors["actor"]) <= used


def test_one_name_is_one_actor(collection):
    """No name or alias is that of two actors."""
    actors = collection.actors
    names = pd.concat([actors["name"], actors["name_ar"], actors["aliases"].str.split(";").explode()])
    folded = names[names.ne("")].str.casefold()
    assert list(folded[folded.duplicated()]) == []


def test_all_of_it_is_named_in_arabic(collection):
    """Each event, actor and side is named in Arabic letters too, and what the collection says of itself is in Arabic."""
    events, actors, sides = collection.events, collection.actors, collection.sides
    assert set(sides["side"]) == set(actors["side"])
    facts = collection.facts
    told = pd.Series([facts.title_ar, facts.about_ar, facts.licence_ar, facts.citation_ar])
    for column in (events["title_ar"], actors["name_ar"], sides["name_ar"], told):
        assert column.str.contains(r"[\u0621-\u064a]").all()


def test_titles_are_short_and_give_no_number_of_people(collection):
    """A title fits a list and leaves the number to the claims."""
    titles = collection.events["title"]
    assert titles.str.len().max() <= 60
    assert not titles.str.contains(r"\d (?:soldiers|fighters|people)").any()


# ---- word for word


def test_quotes_are_verbatim_at_their_offsets(collection, texts):
    """Each quote is the part of its report that its offsets name."""
    for claim in collection.claims.itertuples():
        start, end = int(claim.quote_start), int(claim.quote_end)
        assert texts[claim.source_id][start:end] == claim.quote, claim.claim_id


def test_quotes_are_short(claims):
    """No quote has over 25 words."""
    assert claims["quote"].str.split().str.len().max() <= QUOTE_WORDS


@pytest.mark.parametrize("column", [*ROLES, "actor_text", "date_text", "count_text"])
def test_words_as_written_are_in_the_report(column, collection, texts):
    """Toponyms, actors, days and numbers are given in the report's own words."""
    for claim in collection.claims.itertuples():
        text = texts[claim.source_id].replace("\N{NO-BREAK SPACE}", " ")
        for words in filter(None, getattr(claim, column).split(";")):
            assert words in text, (claim.claim_id, words)


def test_a_toponym_has_its_place(claims):
    """Wherever a place is written, its id is given."""
    for role in ROLES:
        assert claims.loc[claims[role].ne("") & claims[f"{role}_id"].eq("")].empty


def test_what_moves_has_ends_and_what_stays_has_a_place(claims):
    """Crossings and withdrawals use origin, crossing and destination; all else uses place."""
    moves = claims["kind"].isin(["crossing", "withdrawal"])
    assert claims.loc[moves, "place_id"].eq("").all()
    for end in ("origin_id", "crossing_id", "destination_id"):
        assert claims.loc[~moves, end].eq("").all()


# ---- days


def test_days_fit_the_collection(collection, claims):
    """Every day outside the background lies between the collection's first and last."""
    dated = claims.drop(index=list(BACKGROUND))
    days = pd.concat([dated["date_start"], dated["date_end"], dated["reported"]])
    assert days.min().date() >= collection.facts.first_day
    assert days.max().date() <= collection.facts.last_day


def test_habit_and_history_have_no_day_in_the_collection(collection, claims):
    """What was so for years, or years ago, is on no day of this winter."""
    background = claims.loc[list(BACKGROUND)]
    first = pd.Timestamp(collection.facts.first_day)
    assert not (background["date_start"] >= first).any()
    assert not (background["date_end"] >= first).any()


def test_nothing_is_reported_before_it_happens_unless_it_is_planned(claims):
    """A claim of what happened on a day came out on that day or later."""
    happened = claims[claims["status"].isin(["reported", "confirmed", "denied"])]
    happened = happened[happened["date_kind"].isin(["on", "throughout"])]
    assert list(happened.index[happened["date_start"] > happened["reported"]]) == []


# ---- the tricky ones


def test_the_soldiers_at_al_qaim_keep_both_numbers_and_both_days(events):
    """Both the "2,000 or so" of the 7th and the "More than 1,000" of the 8th stay, side by side and disputed."""
    event = events.loc["soldiers-cross-at-al-qaim"]
    assert event["count_texts"] == "2,000 or so / More than 1,000"
    assert said(event, ["date_start", "date_end", "status"]) == ("2024-12-07", "2024-12-08", "confirmed")
    assert (event["count_low"], event["count_high"]) == (1000, float("inf"))
    assert event["disputed_count"]
    assert event["disputed_date"]
    ends = ("syria", "al-qaim-abu-kamal-crossing", "al-qaim")
    assert said(event, ["origin_id", "crossing_id", "destination_id"]) == ends
    assert event["sources"] == 2


def test_a_caption_gives_7_december_in_a_report_that_says_sunday(claims):
    """The video came out on the 7th, so its crossing is by then; the lead's is on Sunday the 8th."""
    caption, lead = claims.loc["004-01"], claims.loc["004-02"]
    assert caption["source_id"] == lead["source_id"]
    assert caption["event_id"] == lead["event_id"]
    assert pd.isna(caption["date_start"])
    assert said(caption, ["date_end", "date_kind", "reported"]) == ("2024-12-07", "by", "2024-12-07")
    assert said(lead, ["date_start", "date_end", "date_kind"]) == ("2024-12-08", "2024-12-08", "on")
    assert lead["date_text"].endswith("on Sunday")


REPORTS = {
    "002-03": ("sohr", "2024-12-02", "some 200"),
    "002-04": ("reuters-syrian-military-sources", "2024-12-02", ""),
    "002-05": ("reuters", "2024-12-03", "100s"),
}
DENIALS = {
    "002-07a": "pmf-commission",
    "002-07b": "iraqi-interior-ministry",
    "002-25": "iraqi-interior-ministry",
    "002-26": "pmf-commission",
}


def test_three_reports_and_two_denials_are_one_disputed_event(claims, events):
    """Three independent reports of fighters entering Syria, and two deniers, who stay two however often told."""
    event = events.loc["fighters-enter-syria"]
    assert said(event, ["date_start", "date_end"]) == ("2024-12-01", "2024-12-03")
    assert event["disputed_occurrence"]
    assert event["status"] == "reported"
    for claim_id, expected in REPORTS.items():
        assert said(claims.loc[claim_id], ["root", "reported", "count_text"]) == expected
    denied = claims[claims["event_id"].eq("fighters-enter-syria") & claims["status"].eq("denied")]
    assert denied["root"].to_dict() == DENIALS
    assert set(claims.loc["002-07a", "denies"].split(";")) == set(REPORTS)


def test_two_deniers_in_one_sentence_share_a_statement(claims):
    """The PMF head and the Interior Ministry deny in one sentence, each as a claim."""
    pair = claims.loc[["002-07a", "002-07b"]]
    assert len(set(pair["statement_id"])) == 1
    assert list(pair["speakers"]) == ["Falih al-Fayadh", "Iraqi Interior Ministry"]


def test_a_denial_of_2_december_answers_no_report_of_the_3rd(claims):
    """A headline denies only what had come out by then."""
    for claim_id in ("002-25", "002-26"):
        denial = claims.loc[claim_id]
        denied = claims.loc[denial["denies"].split(";")]
        assert (denied["reported"] <= denial["reported"]).all()


def test_on_2_december_the_entry_was_already_denied(collection, places):
    """As known on 2 December the event stands on two reports and is disputed."""
    known = known_by(collection, dt.date(2024, 12, 2))
    then = events_of(known.claims, known.events, places)
    assert list(then.index[then["disputed_occurrence"].ne("")]) == ["fighters-enter-syria"]


def test_a_blog_that_cites_reuters_that_cites_two_sources_keeps_the_chain(claims):
    """The chain is told outermost first, and the headline of the cited piece shares its root."""
    claim = claims.loc["002-04"]
    assert claim["via"] == "Musings on Iraq > Reuters > two Syrian military sources"
    assert claim["speakers"] == "two Syrian military sources"
    assert claim["root"] == claims.loc["002-22", "root"] == "reuters-syrian-military-sources"


def test_a_second_report_is_no_confirmation_by_a_party(claims):
    """What is "confirmed by Reuters" stays reported; confirmed are only those who speak of their own side."""
    confirmed = claims[claims["status"].eq("confirmed")]
    assert set(confirmed.index) == {"000-25", "000-26", "002-19", "004-03", "004-04", "004-07", "004-08"}


def test_six_places_in_one_sentence_are_six_claims_of_one_statement(claims):
    """Each place has its claim and its event; the statement is one, and is not the posture of 29 December."""
    six = claims.loc[list(SIX_PLACES)]
    assert six["place_id"].to_dict() == SIX_PLACES
    assert len(set(six["statement_id"])) == 1
    assert six["event_id"].nunique() == 6
    assert len(set(six["quote"])) == 1
    assert set(six["date_kind"]) == {"by"}
    assert six["date_end"].max() < pd.Timestamp("2024-12-29")
    assert six["count_low"].isna().all()


def test_places_that_a_report_names_together_are_apart(claims):
    """Where a sentence names several places each is a claim of that one statement."""
    for together in (
        ("003-11", "003-12", "003-13"),
        ("004-12", "004-13"),
        ("004-18", "004-19"),
        ("004-23a", "004-23b"),
        ("001-15a", "001-15b"),
        ("001-24a", "001-24b"),
    ):
        several = claims.loc[list(together)]
        assert len(set(several["statement_id"])) == 1
        assert several["event_id"].nunique() == len(together)


def test_road_ends_between_dashes_are_not_taken(claims):
    """Al-Sukhnah is claimed, not the two cities that its road links."""
    assert list(claims.loc[["004-12", "004-13"], "place_id"]) == ["al-sukhnah", "al-qaryatayn"]


def test_some_of_those_men_returned(claims):
    """The return goes the other way and names the crossing that it undoes."""
    claim = claims.loc["003-16"]
    assert said(claim, ["kind", "relation", "relates_to"]) == ("crossing", "return_of", "003-15")
    assert said(claim, ["origin_id", "destination_id"]) == ("iraq", "syria")
    assert pd.isna(claim["count_low"])


def test_the_thousands_are_not_the_soldiers(claims, events):
    """The thousands who left are an event of their own, of which the soldiers are a part."""
    assert claims.loc["003-15", "event_id"] != claims.loc["000-01", "event_id"]
    for claim_id in ("000-01", "004-02"):
        assert said(claims.loc[claim_id], ["relation", "relates_to"]) == ("part_of", "003-15")
    assert events.loc["thousands-leave-for-iraq", "count_low"] == 2000


def test_may_move_away_is_hedged_and_planned(claims, events):
    """A plan put with "may" stays a plan, and no report turns the event into a withdrawal that was."""
    for claim_id in ("003-01", "003-09"):
        assert said(claims.loc[claim_id], ["status", "modality"]) == ("planned", "hedged")
    assert events.loc["factions-may-leave-the-border", "status"] == "planned"


def test_one_report_told_twice_is_one_root(claims, events):
    """What The Jerusalem Post relays of Al-Araby Al-Jadeed counts once."""
    relayed = claims[claims["via"].str.contains("Al-Araby Al-Jadeed")]
    assert set(relayed["root"]) == {"al-araby-al-jadeed"}
    assert events.loc["factions-in-the-border-area", "roots"] == 1


def test_a_decision_not_to_go_is_no_crossing_that_was(events):
    """The sentence "No fighters will be sent from Iraq to Syria" leaves an event that is rejected."""
    assert events.loc["factions-decide-not-to-go", "status"] == "rejected"
    assert events.loc["factions-decide-not-to-go", "roots"] == 1


@pytest.mark.parametrize("claim_id", ["000-06", "000-15", "001-17", "002-29", "003-18", "004-22a"])
def test_negotiated_requested_and_told_movements_are_not_reported_crossings(claim_id, claims):
    """A request, a plan, a reception and a negotiation are never a crossing that is reported."""
    assert said(claims.loc[claim_id], ["kind", "status"]) != ("crossing", "reported")


def test_a_negotiation_to_reopen_is_no_request_to_close(claims):
    """To negotiate the reopening of a crossing says that it is closed, and asks for the opening."""
    assert said(claims.loc["004-22a"], ["kind", "status"]) == ("closure", "reported")
    assert said(claims.loc["004-22b"], ["kind", "status"]) == ("contact", "requested")
