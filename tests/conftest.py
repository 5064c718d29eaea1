"""What many tests read and none changes."""

import itertools
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from collections_made import small_gazetteer
from pages import browser  # noqa: F401  # a fixture
from stores_made import fill, ticking

from claims.store import open_store
from claims.tables import read_collection
from geo.gazetteer import Gazetteer
from geo.placefiles import COLUMNS
from layers.layers import layers_of
from trust.postgresql import programs, server

REAL = Path(__file__).parents[1] / "data" / "collections" / "iraq-syria-2024"
SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True, scope="session")
def _own_data_folder(tmp_path_factory):
    """Keep the tests away from the user's store."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patched.setenv("BORDERMAP_REVIEWER", "Tess Ter")
        patched.delenv("BORDERMAP_DATABASE_URL", raising=False)
        yield


@pytest.fixture(autouse=True, scope="module")
def _own_environment(_own_data_folder):
    """Give the environment back as a file of tests found it: `bordermap serve`, which tests start in their own process, says in it what the server shows."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(autouse=True)
def _own_main():
    """Give the main module back, which Streamlit's AppTest puts its script in the place of: a process that is spawned looks for it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def gazetteer():
    """Give the shipped gazetteer."""
    return Gazetteer.read()


@pytest.fixture(scope="session")
def real(gazetteer):
    """Give the shipped collection."""
    return read_collection(REAL, gazetteer)


@pytest.fixture(scope="session")
def real_layers(real, gazetteer):
    """Give the shipped collection's layers."""
    return layers_of(real, gazetteer)


@pytest.fixture(scope="session")
def iberia():
    """Give the places of the made-up collections."""
    return small_gazetteer()


@pytest.fixture(scope="module")
def few_places(tmp_path_factory):
    """Let a collection that brings places have those alone, without the shipped ones."""
    empty = tmp_path_factory.mktemp("gazetteer")
    (empty / "places.csv").write_text(",".join(COLUMNS) + "\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("claims.tables.DEFAULT_FOLDER", empty)
        yield


@pytest.fixture(scope="session")
def bad_inputs():
    """Give the folder of inputs that break programs."""
    folder = SHARED / "badinputs"
    if not folder.is_dir():
        pytest.skip("the bad inputs are not beside this checkout (../shared/badinputs)")
    return folder


@pytest.fixture(scope="session")
def postgresql():
    """Give a PostgreSQL of the tests' own, where one is installed."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (scripts/install_postgresql.sh installs it)")
    with server(lasting=False) as running:
        yield running


class Databases:
    """Empty databases and databases with the collection `tiny`, each a copy of one that was made once."""

    def __init__(self, folder, running=None):
        """Make the two in a folder, or in a running PostgreSQL."""
        self._folder, self._running, self._numbers = folder, running, itertools.count()
        open_store(self._made("empty")).database.close()
        fill(self._made("tiny"), folder)

    @contextmanager
    def copy(self, name):
        """Give the address of a copy, which is gone afterwards."""
        copy = f"copy{next(self._numbers)}"
        yield self._made(copy, name)
        if self._running:
            self._running.drop_database(copy)

    def _made(self, name, of=None):
        if self._running:
            return self._running.make_database(name, of)
        path = self._folder / f"{name}.sqlite"
        if of:
            shutil.copy(self._folder / f"{of}.sqlite", path)
        return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def in_sqlite(tmp_path_factory):
    """Give databases of SQLite."""
    return Databases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def in_postgresql(tmp_path_factory, postgresql):
    """Give databases of PostgreSQL."""
    return Databases(tmp_path_factory.mktemp("postgresql"), postgresql)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request):
    """Give databases, once of each kind."""
    return request.getfixturevalue(f"in_{request.param}")


@pytest.fixture
def url(databases):
    """Give the address of a store that Anna has taken `tiny` into."""
    with databases.copy("tiny") as address:
        yield address


@pytest.fixture
def store(url):
    """Give a store that Anna has taken `tiny` into."""
    store = open_store(url, now=ticking(3))
    yield store
    store.database.close()


@pytest.fixture
def empty(databases):
    """Give a store without a collection."""
    with databases.copy("empty") as address:
        store = open_store(address, now=ticking())
        yield store
        store.database.close()
