"""The commands of the store, and the store's collections where one is named."""

import pytest
from collections_made import make
from dashboard_collection import write_collection

import bordermap
from claims.named import InStore, named, stored, the_store
from claims.store import Store
from dashboard import shelf
from dashboard.words import words_in
from geo.errors import BordermapError


@pytest.fixture(autouse=True)
def data_folder(monkeypatch, tmp_path):
    """Keep the store of each test in a folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def kept(tmp_path):
    """Take a collection into the store as `mine`, in Anna's name."""
    folder = make(tmp_path / "tiny")
    assert bordermap.main(["store", "import", str(folder), "--as", "mine", "--by", "Anna"]) == 0
    return folder


def test_a_collection_goes_in_and_out(kept, tmp_path, capsys):
    """What was taken in is listed, and given out as the same files."""
    assert bordermap.main(["store", "list"]) == 0
    assert capsys.readouterr().out == "mine\n"
    assert bordermap.main(["store", "export", "mine", "-o", str(tmp_path / "out")]) == 0
    assert [(path.name, path.read_bytes()) for path in sorted((tmp_path / "out").iterdir())] == [
        (path.name, path.read_bytes()) for path in sorted(kept.iterdir())
    ]


def test_asking_for_the_list_makes_no_store(data_folder, capsys):
    """Where nothing is kept, nothing is listed and no file is made."""
    assert bordermap.main(["store", "list"]) == 0
    assert (capsys.readouterr().out, data_folder.exists()) == ("", False)


def test_a_collection_of_the_store_is_exported_as_its_folder_is(kept, tmp_path):
    """store:NAME stands wherever a collection is named, and gives the same bytes."""
    for collection, name in (("store:mine", "a"), (str(kept), "b")):
        words = ["export", "geojson", "--collection", collection, "-o", str(tmp_path / name)]
        assert bordermap.main(words) == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_changes_compares_a_folder_and_the_store(kept, capsys):
    """An earlier version in a folder is told from the one in the store."""
    the_store().mend("mine", "c1", 1, {"quote": "a few crossed"}, "Ben")
    assert bordermap.main(["changes", str(kept), "store:mine"]) == 0
    assert "a few crossed" in capsys.readouterr().out


@pytest.mark.usefixtures("kept")
def test_serve_is_told_the_word(monkeypatch):
    """The dashboard is handed store:NAME."""
    started = []
    monkeypatch.setattr("os.execv", lambda *words: started.append(words))
    monkeypatch.setattr("os.chdir", lambda _folder: None)
    monkeypatch.setenv("BORDERMAP_COLLECTION", "")
    assert bordermap.main(["serve", "--collection", "store:mine"]) == 0
    assert started
    assert next(iter(shelf.collections())) == "store:mine"


@pytest.mark.usefixtures("kept")
def test_a_name_that_the_store_lacks_is_told():
    """The names that it has are listed."""
    with pytest.raises(BordermapError, match="the store has no collection 'yours'; it has mine"):
        named("store:yours")


@pytest.mark.usefixtures("kept")
def test_the_audit_is_told_by_day(capsys):
    """What was changed on the days asked for is told, be it nothing, and that the audit holds, with its last row."""
    assert bordermap.main(["audit", "mine"]) == 0
    told, holds = capsys.readouterr().out.splitlines()
    assert told.startswith("Anna imported mine on ")
    number, digest = the_store().verified().last
    assert holds == f"the audit holds: {number} rows, the last of them {number}:{digest}"
    assert bordermap.main(["audit", "--to", "2024-12-07", "--noted", f"{number}:{digest}"]) == 0
    assert capsys.readouterr().out.splitlines() == ["nothing was changed in these days", holds]


@pytest.mark.usefixtures("kept")
def test_only_what_was_verified_is_told(monkeypatch, capsys):
    """Rows that somebody writes after the audit was verified are neither told nor counted."""
    number, digest = the_store().verified().last
    changes = Store.changes

    def later(store, name=""):
        store.mend("mine", "c1", 1, {"note": "x"}, "Ben")
        return changes(store, name)

    monkeypatch.setattr(Store, "changes", later)
    assert bordermap.main(["audit"]) == 0
    told, holds = capsys.readouterr().out.splitlines()
    assert told.startswith("Anna imported mine on ")
    assert holds == f"the audit holds: {number} rows, the last of them {number}:{digest}"


@pytest.mark.usefixtures("kept")
def test_an_audit_that_does_not_hold_ends_with_1(capsys):
    """The row is named on standard error."""
    with the_store().database.writing() as connection:
        connection.exec_driver_sql("drop trigger audit_no_update")
        connection.exec_driver_sql("update audit set who = 'Ben' where seq = 1")
    assert bordermap.main(["audit"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "the audit does not hold:\nrow 1 of the audit was changed after it was written (imported "
    )
    assert bordermap.main(["audit", "yours"]) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["audit", "--noted", "seven"],
        ["audit", "--from", "2024-12-08", "--to", "2024-12-07"],
        ["store"],
        ["store", "export", "x"],
    ],
)
def test_wrong_usage_ends_with_2(words):
    """What cannot be meant is refused before the store is opened."""
    with pytest.raises(SystemExit) as ended:
        bordermap.main(words)
    assert ended.value.code == 2


@pytest.mark.usefixtures("kept")
def test_what_steers_a_terminal_is_shown_by_its_number(capsys):
    """A cell with an escape is told without it."""
    the_store().mend("mine", "c1", 1, {"note": "\x1b[31mred\u202e"}, "Ben")
    assert bordermap.main(["audit"]) == 0
    assert "note (empty) -> ⟨U+001B⟩[31mred⟨U+202E⟩" in capsys.readouterr().out


def test_the_dashboard_lists_the_store_and_follows_it(tmp_path, monkeypatch):
    """Its collections stand beside the shipped ones, and a map is drawn anew when a claim of it was changed."""
    monkeypatch.setattr(shelf, "build_page", lambda collection, _: str(list(collection.claims["note"])))
    the_store().import_folder(write_collection(tmp_path / "tiny"), "mine", "Anna")
    assert shelf.collections()["store:mine"] == InStore("mine")
    assert stored() == [InStore("mine")]
    # The choice is too narrow for a whole title: what tells it from the shipped one comes first.
    assert shelf.title(InStore("mine"), words_in("en")).startswith("Store, mine: ")
    first = shelf.opened(InStore("mine"))
    assert shelf.opened(InStore("mine")) is first
    claim = the_store().claims("mine")[0]
    the_store().mend("mine", claim.claim_id, 1, {"note": "mended"}, "Anna")
    assert "mended" in shelf.opened(InStore("mine")).html


@pytest.mark.parametrize(
    "words", [["audit"], ["audit", "mine"], ["store", "export", "mine", "-o", "out"], ["check", "store"]]
)
def test_who_only_looks_makes_no_store(data_folder, capsys, words):
    """Where there is none it is said, and no file or folder is made."""
    assert bordermap.main(words) == 1
    told = "".join(capsys.readouterr())
    assert ("is not there" if words[0] == "check" else "there is no store at ") in told
    assert not data_folder.exists()


def test_what_was_taken_in_is_said(tmp_path, capsys):
    """On standard output, whoever reads it."""
    assert bordermap.main(["store", "import", str(make(tmp_path / "tiny")), "--as", "mine"]) == 0
    assert capsys.readouterr().out == "store:mine is kept\n"
