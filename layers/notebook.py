"""A collection as a notebook holds it: its tables, its layers, the layers of a day, its map and its exports."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from claims.clock import LONGEST_WINDOW, WINDOW_DAYS, days_of, strength
from claims.events import known_by
from claims.model import Mode
from claims.named import named
from claims.publication.publishing import published, today_in
from geo.errors import BordermapError
from layers.arguments import one_of, read_day, read_shown
from layers.cell import HEIGHT, TALLEST, Map
from layers.exports.days import within_days
from layers.exports.formats import FORMATS, Export, Rows, misuse, write
from layers.layers import layers_of
from layers.page import build_page
from layers.shown import cut_to

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Iterable

    import geopandas as gpd

    from claims.model import Collection, Facts
    from geo.gazetteer import Gazetteer

__all__ = ["Border", "open_collection"]

PAGE: Final = "html"
"""The format that is the map itself."""

DRAWN: Final = ("stub_from", "stub_to", "stretch", "geometry")
"""The columns of a layer that say how an event is drawn, not what is told of it."""


@dataclass(frozen=True, eq=False)
class Border:
    """A collection and its places; frames are given as copies, so that nothing that is done to one changes it.

    Attributes:
        collection: As it was read, or cut to what was known on a day or to what is shown.
        gazetteer: Holds every place_id of its claims.
        filters: By what else than days and known day it was cut, in words.
    """

    collection: Collection
    gazetteer: Gazetteer
    filters: str = ""

    def __repr__(self) -> str:
        """Say what it is, how much it holds, and of which days."""
        held = f"{len(self.collection.claims)} claims of {len(self.collection.sources)} sources"
        known = f", as known on {self.collection.known}" if self.collection.known else ""
        facts = self.facts
        filters = f", {self.filters}" if self.filters else ""
        return f"<Border {facts.title!r}: {held}, {facts.first_day} to {facts.last_day}{known}{filters}>"

    @property
    def facts(self) -> Facts:
        """What collection.toml says: title, time zone, days, view, licence, citation, version."""
        return self.collection.facts

    @property
    def sources(self) -> pd.DataFrame:
        """The publications, one a row, with the columns of sources.csv; days are datetime64[s], NaT where none is said."""
        return self.collection.sources.copy(deep=False)

    @property
    def claims(self) -> pd.DataFrame:
        """What sources said, one claim a row, with the columns of claims.csv; numbers are NaN where none is said."""
        return self.collection.claims.copy(deep=False)

    @property
    def actors(self) -> pd.DataFrame:
        """Who moves, one a row, with the columns of actors.csv."""
        return self.collection.actors.copy(deep=False)

    @property
    def events(self) -> pd.DataFrame:
        """The events that have claims, by event_id: `layer`, and what their claims say of them (`layers.frames.COLUMNS`)."""
        layers = self._layers.items()
        told = [pd.DataFrame(layer.drop(columns=list(DRAWN))).assign(layer=name) for name, layer in layers]
        return pd.concat(told)

    @property
    def layers(self) -> dict[str, gpd.GeoDataFrame]:
        """The layers by name, EPSG:4326, one event a row by event_id, with the columns of `layers.frames.COLUMNS`."""
        return {name: layer.copy(deep=False) for name, layer in self._layers.items()}

    @cached_property
    def _layers(self) -> dict[str, gpd.GeoDataFrame]:
        return layers_of(self.collection, self.gazetteer)

    def on(
        self, day: str | dt.date, mode: str = Mode.DAY, window: int = WINDOW_DAYS
    ) -> dict[str, gpd.GeoDataFrame]:
        """Give the layers of a day: the events that the map shows, and those without a place that it lists beside it.

        Args:
            day: Of the collection's days, as 2024-12-07.
            mode: "day", "window" or "sofar" (`claims.clock` has the rule).
            window: The days of the window, from 1 to 366.

        Returns:
            As `layers`, with a column `strength`: over 0 (one of many possible days) to 1 (surely shown).

        Raises:
            BordermapError: The day is none or not the collection's, or there is no such mode or window.
        """
        shown = self._day(day)
        chosen = Mode(one_of("mode", mode, Mode))
        if not (type(window) is int and 1 <= window <= LONGEST_WINDOW):
            raise BordermapError(
                f"window={window!r} is not a number of days; give one from 1 to {LONGEST_WINDOW}"
            )
        at, opens = map(int, days_of(pd.Series([shown, self.facts.first_day], dtype="datetime64[s]")))
        found = {}
        for name, layer in self._layers.items():
            start, end = days_of(layer["date_start"]), days_of(layer["date_end"])
            kinds = layer["date_kind"].to_numpy(dtype=object)
            strengths = strength(start, end, kinds, at, chosen, window, opens)
            found[name] = layer.assign(strength=strengths)[strengths > 0]
        return found

    def known(self, day: str | dt.date) -> Border:
        """Give the collection as it was known on a day: with the claims reported by then, and no story.

        Raises:
            BordermapError: The day is none.
        """
        return dataclasses.replace(self, collection=known_by(self.collection, read_day(day)))

    def shown(
        self,
        day: str | dt.date | None = None,
        *,
        first: str | dt.date | None = None,
        last: str | dt.date | None = None,
        sources: int = 1,
        **lists: str | Iterable[str],
    ) -> Border:
        """Give a part of the collection: the events that pass all that is asked for, and their claims.

        Args:
            day: Only what is told of this day; the same as it as first and last.
            first: Only what is told of from this day on; what has no day goes.
            last: Likewise to this day.
            sources: With at least so many independent sources.
            **lists: Words that events have one of: layers, kinds, status, certainty, disputed, actors or sides, as the
                filters of the page and of `bordermap export`. Claims of no event go.

        Raises:
            BordermapError: A day is none or not the collection's, or there is no such list or word.
        """
        if day is not None and (first is not None or last is not None):
            raise BordermapError("day goes without first and last")
        chosen = read_shown(self.collection, lists, sources)
        collection = self.collection
        if any(one is not None for one in (day, first, last)):
            begins, ends = (
                self._day(day or edge or end)
                for edge, end in ((first, self.facts.first_day), (last, self.facts.last_day))
            )
            if begins > ends:
                raise BordermapError(f"{begins} is after {ends}")
            collection, _ = within_days(collection, self.gazetteer, begins, ends)
        told = chosen.told()
        if told:
            collection = cut_to(collection, self.gazetteer, chosen)
        return Border(collection, self.gazetteer, "; ".join(filter(None, (self.filters, told))))

    def map(self, day: str | dt.date | None = None, height: int = HEIGHT) -> Map:
        """Give the map, which shows where a cell of a notebook ends with it.

        Args:
            day: On which it opens; by default the collection's opening day.
            height: In pixels.

        Raises:
            BordermapError: The day is none or not the collection's, the height is none, or the view cannot be drawn.
        """
        if not (type(height) is int and 1 <= height <= TALLEST):
            raise BordermapError(f"height={height!r} is not a height in pixels; give one from 1 to {TALLEST}")
        collection = self.collection
        opening = self.facts.opening_day if day is None else self._day(day)
        opened = dataclasses.replace(collection, facts=dataclasses.replace(self.facts, opening_day=opening))
        return Map(build_page(opened, self.gazetteer), self.facts.title, opening, height)

    def export(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,  # noqa: A002 - as pandas and GDAL call it
        *,
        rows: str = Rows.EVENTS,
        formula_safe: bool = False,
        whole: bool = False,
    ) -> None:
        """Write a file, whole or not at all.

        Args:
            path: Where.
            format: "html", the map, or one of `layers.exports.formats.FORMATS`; by default as the path ends.
            rows: "events" or "claims": what a row of a table is.
            formula_safe: Mark cells that a spreadsheet would take for a formula as text.
            whole: Write every table and file of the collection, so that it can be read again.

        Raises:
            BordermapError: The format is unknown or does not take what is asked for, or the file cannot be written.
        """
        out = Path(path)
        chosen = _format_of(out) if format is None else one_of("format", format, (PAGE, *FORMATS))
        row = Rows(one_of("rows", rows, Rows))
        given = {
            "rows": "rows='claims'" if row is Rows.CLAIMS else "",
            "cells": "formula_safe=True" if formula_safe else "",
            "whole": "whole=True" if whole else "",
        }
        if why := misuse(chosen, {choice: written for choice, written in given.items() if written}):
            raise BordermapError(why)
        if chosen == PAGE:
            self.map().save(out)
        else:
            export = Export(self.collection, self.gazetteer, row, formula_safe, self.filters, whole)
            write(chosen, export, out)

    def _day(self, day: str | dt.date) -> dt.date:
        read = read_day(day)
        first, last = self.facts.first_day, self.facts.last_day
        if not first <= read <= last:
            raise BordermapError(
                f"{read} is outside the collection's days, {first} to {last}; ask for one of them"
            )
        return read


def open_collection(
    collection: str | os.PathLike[str], *, public: bool = False, as_of: str | dt.date | None = None
) -> Border:
    """Open a collection.

    Args:
        collection: The name of one that is shipped, a folder, or store: with the name of one of the store.
        public: Whether its published edition is meant (docs/publishing.md).
        as_of: The day on which that is published; by default today.

    Raises:
        BordermapError: There is none, or it has faults; all of them are told.
    """
    read, gazetteer = named(str(collection)).read()
    if public:
        day = today_in(read.facts.timezone) if as_of is None else read_day(as_of)
        read, gazetteer = published(read, gazetteer, day)
    elif as_of is not None:
        raise BordermapError("as_of goes with public=True")
    return Border(read, gazetteer)


def _format_of(path: Path) -> str:
    """Give the first format whose files end so."""
    endings = {f".{PAGE}": PAGE}
    for name, kind in FORMATS.items():
        endings.setdefault(kind.suffix, name)
    ending = path.suffix.lower()
    if ending not in endings:
        raise BordermapError(
            f"{str(path)!r} ends like no format; end it in one of {', '.join(endings)}, or give format"
        )
    return endings[ending]
