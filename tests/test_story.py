"""A collection told in steps: story.toml as read, its faults, what the page is told of it, and the story that is shipped."""

import datetime as dt
import json
import re

import pytest
from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of, make

from claims.clock import WINDOW_DAYS, days_of, strength
from claims.events import events_of, known_by, of_events
from claims.model import Mode
from claims.story import Step
from claims.tables import read_collection
from geo.errors import FaultsError
from layers.exports.days import within_days
from layers.frames import places_frame
from layers.told import edition_told, story_told

STEP = {"headline": '"First"', "text": '"Some cross."', "day": "2024-12-07"}
EVERYTHING = {
    **STEP,
    "headline_ar": '"أولا"',
    "text_ar": '"بعضهم يعبر."',
    "mode": '"window"',
    "window": "3",
    "known": "2024-12-08",
    "layers": '["crossings", "context"]',
    "kinds": '["crossing", "contact"]',
    "status": '["reported"]',
    "actors": '["walkers"]',
    "sides": '["none"]',
    "view": "[-8, 38, -6, 40.5]",
    "event": '"e1"',
}
CROSSING = {**ON_THE_SEVENTH, **FROM_ELVAS, "actors": "walkers"}


def told_in(folder, *steps, head='title = "A story"\n', **parts):
    """Write a collection with a story of these steps; return its folder."""
    make(folder, **{"claims": (CROSSING,), **parts})
    tables = [
        "\n[[step]]\n" + "".join(f"{key} = {value}\n" for key, value in step.items() if value is not None)
        for step in steps
    ]
    (folder / "story.toml").write_text(head + "".join(tables), encoding="utf-8")
    return folder


def faults_of(folder, iberia):
    """Read what must be refused; give its faults."""
    with pytest.raises(FaultsError) as caught:
        read_collection(folder, iberia)
    return caught.value.faults


# ---- reading


def test_a_step_is_read_with_all_that_it_says(tmp_path, iberia):
    """Every key of a step comes typed, and what a step does not say stays as the map opens."""
    story = read_collection(told_in(tmp_path, EVERYTHING, STEP), iberia).story
    assert (story.title, story.title_ar, len(story.steps)) == ("A story", "", 2)
    assert story.steps[0] == Step(
        headline="First",
        text="Some cross.",
        day=dt.date(2024, 12, 7),
        headline_ar="أولا",
        text_ar="بعضهم يعبر.",
        mode=Mode.WINDOW,
        window=3,
        known=dt.date(2024, 12, 8),
        layers=("crossings", "context"),
        kinds=("crossing", "contact"),
        status=("reported",),
        actors=("walkers",),
        sides=("none",),
        view=(-8.0, 38.0, -6.0, 40.5),
        event="e1",
    )
    assert story.steps[1] == Step(headline="First", text="Some cross.", day=dt.date(2024, 12, 7))


def test_a_collection_without_a_story_has_none(tmp_path, iberia):
    """The file may be left out."""
    assert collection_of(tmp_path, iberia).story is None


def test_a_cut_collection_has_no_story(tmp_path, iberia):
    """What was left out, or was not known, is not told in steps."""
    whole = read_collection(told_in(tmp_path, EVERYTHING), iberia)
    day = dt.date(2024, 12, 7)
    assert known_by(whole, day).story is None
    assert of_events(whole, {"e1"}).story is None
    assert within_days(whole, iberia, day, day)[0].story is None


# ---- faults

STEP_FAULTS = [
    # what the step says, the faulty key, its value as told, part of the sentence
    ({"colour": '"red"'}, "colour", None, "is an unknown key"),
    ({"headline": None}, "headline", None, "is missing"),
    ({"text": '" "'}, "text", " ", "says nothing in words"),
    ({"text_ar": "5"}, "text_ar", "5", "says nothing in words"),
    ({"day": None}, "day", None, "is missing"),
    ({"day": '"2024-12-07"'}, "day", "2024-12-07", "is not a day"),
    ({"day": "2024-12-07T10:00:00"}, "day", "2024-12-07 10:00:00", "is not a day"),
    (
        {"day": "2025-01-01"},
        "day",
        "2025-01-01",
        "is outside the collection's days, 2024-12-01 to 2024-12-31",
    ),
    ({"known": '"yesterday"'}, "known", "yesterday", "is not a day"),
    ({"known": "2024-11-30"}, "known", "2024-11-30", "is outside the collection's days"),
    ({"mode": '"week"'}, "mode", "week", "is unknown"),
    ({"mode": "[]"}, "mode", "[]", "is unknown"),
    ({"mode": '"window"', "window": "0"}, "window", "0", "is not a number of days"),
    ({"mode": '"window"', "window": "true"}, "window", "true", "is not a number of days"),
    ({"window": "3"}, "window", "3", "goes with the mode window"),
    ({"layers": '["crossings", "rivers"]'}, "layers", "rivers", "is unknown"),
    ({"layers": '"crossings"'}, "layers", "crossings", "is not a list of words"),
    ({"layers": "[]"}, "layers", "[]", "is not a list of words"),
    ({"kinds": '["march"]'}, "kinds", "march", "is unknown"),
    ({"status": '["rumoured"]'}, "status", "rumoured", "is unknown"),
    ({"actors": '["nobody"]'}, "actors", "nobody", "is not in actors.csv"),
    ({"sides": '["moon"]'}, "sides", "moon", "is not in actors.csv"),
    ({"view": "[-5, 38, -6, 40]"}, "view", "[-5, 38, -6, 40]", "is not west, south, east, north"),
    ({"view": '"here"'}, "view", "here", "is not west, south, east, north"),
    ({"event": '"e999"'}, "event", "e999", "is not in events.csv"),
    ({"event": "7"}, "event", "7", "is not an event_id"),
]


@pytest.mark.parametrize(("said", "key", "value", "why"), STEP_FAULTS)
def test_a_fault_of_a_step_names_its_line_and_key(tmp_path, iberia, said, key, value, why):
    """A step is held to its keys and what they may say; the fault stands on the key's line, or the step's."""
    step = {**STEP, **said}
    (fault,) = faults_of(told_in(tmp_path, STEP, step), iberia)
    assert (fault.file, fault.column, fault.value) == ("story.toml", key, value)
    assert why in fault.why
    head = 2 + 1 + len(STEP) + 1 + 1
    lines = [name for name, text in step.items() if text is not None]
    assert fault.line == (head + 1 + lines.index(key) if key in lines else head)


UNSEEN = [
    # what the event's claim says, what the step says beside the event, part of the sentence
    ({}, {"day": "2024-12-08"}, "is not on the map of 2024-12-08"),
    ({}, {"day": "2024-12-10", "mode": '"window"', "window": "3"}, "from 2024-12-08 to 2024-12-10"),
    ({}, {"known": "2024-12-07"}, "was not told of by 2024-12-07"),
    ({}, {"known": '"day"'}, "was not told of by 2024-12-07"),
    ({}, {"layers": '["withdrawals"]'}, "is on the layer crossings, which the step does not show"),
    ({}, {"kinds": '["closure"]'}, "is a crossing, which the step does not show"),
    ({}, {"status": '["denied"]'}, "is reported, which the step does not show"),
    ({}, {"actors": '["a2"]'}, "is of other actors"),
    ({}, {"sides": '["other"]'}, "is of other sides"),
    ({"event_id": "e2"}, {}, "has no claims"),
    ({"date_start": "", "date_end": "", "date_kind": ""}, {}, "is not on the map of 2024-12-07"),
]


@pytest.mark.parametrize(("claim", "said", "why"), UNSEEN)
def test_an_event_that_a_step_would_not_show_is_a_fault(tmp_path, iberia, claim, said, why):
    """A step opens only what its own days, filters and claims put on the map."""
    folder = told_in(
        tmp_path,
        {**STEP, "event": '"e1"', **said},
        claims=({**CROSSING, **claim},),
        events=({}, {}),
        actors=({}, {"side": "other"}),
    )
    (fault,) = faults_of(folder, iberia)
    assert (fault.file, fault.column, fault.value) == ("story.toml", "event", "e1")
    assert why in fault.why


def test_an_event_of_the_context_needs_its_layer(tmp_path, iberia):
    """What is off when the map opens is opened only by a step that turns it on."""
    claims = ({**CROSSING, "kind": "closure"},)
    events = ({"kind": "closure"},)
    step = {**STEP, "event": '"e1"'}
    (fault,) = faults_of(told_in(tmp_path / "off", step, claims=claims, events=events), iberia)
    assert "is on the layer context" in fault.why
    on = told_in(tmp_path / "on", {**step, "layers": '["context"]'}, claims=claims, events=events)
    assert read_collection(on, iberia).story.steps[0].event == "e1"


def test_a_denied_event_passes_by_its_denial(tmp_path, iberia):
    """An event with a denial is found by its own status and by denied, as in the page's filter."""
    claims = (CROSSING, {**CROSSING, "status": "denied", "denies": "c1"})
    folder = told_in(tmp_path, {**STEP, "event": '"e1"', "status": '["denied"]'}, claims=claims)
    assert read_collection(folder, iberia).story.steps[0].status == ("denied",)


DAYS = [
    ("2024-12-07", "2024-12-07", "on"),
    ("2024-12-05", "2024-12-09", "on"),
    ("2024-12-05", "2024-12-09", "throughout"),
    ("2024-12-05", "2024-12-09", "since"),
    ("", "2024-12-09", "by"),
    ("", "2024-12-20", "by"),
]


@pytest.mark.parametrize(("start", "end", "kind"), DAYS)
@pytest.mark.parametrize("mode", list(Mode))
def test_a_step_shows_what_the_clock_shows(tmp_path, iberia, start, end, kind, mode):
    """On every day of every mode, an event is refused exactly where the clock gives it no strength."""
    days = [dt.date(2024, 12, day) for day in range(1, 32)]
    steps = [{**STEP, "day": day, "mode": f'"{mode}"', "event": '"e1"'} for day in days]
    dated = {**CROSSING, "date_start": start, "date_end": end, "date_kind": kind}
    folder = told_in(tmp_path, *steps, claims=(dated,))
    try:
        read_collection(folder, iberia)
        faults = ()
    except FaultsError as error:
        faults = error.faults
    refused = {(fault.line - 3) // (len(steps[0]) + 2) for fault in faults}
    (folder / "story.toml").unlink()
    collection = read_collection(folder, iberia)
    event = events_of(collection.claims, collection.events, places_frame(iberia))
    begin, finish = days_of(event["date_start"]), days_of(event["date_end"])
    opens = (days[0] - dt.date(1970, 1, 1)).days
    shown = {
        number
        for number in range(len(days))
        if strength(
            begin, finish, event["date_kind"].to_numpy(dtype=object), opens + number, mode, WINDOW_DAYS, opens
        )[0]
    }
    assert refused == set(range(len(days))) - shown


def test_faults_of_the_story_come_with_those_of_the_tables(tmp_path, iberia):
    """One report holds the faults of all files; whether an event is shown is not asked of tables with faults."""
    folder = told_in(
        tmp_path,
        {**STEP, "event": '"e1"', "day": "2024-12-20", "actors": '["nobody"]'},
        {**STEP, "event": '"e1"', "day": "2024-12-20"},
        head='title_ar = 5\ncolour = "red"\n',
        claims=({**CROSSING, "status": "rumoured"},),
        facts={"timezone": '"Moon"'},
    )
    assert [(fault.file, fault.line, fault.column) for fault in faults_of(folder, iberia)] == [
        ("claims.csv", 2, "status"),
        ("collection.toml", 4, "timezone"),
        ("story.toml", None, "title"),
        ("story.toml", 1, "title_ar"),
        ("story.toml", 2, "colour"),
        ("story.toml", 9, "actors"),
    ]


@pytest.mark.parametrize(
    "text", ['title = "x"\n', 'title = "x"\nstep = []\n', 'title = "x"\nstep = "first"\n']
)
def test_a_story_has_steps(tmp_path, iberia, text):
    """A file without a step is a fault, whatever stands in their place."""
    (make(tmp_path) / "story.toml").write_text(text, encoding="utf-8")
    (fault,) = faults_of(tmp_path, iberia)
    assert (fault.column, fault.why) == ("step", "is missing")


def test_a_broken_story_is_a_fault(tmp_path, iberia):
    """What is not TOML, or nests without end, is told without a traceback."""
    story = make(tmp_path) / "story.toml"
    story.write_text('title = "open', encoding="utf-8")
    assert "is not TOML" in faults_of(tmp_path, iberia)[0].why
    story.write_text("title = " + "[" * 100_000, encoding="utf-8")
    assert len(faults_of(tmp_path, iberia)) == 1


# ---- what the page is told


def test_a_step_is_told_as_the_address_writes_it(tmp_path, iberia):
    """Lists are joined by commas, days are ISO, all are strings; what is not said has no key."""
    story = read_collection(told_in(tmp_path, EVERYTHING, {**STEP, "known": '"day"'}, STEP), iberia).story
    told = json.loads(json.dumps(story_told(story)))
    assert told["steps"][0] == {
        "headline": "First",
        "headline_ar": "أولا",
        "text": "Some cross.",
        "text_ar": "بعضهم يعبر.",
        "choice": {
            "day": "2024-12-07",
            "mode": "window",
            "window": "3",
            "known": "2024-12-08",
            "layers": "crossings,context",
            "kinds": "crossing,contact",
            "status": "reported",
            "actors": "walkers",
            "sides": "none",
            "event": "e1",
        },
        "view": [-8.0, 38.0, -6.0, 40.5],
    }
    assert told["steps"][1]["choice"] == {"day": "2024-12-07", "mode": "day", "known": "day"}
    assert told["steps"][2]["choice"] == {"day": "2024-12-07", "mode": "day"}
    assert told["steps"][2]["view"] is None


def test_the_page_is_told_its_edition(tmp_path, iberia):
    """The facts carry the hash, the address, the locales, by when it was known, the story and the changes."""
    facts = {"url": '"https://example.org/map"', "locales": '{ pt = "pt-PT" }'}
    whole = read_collection(told_in(tmp_path, STEP, facts=facts), iberia)
    assert edition_told(whole) == {
        "digest": whole.digest[:12],
        "url": "https://example.org/map",
        "locales": {"pt": "pt-PT"},
        "cut_to": None,
        "known_by": None,
        "story": story_told(whole.story),
        "changes": None,
        "published": None,
    }
    cut = edition_told(known_by(whole, dt.date(2024, 12, 8)))
    assert (cut["known_by"], cut["story"]) == ("2024-12-08", None)


# ---- the shipped story

QUOTED = re.compile("“([^”]+)”")


def test_the_shipped_story_is_told_in_both_languages_and_few_words(real):
    """Nine to twelve steps, each with 25 to 60 words in English and in Arabic, with headlines in both."""
    assert 9 <= len(real.story.steps) <= 12
    for step in real.story.steps:
        assert step.headline
        assert step.headline_ar
        assert 25 <= len(step.text.split()) <= 60, step.headline
        assert 25 <= len(step.text_ar.split()) <= 60, step.headline_ar


def test_the_shipped_story_quotes_only_what_a_claim_holds(real):
    """Each passage between quotation marks stands in a claim's quote or count."""
    words = [*real.claims["quote"], *real.claims["count_text"]]
    for step in real.story.steps:
        for passage in QUOTED.findall(step.text):
            assert any(passage.casefold() in text.casefold() for text in words), passage


def test_the_shipped_story_copies_no_sentence(real):
    """Outside quotation marks no nine words in a row are a source's."""
    runs = set()
    for quote in real.claims["quote"]:
        words = re.findall(r"\w+", quote.casefold())
        runs |= {tuple(words[at : at + 9]) for at in range(len(words) - 8)}
    for step in real.story.steps:
        own = re.findall(r"\w+", QUOTED.sub("", step.text).casefold())
        assert runs.isdisjoint(tuple(own[at : at + 9]) for at in range(len(own) - 8))


def test_the_shipped_story_replays_what_was_known(real):
    """The crossing of 7 December opens with all that is known, after a step in which nothing of it was reported."""
    crossing = next(
        number for number, step in enumerate(real.story.steps) if step.event == "soldiers-cross-at-al-qaim"
    )
    before, after = real.story.steps[crossing - 1], real.story.steps[crossing]
    assert before.day == after.day == dt.date(2024, 12, 7)
    assert (before.known, after.known) == (dt.date(2024, 12, 6), None)
    claims = known_by(real, before.known).claims
    assert not claims["event_id"].eq(after.event).any()


def test_the_bare_map_of_the_shipped_story_is_bare(real, gazetteer):
    """As known on the 6th nothing is of 7 December, as that step says."""
    day = dt.date(2024, 12, 7)
    part, _ = within_days(known_by(real, dt.date(2024, 12, 6)), gazetteer, day, day)
    assert part.events.empty
