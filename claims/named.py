"""A collection by the word that it is asked for: one that is shipped, a folder, or one of the store."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.manifests import is_built, read_manifest
from claims.shipped import shipped
from claims.userdata import has_store
from geo.errors import BordermapError

if TYPE_CHECKING:
    from claims.model import Collection
    from claims.store import Store
    from geo.gazetteer import Gazetteer

__all__ = ["IN_STORE", "InFolder", "InStore", "kept_store", "named", "showable", "stored", "the_store"]

IN_STORE: Final = "store:"
"""How the word for one of the store's begins."""


@dataclass(frozen=True, slots=True)
class InFolder:
    """A collection in a folder."""

    folder: Path

    @property
    def word(self) -> str:
        """By which it is asked for again."""
        return str(self.folder)

    @property
    def is_built(self) -> bool:
        """Whether it is a built folder, which is shown and exported without being read."""
        return is_built(self.folder)

    @property
    def name(self) -> str:
        """By which it is called."""
        return self.folder.name

    def read(self) -> tuple[Collection, Gazetteer]:
        """Read it with its places; raises as `read_with_places` does, and BordermapError for a built folder."""
        if self.is_built:
            raise BordermapError(
                f"{str(self.folder)!r} is a built folder, which is too large to be read as a collection; "
                "bordermap serve shows it and bordermap export writes of it, for all else name what it was built of"
            )
        # What reads tables is loaded when some are read: serve is up the sooner.
        from claims.tables import read_with_places  # noqa: PLC0415 - as told above

        return read_with_places(self.folder)

    def facts(self) -> str:
        """Give its collection.toml as written; "" where that cannot be read."""
        try:
            return (self.folder / "collection.toml").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def stamp(self) -> tuple[object, ...]:
        """Give what tells one state of its files from another."""
        if not self.folder.is_dir():
            return ()
        files = ((file, file.stat()) for file in sorted(self.folder.iterdir()) if file.is_file())
        return tuple((file.name, stat.st_mtime_ns, stat.st_size) for file, stat in files)


@dataclass(frozen=True, slots=True)
class InStore:
    """A collection of the store."""

    name: str

    @property
    def word(self) -> str:
        """By which it is asked for again."""
        return f"{IN_STORE}{self.name}"

    def read(self) -> tuple[Collection, Gazetteer]:
        """Read it with its places; raises as `Store.read_with_places` does."""
        return the_store().read_with_places(self.name)

    def facts(self) -> str:
        """Give its collection.toml as written."""
        return the_store().facts(self.name)

    def stamp(self) -> tuple[object, ...]:
        """Give what tells one state of it from another."""
        return (the_store().stamp(self.name),)


def named(word: str) -> InFolder | InStore:
    """Give the collection that a word asks for.

    Raises:
        BordermapError: It is none, or the store cannot be opened.
    """
    if word.startswith(IN_STORE):
        name = word.removeprefix(IN_STORE)
        names = [one.name for one in stored()]
        if name not in names:
            known = f"it has {', '.join(names)}" if names else "it has none yet"
            if not name:
                raise BordermapError(
                    f"{word!r} is no collection's name; write it behind, as store:mine ({known})"
                )
            raise BordermapError(f"the store has no collection {name!r}; {known}")
        return InStore(name)
    if word in shipped():
        return InFolder(shipped()[word])
    if _is_folder(word):
        return InFolder(Path(word).resolve())
    known = ", ".join(shipped())
    raise BordermapError(
        f"{word!r} is neither a shipped collection ({known}) nor a folder, nor store: with a name; name one of them"
    )


def showable(word: str, *, public: bool) -> InFolder | InStore:
    """Give the collection that a word asks for, if it is one that a dashboard can show, as far as is told without reading it.

    Args:
        word: As for `named`.
        public: Whether it is to be shown as it is published.

    Raises:
        BordermapError: It is none, the store cannot be opened, or a built folder holds all where editions are shown.
    """
    one = named(word)
    if isinstance(one, InStore):
        return one
    if not one.is_built and not (one.folder / "collection.toml").is_file():
        raise BordermapError(f"{word!r} is a folder without collection.toml; name the folder of a collection")
    if public and one.is_built and (read_manifest(one.folder) or {}).get("edition") is None:
        raise BordermapError(
            f"{word!r} is a built folder that is no published edition; build it anew with bordermap build --public"
        )
    return one


def _is_folder(word: str) -> bool:
    try:
        return Path(word).is_dir()
    except OSError as error:
        raise BordermapError(
            f"{word!r} cannot be looked at ({error.strerror}); name a shipped collection, or a folder that you may read"
        ) from None


def stored() -> list[InStore]:
    """Give the collections of the store; none, and no store made, where there is no store yet.

    Raises:
        BordermapError: It cannot be opened.
    """
    return [InStore(name) for name in the_store().names()] if has_store() else []


def the_store() -> Store:
    """Open the store that the environment names, once for as long as it names the same.

    Raises:
        BordermapError: It cannot be opened.
    """
    # What speaks to a database is loaded when one is asked for.
    from claims.store.address import address_of  # noqa: PLC0415 - as told above

    return _opened(address_of().render_as_string(hide_password=False))


def kept_store() -> Store:
    """Open the store that the environment names, as `the_store`, but make none.

    Raises:
        BordermapError: There is none, or it cannot be opened.
    """
    from claims.store.address import address_of  # noqa: PLC0415 - as in the_store
    from claims.store.upgrade import must_be_there  # noqa: PLC0415 - likewise

    must_be_there(address_of())
    return the_store()


@cache
def _opened(url: str) -> Store:
    from claims.store import open_store  # noqa: PLC0415 - as in the_store

    return open_store(url)
