"""The colours of the layers, as each format that leaves writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLOURS", "blue_first", "in_numbers"]

COLOURS: Final[Mapping[str, str]] = {
    "crossings": "d55e00",
    "withdrawals": "0072b2",
    "deployments": "009e73",
    "context": "6f6a60",
}
"""Of the layers, as red, green and blue in hexadecimal: those of the light page (layers/engine/theme.js)."""


def in_numbers(layer: str) -> str:
    """Give the colour of a layer as QGIS writes it: red, green and blue from 0 to 255, with commas."""
    return ",".join(map(str, bytes.fromhex(COLOURS[layer])))


def blue_first(layer: str) -> str:
    """Give the colour of a layer as KML has it: blue, green and red in hexadecimal."""
    return bytes.fromhex(COLOURS[layer])[::-1].hex()
