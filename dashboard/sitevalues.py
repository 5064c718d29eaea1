"""The values of site.toml, each taken for what it should be, with the faults that are found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from claims.tomlfiles import as_written, line_of
from dashboard.site import is_loopback
from geo.errors import Fault

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MISSING", "Values", "shown"]

MISSING: Final = object()
"""What stands where nothing is said."""


@dataclass(frozen=True, slots=True)
class Values:
    """The reading of one site file; a key is said with its table, as `site.port`, and what is wrong is as if it were not said."""

    path: Path
    whole: str
    faults: list[Fault]

    def table(self, tables: Mapping[str, Any], name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
        """Give a table of which only these keys are known; an empty one where there is none."""
        held = tables.get(name, {})
        if not isinstance(held, Mapping):
            self.fault(name, shown(held), "is not a table", f"write [{name}] on a line of its own")
            return {}
        self.only(held, name, keys)
        return held

    def only(self, held: Mapping[str, Any], table: str, keys: tuple[str, ...]) -> None:
        """Note each key that is not one of these."""
        for key in held:
            if key not in keys:
                self.fault(f"{table}.{key}" if table else key, None, "is not known", f"use {', '.join(keys)}")

    def own(self, said: Mapping[str, Any], key: str) -> Any:
        """Give what a key holds, as it is; `MISSING` where it is not said."""
        return said.get(key.split(".")[1], MISSING)

    def text(self, said: Mapping[str, Any], key: str, default: str = "") -> str:
        """Give a text, without blanks around it."""
        held = self.own(said, key)
        if held is MISSING:
            return default
        if isinstance(held, str) and held.strip():
            return held.strip()
        self.no_text(key, held)
        return default

    def no_text(self, key: str, held: object, *, secret: bool = False) -> None:
        """Note that a key holds no text, or an empty one; what may be a secret is not told."""
        if isinstance(held, str):
            self.fault(key, None, "is empty", "write its text between the quotation marks")
        else:
            told = None if secret else shown(held)
            self.fault(key, told, "is no text", "write it between quotation marks")

    def texts(self, said: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
        """Give a list of texts; None where it is not said."""
        held = self.own(said, key)
        if held is MISSING:
            return None
        if isinstance(held, list) and all(isinstance(one, str) and one.strip() for one in held):
            return tuple(one.strip() for one in held)
        if isinstance(held, list) and held and all(isinstance(one, str) for one in held):
            self.fault(
                key, shown(held), "has an empty text", "write it between the quotation marks, or take it out"
            )
        else:
            self.fault(key, shown(held), "is not a list of texts", 'write it as ["one", "another"]')
        return None

    def flag(self, said: Mapping[str, Any], key: str, *, default: bool) -> bool:
        """Give a yes or no; what is neither is a no."""
        held = self.own(said, key)
        if held is MISSING:
            return default
        if not isinstance(held, bool):
            self.fault(key, shown(held), "is neither true nor false", "write true or false")
            return False  # the one that gives less
        return held

    def number(self, said: Mapping[str, Any], key: str, default: int, most: int) -> int:
        """Give a number from 1 to the most."""
        held = self.own(said, key)
        if held is MISSING:
            return default
        if isinstance(held, bool) or not isinstance(held, int) or not 1 <= held <= most:
            self.fault(key, shown(held), "is not a number that fits", f"write one from 1 to {most}")
            return default
        return held

    def url(self, said: Mapping[str, Any], key: str, *, path: bool = False) -> str:
        """Read a URL by which secrets and cookies go: it is https, but for this machine."""
        url = self.text(said, key)
        if not url:
            return ""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            parts, host = urlsplit(""), ""
        if not host or parts.scheme not in {"http", "https"} or parts.username or parts.fragment:
            told = None if parts.username else url  # with it may come a password
            self.fault(key, told, "is not a web address", 'write it as "https://map.example.org"')
            return url.rstrip("/")
        if parts.scheme == "http" and not is_loopback(host):
            self.fault(key, url, "is not encrypted, so that others read who signs in", "write one with https")
        if not path and (parts.path.strip("/") or parts.query):
            self.fault(key, url, "has a path", "give the dashboard a host's name of its own")
        return url.rstrip("/")

    def is_clean(self, key: str) -> bool:
        """Tell whether no fault of a table or key was found yet: what follows from one need not be told too."""
        return not any(f"{fault.column}.".startswith(f"{key}.") for fault in self.faults)

    def fault(self, key: str, value: str | None, why: str, todo: str) -> None:
        """Note a fault, by the line of its key."""
        self.faults.append(Fault(self.path.name, self._line(key), key, value, why, todo))

    def _line(self, key: str) -> int | None:
        """Give the line of a key, or of its table where it is not there; None where that is not there either."""
        table, _, name = key.partition(".")
        head = line_of(table, self.whole)
        if head is None or not name:
            return head
        written = self.whole.splitlines()
        after = (
            number
            for number in range(head + 1, len(written) + 1)
            if written[number - 1].lstrip().startswith("[")
        )
        return line_of(name, self.whole, range(head + 1, next(after, len(written) + 1))) or head


def shown(value: object) -> str:
    """Give a value as a fault tells it."""
    return as_written(value, 80)
