"""Names of files that are addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trust.lures.addresses import Lures

__all__ = ["names"]


def names(lures: Lures, ending: str) -> list[str]:
    """Give names of files that are addresses, in each way that some library would open."""
    file = f"{{}}/rows.{ending}"
    plain = {
        scheme: file.format(lures.address(f"FILE as {scheme}", scheme).removesuffix("/x.png"))
        for scheme in ("http", "https", "ftp", "s3", "gs", "hdfs", "smb")
    }
    bare = lures.address(f"FILE as //host: {ending}").removeprefix("http:").removesuffix("/x.png")
    return [
        *plain.values(),
        f"/vsicurl/{plain['http']}",
        f"/vsizip//vsicurl/{plain['https']}.zip",
        file.format(bare),
        file.format(bare).replace("/", "\\"),
        f"filecache::{plain['http']}",
    ]
