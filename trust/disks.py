"""Disks of one's own, in a mount namespace that ends with its process: a small one that fills up, one that may only be read."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = [
    "PAGE",
    "CannotMountError",
    "alone",
    "fill",
    "full",
    "read_only",
    "shut",
    "small",
    "taken",
    "why_not",
]

PAGE: Final = 4096
"""Bytes that a disk gives at a time (tmpfs, on machines whose memory has pages of 4 KiB)."""


class CannotMountError(RuntimeError):
    """No disk of one's own can be had here."""


def alone(command: Sequence[str]) -> list[str]:
    """Give the command that runs another one where what it mounts is seen by nobody else, and gone when it ends."""
    as_root = ["--map-root-user"] if os.geteuid() else []
    return ["unshare", *as_root, "--mount", "--propagation", "private", "--", *command]


@cache
def why_not() -> str:
    """Say why a small disk cannot be had in such a namespace; nothing where it can."""
    if missing := [name for name in ("unshare", "mount", "umount") if not shutil.which(name)]:
        return f"{missing[0]} is not installed"
    tried = subprocess.run(
        alone(["mount", "-t", "tmpfs", "none", "/mnt"]), capture_output=True, text=True, check=False
    )
    return "" if tried.returncode == 0 else f"no mount namespace: {tried.stderr.strip() or tried.returncode}"


@contextmanager
def small(folder: Path, size: int) -> Iterator[Path]:
    """Give an empty disk of so many bytes at a folder while the `with` block lasts.

    Raises:
        CannotMountError: It cannot be mounted here.
    """
    with _mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "none"):
        yield folder


@contextmanager
def read_only(folder: Path, of: Path) -> Iterator[Path]:
    """Give what a folder holds, at another one, as a disk that may only be read; raises as `small`."""
    with _mounted(folder, "--bind", "-o", "ro", str(of)):
        yield folder


@contextmanager
def _mounted(folder: Path, *words: str) -> Iterator[None]:
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        raise CannotMountError("only root can mount a disk of one's own")
    folder.mkdir(exist_ok=True)
    done = subprocess.run([mount, *words, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotMountError(f"a disk of one's own cannot be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(folder)], check=True)


@contextmanager
def shut(disk: Path) -> Iterator[None]:
    """Let a disk that `small` gave only be read while the `with` block lasts."""
    _remounted(disk, "ro")
    try:
        yield
    finally:
        _remounted(disk, "rw")


def _remounted(disk: Path, how: str) -> None:
    mount = shutil.which("mount")
    assert mount
    subprocess.run([mount, "-o", f"remount,bind,{how}", str(disk)], check=True)


@contextmanager
def full(disk: Path, left: int) -> Iterator[None]:
    """Let a disk have so many bytes left while the `with` block lasts."""
    filler = fill(disk, left)
    try:
        yield
    finally:
        filler.unlink()


def fill(disk: Path, left: int = 0) -> Path:
    """Fill a disk but for so many bytes; give the file that fills it, whose removal makes room again."""
    filler = disk / "filler"
    file = os.open(filler, os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            os.write(file, b"x" * PAGE)
    except OSError:
        os.ftruncate(file, max(0, filler.stat().st_size - left))
    finally:
        os.close(file)
    return filler


def taken(disk: Path) -> int:
    """Tell how many bytes of a disk are taken."""
    told = os.statvfs(disk)
    return (told.f_blocks - told.f_bfree) * told.f_frsize
