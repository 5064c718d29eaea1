"""How the page writes what is no word of its tables."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import pytest
from pages import browser, exported, page, shared

pytestmark = pytest.mark.browser

PLACED = """
([language, name]) => {
  const before = bordermap.words.language;
  bordermap.words.use(language);
  const said = [bordermap.words.placed(name), bordermap.labels.textOf({ text: name, text_ar: "" })];
  bordermap.words.use(before);
  return said;
}
"""


@pytest.mark.parametrize(
    ("name", "english", "arabic"),
    [
        ("-72.5, 7.9", "7.9° N, 72.5° W", "7.9° شمالًا، 72.5° غربًا"),
        ("38.8815, -7.0", "7° S, 38.8815° E", "7° جنوبًا، 38.8815° شرقًا"),
        ("0.0, 0.0", "0° N, 0° E", "0° شمالًا، 0° شرقًا"),
        ("Elvas, 7", "Elvas, 7", "Elvas, 7"),
        ("1, 2, 3", "1, 2, 3", "1, 2, 3"),
        ("", "", ""),
    ],
)
def test_a_place_without_a_name_is_called_by_its_position(page, name, english, arabic):
    """In lists and on the map a position is written as the field does; a name is a name."""
    for language, said in (("en", english), ("ar", arabic)):
        assert page.page.evaluate(PLACED, [language, name]) == [said, said]
