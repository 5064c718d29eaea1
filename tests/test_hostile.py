"""Hostile texts on every surface, some of each class: none runs, none asks the network, breaks a page or stays hidden."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import dataclasses

import pytest
from pages import browser

from trust.hostile import SURFACES, Hostile, Surface, lines_of, tried, untried
from trust.hostiletexts import Texts
from trust.payloads import HOST, Way, payloads

SOME = [text for *_, text in payloads(60)]


@pytest.fixture(scope="module")
def found(browser, tmp_path_factory):
    """What came of some payloads of each way, by surface; each is tried once."""
    done = {}

    def of(surface):
        if surface not in done:
            done[surface] = tried(surface, browser, SOME, tmp_path_factory.mktemp("tried") / "folder")
        return done[surface]

    return of


@pytest.mark.browser
@pytest.mark.parametrize("surface", SURFACES)
def test_hostile_texts_are_letters(found, surface):
    """Some payloads of each way are only ever shown, and where the surface is made unsafe on purpose, it is seen that they run, ask, break and hide."""
    came = found(surface)
    assert came.faults == ()
    assert came.placed == len(SOME)
    assert came.shown >= 0.9 * len(SOME)
    assert came.fired


@pytest.mark.browser
def test_every_field_is_on_some_surface(found):
    """No column, key, option or name that holds words of others is left out."""
    assert untried(map(found, SURFACES)) == ()


def test_payloads_are_of_every_way_and_no_two_alike():
    """Few payloads are of all ways already, many repeat none, and each can be told that runs or asks."""
    assert {way for _, way, _ in payloads(len(Way))} == set(Way)
    many = list(payloads(3_000))
    assert [number for number, *_ in many] == list(range(1, 3_001))
    assert len({text for *_, text in many}) == len(many)
    assert all(
        f"push({number})" in text or HOST in text for number, way, text in many[:500] if way is Way.SCRIPT
    )


def test_a_text_counts_as_shown_where_it_stands_letter_by_letter():
    """A text is shown where it stands as it is, one that hides something where its numbers stand, and neither where it is cut."""
    texts = Texts(["<b>plain", "a\u202eb", "cut off"])
    assert [texts.next("claims.quote") for _ in range(3)] == texts.texts
    assert texts.shown({"it said: <b>plain", "a⟨U+202E⟩b", "cut"}) == (2, 1)
    assert texts.shown({"a\u202eb"}) == (0, 0)
    assert (texts.placed, texts.left, texts.fields) == (3, 0, {"claims.quote"})


FINE = Surface("terminal", 3, 3, 3, 1, 5, 0, fields=("claims.quote",))


def test_a_run_tells_what_it_found():
    """Faults are told by surface and kind; a control that is silent, spoofed text that nobody saw and a field left out make the run count for nothing."""
    ill = Surface("page", 3, 2, 2, 0, 10, 2, executed=("7",), broken=("crash",), silent=("hidden",))
    run = Hostile(3, (ill, FINE))
    assert ill.faults == (
        "page: executed: '7'",
        "page: broken: 'crash'",
        "page: its control is silent: hidden",
        "page: no spoofed text was seen",
    )
    assert [run.count(kind) for kind in ("executed", "broken", "placed", "hidden")] == [1, 1, 5, 0]
    assert not run.fired
    missed = {line.figure for line in lines_of(run, 3) if not line.held}
    assert missed == {
        "placed: page",
        "fields that are on no surface",
        "surfaces whose control fired",
        "executed",
        "broken",
    }


def test_a_surface_counts_only_where_its_control_fired_and_spoofed_text_was_seen():
    """Of a surface without faults neither may be missing."""
    assert FINE.fired
    assert not dataclasses.replace(FINE, silent=("broken",)).fired
    assert not dataclasses.replace(FINE, spoofed=0).fired
