"""The page does no more than a change asks for, and what it puts off is not lost."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import pytest
from pages import browser, exported, page, reader, shared
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

COUNTED = """
(act) => {
  const { marks, map, state } = bordermap.app;
  const found = { draw: 0, layOut: 0 };
  for (const name of ["draw", "layOut"]) {
    const { [name]: own } = marks;
    marks[name] = function (...given) {
      found[name]++;
      return own.apply(this, given);
    };
  }
  ({ pan: () => map.panBy([40, 0], { animate: false }), point: () => {
    marks.hovered = state.shown[0];
    bordermap.app.parts.scene.redraw();
    marks.hovered = null;
  } })[act]();
  delete marks.draw;
  delete marks.layOut;
  return found;
}
"""


def test_a_pan_draws_once(page):
    """A map that is moved is laid out and drawn once."""
    assert page.page.evaluate(COUNTED, "pan") == {"draw": 1, "layOut": 1}


def test_what_is_pointed_at_is_not_laid_out_anew(page):
    """The mark under the pointer is drawn anew; no mark is moved."""
    assert page.page.evaluate(COUNTED, "point") == {"draw": 1, "layOut": 0}


def test_a_long_list_keeps_the_order_of_the_page(page):
    """Of over 400 events in any order the first ones of the page are listed, however few are asked for."""
    listed = page.page.evaluate(
        """() => [5, 400].map((count) => {
          const shown = Int32Array.from({ length: 1000 }, (_, at) => (at * 7) % 1000);
          const data = { events: {}, eventOf: (row) => row };
          return bordermap.list.ordered(data, { shown, shownCount: 1000, strength: () => 1 }, count).map(({ row }) => row);
        })"""
    )
    assert listed == [list(range(5)), list(range(400))]


def test_what_fades_is_painted_no_surer_than_it_is(page):
    """Strengths are rounded down to the steps in which they are painted; what is whole stays whole."""
    painted = page.page.evaluate(
        "[[0.25, 5], [0.6, 5], [0.99, 5], [1, 5], [0.4, 2], [1, 2]].map((given) => bordermap.paint.stepped(...given))"
    )
    assert painted == [0.2, 0.6, 0.8, 1, 0, 1]


def test_going_back_comes_to_the_day_on_which_an_event_was_opened(reader):
    """A day chosen just before an event is opened is in the address that the step back comes to."""
    opened = reader()
    day = opened.page.evaluate(
        """() => {
          const { state, data } = bordermap.app;
          state.set({ day: state.day + 2 });
          state.set({ event: 0 });
          return state.day;
        }"""
    )
    opened.page.go_back()
    opened.page.wait_for_function("bordermap.app.state.event === -1")
    assert opened.page.evaluate("bordermap.app.state.day") == day


def test_an_opened_event_takes_the_colours_of_the_theme(page):
    """Its layer's colour in the panel is that of the dark page once the page is dark."""
    page.page.evaluate(
        "bordermap.app.state.set({ event: bordermap.app.data.eventOf(bordermap.app.state.shown[0]) })"
    )
    colour = "getComputedStyle(document.getElementById('bm-panel')).getPropertyValue('--layer')"
    page.page.wait_for_function(f"{colour} !== ''")
    light = page.page.evaluate(colour)
    page.page.evaluate("bordermap.app.state.set({ theme: 'dark' })")
    dark = page.page.evaluate(colour)
    assert dark != light
    assert dark == page.page.evaluate(
        "bordermap.paint.colour(bordermap.app.data.events.layer[bordermap.app.state.event])"
    )
