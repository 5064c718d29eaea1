"""What a model is told and the form in which it is to answer, from data/model/instructions.toml and the words of claims."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.articles.lexicon import lexicon
from claims.model import CLAIMS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from claims.model import Column

__all__ = ["ASKED", "BACKGROUND", "INSTRUCTIONS", "REASON", "messages", "response_format"]

INSTRUCTIONS: Final = Path(__file__).parents[3] / "data" / "model" / "instructions.toml"

BACKGROUND: Final = "background"
REASON: Final = "reason"
"""What a proposal has beside the columns of claims.csv."""

_NAMES: Final = (
    *("kind", "status", "modality", "actor_text", "speakers", "via"),
    *("origin", "crossing", "destination", "place"),
    *("date_start", "date_end", "date_kind", "date_text"),
    *("count_text", "count", "count_qualifier", "count_low", "count_high", "count_unit", "quote"),
)

ASKED: Final[tuple[Column, ...]] = tuple(column for column in CLAIMS if column.name in _NAMES)
"""The columns of claims.csv that a model is asked for."""


def messages(text: str, language: str, published: dt.date, outlet: str) -> list[dict[str, str]]:
    """Give what is sent: the instructions, and the text by itself.

    Args:
        text: A part of the report.
        language: Its language's code.
        published: The day it was published.
        outlet: By whom; "" where that is not known.
    """
    told = _instructions()
    system = told["system"].format(
        published=published.isoformat(),
        weekday=f"{published:%A}",
        outlet=outlet or "an outlet that is not named",
        language=lexicon(language).name,
        words="\n".join(
            f"{name}: " + "; ".join(f"{word} ({meaning})" for word, meaning in meanings.items())
            for name, meanings in told["words"].items()
        ),
        fields="\n".join(f"- {name}: {meaning}" for name, meaning in told["fields"].items()),
    )
    return [{"role": "system", "content": system.strip()}, {"role": "user", "content": text}]


@cache
def response_format() -> Mapping[str, Any]:
    """Give the form of an answer as a JSON schema, each column with the words that its cells may hold."""
    fields = {column.name: _schema(column) for column in ASKED}
    fields |= {BACKGROUND: {"type": "boolean"}, REASON: {"type": "string"}}
    proposal = _object(fields)
    answer = _object({"proposals": {"type": "array", "items": proposal}})
    return {"type": "json_schema", "json_schema": {"name": "proposals", "strict": True, "schema": answer}}


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(fields),
        "additionalProperties": False,
    }


def _schema(column: Column) -> dict[str, Any]:
    """Give the schema of a column's cells; what may be empty may be null."""
    kind = "number" if column.cell == "number" else "string"
    said: dict[str, Any] = {"type": kind if column.required else [kind, "null"]}
    if isinstance(column.cell, type):
        said["enum"] = [*column.cell, *([] if column.required else [None])]
    return said


@cache
def _instructions() -> Mapping[str, Any]:
    return tomllib.loads(INSTRUCTIONS.read_text("utf-8"))
