"""`bordermap read`: the claims that reports propose."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.named import named
from commands.choices import add_collection, countries, day, tell
from geo.errors import Fault, FaultsError
from geo.files.wholefiles import put_whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from claims.articles.proposals import Proposal
    from claims.articles.propose import Reader

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    read = commands.add_parser(
        "read",
        help="propose the claims of reports",
        description="Read reports in English or Arabic, plain text or HTML, and propose the claims in them: what is "
        "said to happen, how it is put, who, where, when, how many, each with its words and why it is proposed. "
        "Nothing is stored; a person decides.",
        epilog="Formats: table, for the eye; jsonl, one proposal a line, places with their position; csv, in the "
        "columns of claims.csv. Proposals of habit and history are marked as background and carry no day.",
    )
    read.add_argument(
        "articles", nargs="+", metavar="ARTICLE", help="a file of text or HTML; or - for standard input"
    )
    read.add_argument(
        "--published",
        type=day,
        metavar="DAY",
        help="the day of publication, by which 'on Saturday' is understood; needed",
    )
    read.add_argument("--outlet", default="", metavar="NAME", help="who published it")
    read.add_argument(
        "--countries",
        type=countries,
        default=(),
        metavar="CODES",
        help="countries that it is about, as FR,BE",
    )
    read.add_argument(
        "--format",
        choices=("table", "jsonl", "csv"),
        default="table",
        help="how to write (default: %(default)s)",
    )
    read.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="file to write (default: standard output)"
    )
    add_collection(read)
    read.set_defaults(run=_run, parser=read)


def _run(choices: argparse.Namespace) -> None:
    if choices.published is None:
        choices.parser.error(
            "when was it published? give --published DAY, as --published 2024-12-07; days in the text rest on it"
        )
    if choices.articles.count("-") > 1:
        choices.parser.error("give - once: standard input is one article")
    texts = _texts(choices.articles)
    reader = _reader(choices.collection)
    read = [
        (
            name,
            reader.read(
                text, language, choices.published, outlet=choices.outlet, countries=choices.countries
            ),
        )
        for name, text, language in texts
    ]
    written = _written(choices.format, read)
    if choices.output is None:
        print(written, end="")
        return
    put_whole(choices.output, written)
    tell(f"wrote {choices.output}: {sum(len(proposals) for _, proposals in read)} proposals")


def _texts(articles: Sequence[str]) -> list[tuple[str, str, str]]:
    """Give each article's name, text and language; all faults at once."""
    from claims.articles.text import decoded, language_of, plain_text  # noqa: PLC0415 - other commands need none of it

    found: list[tuple[str, str, str]] = []
    faults: list[Fault] = []
    for article in articles:
        name = "standard input" if article == "-" else Path(article).name
        try:
            text = plain_text(decoded(_bytes(article), name), name)
            found.append((name, text, language_of(text, name)))
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise FaultsError(faults)
    return found


def _bytes(article: str) -> bytes:
    """Read an article, no more of it than shows that it is too large."""
    from claims.articles.text import LARGEST  # noqa: PLC0415

    if article == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with Path(article).open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FaultsError(
            [Fault(article, None, None, None, f"cannot be read ({why})", "name a file")]
        ) from None


def _reader(collection: str | None) -> Reader:
    from claims.articles.propose import Reader  # noqa: PLC0415
    from geo.gazetteer import Gazetteer  # noqa: PLC0415
    from geo.geocode import Offline  # noqa: PLC0415
    from geo.world import world  # noqa: PLC0415

    if collection is None:
        gazetteer = Gazetteer.read()
        return Reader(gazetteer, world(), Offline(gazetteer))
    known, gazetteer = named(collection).read()
    actors = known.actors.fillna("").to_dict("records")
    return Reader(gazetteer, world(), Offline(gazetteer), actors)


def _written(form: str, read: Sequence[tuple[str, Sequence[Proposal]]]) -> str:
    from claims.articles.written import csv_text, jsonl_text, table_text  # noqa: PLC0415

    return {"table": table_text, "jsonl": jsonl_text, "csv": csv_text}[form](read)
