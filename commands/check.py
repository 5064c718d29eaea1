"""`bordermap check`: whether a collection, the store or a built folder is whole, and what to do where it is not."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from claims.manifests import is_built
from claims.named import IN_STORE
from claims.shipped import shipped
from claims.userdata import has_store
from geo.errors import BordermapError
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from claims.examined import Finding

__all__ = ["add"]

_STORE: Final = "store"


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    check = commands.add_parser(
        "check",
        help="verify a collection, the store or a built folder",
        description="Look at every table, text and file of a collection, of the store or of a built folder, and say of each "
        "fault what to do. Nothing is written, so that what may only be read can be checked too.",
        epilog="A line begins with ok (what was verified), note (worth knowing) or fault; it ends with 1 where there is a fault.",
    )
    check.add_argument(
        "what",
        nargs="?",
        metavar="NAME|FOLDER|store|store:NAME",
        help="a shipped collection, a collection's or a built folder, the store, or one of its collections "
        "(default: the shipped collections, and the store if there is one)",
    )
    check.add_argument("--json", action="store_true", help="print JSON: a list of level, what and told")
    check.set_defaults(run=_run)


def _run(choices: argparse.Namespace) -> None:
    found = []
    for finding in _found(choices.what):
        found.append(finding)
        if not choices.json:
            print(plainly(str(finding)), flush=True)
    if choices.json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=True, indent=1))
    faults = sum(finding.level == "fault" for finding in found)
    if faults:
        raise BordermapError(f"{faults} fault{'s were' if faults > 1 else ' was'} found")


def _found(word: str | None) -> Iterator[Finding]:
    # What reads tables and databases is loaded by the commands that do: serve is up the sooner.
    from claims.store.examined import examine_store  # noqa: PLC0415 - as told above

    if word is None:
        for folder in shipped().values():
            yield from _folder(folder)
        if has_store():
            yield from examine_store()
    elif word == _STORE or word.startswith(IN_STORE):
        yield from examine_store(word.removeprefix(_STORE).removeprefix(":"))
    else:
        folder = shipped().get(word, Path(word))
        if not folder.is_dir():
            known = ", ".join(shipped())
            raise BordermapError(
                f"{word!r} is neither a shipped collection ({known}) nor a folder, nor store or store: with a name; name one "
                "of them"
            )
        yield from _folder(folder.resolve())


def _folder(folder: Path) -> Iterator[Finding]:
    if is_built(folder):
        from layers.built.examined import examine_built  # noqa: PLC0415 - as in _found

        yield from examine_built(folder)
        return
    from claims.examined import examine_folder  # noqa: PLC0415 - as in _found
    from layers.built.examined import built_without_manifest  # noqa: PLC0415 - likewise

    if told := built_without_manifest(folder):
        yield told
        return
    yield from examine_folder(folder)
