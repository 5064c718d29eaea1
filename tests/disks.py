"""Disks of the tests' own: one that fills up, and one that may only be read; root alone can have them."""

from contextlib import ExitStack, contextmanager

import pytest

from trust import disks
from trust.disks import fill

__all__ = ["fill", "read_only", "small_disk"]


@contextmanager
def small_disk(folder, size=4 * 2**20):
    """Give a disk of a few megabytes while the `with` block lasts, or skip the test with the reason."""
    with _or_skipped(disks.small(folder, size)) as disk:
        yield disk


@contextmanager
def read_only(folder, of):
    """Give what a folder holds as a disk that may only be read, or skip the test with the reason."""
    with _or_skipped(disks.read_only(folder, of)) as disk:
        yield disk


@contextmanager
def _or_skipped(mounting):
    with ExitStack() as stack:
        try:
            disk = stack.enter_context(mounting)
        except disks.CannotMountError as error:
            pytest.skip(str(error))
        yield disk
