"""A built folder that is a published edition: nothing that its inputs withhold is in any of its files."""

import datetime as dt
import json
import shutil

import pytest
from builds_made import TABLE, built, claims_in, events_in, files_in
from canaries import border_made, found_in, numbers_in
from collections_made import ON_THE_SEVENTH, make
from publication_made import withholding

from bordermap import main
from claims.imports.converting import Scheme
from geo.errors import BordermapError, FaultsError
from layers.built.exports import Selection, write_selection
from layers.built.opened import BuiltSet, read_columns
from layers.built.page import build_large_page
from layers.built.small import empty_collection
from layers.exports.formats import Rows
from layers.told import facts_told

DAY = dt.date(2024, 12, 20)


@pytest.fixture(scope="module")
def border(tmp_path_factory):
    """The collection of canaries beside one that withholds nothing, what of it is not for publication, and the folders built of both."""
    folder = tmp_path_factory.mktemp("border")
    _, texts, numbers = border_made(folder / "in" / "border")
    make(folder / "in" / "plain", claims=({"claim_id": "p1", **ON_THE_SEVENTH},))
    for name, day in (("public", DAY), ("whole", None)):
        built(folder / name, folder / "in", day=day)
    return folder, texts, numbers


def test_nothing_that_is_withheld_is_in_any_file_of_a_published_folder(border, tmp_path):
    """Nor in its page, nor in what is exported of it; and the collection that withholds nothing is there whole."""
    folder, texts, numbers = border
    contents = files_in(folder / "public")
    opened = BuiltSet.open(folder / "public")
    contents["page"] = build_large_page(opened).encode()
    for form, rows in (("csv", Rows.CLAIMS), ("geojson", Rows.EVENTS)):
        write_selection(Selection(opened), form, rows, tmp_path / form)
        contents[form] = (tmp_path / form).read_bytes()
    for name, content in contents.items():
        assert found_in(content, texts) | found_in(name.encode(), texts) == set(), name
        assert numbers_in(content, numbers) == set(), name
    assert "p1" in set(claims_in(folder / "public")["claim_id"])


def test_the_search_finds_in_what_is_built_whole(border):
    """The same search finds all of it that a built folder holds."""
    folder, texts, numbers = border
    found = {name: found_in(content, texts) for name, content in files_in(folder / "whole").items()}
    assert len(set.union(*found.values())) > len(texts) * 0.7
    assert any(numbers_in(content, numbers) for content in files_in(folder / "whole").values())


def test_the_folder_says_that_it_is_an_edition(border):
    """In its manifest, of all and of each input that withholds something, and in what is made of it."""
    folder, _, _ = border
    manifest = json.loads((folder / "public" / "manifest.json").read_text())
    assert manifest["edition"] == {
        "day": "2024-12-20",
        "claims": 3,
        "parts": 2,
        "coarsen_km": None,
        "delay_days": 0,
    }
    inputs = {
        one["name"]: (one.get("edition", {}).get("claims"), bool(one["sha256"])) for one in manifest["inputs"]
    }
    assert inputs == {"border": (3, False), "plain": (None, True)}
    told = {name: facts_told(empty_collection(BuiltSet.open(folder / name))) for name in ("public", "whole")}
    assert told["public"]["published"] == manifest["edition"]
    assert told["whole"]["published"] is None


def test_what_was_built_is_exported_as_published_if_it_is_an_edition(border, tmp_path, capsys):
    """What was built whole is refused with what to do, and so is the edition of another day."""
    folder, _, _ = border
    out = tmp_path / "a.csv"

    def run(name, *more):
        with pytest.raises(SystemExit) as ended:
            main(["export", "csv", "--collection", str(folder / name), "--public", *more, "-o", str(out)])
        return ended.value.code, capsys.readouterr().err

    code, told = run("whole")
    assert (code, "bordermap build --public" in told) == (2, True)
    code, told = run("public", "--as-of", "2024-12-21")
    assert (code, "edition of 2024-12-20" in told) == (2, True)
    assert (
        main(["export", "geojson", "--collection", str(folder / "public"), "--public", "-o", str(out)]) == 0
    )
    assert "published edition of 2024-12-20: 3 claims not published" in out.read_text()


def test_what_is_withheld_is_told_before_it_is_built(tmp_path, capsys):
    """Without --public in one line of each collection that withholds something; with it what the edition lacks."""
    withholding(tmp_path / "in" / "c", [{}, {"withheld": "claim"}])
    for more, told in (
        ([], "withholds something"),
        (["--public", "--as-of", "2024-12-20"], "1 claim not published"),
    ):
        assert (
            main(["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--workers", "1", *more]) == 0
        )
        said = capsys.readouterr()
        assert said.err.count(told) == 1
        assert ("published edition of 2024-12-20" in said.out) == bool(more)
    with pytest.raises(SystemExit):
        main(["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--as-of", "2024-12-20"])
    assert "--as-of goes with --public" in capsys.readouterr().err


def test_a_title_that_was_said_on_the_command_line_is_refused_as_such(tmp_path, capsys):
    """No file is named that does not hold it."""
    withholding(tmp_path / "in" / "c", [{"note": "Operation Dawn", "withheld": "note"}])
    words = ["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--workers", "1", "--public"]
    assert main([*words, "--called", "Operation Dawn"]) == 1
    said = capsys.readouterr().err
    assert "c: the title 'Operation Dawn' (--called, or without it the folder's name) repeats" in said
    assert "collection.toml" not in said


def test_the_faults_of_what_cannot_be_published_are_not_in_the_folder(tmp_path):
    """They quote cells; whoever builds is told them. Nor is its size or hash: it is not known what it withholds."""
    withholding(tmp_path / "in" / "c", [{"note": "xq7secret", "count": "xq7secret", "withheld": "note"}])
    make(tmp_path / "in" / "plain")
    done = built(tmp_path / "out", tmp_path / "in", day=DAY)
    assert any("xq7secret" in str(fault) for fault in done.faults)
    assert [one["name"] for one in done.manifest["missing"]] == ["c"]
    known = {one["name"]: ("bytes" in one, bool(one["sha256"])) for one in done.manifest["inputs"]}
    assert known == {"c": (False, False), "plain": (True, True)}
    assert all(b"xq7secret" not in content for content in files_in(tmp_path / "out").values())


@pytest.mark.parametrize("said", ["A test", "nobody", "CC0-1.0"])
def test_a_folder_that_would_say_what_is_withheld_is_not_built(tmp_path, said):
    """In its title, its citation or its licence."""
    withholding(tmp_path / "in" / "c", [{"note": said, "withheld": "note"}])
    with pytest.raises(BordermapError, match=f"{said}.* not for publication"):
        built(tmp_path / "out", tmp_path / "in", day=DAY)
    assert not (tmp_path / "out").exists()


def test_neutral_ids_of_two_collections_of_one_name_are_not_one(tmp_path):
    """What is renamed in each is told apart by where it lies."""
    for year in ("2023", "2024"):
        secret = f"told-by-{year}"
        claims = [{"claim_id": f"of-{secret}", "event_id": f"e-{year}", "note": secret, "withheld": "note"}]
        withholding(tmp_path / "in" / year / "border", claims, events=({"event_id": f"e-{year}"},))
    built(tmp_path / "out", tmp_path / "in", day=DAY)
    ids = claims_in(tmp_path / "out")["claim_id"]
    assert ids.str.startswith("unnamed-claim-").sum() == ids.nunique() == 2


def test_a_root_that_is_withheld_counts_as_before(tmp_path):
    """Two inputs that withhold one root are one by it, and by another two, whatever their ids have become."""
    for name, roots in (("a", ("Bureau", "Agency")), ("b", ("Courier", "Bureau"))):
        claims = [
            {"claim_id": f"{root}-{name}", "source_id": f"s{name}", "root": root, "withheld": "root"}
            | ON_THE_SEVENTH
            for root in roots
        ]
        gone = {"claim_id": f"{name}0", "source_id": f"s{name}", "withheld": "claim"}
        sources = ({"source_id": f"s{name}", "outlet": f"{name} Post"},)
        withholding(tmp_path / "in" / name, [gone, *claims], sources=sources)
    built(tmp_path / "out", tmp_path / "in", day=DAY)
    assert events_in(tmp_path / "out")["roots"].tolist() == [3]
    assert set(claims_in(tmp_path / "out")["root"]) == {"[withheld] 1", "[withheld] 2", "[withheld] 3"}


@pytest.mark.parametrize("pattern", ["c/claims.csv", "**/*.csv", "c/report.txt"])
def test_a_file_of_a_collection_is_not_published_without_it(tmp_path, pattern):
    """Its tables do not say what is withheld of them, and a report may be the text of a claim that is."""
    folder = withholding(tmp_path / "in" / "c", [{"withheld": "claim"}, {}])
    (folder / "report.txt").write_text("Some crossed.", encoding="utf-8")
    with pytest.raises(BordermapError, match="name the folder"):
        built(tmp_path / "out", tmp_path / "in" / pattern, day=DAY, scheme=Scheme.TABLE)


def test_a_table_that_marks_what_is_not_for_publication_is_not_published(tmp_path):
    """One of bordermap's own is known by its columns wherever it lies, and another by the column that says so."""
    folder = withholding(tmp_path / "c", [{"withheld": "claim"}, {}])
    (tmp_path / "in").mkdir()
    (folder / "claims.csv").rename(tmp_path / "in" / "mine.csv")
    header, row = TABLE.splitlines()
    marked = f"{header},Withheld\n{row},claim\n"
    (tmp_path / "in" / "theirs.csv").write_text(marked, encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        built(tmp_path / "out", tmp_path / "in", day=DAY, scheme=Scheme.TABLE, constants={"kind": "crossing"})
    assert [(fault.file, fault.column) for fault in error.value.faults] == [
        ("mine.csv", None),
        ("theirs.csv", "withheld"),
    ]


def test_an_edition_with_another_file_in_it_is_not_shown(border, tmp_path):
    """Files of the whole build are not taken for its own, neither when it is opened nor later; as they were they are."""
    folder, _, _ = border
    copy = shutil.copytree(folder / "public", tmp_path / "copy")
    opened = BuiltSet.open(copy)
    name = next(path for path in sorted(opened.hashes) if path.startswith("claims/"))
    own = (copy / name).read_bytes()
    shutil.copy(folder / "whole" / name, copy / name)
    with pytest.raises(BordermapError, match=f"{name} has .* bytes where"):
        read_columns(opened, name, ["claim_id"])
    for other, told in ((folder / "whole" / name).read_bytes(), "bytes where"), (own[::-1], "was changed"):
        (copy / name).write_bytes(other)
        with pytest.raises(BordermapError, match=told):
            BuiltSet.open(copy)
    (copy / name).write_bytes(own)
    assert read_columns(BuiltSet.open(copy), name, ["claim_id"]).num_rows
    with pytest.raises(BordermapError, match="none of its files"):
        read_columns(opened, "claims/month=1999-01/rows.parquet", ["claim_id"])
