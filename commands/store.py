"""`bordermap store`: the collections that are kept with all that was decided on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.named import IN_STORE, kept_store, stored, the_store
from commands.choices import add_by, tell
from geo.unseen import plainly

if TYPE_CHECKING:
    import argparse

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to the parser's commands."""
    store = commands.add_parser(
        "store",
        help="list, take in and give out the collections of the store",
        description="The store keeps collections, the texts of their sources, and every decision on them with who made "
        "it and when. Wherever a collection is named, store:NAME names one of it.",
        epilog="The store is store.sqlite in bordermap's folder of your data (XDG_DATA_HOME), or what "
        "BORDERMAP_DATABASE_URL names, as postgresql://user@host/database; that needs the extra 'postgresql'.",
    )
    verbs = store.add_subparsers(title="what to do", required=True, metavar="VERB")
    listed = verbs.add_parser(
        "list", help="list the collections", description="List the store's collections."
    )
    listed.set_defaults(run=_list)
    taken = verbs.add_parser(
        "import",
        help="take in a collection's folder",
        description="Take in a collection's folder, with all of its files; with faults, nothing is taken in.",
    )
    taken.add_argument("folder", type=Path, metavar="FOLDER", help="the collection's folder")
    taken.add_argument(
        "--as", dest="name", metavar="NAME", help="its name in the store (default: the folder's)"
    )
    add_by(taken)
    taken.set_defaults(run=_import)
    given = verbs.add_parser(
        "export",
        help="write a collection as a folder",
        description="Write a collection as a folder, whole or not at all. The texts of its sources stay in the store.",
    )
    given.add_argument("name", metavar="NAME", help="its name in the store")
    given.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="folder to write")
    given.set_defaults(run=_export)


def _list(_choices: argparse.Namespace) -> None:
    for collection in stored():
        print(plainly(collection.name))


def _import(choices: argparse.Namespace) -> None:
    name = choices.name or choices.folder.resolve().name
    the_store().import_folder(choices.folder, name, choices.by)
    print(plainly(f"{IN_STORE}{name} is kept"))


def _export(choices: argparse.Namespace) -> None:
    kept_store().export_folder(choices.name.removeprefix(IN_STORE), choices.output)
    tell(f"wrote {choices.output}")
