"""Addresses that stand nowhere else, and the folder of the files in which they do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["HOST", "Lures"]

HOST: Final = "lure.example"
"""Under which the hosts are; nobody can have it (RFC 2606)."""


@dataclass
class Lures:
    """Files in a folder, and which host stands where.

    Attributes:
        folder: The folder; it must be there.
        where: Where each host stands that was given out.
    """

    folder: Path
    where: dict[str, str] = field(default_factory=dict)

    def address(self, where: str, scheme: str = "http") -> str:
        """Give an address that stands nowhere else."""
        host = f"l{len(self.where)}.{HOST}"
        self.where[host] = where
        return f"{scheme}://{host}/x.png"

    def put(self, name: str, content: bytes) -> Path:
        """Write a file into the folder; give its path."""
        path = self.folder / name
        path.write_bytes(content)
        return path
