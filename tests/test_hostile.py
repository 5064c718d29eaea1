"""Hostile texts on every surface, some of each class: none runs, none asks the network, breaks a page or stays hidden."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import pytest
from pages import browser

from trust.hostile import SURFACES, Hostile, Surface, controls, lines_of, tried
from trust.payloads import HOST, Way, payloads

SOME = [text for *_, text in payloads(60)]


@pytest.mark.browser
def test_what_is_made_unsafe_on_purpose_is_seen(browser, tmp_path):
    """Each observer sees a payload that runs, asks, breaks, hides or steers, or the run would count for nothing."""
    assert controls(browser, tmp_path) == dict.fromkeys(
        (
            "a payload ran",
            "a request was seen",
            "a broken page was seen",
            "hidden text was seen",
            "a steered terminal was seen",
            "a page that stays whole is whole",
        ),
        True,
    )


@pytest.mark.browser
@pytest.mark.parametrize("surface", SURFACES)
def test_hostile_texts_are_letters(browser, tmp_path, surface):
    """Some payloads of each way are only ever shown."""
    found = tried(surface, browser, SOME, tmp_path / "tried")
    assert found.faults == ()
    assert found.placed >= len(SOME) // 2
    assert found.texts > 0


def test_payloads_are_of_every_way_and_no_two_alike():
    """Few payloads are of all ways already, many repeat none, and each can be told that runs or asks."""
    assert {way for _, way, _ in payloads(len(Way))} == set(Way)
    many = list(payloads(3_000))
    assert [number for number, *_ in many] == list(range(1, 3_001))
    assert len({text for *_, text in many}) == len(many)
    assert all(
        f"push({number})" in text or HOST in text for number, way, text in many[:500] if way is Way.SCRIPT
    )


def test_a_run_tells_what_it_found():
    """Faults are told by surface and kind, and a control that did not fire makes the run count for nothing."""
    ill = Surface("page", 3, 10, 2, ("7",), (), ("crash",), ())
    run = Hostile(3, (ill, Surface("terminal", 4, 5, 0, (), (), (), ())), {"ran": True, "asked": False})
    assert ill.faults == ("page: executed: '7'", "page: broken: 'crash'")
    assert (run.count("executed"), run.count("broken"), run.count("placed"), run.count("hidden")) == (
        1,
        1,
        7,
        0,
    )
    assert not run.fired
    missed = {line.figure for line in lines_of(run, 3) if not line.held}
    assert missed == {"controls that fired", "executed", "broken"}
