"""What many tests read and none changes."""

from pathlib import Path

import pytest
from collections_made import small_gazetteer

from claims.tables import read_collection
from geo.gazetteer import Gazetteer
from layers.layers import layers_of

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


@pytest.fixture(scope="session")
def bad_inputs():
    """Give the folder of inputs that break programs."""
    folder = SHARED / "badinputs"
    if not folder.is_dir():
        pytest.skip("the bad inputs are not beside this checkout (../shared/badinputs)")
    return folder
