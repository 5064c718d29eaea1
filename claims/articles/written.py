"""Proposals as lines of JSON, as CSV, and as a table to be read."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from claims.model import ROLES, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims.articles.proposals import Proposal

__all__ = ["COLUMNS", "csv_text", "jsonl_text", "table_text"]

COLUMNS: Final = (
    *(
        "article",
        "sentence",
        "claim_id",
        "statement_id",
        "kind",
        "status",
        "modality",
        "background",
        "actors",
        "actor_text",
        "speakers",
        "via",
        "root",
        "denies",
    ),
    *(f"{role}{suffix}" for role in ROLES if role != "route" for suffix in ("", "_id")),
    *("geo_precision", "date_start", "date_end", "date_kind", "date_text"),
    *("count_text", "count", "count_qualifier", "count_low", "count_high", "count_unit"),
    *("quote", "quote_start", "quote_end", "why"),
)
"""The columns of the CSV: those of claims.csv that a proposal fills, and whence and why it is proposed."""

_LONGEST: Final = 60  # characters of a quote in the table


def jsonl_text(read: Sequence[tuple[str, Sequence[Proposal]]]) -> str:
    """Write one proposal a line, its places with name and position.

    Args:
        read: Each article's name with its proposals.
    """
    return "".join(
        json.dumps(_flat(article, one) | _places(one) | {"kind": _kind(one)}, ensure_ascii=False) + "\n"
        for article, several in read
        for one in several
    )


def csv_text(read: Sequence[tuple[str, Sequence[Proposal]]]) -> str:
    """Write proposals as a table in the columns of claims.csv, with whence and why."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_flat(article, one) for article, several in read for one in several)
    return file.getvalue()


def table_text(read: Sequence[tuple[str, Sequence[Proposal]]]) -> str:
    """Write proposals for the eye: an article's name, then two lines each."""
    lines: list[str] = []
    for article, several in read:
        count = f"{len(several)} proposed claim{'' if len(several) == 1 else 's'}"
        lines.append(f"{article}: {count}")
        for one in several:
            lines += [f"  {_headline(one)}", f"      {_shortened(one.quote)}  [{one.why}]"]
    return "".join(f"{line}\n" for line in lines)


def _headline(one: Proposal) -> str:
    ends = [f"{role} {end.place.name}" for role, end in one.ends.items()]
    days = " to ".join(sorted({str(day) for day in (one.days.low, one.days.high) if day}))
    count = f"{one.count.text} ({one.count.unit})" if one.count else ""
    background = "background" if one.background else ""
    parts = (one.kind, one.status, background, days, one.actor_text, count, *ends)
    return " | ".join(filter(None, map(str, parts)))


def _shortened(quote: str) -> str:
    flat = " ".join(quote.split())
    return f"“{flat}”" if len(flat) <= _LONGEST else f"“{flat[:_LONGEST]}…”"


def _flat(article: str, one: Proposal) -> dict[str, Any]:
    return (
        {"article": article, "sentence": one.sentence, "background": one.background}
        | one.row()
        | {"why": one.why}
    )


def _kind(one: Proposal) -> str:
    """Give the kind as those who code reports by hand call it: a contact is "other" to them."""
    return "other" if one.kind == Kind.CONTACT else str(one.kind)


def _places(one: Proposal) -> dict[str, Any]:
    return {
        role: end
        and {
            "name": end.place.name,
            "as_written": end.mention.text,
            "place_id": end.place.place_id,
            "kind": str(end.place.kind),
            "country": end.place.country,
            "lon": end.place.lon,
            "lat": end.place.lat,
            "radius_km": end.place.radius_km,
        }
        for role in ROLES
        if role != "route"
        for end in (one.ends.get(role),)
    }
