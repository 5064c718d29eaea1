"""What is not seen is shown by its number, by one rule in Python and in the page."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import json
from pathlib import Path

import pytest
from pages import browser, reading

from geo.unseen import plainly, visible

HERE = Path(__file__).parent
CASES = json.loads((HERE / "unseen_cases.json").read_text(encoding="utf-8"))["cases"]
ENGINE = HERE.parent / "layers" / "engine"
AROUND = (
    ("", ""),
    ("a", "b"),
    ("م", "خ"),
    ("\u0647", "."),
    ("क्", "ष"),
    ("👩", "🌾"),
    ("漢", "字"),
    ("ᠮ", "ᠭ"),
    ("\u05b4", "\u05b0"),
)
"""Where a letter may stand so that it is rightly there."""
PLANES = (range(0x20000), range(0xE0000, 0xE0200))


SAID = {says: (text, shown) for says, text, shown in CASES}


@pytest.mark.parametrize(("text", "shown"), SAID.values(), ids=SAID)
def test_a_text_is_shown_as_what_it_is(text, shown):
    """What is hidden or turns the text is shown by its number; what its script asks for is left alone."""
    assert visible(text) == shown


@pytest.mark.parametrize("shown", [shown for *_, shown in CASES])
def test_what_is_shown_is_shown_again_as_it_is(shown):
    """A text that was shown has nothing hidden any more."""
    assert visible(shown) == shown


def test_a_line_is_one_line():
    """On a terminal tabs and ends of lines are shown by their numbers too."""
    assert plainly("a\tb\nc\r\nd\x1b[2J") == "a⟨U+0009⟩b⟨U+000A⟩c⟨U+000D⟩⟨U+000A⟩d⟨U+001B⟩[2J"
    assert plainly("\u0645\u06cc\u200c\u062e 2\u00a0000") == "\u0645\u06cc\u200c\u062e 2\u00a0000"


@pytest.fixture(scope="module")
def unseen(browser):
    """A page with nothing but the engine's rule."""
    with reading(browser) as reader:
        reader.page.add_script_tag(content=(ENGINE / "unseen.js").read_text(encoding="utf-8"))
        yield reader.page


@pytest.mark.browser
def test_the_page_shows_each_case_alike(unseen):
    """The page shows every case as the rule says, whole and in pieces."""
    said = unseen.evaluate(
        """(cases) => JSON.parse(cases).map(([, text]) => {
          const { visible, pieces, number, without } = bordermap.unseen;
          const cut = pieces(text);
          const put = cut.map((piece, at) => (at % 2 ? number(piece) : piece)).join("");
          return [visible(text), put, cut.join("") === text, without(text) === cut.filter((_, at) => at % 2 === 0).join("")];
        })""",
        json.dumps(CASES),
    )
    assert said == [[shown, shown, True, True] for _, _, shown in CASES]


@pytest.mark.browser
def test_both_mark_the_same_letters(unseen):
    """Of all letters of the planes that have some, in each place where one may rightly stand, both mark the same."""
    marked = unseen.evaluate(
        """([around, planes]) => around.map(([before, after]) => planes.flatMap(([from, to]) => {
          const found = [];
          for (let at = from; at < to; at += 1) {
            const text = before + String.fromCodePoint(at) + after;
            if (bordermap.unseen.visible(text) !== text) found.push(at);
          }
          return found;
        }))""",
        [AROUND, [[plane.start, plane.stop] for plane in PLANES]],
    )
    for (before, after), found in zip(AROUND, marked, strict=True):
        letters = [
            at for plane in PLANES for at in plane if (text := before + chr(at) + after) != visible(text)
        ]
        assert found == letters
        assert len(letters) > 2_000  # halves of letters and controls are never right
