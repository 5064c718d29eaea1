"""Which files a folder, a pattern and several words name, and what each is called."""

import errno
import os
from pathlib import Path

import pytest
from builds_made import FACTS, TABLE, built, planned, put_csv
from collections_made import make
from foreign_rows import ACLED

from claims.imports.converting import Asked
from geo.errors import BordermapError
from layers.build import plan
from layers.build.inputs import InputKind, inputs_of
from layers.build.plan import plan_of
from layers.build.unread import MOST_NAMED, unread_in


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    """Work in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names):
    """Write small files."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("a\n1\n", encoding="utf-8")


def named(*words):
    """Give what the inputs of words are called."""
    return [one.name for one in inputs_of(words)]


def test_a_folder_names_what_is_read_however_deep_in_it():
    """Files of a folder and of those in it, in the order of their paths and numbered; of other kinds and hidden ones are passed over."""
    put("in/b.csv", "in/a/deep/c.CSV", "in/note.md", "in/.hidden.csv", "in/.git/x.csv", "in/report.txt")
    found = inputs_of(["in"])
    assert [(one.number, one.name, one.kind) for one in found] == [
        (0, "a/deep/c.CSV", InputKind.TABLE),
        (1, "b.csv", InputKind.TABLE),
        (2, "report.txt", InputKind.REPORTS),
    ]
    assert [(one.path.is_absolute(), one.size) for one in found] == [(True, 4)] * 3


def test_a_collection_is_one_input(here):
    """A folder with a collection.toml is one input and none of its files another, in a folder, by a pattern and by itself."""
    folder = make(here / "in" / "mine")
    size = sum(path.stat().st_size for path in folder.iterdir())
    put("in/b.csv")
    assert [(one.name, one.kind) for one in inputs_of(["in"])] == [("b.csv", "table"), ("mine", "collection")]
    assert named("in/**") == ["b.csv", "mine"]
    assert [(one.name, one.size) for one in inputs_of(["in/mine"])] == [("mine", size)]


def test_a_pattern_names_what_it_means():
    """A pattern names files of whatever ending, called from its last plain folder on; a name with its signs is a file first."""
    put("in/x/a.csv", "in/y/a.csv", "in/y/b.dat", "in/[1].csv")
    assert named("in/*/a.csv") == ["x/a.csv", "y/a.csv"]
    assert named("in/**/*.dat") == ["y/b.dat"]
    assert named("in/[1].csv") == ["[1].csv"]


def test_several_words_are_called_from_the_folder_they_share():
    """Of several words each file is one input, however often it is named, and is called from the folder that all share."""
    put("in/x/a.csv", "in/y/a.csv")
    assert named("in/x", "in/y/a.csv", "in/*/a.csv") == ["x/a.csv", "y/a.csv"]


def test_a_link_is_followed_to_a_file_and_no_further(here):
    """A link to a file is one that is read; one to a folder, which may lead back to itself, is passed over."""
    put("in/a.csv", "elsewhere.csv")
    (here / "in" / "b.csv").symlink_to(here / "elsewhere.csv")
    (here / "in" / "again").symlink_to(here / "in")
    assert named("in") == ["a.csv", "b.csv"]


def test_a_link_is_what_it_is_called(here):
    """What a file is follows from its own name, not from that of what a link of that name leads to; it is read once."""
    put("elsewhere/2024-12-08-wire", "elsewhere/b.csv")
    (here / "in").mkdir()
    (here / "in" / "2024-12-08-wire.txt").symlink_to(here / "elsewhere" / "2024-12-08-wire")
    (here / "in" / "a.csv").symlink_to(here / "elsewhere" / "b.csv")
    (here / "in" / "z.csv").symlink_to(here / "elsewhere" / "b.csv")
    found = inputs_of(["in"])
    assert [(one.name, one.kind, one.path.name) for one in found] == [
        ("a.csv", InputKind.TABLE, "a.csv"),
        ("2024-12-08-wire.txt", InputKind.REPORTS, "2024-12-08-wire.txt"),
    ]


@pytest.mark.parametrize("word", ["in/*.csv", "in/lost.csv"])
def test_a_named_link_that_leads_nowhere_is_told(here, word):
    """A link whose target is gone is told by its name, where it or a pattern names it."""
    put("in/a.csv")
    (here / "in" / "lost.csv").symlink_to(here / "gone.csv")
    with pytest.raises(BordermapError, match=r"in/lost.csv' leads nowhere; take that link away"):
        inputs_of([word])


def test_a_folder_that_may_not_be_looked_into_is_told(monkeypatch):
    """Of a folder deep in the inputs that may not be read its own name is told."""
    put("in/deep/a.csv")
    listed = Path.iterdir

    def refused(path):
        if path.name == "deep":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(BordermapError, match=r"'in/deep' cannot be read \(Permission denied\)"):
        inputs_of(["in"])


@pytest.mark.parametrize("word", ["nothing", "empty", "*.csv", "empty/**/*.csv"])
def test_what_names_nothing_is_told(here, word):
    """A word that names no file is told with the endings that are read."""
    (here / "empty").mkdir()
    with pytest.raises(BordermapError, match=r"names no file that is read \(\.csv"):
        inputs_of([word])


def test_what_was_built_is_no_input(here):
    """A built folder within the inputs is passed over, as a folder and as files that a pattern names."""
    put_csv(here / "in" / "a.csv", [ACLED])
    put_csv(here / "in" / "faulty.csv", [ACLED | {"event_date": "Monday"}])
    built(here / "in" / "out", "in")
    assert (here / "in" / "out" / "faults.csv").is_file()
    assert named("in") == named("in/**/*.csv") == ["a.csv", "faulty.csv"]


# ---- the plan


def test_tables_of_the_same_columns_are_looked_at_once(here):
    """What was guessed of a header is said once, and holds for every table that has it."""
    (here / "in").mkdir()
    for name in ("a.csv", "b.csv"):
        (here / "in" / name).write_text(TABLE, encoding="utf-8")
    told = []
    made = plan_of(inputs_of(["in"]), Asked("", constants={"kind": "deployment"}), FACTS, told.append)
    first, second = (asked for _, asked in made.inputs)
    assert first.mapping["date"] == "day"
    assert first.mapping == second.mapping
    assert (first.name, second.name) == ("a.csv", "b.csv")
    assert len(told) == len(set(told)) > 0


def test_tables_of_one_name_are_data_sets_of_their_own(here):
    """Rows of tables of no one's whose names are equal but for folder and ending are counted to different data sets."""
    for name in ("x/rows.csv", "y/rows.csv", "y/rows.tsv", "y-rows.csv", "other.csv"):
        (here / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (here / "in" / name).write_text(
            TABLE.replace(",", "\t") if "tsv" in name else TABLE, encoding="utf-8"
        )
    datasets = {one.name: asked.dataset for one, asked in planned("in").inputs}
    assert datasets == {
        "other.csv": "",
        "x/rows.csv": "x-rows",
        "y-rows.csv": "",
        "y/rows.csv": "y-rows-2",
        "y/rows.tsv": "y-rows-3",
    }


def test_what_the_user_calls_the_data_set_stands(here):
    """A data set that is said, or ACLED's, is that of all tables."""
    for name in ("x/rows.csv", "y/rows.csv"):
        put_csv(here / "in" / name, [ACLED])
    assert [asked.dataset for _, asked in planned("in").inputs] == ["", ""]
    assert [asked.dataset for _, asked in planned("in", dataset="mine").inputs] == ["mine", "mine"]


def test_the_digest_is_of_all_that_the_folder_follows_from(here):
    """Another size, another moment of change and another option give another digest, and the same the same."""
    path = put_csv(here / "in" / "a.csv", [ACLED])
    first = planned("in").digest()
    assert planned("in").digest() == first
    seen = {first, planned("in", context=True).digest()}
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))
    seen.add(planned("in").digest())
    put_csv(path, [ACLED, ACLED])
    seen.add(planned("in").digest())
    put_csv(here / "in" / "b.csv", [ACLED])
    seen.add(planned("in").digest())
    assert len(seen) == 5


def test_a_file_that_may_be_read_now_is_another_input(here):
    """Rights that change count as a change, so that what could not be read before is read then."""
    path = put_csv(here / "in" / "a.csv", [ACLED])
    before = planned("in").digest()
    path.chmod(0o640)
    assert planned("in").digest() != before


def test_a_packed_table_weighs_what_it_holds(here, monkeypatch):
    """Of inputs whose kind of file is compressed there are more parts than of as many bytes of text."""
    monkeypatch.setattr(plan, "BYTES", 4)
    put("in/a.csv")
    one = planned("in").parts
    (here / "in" / "a.csv").rename(here / "in" / "a.parquet")
    assert (one, planned("in").parts) == (1, 8)


def test_what_is_not_read_is_told(here):
    """Files of other kinds and links to folders are named, some of them; what is hidden, built or a collection's is not."""
    put("in/a.csv", "in/note.md", "in/x/report.pdf", "in/.hidden.md", "elsewhere/b.csv")
    Path("in/shared").symlink_to(here / "elsewhere")
    make(here / "in" / "mine")
    assert unread_in(["in"]).startswith("not read: 'note.md', 'shared', 'x/report.pdf'; read are .csv, ")
    assert unread_in(["in/a.csv", "in/mine", "elsewhere"]) == ""


def test_a_link_in_a_folder_that_leads_nowhere_is_passed_over_and_told(here):
    """The other files of the folder are inputs, and the link is among what is not read."""
    put("in/a.csv")
    (here / "in" / "lost.csv").symlink_to(here / "gone.csv")
    assert [one.name for one in inputs_of(["in"])] == ["a.csv"]
    assert unread_in(["in"]).startswith("not read: 'lost.csv'; read are ")


def test_of_much_that_is_not_read_the_number_is_told():
    """So many are named, and the others counted."""
    put(*(f"in/{number}.md" for number in range(MOST_NAMED + 2)))
    assert f"'{MOST_NAMED - 1}.md' and 2 more; read are" in unread_in(["in"])


def test_a_built_folder_is_no_input(here):
    """One line says that it was built, and not what its tables lack."""
    put_csv(here / "a.csv", [ACLED])
    built(here / "out", here / "a.csv")
    with pytest.raises(
        BordermapError, match="'out' is a folder that build has made; name what it was built of"
    ):
        inputs_of(["out"])
