"""Write collection.toml of what a collection says of itself."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from claims.facts import OPTIONAL
from claims.model import Publication
from claims.publication.section import HEAD

if TYPE_CHECKING:
    from claims.model import Facts

__all__ = ["facts_text", "written"]


def facts_text(facts: Facts) -> str:
    """Give a text that `claims.facts.read_facts` reads as the same facts."""
    said = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    kept = {key: value for key, value in said.items() if value or key not in OPTIONAL}
    section = _section_text(kept.pop(HEAD, None))
    return "".join(f"{key} = {written(value)}\n" for key, value in kept.items()) + section


def _section_text(publication: Publication | None) -> str:
    """Write the section, which comes last: all keys after its head are its own."""
    if publication is None:
        return ""
    said: dict[str, Any] = {
        "withheld": list(publication.withheld),
        "sources": list(publication.sources),
        "coarsen_km": publication.coarsen_km,
        "coarsen_known": known
        if (known := publication.coarsen_known) != Publication().coarsen_known
        else None,
        "coarsen_names": "kept" if publication.names_kept else None,
        "delay_days": publication.delay_days,
    }
    if publication.coarsen_places is not None:
        said["coarsen_places"] = list(publication.coarsen_places)
    # An empty list of places means none, and 0 known places that no circle is widened: neither is as if it were not said.
    always = {"coarsen_places", "coarsen_known"}
    kept = [(key, value) for key, value in said.items() if value or (key in always and value is not None)]
    return "".join([f"\n[{HEAD}]\n", *(f"{key} = {written(value)}\n" for key, value in kept)])


def written(value: Any) -> str:
    """Write a value of TOML; its strings are JSON's but for the delete character, which it refuses."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inside = ", ".join(f"{json.dumps(key)} = {written(cell)}" for key, cell in value.items())
        return f"{{{inside}}}"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
