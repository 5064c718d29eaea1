"""Disks of the tests' own: one that fills up, and one that may only be read; root alone can have them."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

PAGE = 4096


def _mounted(folder, *words):
    """Mount something at a folder, or skip the test with the reason."""
    folder.mkdir(exist_ok=True)
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a disk of the test's own")
    done = subprocess.run([mount, *words, str(folder)], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode:
        pytest.skip(f"a disk of the test's own cannot be mounted here: {done.stderr.strip()}")


def _let_go(folder):
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607 - our own folder


@contextmanager
def small_disk(folder, size="4m"):
    """Give a disk of a few megabytes while the `with` block lasts."""
    _mounted(folder, "-t", "tmpfs", "-o", f"size={size}", "none")
    try:
        yield folder
    finally:
        _let_go(folder)


@contextmanager
def read_only(folder, of):
    """Give what a folder holds as a disk that may only be read."""
    _mounted(folder, "--bind", "-o", "ro", str(of))
    try:
        yield folder
    finally:
        _let_go(folder)


def fill(disk, left=0):
    """Fill a disk but for so many bytes; give the file that fills it."""
    filler = Path(disk) / "filler"
    file = os.open(filler, os.O_CREAT | os.O_WRONLY)
    try:
        while True:
            os.write(file, b"x" * PAGE)
    except OSError:
        os.ftruncate(file, max(0, filler.stat().st_size - left))
    finally:
        os.close(file)
    return filler
