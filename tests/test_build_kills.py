"""Builds whose workers, or which themselves, are killed or stopped at some moment: at the end all is there once."""

import random

import pytest

from trust.builds import WAYS, WHATS, Builds

POOL, DASK = WAYS


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """Give what builds a thousand claims of two files, and has built them in peace."""
    return Builds(tmp_path_factory.mktemp("killed"), 1_000, 2)


@pytest.mark.parametrize(("way", "what"), [(DASK, WHATS[0]), (POOL, WHATS[1]), (POOL, WHATS[2])])
def test_a_build_that_is_killed_ends_as_one_left_in_peace(builds, way, what):
    """A worker is lost, the command is killed, or the user stops it: then no byte differs, no row is twice, nothing is left beside."""
    pytest.importorskip("distributed")
    seed = random.randrange(1_000_000)  # noqa: S311 - nothing secret
    done = builds.killed(way, what, random.Random(seed))  # noqa: S311 - likewise
    assert (done.differences, done.duplicates, done.strays) == ((), (), ()), seed
