"""What changed between two versions of a collection: the lines, their order, and what is no change."""

import re

import pytest
from collections_made import (
    ABOUT_2000,
    CLAIM,
    FROM_ELVAS,
    ON_THE_SEVENTH,
    SOURCE,
    collection_of,
    make,
    write_table,
)

import bordermap
from claims.changes import changes_between
from claims.tables import read_with_places
from layers.frames import places_frame

CROSSING = {**ON_THE_SEVENTH, **FROM_ELVAS, **ABOUT_2000}
MORE = {
    "count_text": "More than 1,000",
    "count": "1000",
    "count_qualifier": "at_least",
    "count_low": "1000",
    "count_high": "",
    "count_unit": "people",
}


def lines_between(folder, iberia, old, new):
    """List what changed between two collections, given by their parts."""
    places = places_frame(iberia)
    before = collection_of(folder / "old", iberia, **old)
    now = collection_of(folder / "new", iberia, **new)
    return list(changes_between(before, now, places, places).lines)


def test_the_same_collection_has_not_changed(tmp_path, iberia):
    """Two copies have no line between them, whatever the order of their rows."""
    claims = ({**CROSSING, "claim_id": "c1"}, {**CROSSING, "claim_id": "c2"})
    assert lines_between(tmp_path, iberia, {"claims": claims}, {"claims": claims[::-1]}) == []


def test_a_cell_is_told_from_what_to_what(tmp_path, iberia):
    """A claim's changed cells are told one by one, in the order of its columns, and so is what that changes in its event."""
    assert lines_between(tmp_path, iberia, {"claims": (CROSSING,)}, {"claims": ({**CROSSING, **MORE},)}) == [
        "claim c1: count_text was '2,000 or so', is now 'More than 1,000'",
        "claim c1: count was 2000, is now 1000",
        "claim c1: count_qualifier was 'about', is now 'at_least'",
        "claim c1: count_low was 1800, is now 1000",
        "claim c1: count_high was 2200, is now empty",
        "event e1: count was 1800 to 2200 people, is now 1000 people or more",
        "event e1: count in words was 2,000 or so, is now More than 1,000",
    ]


def test_a_side_that_is_named_anew_is_told(tmp_path, iberia):
    """What a side was called, and that one has got a name, is told as of any table's rows."""
    sides = [{"side": "none", "name": "Nobody's"}, {"side": "none", "name": "No one's", "name_ar": "لا أحد"}]
    assert lines_between(tmp_path, iberia, {"sides": sides[:1]}, {"sides": sides[1:]}) == [
        "side none: name was 'Nobody's', is now 'No one's'",
        "side none: name_ar was empty, is now 'لا أحد'",
    ]
    assert lines_between(tmp_path / "added", iberia, {}, {"sides": sides[:1]}) == [
        "side none (Nobody's): added"
    ]


COMPUTED = [
    # what the claims say instead, what is told of the event
    (
        ({**CROSSING, "date_end": "2024-12-08"},),
        "event e1: date was 2024-12-07, is now 2024-12-07 to 2024-12-08",
    ),
    (
        ({**CROSSING, "date_start": "", "date_kind": "by"},),
        "event e1: date was 2024-12-07, is now to 2024-12-07",
    ),
    (
        ({**CROSSING, "date_start": "", "date_end": "", "date_kind": ""},),
        "event e1: date was 2024-12-07, is now none",
    ),
    (({**CROSSING, "destination_id": "merida"},), "event e1: destination was Badajoz, is now Mérida"),
    (({**CROSSING, "status": "denied"},), "event e1: status was reported, is now denied"),
    (
        ({**CROSSING, "count_qualifier": "at_most", "count_low": "", "count": ""},),
        "event e1: count was 1800 to 2200 people, is now at most 2200 people",
    ),
    (
        (CROSSING, {**CROSSING, "status": "denied", "denies": "c1", "root": "another"}),
        "event e1: dispute on occurrence was none, is now conflicts",
    ),
    (
        (CROSSING, {**CROSSING, "root": "another"}),
        "event e1: number of independent sources was 1, is now 2",
    ),
]


@pytest.mark.parametrize(("claims", "line"), COMPUTED)
def test_what_comes_of_it_is_told_of_the_event(tmp_path, iberia, claims, line):
    """Where an event's day, place, count, status or disputes come out otherwise, a line says so in words."""
    assert line in lines_between(tmp_path, iberia, {"claims": (CROSSING,)}, {"claims": claims})


def test_what_came_and_went_is_told_by_name(tmp_path, iberia):
    """Sources, actors, claims and events that are only in one version are told as added or removed."""
    old = {
        "sources": ({}, {"source_id": "gone", "outlet": "The Old Post"}),
        "actors": ({}, {"actor": "riders", "name": "Riders"}),
        "claims": (CROSSING, {**CROSSING, "claim_id": "c8", "quote": "two  went\nby"}),
        "events": ({}, {"event_id": "e8", "title": "Some went"}),
    }
    new = {
        "sources": ({}, {"source_id": "fresh", "outlet": "The New Post"}),
        "actors": ({}, {"actor": "rowers", "name": "Rowers"}),
        "claims": (CROSSING, {**CROSSING, "claim_id": "c9", "status": "planned", "quote": "more to come"}),
        "events": ({}, {"event_id": "e9", "title": "Some come"}),
    }
    assert lines_between(tmp_path, iberia, old, new) == [
        "source fresh (The New Post): added",
        "source gone (The Old Post): removed",
        "actor rowers (Rowers): added",
        "actor riders (Riders): removed",
        "claim c9: added, crossing planned by The Daily Test: 'more to come'",
        "claim c8: removed, crossing reported by The Daily Test: 'two went by'",
        "event e9 (Some come): added",
        "event e8 (Some went): removed",
    ]


@pytest.mark.parametrize(
    ("before", "now", "line"),
    [
        ("ok", "corrected", "source s1 (The Daily Test): is now corrected, state was ok"),
        ("corrected", "ok", "source s1 (The Daily Test): stands again, state was corrected"),
    ],
)
def test_a_source_that_no_longer_stands_is_told(tmp_path, iberia, before, now, line):
    """That a source is corrected, or stands again, is one line: its claims count as before."""
    old, new = {"sources": ({"state": before},)}, {"sources": ({"state": now},)}
    assert lines_between(tmp_path, iberia, old, new) == [line]


def test_the_events_that_rest_on_a_retracted_source_are_told(tmp_path, iberia):
    """A retraction names its events, and what comes out otherwise of them."""
    old, new = {"sources": ({},)}, {"sources": ({"state": "retracted"},)}
    assert lines_between(tmp_path, iberia, old, new) == [
        "source s1 (The Daily Test): is now retracted, state was ok",
        "event e1 (Some cross): has claims of source s1 (The Daily Test), which was retracted",
        "event e1: number of independent sources was 1, is now 0",
        "event e1: number of retracted reports was 0, is now 1",
        "event e1: rests on a retracted report was no, is now yes",
    ]


def test_a_source_that_was_retracted_before_is_not_told_again(tmp_path, iberia):
    """Of a source that was retracted in both versions no event is named."""
    same = {"sources": ({"state": "retracted"},)}
    assert lines_between(tmp_path, iberia, same, same) == []


def test_a_repost_is_no_further_report(tmp_path, iberia):
    """Who repeats another is told as a repost beside the reports."""
    old = {"claims": (CROSSING,), "sources": ({}, {"repeats": "s1"})}
    new = {**old, "claims": (CROSSING, {**CROSSING, "source_id": "s2"})}
    assert "event e1: told by was 1 report, is now 1 report and 1 repost" in lines_between(
        tmp_path, iberia, old, new
    )


def test_facts_are_told(tmp_path, iberia):
    """What collection.toml says otherwise is told key by key."""
    facts = {
        "version": '"2"',
        "last_day": "2025-01-05",
        "locales": '{ pt = "pt-PT" }',
        "view": "[-9, 37, -5, 42]",
    }
    assert lines_between(tmp_path, iberia, {}, {"facts": facts}) == [
        "collection: last_day was 2024-12-31, is now 2025-01-05",
        "collection: view was -9, 37, -5, 41, is now -9, 37, -5, 42",
        "collection: version was '1', is now '2'",
        "collection: locales was empty, is now 'pt pt-PT'",
    ]


def test_a_place_that_is_written_otherwise_is_told(tmp_path):
    """Of places of a collection's own, what differs of those that both versions name is told."""
    places = "place_id,name,name_ar,kind,country,lon,lat,radius_km,aliases,geonames_id,source,checked,note\n"
    row = "ferry-stage,Ferry stage,,site,PT,{lon},38.8,1,,,drawn,yes,\n"
    read = []
    for name, lon in (("old", "-7.25"), ("new", "-7.3")):
        folder = make(
            tmp_path / name, claims=({**ON_THE_SEVENTH, "origin_id": "ferry-stage", "geo_precision": "1"},)
        )
        (folder / "places.csv").write_text(places + row.format(lon=lon), encoding="utf-8")
        read.append(read_with_places(folder))
    (old, old_places), (new, new_places) = read
    changes = changes_between(old, new, places_frame(old_places), places_frame(new_places))
    assert changes.lines == ("place ferry-stage: lon was -7.25, is now -7.3",)
    assert old.digest != new.digest


STORY = 'title = "{title}"\n[[step]]\nheadline = "{headline}"\ntext = "words"\nday = 2024-12-07\n'
ONE = STORY.format(title="T", headline="One")


@pytest.mark.parametrize(
    ("before", "now", "lines"),
    [
        (None, ONE, ["story: added"]),
        (ONE, None, ["story: removed"]),
        (ONE, STORY.format(title="U", headline="One"), ["story: title was 'T', is now 'U'"]),
        (ONE, STORY.format(title="T", headline="Two"), ["story: step 1 is told anew, 'Two'"]),
        (ONE, ONE + ONE.split("\n", 1)[1], ["story: had 1 steps, has now 2"]),
    ],
)
def test_a_story_that_is_told_otherwise_is_told(tmp_path, iberia, before, now, lines):
    """That a story came, went, or has other steps is told."""
    for name, text in (("old", before), ("new", now)):
        folder = make(tmp_path / name)
        if text:
            (folder / "story.toml").write_text(text, encoding="utf-8")
    assert lines_between(tmp_path, iberia, {}, {}) == lines


# ---- the command


def run(capsys, *words):
    """Run a command; give its exit code, output and error output."""
    try:
        code = bordermap.main([str(word) for word in words])
    except SystemExit as stopped:
        code = stopped.code
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def versions(tmp_path):
    """Write two versions, the later with letters that steer a terminal; give their folders."""
    old = make(tmp_path / "old", facts={"version": '"1.0"'})
    new = make(tmp_path / "new", facts={"version": '"1.1"'})
    write_table(new / "claims.csv", [{**CLAIM, "quote": "some \x1b[31mcrossed \u202edetour\u2069"}])
    return old, new


LISTED = """A test, version 1.0 to 1.1: 2 changes
collection: version was '1.0', is now '1.1'
claim c1: quote was 'some crossed', is now 'some ⟨U+001B⟩[31mcrossed ⟨U+202E⟩detour⟨U+2069⟩'
"""


def test_the_command_lists_the_changes_and_steers_no_terminal(capsys, versions):
    """A line for each change, with what would steer a terminal shown by its number."""
    assert run(capsys, "changes", *versions) == (0, LISTED, "")
    assert run(capsys, "changes", versions[0], "--collection", versions[1]) == (0, LISTED, "")


def test_the_command_writes_a_file(capsys, versions, tmp_path):
    """With -o the same text is put into a file."""
    assert run(capsys, "changes", *versions, "-o", tmp_path / "changes.txt") == (0, "", "")
    assert (tmp_path / "changes.txt").read_text(encoding="utf-8") == LISTED


def test_no_change_is_said(capsys, versions):
    """Where nothing has changed the list says so in its one line."""
    assert run(capsys, "changes", versions[0], versions[0]) == (
        0,
        "A test, version 1.0 to 1.0: nothing has changed\n",
        "",
    )


def test_a_version_with_faults_is_told(capsys, versions):
    """A version that cannot be read, or is not there, exits 1 with what is wrong."""
    write_table(versions[0] / "sources.csv", [{**SOURCE, "state": "lost"}])
    code, out, err = run(capsys, "changes", *versions)
    assert (code, out) == (1, "")
    assert "sources.csv line 2" in err
    code, out, err = run(capsys, "changes", versions[0] / "nowhere")
    assert (code, out) == (1, "")
    assert "is neither a shipped collection" in err


def test_the_page_tells_what_changed_since(capsys, versions, tmp_path):
    """With --since the page's facts hold the earlier version and the lines; without, none."""
    for words, told in (
        (["--since", versions[0]], '"changes":{"since":"1.0","lines":["collection: version was'),
        ([], '"changes":null'),
    ):
        page = tmp_path / "map.html"
        code, _, err = run(capsys, "export", "html", "--collection", versions[1], *words, "-o", page)
        assert (code, err) == (0, "")
        facts = re.search(r'id="bordermap-facts">(.*?)</script>', page.read_text(encoding="utf-8"))[1]
        assert told in facts
