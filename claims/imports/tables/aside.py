"""What a user says of a table beside the mapping of its columns, as it is remembered with that."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from claims.imports.converting import DateOrder
from geo.countries import country_codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.imports.converting import Asked

__all__ = ["Aside"]

_OPTIONS: Final[Mapping[str, str]] = {
    "dates": "--dates",
    "decimal": "--decimal",
    "outlet": "--outlet",
    "home": "--home",
    "countries": "--countries",
    "header": "--header",
}
"""By the names of `Asked`, the option of the command line that says it."""

_PARTINGS: Final = frozenset({"", ".", ","})


@dataclass(frozen=True, slots=True)
class Aside:
    """What holds for the next edition of a table too; its day, title and link are of one edition, and are asked anew.

    Attributes:
        said: By the names of `Asked`, as the command line writes it; what is not said is not there.
        none: The words that stand in cells for no value.
    """

    said: Mapping[str, str]
    none: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """Name all that is said, as `Asked` does."""
        return (*self.said, *(["none"] if self.none else []))

    @property
    def header(self) -> int:
        """Give the line that names the columns, where that was said; else 0."""
        return int(self.said.get("header", 0))

    @classmethod
    def of(cls, asked: Asked) -> Aside:
        """Give what is said of a file."""
        written = {
            "dates": str(asked.dates or ""),
            "decimal": asked.decimal,
            "outlet": asked.outlet,
            "home": asked.home,
            "countries": ",".join(asked.countries),
            "header": str(asked.header or ""),
        }
        return cls({name: word for name, word in written.items() if word}, asked.none)

    def to_json(self) -> dict[str, Any]:
        """Give it as a file of JSON holds it."""
        return {**self.said, **({"none": list(self.none)} if self.none else {})}

    @classmethod
    def from_json(cls, read: Any) -> Aside:
        """Take what a file of JSON holds of it.

        Raises:
            BordermapError: It names what is no code of a country.
            TypeError: It is no object of texts with a list of such.
            ValueError: It is another order of days, parts decimals by something else, or is no line.
        """
        if not isinstance(read, dict) or not isinstance(read.get("none", []), list):
            raise TypeError("no object of texts")
        none = tuple(read.get("none", []))
        texts = {name: word for name, word in read.items() if name != "none"}
        if not all(isinstance(word, str) for word in (*none, *texts.values())):
            raise TypeError("no object of texts")
        said = {name: word for name, word in texts.items() if name in _OPTIONS and word}
        if "dates" in said:
            DateOrder(said["dates"])
        if said.get("decimal", "") not in _PARTINGS:
            raise ValueError("no point and no comma")
        for name in {"home", "countries"} & set(said):
            country_codes(said[name])
        if int(said.get("header", 1)) < 1:
            raise ValueError("no line")
        return cls(said, none)

    def wanting(self, asked: Asked, *, outlet: bool) -> Aside:
        """Give of it what a user has not said now; the line that names the columns where it names those of this file.

        Args:
            asked: What the user says, and from which line the file is read.
            outlet: Whether the mapping says who published the rows.
        """
        now = {*Aside.of(asked).said, *(["outlet"] if outlet else [])} - {"header"}
        now |= set() if self.header == asked.header else {"header"}
        said = {name: word for name, word in self.said.items() if name not in now}
        return Aside(said, () if asked.none else self.none)

    def put_into(self, asked: Asked) -> Asked:
        """Give what a user says of a file with this."""
        said: dict[str, Any] = dict(self.said)
        if "dates" in said:
            said["dates"] = DateOrder(said["dates"])
        if "countries" in said:
            said["countries"] = country_codes(said["countries"])
        if "header" in said:
            said["header"] = self.header
        return replace(asked, none=self.none or asked.none, **said)

    def options(self) -> list[str]:
        """Give it as the options of the command line that say the same, each ready to be pasted into a shell."""
        said = [f"{_OPTIONS[name]} {shlex.quote(word)}" for name, word in self.said.items()]
        return [*said, *(f"--none {shlex.quote(word)}" for word in self.none)]
