"""The styles by which QGIS draws the layers of a GeoPackage: their colours, what was said of them, and their days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from layers.certainty import UNSURE
from layers.exports.colours import in_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["SHOWN", "qml"]

_MADE: Final = "coalesce(\"status\", '') NOT IN ('planned', 'requested', 'denied', 'rejected')"
_SOMEWHERE: Final = f"coalesce(\"certainty\", '') IN ({', '.join(map(repr, UNSURE))})"

_RULES: Final = (
    ("as reported", f"{_MADE} AND NOT {_SOMEWHERE}"),
    ("as reported, somewhere there", f"{_MADE} AND {_SOMEWHERE}"),
    ("planned or requested", "\"status\" IN ('planned', 'requested')"),
    ("denied or rejected", "\"status\" IN ('denied', 'rejected')"),
    (
        "disputed",
        " OR ".join(f'"disputed_{of}" IS NOT NULL' for of in ("occurrence", "count", "date", "place")),
    ),
)
"""What a rule of a style is called, and which rows it draws; the last is drawn over the others."""

_HEAD: Final = (
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    '<qgis version="3.34.0-Prizren" styleCategories="Symbology|Labeling|Fields|Temporal" labelsEnabled="0" '
    'simplifyDrawingHints="1" hasScaleBasedVisibilityFlag="0">'
)

SHOWN: Final = ("shown_from", "shown_to")
"""The columns from which to which day a row is shown (`layers.exports.spans`)."""

# Rows are shown from their first day to their last, both of them (mode 4: expressions of start and end; limit mode 1:
# both ends included), as times, since QGIS compares days with times amiss. It shows on every day what has no start or no
# end: what is undated starts after all days.
_DAYS: Final = (
    '<temporal enabled="1" mode="4" limitMode="1" startField="" endField="" '
    f'startExpression="coalesce(to_datetime({SHOWN[0]}), make_datetime(9999,12,31,0,0,0))" '
    f'endExpression="coalesce(to_datetime({SHOWN[1]}) + make_interval(0,0,0,0,23,59,59), make_datetime(1,1,1,0,0,0))" '
    'durationField="" durationUnit="min" fixedDuration="0" accumulate="0">'
    "<fixedRange><start></start><end></end></fixedRange></temporal>"
)

# Names are there to be switched on.
_LABELS: Final = (
    '<labeling type="simple"><settings calloutType="simple">'
    '<text-style fieldName="title" isExpression="0" fontSize="9" fontSizeUnit="Point" textColor="40,40,40,255">'
    '<text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="250,250,250,255" bufferOpacity="1"/>'
    "</text-style></settings></labeling>"
)


def qml(layer: str, shape: str) -> str:
    """Give the style of a layer as QGIS keeps it in `layer_styles` (QML of QGIS 3).

    Args:
        layer: A name of `layers.exports.colours.COLOURS`.
        shape: "points", "lines" or "areas", what its rows are.
    """
    symbols = _SYMBOLS.get((layer, shape), _SYMBOLS["", shape])(in_numbers(layer))
    drawn = "".join(_symbol(number, shape, symbol) for number, symbol in enumerate(symbols))
    rules = "".join(
        f'<rule key="{{bordermap-{number}}}" symbol="{number}" label={quoteattr(label)} filter={quoteattr(which)}/>'
        for number, (label, which) in enumerate(_RULES)
    )
    renderer = (
        '<renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0" referencescale="-1">'
        f'<rules key="{{bordermap}}">{rules}</rules><symbols>{drawn}</symbols></renderer-v2>'
    )
    preview = '<previewExpression>"title"</previewExpression>'
    return f"{_HEAD}{_DAYS}{renderer}{_LABELS}{preview}</qgis>\n"


def _points(colour: str) -> tuple[str, ...]:
    """Give the marks of points: full; light; dotted; crossed out; and a ring around."""
    full, none, dark = f"{colour},255", f"{colour},0", "40,40,40,255"
    return (
        _marker("circle", full, "250,250,250,255", size="3.6"),
        _marker("circle", f"{colour},110", full, size="3.6", style="dash"),
        _marker("circle", f"{colour},60", full, size="3.6", style="dot"),
        _marker("circle", none, full, size="3.6") + _marker("cross2", none, full, size="3.6"),
        _marker("circle", none, dark, size="6"),
    )


def _lines(colour: str) -> tuple[str, ...]:
    """Give the marks of lines: an arrow; light in long dashes; dashed with a head; hollow and crossed out; and a ring on its middle."""
    full, none, dark = f"{colour},255", f"{colour},0", "40,40,40,255"
    head = _placed(_marker("filled_arrowhead", full, full, size="3"), "LastVertex")
    return (
        _arrow(_fill(full, full)),
        _line(f"{colour},150", "0.8", dash="6;1.6")
        + _placed(_light("filled_arrowhead", colour), "LastVertex"),
        _line(full, "0.7", dash="2;1.4") + head,
        _arrow(_fill(none, full)) + _placed(_marker("cross2", none, full, size="3.6"), "CentralPoint"),
        _placed(_marker("circle", none, dark, size="5"), "CentralPoint"),
    )


def _leaving(colour: str) -> tuple[str, ...]:
    """Give the marks of lines that leave: likewise, with an open head, so that they differ by shape too."""
    full = f"{colour},255"
    head = _placed(_marker("arrowhead", full, full, size="3.6", width="0.8"), "LastVertex")
    _, _, _, denied, ring = _lines(colour)
    light = _line(f"{colour},150", "0.8", dash="6;1.6") + _placed(_light("arrowhead", colour), "LastVertex")
    return _line(full, "0.8") + head, light, _line(full, "0.7", dash="2;1.4") + head, denied, ring


def _areas(colour: str) -> tuple[str, ...]:
    """Give the marks of areas: very light, since many lie on one another; lighter and dashed; dotted; hatched; and an outline around."""
    full = f"{colour},255"
    return (
        _fill(f"{colour},18", f"{colour},150"),
        _fill(f"{colour},8", f"{colour},110", style="dash"),
        _fill(f"{colour},8", full, style="dot"),
        _fill(f"{colour},110", full, brush="b_diagonal", style="dash"),
        _fill(f"{colour},0", "40,40,40,255", style="dash dot"),
    )


_SYMBOLS: Final[Mapping[tuple[str, str], Callable[[str], tuple[str, ...]]]] = {
    ("withdrawals", "lines"): _leaving,
    ("", "points"): _points,
    ("", "lines"): _lines,
    ("", "areas"): _areas,
}
"""Of a layer and a shape, or of a shape on any layer."""

_KINDS: Final = {"points": "marker", "lines": "line", "areas": "fill"}


def _symbol(name: int | str, shape: str, layers: str) -> str:
    return (
        f'<symbol name={quoteattr(str(name))} type="{_KINDS[shape]}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{layers}</symbol>"
    )


def _layer(kind: str, options: Mapping[str, str], inside: str = "") -> str:
    held = "".join(
        f'<Option name="{name}" type="QString" value={quoteattr(value)}/>' for name, value in options.items()
    )
    return f'<layer class="{kind}" enabled="1" locked="0" pass="0"><Option type="Map">{held}</Option>{inside}</layer>'


def _marker(
    name: str, colour: str, outline: str, *, size: str, style: str = "solid", width: str = "0.5"
) -> str:
    options = {
        "name": name,
        "color": colour,
        "outline_color": outline,
        "outline_style": style,
        "outline_width": width,
        "outline_width_unit": "MM",
        "size": size,
        "size_unit": "MM",
    }
    return _layer("SimpleMarker", options)


def _light(head: str, colour: str) -> str:
    return _marker(head, f"{colour},150", f"{colour},150", size="3")


def _line(colour: str, width: str, *, dash: str = "") -> str:
    options = {
        "line_color": colour,
        "line_style": "solid",
        "line_width": width,
        "line_width_unit": "MM",
        "use_custom_dash": "1" if dash else "0",
        "customdash": dash or "5;2",
        "customdash_unit": "MM",
        "capstyle": "flat",
    }
    return _layer("SimpleLine", options)


def _placed(marker: str, where: str) -> str:
    """Put a mark on the vertex or the middle of a line."""
    options = {"placements": where, "placement": where.lower(), "rotate": "1", "interval": "3"}
    return _layer("MarkerLine", options, _symbol("@0@1", "points", marker))


def _arrow(fill: str) -> str:
    options = {
        "arrow_start_width": "0.8",
        "arrow_start_width_unit": "MM",
        "arrow_width": "0.8",
        "arrow_width_unit": "MM",
        "arrow_type": "0",
        "head_length": "2.4",
        "head_length_unit": "MM",
        "head_thickness": "1.4",
        "head_thickness_unit": "MM",
        "head_type": "0",
        "is_curved": "0",
        "is_repeated": "0",
        "offset": "0",
    }
    return _layer("ArrowLine", options, _symbol("@0@0", "areas", fill))


def _fill(colour: str, outline: str, *, style: str = "solid", brush: str = "solid") -> str:
    options = {
        "color": colour,
        "style": brush,
        "outline_color": outline,
        "outline_style": style,
        "outline_width": "0.4",
        "outline_width_unit": "MM",
        "joinstyle": "round",
    }
    return _layer("SimpleFill", options)
