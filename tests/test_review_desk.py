"""A reviewer's desk: what it proposes, advises and writes, without a browser."""

import pytest
from model_made import ModelMade, proposing
from reviews_made import ARABIC, DENIED, MODELS, NAME, TEXT, desk_with, kept, keys_of, store_at

from claims.articles.asked.endpoint import endpoint_of
from claims.publication.columns import CHOICES, TOGETHER
from claims.store import Verdict
from dashboard.review.opening import desk_of
from dashboard.words import words_in


@pytest.fixture
def store(tmp_path):
    """A store with one empty collection."""
    return store_at(tmp_path)


@pytest.fixture
def desk(store):
    """The report on a desk."""
    return desk_with(store)


def save(desk, key, who="Anna", **said):
    """Save a proposal as it is, or with what is said."""
    answer = desk.answer({"do": "save", "key": key, "cells": {}, **said}, who)
    return {name: told for name, told in answer.items() if name != "n"}


def now(desk, key):
    """How a proposal stands."""
    return desk.standing().get(key, {})


def test_each_proposal_has_its_words_and_its_places(desk):
    """What is laid out are the claims of the text, each with its quote's offsets and what its toponyms may be."""
    items = desk.laid_out()
    assert [item["cells"]["status"] for item in items] == ["reported", "reported", "denied", "planned"]
    for item in items:
        cells = item["cells"]
        assert TEXT[int(cells["quote_start"]) : int(cells["quote_end"])] == cells["quote"]
    assert items[0]["choices"]["origin"][0]["name"] == "Tui"


def test_what_is_accepted_is_a_claim_of_the_collection(store, desk):
    """An accepted proposal stands in the collection as proposed, in a new event with the title that was suggested."""
    key = keys_of(desk)[0]
    assert save(desk, key) == {"saved": "accepted"}
    collection = store.read(NAME)
    assert list(collection.claims["quote"]) == [desk.laid_out()[0]["cells"]["quote"]]
    assert list(collection.claims["count"]) == [300]
    assert "Tui" in collection.events["title"].item()
    assert now(desk, key)["who"] == "Anna"


def test_a_message_that_comes_twice_is_done_once(store, desk):
    """A browser that heard no answer says the same again: it hears the same, and there is one claim."""
    key = keys_of(desk)[0]
    assert save(desk, key, n=7) == save(desk, key, n=7) == {"saved": "accepted"}
    assert len(store.claims(NAME)) == 1


@pytest.mark.parametrize("do", ["save", "reject", "withdraw", "undo"])
def test_nobody_decides_without_a_name(store, desk, do):
    """Where no reviewer is named nothing is written, neither in the login's name nor in another; to look is free."""
    message = {"do": do, "key": keys_of(desk)[0], "cells": {}}
    assert desk.answer(message, "")["nameless"] is True
    assert store.decisions(NAME) == []
    assert "advice" in desk.answer(message | {"do": "look"}, "")


def test_what_is_changed_is_told_as_mended(store, desk):
    """A proposal that is saved with other cells is kept as mended, with a quote taken from the text and not from the browser."""
    key = keys_of(desk)[0]
    said = {"actor_text": "soldiers", "quote_start": "6", "quote_end": "18", "quote": "invented"}
    assert save(desk, key, cells=said) == {"saved": "mended"}
    claim = store.claims(NAME)[0].cells
    assert (claim["actor_text"], claim["quote"]) == ("soldiers", TEXT[6:18])


def test_a_new_toponym_is_geocoded_with_those_of_the_text(desk):
    """Another name for an end is placed, and its claim's precision and map follow."""
    message = {"do": "look", "key": keys_of(desk)[0], "cells": {"origin": "Vigo"}, "moved": ["origin"]}
    answer = desk.answer(message, "Anna")
    assert answer["choices"]["origin"][0]["name"] == "Vigo"
    assert answer["cells"]["origin_id"] == answer["choices"]["origin"][0]["id"]
    assert answer["ground"]["places"]["origin"]["name"] == "Vigo"


def test_other_words_for_who_moves_name_other_actors(store):
    """Whom the mended words name is told and kept, and whom only the proposed words named is not."""
    for actor, name in (("guard", "Home Guard"), ("league", "River League")):
        store.keep_actor(NAME, {"actor": actor, "name": name, "type": "militia", "side": "none"}, "Tess")
    desk = desk_with(store, text="Fighters of the Home Guard crossed from Tui into Valença on Saturday.")
    key = keys_of(desk)[0]
    for words, actor, named in (("River League men", "league", ["River League"]), ("men", "", [])):
        cells = {"actor_text": words}
        answer = desk.answer({"do": "look", "key": key, "cells": cells}, "Anna")
        assert [one["name"] for one in answer["actors"]] == named
        save(desk, key, cells=cells, version=now(desk, key).get("version", 0))
        assert store.claims(NAME)[0].cells["actors"] == actor


def test_a_place_without_words_is_none(store, desk):
    """An end that was emptied is neither drawn nor kept, though the browser still says its id."""
    key = keys_of(desk)[0]
    cells = {"origin": "", "origin_id": desk.laid_out()[0]["cells"]["origin_id"]}
    ground = desk.answer({"do": "look", "key": key, "cells": cells}, "Anna")["ground"]
    assert "origin" not in ground["places"]
    save(desk, key, cells=cells)
    assert store.claims(NAME)[0].cells["origin_id"] == ""


def test_background_has_no_day(store, desk):
    """What is marked as background is kept without a day."""
    save(desk, keys_of(desk)[0], background=True)
    claim = store.claims(NAME)[0].cells
    assert (claim["date_start"], claim["date_end"], claim["date_kind"]) == ("", "", "")


def test_all_faults_are_told_at_once_and_nothing_is_written(store, desk):
    """A day that is none and a number that is none are two faults at two columns, and no claim is there."""
    answer = save(desk, keys_of(desk)[0], cells={"date_start": "yesterday", "count": "many"})
    assert {fault["column"] for fault in answer["faults"]} >= {"date_start", "count"}
    assert store.claims(NAME) == []


def test_a_second_report_would_join_the_first_ones_event(store, desk):
    """Another source's claim of the same crossing is told already in the same words, and joins its event."""
    save(desk, keys_of(desk)[0])
    other = desk_with(store, text=TEXT.replace("About 300", "About 500"), outlet="The Herald")
    answer = other.answer({"do": "look", "key": keys_of(other)[0], "cells": {}}, "Ben")
    advice = answer["advice"]
    assert [one["why"] for one in advice["told"]] == ["words"]
    assert advice["event"] == advice["joins"][0]["id"]
    assert [(one["about"], one["count"]) for one in advice["against"]] == [("count", "About 300")]
    save(other, keys_of(other)[0], who="Ben")
    assert store.read(NAME).claims["event_id"].nunique() == 1


def test_a_denial_is_offered_what_it_may_deny(desk):
    """A denial that is put with an event lists the claims of it that say it happened."""
    said, denial = keys_of(desk)[0], keys_of(desk)[2]
    save(desk, said)
    event = now(desk, said)["event"]
    answer = desk.answer({"do": "look", "key": denial, "cells": {}, "event": event}, "Anna")
    assert [one["id"] for one in answer["advice"]["deniable"]] == [now(desk, said)["claim"]]


def test_a_denial_can_be_saved_before_what_it_denies(store):
    """What it denies is dropped where that is not kept, and is the kept claim's id where it is."""
    desk = desk_with(store, text=DENIED)
    said, denial = keys_of(desk)
    assert save(desk, denial) == {"saved": "accepted"}
    assert store.claims(NAME)[0].cells["denies"] == ""
    other = desk_with(store, text=f"{DENIED} It is quiet.", outlet="The Herald")
    said, denial = keys_of(other)
    save(other, said)
    kept_id = now(other, said)["claim"]
    assert other.answer({"do": "look", "key": denial, "cells": {}}, "Anna")["denies"] == kept_id
    assert save(other, denial) == {"saved": "accepted"}
    assert store.claims(NAME)[-1].cells["denies"] == kept_id


def test_claims_of_two_readers_have_ids_of_their_own(store):
    """What the rules and a model both number first is kept under two ids."""
    with ModelMade(proposing(MODELS)) as server:
        desk = desk_of(store, NAME, kept(store), endpoint_of(server.environment))
    models = next(item["key"] for item in desk.laid_out() if "atlas-1" in item["why"])
    for key in (keys_of(desk)[0], models):
        assert save(desk, key) == {"saved": "accepted"}
    assert len({one.claim_id for one in store.claims(NAME)}) == 2


def test_events_are_found_by_words_of_their_titles(desk):
    """A search gives the events of the kind whose titles hold the words."""
    save(desk, keys_of(desk)[0], event={"title": "Soldiers at the bridge"})
    found = desk.answer({"do": "search", "words": "BRIDGE sold", "kind": "crossing"}, "Anna")["found"]
    assert [one["title"] for one in found] == ["Soldiers at the bridge"]
    assert desk.answer({"do": "search", "words": "bridge", "kind": "closure"}, "Anna")["found"] == []


def test_a_rejection_is_remembered_and_can_be_taken_back(store, desk):
    """Whoever opens the text again sees who rejected what and why, until the rejection is undone."""
    key = keys_of(desk)[1]
    desk.answer({"do": "reject", "key": key, "reason": "a drill"}, "Anna")
    again = desk_of(store, NAME, kept(store))
    told = now(again, key)
    assert (told["verdict"], told["who"], told["reason"]) == ("rejected", "Anna", "a drill")
    assert again.answer({"do": "undo", "key": key, "seen": told["decision"]}, "Ben") == {
        "n": None,
        "saved": "withdrawn",
    }
    assert save(again, key, seen=now(again, key)["decision"]) == {"saved": "accepted"}


def test_what_is_withdrawn_leaves_the_collection_and_is_open_again(store, desk):
    """A withdrawn claim is no longer among the claims, and its proposal can be accepted again."""
    key = keys_of(desk)[0]
    save(desk, key)
    told = now(desk, key)
    desk.answer({"do": "withdraw", "key": key, "version": told["version"]}, "Anna")
    assert store.claims(NAME) == []
    assert save(desk, key, seen=now(desk, key)["decision"]) == {"saved": "accepted"}


def test_nothing_of_another_reviewer_is_overwritten(store, desk):
    """Whoever saves what somebody has mended since is told by whom, and the mended claim stays."""
    key = keys_of(desk)[0]
    save(desk, key)
    seen = now(desk, key)["version"]
    other = desk_of(store, NAME, kept(store))
    save(other, key, who="Ben", cells={"note": "Ben's"}, version=seen)
    answer = save(desk, key, cells={"note": "Anna's"}, version=seen)
    assert (answer["changed"]["who"], answer["changed"]["verb"]) == ("Ben", "mended")
    assert store.claims(NAME)[0].cells["note"] == "Ben's"


def test_what_is_withheld_is_saved_with_the_claim_and_shown_again(store, desk):
    """A proposal as a whole or parts of it: it is accepted as proposed, the next reviewer sees it, and the audit says it."""
    whole, part = keys_of(desk)[:2]
    assert save(desk, whole, cells={"withheld": "claim"}) == {"saved": "accepted"}
    assert save(desk, part, cells={"withheld": "origin;source.author"}) == {"saved": "accepted"}
    again = desk_of(store, NAME, kept(store))
    assert [now(again, key)["cells"]["withheld"] for key in (whole, part)] == [
        "claim",
        "origin;source.author",
    ]
    told = now(again, part)
    assert store.read(NAME).withheld[told["claim"]] == ("origin", "source.author")
    assert save(again, part, who="Ben", cells={"withheld": ""}, version=told["version"]) == {
        "saved": "mended"
    }
    assert told["claim"] not in store.read(NAME).withheld
    (said,) = store.history(NAME, told["claim"])[-1].differing
    assert (said.column, said.before, said.after) == ("withheld", "origin;source.author", "")


def test_what_was_withheld_of_a_withdrawn_claim_is_shown_with_its_proposal(store, desk):
    """It stays withheld where that is accepted again, unless the reviewer says otherwise; then it is so no more."""
    key = keys_of(desk)[0]
    for said, withheld in (({"withheld": "quote"}, "quote"), ({}, "quote"), ({"withheld": ""}, "")):
        save(desk, key, cells=said, seen=now(desk, key).get("decision", ""))
        told = now(desk, key)
        assert told["cells"].get("withheld", "") == withheld
        desk.answer({"do": "withdraw", "key": key, "version": told["version"]}, "Anna")
        assert store.claims(NAME) == []
        assert now(desk, key)["cells"]["withheld"] == withheld


def test_all_that_can_be_withheld_can_be_ticked():
    """Each column of claims and sources that can is said by one word, which the dashboard has a name for."""
    said = {word for words in CHOICES.values() for word in words}
    of_source = {f"source.{column}" for column in TOGETHER["sources"]}
    together = {one for group in TOGETHER["claims"].values() for one in group}
    assert said >= {"claim", *TOGETHER["claims"], *of_source}
    assert sum(map(len, CHOICES.values())) == len(said)
    assert together <= said
    for language in ("en", "ar"):
        assert {f"reviewWithheld_{word}" for word in CHOICES} <= words_in(language).table.keys()


def test_what_another_has_withdrawn_is_told_to_who_would_withdraw_or_mend_it(store, desk):
    """Whoever saw the claim is told by whom it went, and no claim comes of it anew."""
    key = keys_of(desk)[0]
    save(desk, key)
    seen = {"seen": now(desk, key)["decision"], "version": now(desk, key)["version"]}
    other = desk_of(store, NAME, kept(store))
    other.answer({"do": "withdraw", "key": key, **seen}, "Ben")
    for do in ("withdraw", "save"):
        answer = desk.answer({"do": do, "key": key, "cells": {"note": "Anna's"}, **seen}, "Anna")
        assert (answer["changed"]["who"], answer["changed"]["verb"]) == ("Ben", "withdrawn")
    assert store.claims(NAME) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_whatever_another_did_meanwhile_has_its_words(language):
    """Each verdict is told to whom it overtook in the reader's language."""
    table = words_in(language).table
    assert [verdict for verdict in Verdict if f"reviewMeanwhile_{verdict}" not in table] == []


def test_a_decision_on_what_nobody_proposes_any_more_stays(store, desk, monkeypatch):
    """A proposal that was decided on is laid out though the rules of today do not make it."""
    key = keys_of(desk)[0]
    save(desk, key)
    monkeypatch.setattr("dashboard.review.opening.Reader.read", lambda *_, **__: [])
    assert keys_of(desk_of(store, NAME, kept(store))) == [key]


def test_the_same_text_is_one_source(store):
    """A text that is handed in twice is kept once, and its decisions come back with it."""
    assert kept(store).source_id == kept(store, outlet="Another").source_id


def test_arabic_is_read_with_titles_in_arabic(store):
    """An Arabic report's proposals carry its words, and the title of a new event is Arabic too."""
    desk = desk_with(store, text=ARABIC, language="ar")
    first = desk.laid_out()[0]["cells"]
    assert first["quote"] in ARABIC
    answer = desk.answer({"do": "look", "key": keys_of(desk)[0], "cells": {}}, "Anna")
    assert words_in("ar").kind("crossing") in answer["advice"]["new"]


@pytest.mark.parametrize("do", ["look", "save"])
@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"kind": "foo"}, "kind"),
        ({"status": ""}, "status"),
        ({"note": "x" * 2001}, "note"),
        ({"withheld": "qoute"}, "withheld"),
    ],
)
def test_a_cell_that_cannot_be_is_a_fault(store, desk, do, cells, column):
    """A kind and a status that are none, and words without end, are told at their columns, and nothing is written."""
    faults = desk.answer({"do": do, "key": keys_of(desk)[0], "cells": cells}, "Anna")["faults"]
    assert [fault["column"] for fault in faults] == [column]
    assert store.decisions(NAME) == []


@pytest.mark.parametrize("junk", [None, 3, "origin", {"origin": 1}, [None, []]])
def test_a_look_at_nothing_that_moved_is_a_look(desk, junk):
    """What moved is a list of ends; anything else moves nothing."""
    answer = desk.answer({"do": "look", "key": keys_of(desk)[0], "moved": junk, "event": junk}, "Anna")
    assert answer["cells"]["origin_id"] == desk.laid_out()[0]["cells"]["origin_id"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"do": "look", "key": "no such"},
        {"do": "withdraw", "key": "no such", "version": "x"},
        {"do": "save", "key": None, "cells": [1]},
        {"do": "../", "key": 3},
    ],
)
def test_a_message_that_means_nothing_does_nothing(store, desk, message):
    """What a browser may say by mistake is answered and writes nothing."""
    assert set(desk.answer(message, "Anna")) <= {"n", "error"}
    assert store.decisions(NAME) == []


def test_a_kept_claim_is_mended_into_a_new_event(store, desk):
    """A claim of another kind than was thought leaves its event and begins one of its own, in one decision."""
    key = keys_of(desk)[0]
    save(desk, key)
    told = now(desk, key)
    answer = save(
        desk, key, cells={"kind": "withdrawal"}, event={"title": "They leave"}, version=told["version"]
    )
    assert answer == {"saved": "mended"}
    events = store.read(NAME).events.set_index("event_id")["title"]
    assert events[store.claims(NAME)[0].cells["event_id"]] == "They leave"
