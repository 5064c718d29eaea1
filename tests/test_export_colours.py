"""The colours of the layers in what leaves: those of the page, as each format writes them."""

import re
from pathlib import Path

from layers.exports.colours import COLOURS, blue_first, in_numbers

THEME = Path(__file__).parents[1] / "layers" / "engine" / "theme.js"


def test_the_colours_are_those_of_the_light_page():
    """A layer has one colour, be it in the page or in another program."""
    light = re.search(r"const LIGHT = \{.*?layers: \[(.*?)\]", THEME.read_text(encoding="utf-8"), re.DOTALL)[
        1
    ]
    assert re.findall(r"#(\w+)", light) == list(COLOURS.values())


def test_each_format_has_them_its_way():
    """QGIS writes numbers, KML begins with blue."""
    assert (in_numbers("crossings"), blue_first("crossings")) == ("213,94,0", "005ed5")
