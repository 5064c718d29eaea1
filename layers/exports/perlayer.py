"""A file for each layer, in a folder."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from claims.events import of_events
from claims.model import LAYERS
from geo.errors import BordermapError
from geo.files.wholefolders import whole_folder
from layers.exports.formats import FORMATS, Rows, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layers.exports.formats import Export

__all__ = ["NO_EVENT", "write_layers"]

NO_EVENT: Final = "no-event"
"""What the file of the claims of no event is called."""


def write_layers(name: str, export: Export, out: Path) -> None:
    """Write a file of a format for each layer that has events, called as the layer, whole or not at all.

    Where claims are asked for, those of no event have a file too.

    Raises:
        BordermapError: The folder holds something already, or cannot be written.
    """
    with whole_folder(out) as folder:
        for called, part in _parts(export):
            try:
                write(name, part, folder / f"{called}{FORMATS[name].suffix}")
            except BordermapError as error:
                if str(folder) not in str(error):
                    raise
                # It names where the file was on its way.
                raise BordermapError(str(error).replace(str(folder), str(out))) from error


def _parts(export: Export) -> Iterator[tuple[str, Export]]:
    events, claims = export.collection.events, export.collection.claims
    for layer, kinds in LAYERS.items():
        of_layer = events["event_id"][events["kind"].isin(kinds)]
        if len(of_layer):
            part = of_events(export.collection, set(of_layer))
            yield (
                layer,
                dataclasses.replace(export, collection=part, filters=_told(export, f"layer: {layer}")),
            )
    loose = claims[claims["event_id"].eq("")]
    if export.rows is Rows.CLAIMS and len(loose):
        nothing = of_events(export.collection, ())
        part = dataclasses.replace(nothing, claims=loose)
        yield (
            NO_EVENT,
            dataclasses.replace(export, collection=part, filters=_told(export, "claims of no event")),
        )


def _told(export: Export, told: str) -> str:
    """Say by what a file is cut beside that by which all of them are."""
    return f"{export.filters}; {told}" if export.filters else told
