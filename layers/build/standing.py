"""What stands where the folder will be, and beside it: another's is left alone, and ours replaced when the new one is whole."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from claims.manifests import MANIFEST, read_manifest
from geo.errors import BordermapError
from layers.build.pieces import put_json, read_json
from layers.build.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "begin",
    "must_be_ours",
    "put_back",
    "put_in_place",
    "reaching",
    "standing",
    "take_away",
    "work_of",
]

FACTS: Final = "collection.toml"

_TRIES: Final = 3


def work_of(out: Path, parts: int, plan: str) -> Work:
    """Give where the build of a folder is under way: beside it, under a hidden name.

    Args:
        out: The folder.
        parts: As of `Work`.
        plan: The digest of the plan.
    """
    return Work(out.parent / f".{out.name}.building", parts, plan[:16])


def standing(out: Path) -> dict[str, Any] | None:
    """Give the manifest of the built folder that stands there; None where nothing does, or not all of it.

    Raises:
        BordermapError: Something else stands there, or beside what was built.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in str(out)):
        raise BordermapError(f"{str(out)!r} is no text in UTF-8, which its files need; name another place")
    if not out.parent.is_dir():
        raise BordermapError(f"{str(out.parent)!r} is no folder; make it first")
    if out.exists() and not out.is_dir():
        raise BordermapError(f"{str(out)!r} is a file; name a folder that is not there")
    if not out.is_dir() or not any(out.iterdir()):
        return None
    manifest = read_manifest(out)
    if manifest is None:
        raise BordermapError(
            f"{str(out)!r} holds something that bordermap did not build; name a folder that is not there"
        )
    sizes = {MANIFEST: (out / MANIFEST).stat().st_size}
    sizes |= {name: told["bytes"] for name, told in manifest["files"].items()}
    found = {
        path.relative_to(out).as_posix(): path.lstat().st_size
        for path in out.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    if more := sorted(found.keys() - sizes.keys()):
        raise BordermapError(
            f"{str(out)!r} holds {more[0]!r}, which bordermap did not build; take it away, or name a folder that is not there"
        )
    _must_be_as_built(out / FACTS, manifest)
    return manifest if found == sizes else None


def _must_be_as_built(facts: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse to replace what somebody has written into collection.toml."""
    told = manifest["files"].get(facts.name)
    if told and facts.is_file() and hashlib.sha256(facts.read_bytes()).hexdigest() != told["sha256"]:
        raise BordermapError(
            f"{str(facts)!r} was changed since it was built, which would be lost; say it by --called, --citation and --licence, "
            "take it away and build again, or name a folder that is not there"
        )


@contextmanager
def reaching(out: Path) -> Iterator[None]:
    """Tell in one sentence what the system refuses of the folder or of what is beside it."""
    try:
        yield
    except OSError as error:
        raise BordermapError(
            f"{str(out)!r} cannot be built there ({error.strerror or error}); name another place, or let this be one that you "
            "may read and write"
        ) from error


def begin(work: Work, digest: str, tell: Callable[[str], None]) -> None:
    """Go on with what was begun of the same plan, or begin anew.

    Raises:
        BordermapError: Nothing can be written here.
    """
    if work.folder.exists():
        begun = read_json(work.begun)
        if begun is not None and begun["plan"] == digest and work.aside.is_dir():
            tell("going on with what was done before")
            return
        take_away(work)
    try:
        work.aside.mkdir(parents=True)
    except OSError as error:
        raise BordermapError(
            f"{str(work.folder)!r} cannot be made ({error.strerror}); make room there, or name another place"
        ) from error
    put_json(work.begun, {"plan": digest}, work.aside)


def must_be_ours(work: Work) -> None:
    """Refuse what no build has left beside the folder, and what leads elsewhere: nothing is moved or taken away through a link.

    Raises:
        BordermapError: Something else is in the way.
    """
    if not work.folder.exists() and not work.folder.is_symlink():
        return
    is_folder = work.folder.is_dir() and not work.folder.is_symlink()
    if not is_folder or any(
        path.is_symlink() or not work.is_ours(path.name) for path in work.folder.iterdir()
    ):
        raise BordermapError(f"{str(work.folder)!r} is in the way of what is built beside it; take it away")


def put_in_place(work: Work, out: Path) -> None:
    """Put the folder in its place, and take away what was needed on the way.

    Raises:
        BordermapError: It cannot be put there; what stood there stands there still.
    """
    try:
        if out.is_dir():
            out.rename(work.old)
        work.out.rename(out)
    except OSError as error:
        put_back(work, out)
        raise BordermapError(
            f"{str(out)!r} cannot be put in place ({error.strerror}); mend that and run the same again: what is done is kept"
        ) from error
    take_away(work)


def put_back(work: Work, out: Path) -> None:
    """Put what stood there in its place again, where a build was stopped just before it had put another there."""
    if work.old.is_dir() and not out.exists():
        with suppress(OSError):
            work.old.rename(out)


def take_away(work: Work) -> None:
    """Take away what is beside the folder.

    A worker that was thought lost may still be at work: it finds no place to write to, and so leaves nothing behind.
    """
    if not work.folder.is_dir():
        return
    # First of all: what is half taken away is not gone on with.
    with suppress(OSError):
        work.begun.unlink()
    for aside in work.folder.glob("aside-*"):
        with suppress(OSError):
            aside.rename(work.folder / f"gone-{aside.name}")
    for _ in range(_TRIES):
        shutil.rmtree(work.folder, ignore_errors=True)
        if not work.folder.exists():
            return
    raise BordermapError(f"{str(work.folder)!r} cannot be taken away; take it away by hand")
