"""What the commands that take in rows of other data sets let the user say of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from commands.choices import countries, day

if TYPE_CHECKING:
    import argparse
    from collections import Counter

    from claims.imports.converting import Asked

__all__ = ["add_what_it_is", "asked_of", "passed_over"]

_KINDS: Final = 8
"""Of rows that are passed over so many kinds are named."""


def add_what_it_is(command: argparse.ArgumentParser) -> None:
    """Let the user say what the rows are and what their columns are."""
    command.add_argument(
        "--from",
        dest="scheme",
        choices=["table", "acled", "ucdp", "flow"],
        help="whose columns it has (default: what they look like)",
    )
    command.add_argument(
        "--map", action="append", default=[], metavar="THEIRS=OURS", help="what one of its columns is"
    )
    command.add_argument(
        "--set", action="append", default=[], metavar="OURS=WORD", help="what holds for every row"
    )
    command.add_argument(
        "--value", action="append", default=[], metavar="OURS:THEIR WORD=OUR WORD", help="what a word means"
    )
    command.add_argument(
        "--none", action="append", default=[], metavar="WORD", help="a word that stands in cells for no value"
    )
    command.add_argument(
        "--dates", choices=["dmy", "mdy", "ymd"], help="the order of days in figures that are not ISO"
    )
    command.add_argument("--decimal", choices=[".", ","], default="", help="what parts decimals")
    command.add_argument("--published", type=day, metavar="DAY", help="when the data set came out")
    command.add_argument("--outlet", default="", metavar="NAME", help="who published it")
    command.add_argument("--title", default="", help="the publication's title")
    command.add_argument("--url", default="", help="its web address")
    command.add_argument(
        "--dataset", default="", metavar="NAME", help="what its rows are counted to, and their ids begin with"
    )
    command.add_argument(
        "--home", default="", metavar="CODE", help="the country from which in and out are seen"
    )
    command.add_argument(
        "--countries", type=countries, default=(), metavar="CODES", help="those that the file is about"
    )
    command.add_argument(
        "--context", action="store_true", help="take rows too that are no movement, posture or change"
    )


def asked_of(choices: argparse.Namespace, name: str, header: int = 0) -> Asked:
    """Gather what the user says of a file, which faults call by a name; its columns are named on line `header`, on its first by 0."""
    from claims.imports.converting import Asked, DateOrder, Scheme  # noqa: PLC0415 - serve is up the sooner
    from claims.imports.tables.saidmapping import mapping_of  # noqa: PLC0415 - likewise

    asked = Asked(
        name=name,
        scheme=Scheme(choices.scheme) if choices.scheme else None,
        dataset=choices.dataset,
        none=tuple(choices.none),
        header=header,
        dates=DateOrder(choices.dates) if choices.dates else None,
        decimal=choices.decimal,
        published=choices.published,
        context=choices.context,
        countries=choices.countries,
        home=choices.home,
        outlet=choices.outlet,
        title=choices.title,
        url=choices.url,
    )
    return mapping_of(choices.map, choices.set, choices.value).put_into(asked)


def passed_over(passed: Counter[str], *, context: bool) -> str:
    """Say how many rows were passed over by choice, and what they are; "" for none.

    Args:
        passed: How many, by what they are.
        context: Whether those that are context were asked for.
    """
    if not passed.total():
        return ""
    from claims.imports.making import AGAIN, OLDER  # noqa: PLC0415 - what reads tables is loaded by the commands that do

    most = passed.most_common(_KINDS)
    kinds = ", ".join(f"{what} {number:,}" for what, number in most)
    more = ", ..." if len(passed) > len(most) else ""
    hint = "" if context or {AGAIN, OLDER} >= set(passed) else "; --context takes those that are context"
    return f"{passed.total():,} passed over ({kinds}{more}{hint})"
