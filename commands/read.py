"""`bordermap read`: the claims that reports propose."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.named import named
from commands.choices import add_collection, countries, day, tell
from geo.errors import Fault, FaultsError
from geo.files.wholefiles import put_whole
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from claims.articles.asked.endpoint import Endpoint
    from claims.articles.proposals import Proposal
    from geo.gazetteer import Gazetteer
    from geo.geocode import Offline
    from geo.world import World

    Reading = Callable[[str, str, str], Sequence[Proposal]]

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
        "columns of claims.csv. Proposals of habit and history are marked as background and carry no day. "
        "With --model nothing is proposed by rules: the text goes, in parts, to the service that BORDERMAP_MODEL_URL "
        "names (its base address, as https://host/v1; any that speaks as OpenAI's chat completions do), for the model "
        "BORDERMAP_MODEL, with the key BORDERMAP_MODEL_KEY, which may be empty. Plain http is refused but to this "
        "machine, unless BORDERMAP_MODEL_PLAIN_HTTP is yes. Each quote must stand in the text, and each proposal pass "
        "the checks of claims.csv; what does not is refused and listed on standard error.",
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
        "--model",
        action="store_true",
        help="ask a model that you have instead of the rules; sends it the text (see below)",
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
    endpoint = _endpoint(choices)
    texts = _texts(choices.articles)
    reading = _by_model(choices, endpoint) if endpoint else _by_rules(choices)
    read = [(name, reading(name, text, language)) for name, text, language in texts]
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
    from claims.articles.text import LARGEST  # noqa: PLC0415 - loaded by the commands that need it

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


def _endpoint(choices: argparse.Namespace) -> Endpoint | None:
    """Give the model that is to be asked; None where the rules are."""
    if not choices.model:
        return None
    from claims.articles.asked.endpoint import MODEL, URL, endpoint_of  # noqa: PLC0415 - rules need none of it

    endpoint = endpoint_of(os.environ)
    if endpoint is None:
        choices.parser.error(f"--model needs a service: set {URL}, as https://host/v1, and {MODEL}")
    return endpoint


def _by_rules(choices: argparse.Namespace) -> Reading:
    from claims.articles.reader import Reader  # noqa: PLC0415 - loaded by the commands that need it

    reader = Reader(*_known(choices.collection))

    def reading(_name: str, text: str, language: str) -> Sequence[Proposal]:
        return reader.read(
            text, language, choices.published, outlet=choices.outlet, countries=choices.countries
        )

    return reading


def _by_model(choices: argparse.Namespace, endpoint: Endpoint) -> Reading:
    from claims.articles.asked.asking import Asking  # noqa: PLC0415 - loaded by the commands that need it
    from claims.articles.asked.reader import ModelReader  # noqa: PLC0415 - loaded by the commands that need it

    asking = Asking(endpoint)
    reader = ModelReader(*_known(choices.collection))

    def reading(name: str, text: str, language: str) -> Sequence[Proposal]:
        made = reader.read(
            asking,
            text,
            language,
            choices.published,
            outlet=choices.outlet,
            countries=choices.countries,
            progress=lambda step: tell(f"{name}: {step}"),
        )
        for refusal in made.refusals:
            print(plainly(f"{name}: {refusal}"), file=sys.stderr)
        return made.proposals

    return reading


def _known(collection: str | None) -> tuple[Gazetteer, World, Offline, list[dict[str, str]]]:
    """Give the places and actors by which is read: those shipped, and a collection's."""
    from geo.gazetteer import shipped_gazetteer  # noqa: PLC0415 - loaded by the commands that need it
    from geo.geocode import Offline  # noqa: PLC0415 - loaded by the commands that need it
    from geo.world import world  # noqa: PLC0415 - loaded by the commands that need it

    if collection is None:
        gazetteer = shipped_gazetteer()
        return gazetteer, world(), Offline(gazetteer), []
    known, gazetteer = named(collection).read()
    actors = known.actors.fillna("").to_dict("records")
    return gazetteer, world(), Offline(gazetteer), actors


def _written(form: str, read: Sequence[tuple[str, Sequence[Proposal]]]) -> str:
    from claims.articles.written import csv_text, jsonl_text, table_text  # noqa: PLC0415 - loaded by the commands that need it

    if form == "table":
        return "".join(f"{plainly(line)}\n" for line in table_text(read).split("\n")[:-1])
    return {"jsonl": jsonl_text, "csv": csv_text}[form](read)
