"""The store keeps collections as folders hold them, and lets nobody overwrite what somebody else decided."""

import csv
import datetime as dt
import filecmp
import hashlib
import io

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from collections_made import make, narrowed
from conftest import REAL
from sqlalchemy import text
from stores_made import CLAIM, proposal

from claims.store import ChangedMeanwhile, NotKeptError, StoreError, TooNewError, Verdict, open_store
from claims.store.address import address_of
from claims.store.contents import Contents, Sheet
from claims.store.database import Database
from claims.store.rows import add_contents, contents_of, find
from claims.store.schema import METADATA
from claims.store.upgrade import MIGRATIONS, REVISIONS, VERSION_TABLE
from claims.store.writing import Writing
from claims.tables import read_with_places
from geo.errors import BordermapError, FaultsError

# ---- in and out


def test_the_shipped_collection_goes_out_as_it_came_in(empty, tmp_path):
    """Every file of the folder that is written is the byte for byte that was taken in."""
    empty.import_folder(REAL, "real", "Anna")
    empty.export_folder("real", tmp_path / "out")
    files = sorted(path.name for path in REAL.iterdir())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == files
    assert filecmp.cmpfiles(REAL, tmp_path / "out", files, shallow=False)[0] == files
    assert empty.verified().problems == ()


def test_a_collection_of_the_store_reads_as_its_folder_does(empty, tmp_path):
    """The frames, the facts and the digest are those of the folder; only the name is the store's."""
    empty.import_folder(make(tmp_path / "mine"), "tiny", "Anna")
    held, folder = empty.read("tiny"), read_with_places(tmp_path / "mine")[0]
    assert held.claims.equals(folder.claims)
    assert (held.facts, held.digest, held.name) == (folder.facts, folder.digest, "tiny")


def test_a_folder_that_leaves_columns_out_is_taken_in_with_them_empty(empty, tmp_path):
    """The frames are those of the folder, and what comes out has all columns."""
    folder = narrowed(make(tmp_path / "mine"))
    empty.import_folder(folder, "tiny", "Anna")
    assert empty.read("tiny").claims.equals(read_with_places(folder)[0].claims)
    empty.export_folder("tiny", tmp_path / "out")
    assert "title_ar" in (tmp_path / "out" / "events.csv").read_text(encoding="utf-8")


DAYS = (dt.date(2024, 12, 1), dt.date(2024, 12, 31))

NASTY = (
    *("", " ", '"', '""', ",", ";", "\n", "\r", "\r\n", "a\nb", 'say "so", they', "'", "\\", "\t"),
    *(
        "=1+1",
        "+1",
        "-1",
        "@x",
        "|",
        "#",
        "\ufeff",
        "\x7f",
        "\x01",
        "NULL",
        "0x00",
        "1e5",
        "007",
        "%s",
        ":x",
        "{}",
    ),
    *(
        "عبر ٢٠٠٠",
        "\u200fنص\u202e",
        "e\u0301",
        "é",
        "😀",
        "🇮🇶",
        "\ud7ff",
        "\ue000",
        "\U0010ffff",
        "\u2028",
        "x" * 5000,
    ),
)
"""Cells that have broken programs: of CSV, spreadsheets, SQL, and Unicode."""


def test_any_cells_columns_and_files_come_out_as_they_went_in(empty):
    """Quotes, line ends, Arabic, emoji, formulas, empty cells, further columns and further files are all kept."""
    header = ("note", "kind", "further", "event_id", "title_ar", "another, \n", "title")
    rows = [
        {**dict.fromkeys(header, cell), "event_id": f"e{number}", "title": NASTY[-number]}
        for number, cell in enumerate(NASTY, start=1)
    ]
    files = {f"ملف{number}.txt": cell.encode() for number, cell in enumerate(NASTY)}
    contents = Contents("".join(NASTY), {"events": Sheet(header, rows)}, files)
    with empty.database.writing() as connection:
        add_contents(Writing(connection, "Anna", "now"), "nasty", contents, "imported")
    with empty.database.reading() as connection:
        held = contents_of(connection, "nasty")
    assert (held.facts, dict(held.files)) == (contents.facts, files)
    assert held.sheets["events"].written() == contents.sheets["events"].written()
    assert empty.verified().problems == ()


def test_a_table_is_written_as_it_is_read_again():
    """Any cell comes back from the CSV, also alone in its row, and each row is told to begin where it does."""
    for header in (("event_id", "title"), ("event_id",)):
        rows = [dict.fromkeys(header, cell) for cell in NASTY]
        written, lines = Sheet(header, rows).written()
        assert Sheet.read(written) == Sheet(header, rows)
        reader = csv.reader(io.StringIO(written, newline=""))
        begins = [1, *(reader.line_num + 1 for _ in reader)]
        assert lines == begins[1:-1]


def test_further_files_of_a_folder_come_out_as_they_went_in(empty, tmp_path):
    """A file that is no table is kept byte for byte."""
    folder = make(tmp_path / "tiny")
    (folder / "README.md").write_bytes(b"\xff\x00 any bytes\r\n")
    empty.import_folder(folder, "tiny", "Anna")
    empty.export_folder("tiny", tmp_path / "out")
    assert (tmp_path / "out" / "README.md").read_bytes() == b"\xff\x00 any bytes\r\n"


def test_a_folder_with_faults_is_not_taken_in(empty, tmp_path):
    """All of its faults are told, and the store holds nothing of it."""
    folder = make(tmp_path / "bad", claims=({"reported": "yesterday", "kind": "parade"},))
    with pytest.raises(FaultsError) as caught:
        empty.import_folder(folder, "bad", "Anna")
    assert {fault.column for fault in caught.value.faults} == {"reported", "kind"}
    assert (empty.names(), empty.changes()) == ([], [])


def test_a_folder_within_the_folder_is_refused(empty, tmp_path):
    """What could not be given back as it was is not taken in."""
    folder = make(tmp_path / "tiny")
    (folder / "drafts").mkdir()
    with pytest.raises(StoreError, match="drafts' is no plain file"):
        empty.import_folder(folder, "tiny", "Anna")


def test_a_link_within_the_folder_is_refused(empty, tmp_path):
    """What is not of the collection is not taken in, where a folder of another's leads to it."""
    folder = make(tmp_path / "tiny")
    (tmp_path / "secret").write_text("mine")
    (folder / "notes.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(StoreError, match=r"notes\.txt' is a link, .*put the file itself there"):
        empty.import_folder(folder, "tiny", "Anna")
    assert empty.names() == []


def test_a_name_is_taken_once_and_is_no_path(store):
    """A second collection of one name is refused, and so is a name with a slash or dots."""
    with pytest.raises(StoreError, match="store:tiny is there already"):
        store.create("tiny", "Another", *DAYS, "Anna")
    for name in ("../tiny", "a/b", "..", "", "a.b"):
        with pytest.raises(StoreError, match="is no name of a collection"):
            store.create(name, "Another", *DAYS, "Anna")


def test_a_file_of_the_store_is_never_written_by_a_path(tmp_path):
    """A name that somebody has put into the database does not lead out of the folder; nothing is written."""
    contents = Contents("", {}, {"../evil": b""})
    with pytest.raises(StoreError, match="is no plain name"):
        contents.put(make(tmp_path / "out"))
    assert not (tmp_path / "evil").exists()


def test_an_export_overwrites_nothing(store, tmp_path):
    """A folder that holds something is refused, and stays as it is."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BordermapError, match="is there already"):
        store.export_folder("tiny", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_collection_is_read_as_any_other(store):
    """One that was begun in the store has its title and days, and no claims; its title may hold quotes."""
    store.create("new", 'A "new" one\\', *DAYS, "Anna")
    collection = store.read("new")
    assert (collection.facts.title, len(collection.claims)) == ('A "new" one\\', 0)
    assert store.names() == ["new", "tiny"]


# ---- sources


def test_a_text_is_kept_once(store):
    """The same text again is found by its hash, and keeps the source that it had."""
    first = store.keep_source("tiny", {"outlet": "Público", "published": "2024-12-09"}, "Passaram.", "Anna")
    again = store.keep_source("tiny", {"outlet": "Another"}, "Passaram.", "Ben")
    assert (first.source_id, first.new) == ("público-2024-12-09", True)
    assert (again.source_id, again.new) == (first.source_id, False)
    assert [(one.source_id, one.text) for one in store.texts("tiny")] == [(first.source_id, "Passaram.")]


def test_a_text_of_another_outlet_is_told_or_kept_as_a_repeat(store):
    """Whoever hands it in learns whose it was; kept on purpose, it is a source of its own that names the first."""
    first = store.keep_source("tiny", {"outlet": "A", "published": "2024-12-08"}, "Some crossed.", "Anna")
    other = {"outlet": "B", "published": "2024-12-09"}
    found = store.keep_source("tiny", other, "Some crossed.", "Ben")
    assert (found.new, found.outlet, found.published) == (False, "A", "2024-12-08")
    again = store.keep_source("tiny", other, "Some crossed.", "Ben", repeat=True)
    assert (again.new, again.outlet, again.cells["repeats"]) == (True, "B", first.source_id)
    assert [(one.source_id, one.text) for one in store.texts("tiny")] == [
        *((first.source_id, "Some crossed."), (again.source_id, "Some crossed.")),
    ]
    assert store.keep_source("tiny", other, "Some crossed.", "Ben", repeat=True).new is False
    assert store.verified().problems == ()


def test_a_source_is_mended_by_whoever_has_seen_it(store):
    """Its cells change but for its id and its text; who has seen an older version is told, and faults are refused."""
    kept = store.keep_source("tiny", {"outlet": "A", "published": "2024-12-08"}, "Some crossed.", "Anna")
    mended = store.mend_source("tiny", kept.source_id, kept.version, {"outlet": "The A"}, "Anna")
    assert (mended.version, mended) == (2, store.source("tiny", kept.source_id))
    assert (mended.outlet, mended.published) == ("The A", "2024-12-08")
    with pytest.raises(ChangedMeanwhile, match=r"was mended by Anna at .* \(outlet A -> The A\)"):
        store.mend_source("tiny", kept.source_id, kept.version, {"outlet": "B"}, "Ben")
    with pytest.raises(NotKeptError, match="published 'soon'"):
        store.mend_source("tiny", kept.source_id, 2, {"published": "soon"}, "Ben")
    with pytest.raises(StoreError, match="keeps its id and its text"):
        store.mend_source("tiny", kept.source_id, 2, {"text_sha256": "ab" * 32}, "Ben")
    with pytest.raises(StoreError, match="has no source 's9'"):
        store.mend_source("tiny", "s9", 1, {"outlet": "B"}, "Ben")


def test_a_text_finds_the_source_that_tells_its_hash(store):
    """A source that came with a folder, and its text later, are one."""
    digest = hashlib.sha256(b"Passaram.").hexdigest()
    with store.database.writing() as connection:
        row = find(connection, "sources", "tiny", "s1")
        Writing(connection, "Anna", "now").change("mended", "sources", "tiny", row, {"text_sha256": digest})
    kept = store.keep_source("tiny", {"outlet": "Another"}, "Passaram.", "Ben", language="pt")
    assert (kept.source_id, kept.new) == ("s1", False)
    assert [(one.source_id, one.language) for one in store.texts("tiny")] == [("s1", "pt")]


def test_a_source_with_faults_is_not_kept(store):
    """Its faults are told all at once, and neither it nor its text is there."""
    with pytest.raises(NotKeptError) as caught:
        store.keep_source("tiny", {"outlet": "", "published": "soon", "url": "x"}, "Text.", "Anna")
    assert {fault.column for fault in caught.value.faults} == {"outlet", "published", "url"}
    assert store.texts("tiny") == []


# ---- decisions


def test_an_accepted_proposal_is_a_claim_with_its_event(store):
    """The claim is read with the collection, has an id of its own, and belongs to the new event."""
    decision = store.accept("tiny", proposal(), CLAIM, "Anna", event_title="Some cross, again")
    collection = store.read("tiny")
    assert decision.claim_id == "s1-01"
    assert list(collection.claims["event_id"]) == ["e1", "e1", "some-cross-again"]
    assert store.decisions("tiny", "ab" * 32) == [decision.__class__(**{**_fields(decision), "version": 0})]


def _fields(decision):
    return {name: getattr(decision, name) for name in decision.__slots__}


def test_a_claim_with_faults_is_not_accepted(store):
    """All of its faults are told with its row, and no claim, event or decision is left behind."""
    wrong = {**CLAIM, "reported": "soon", "count": "many", "actors": "ghosts", "quote": ""}
    with pytest.raises(NotKeptError) as caught:
        store.accept("tiny", proposal(), wrong, "Anna", event_title="Nothing")
    assert {fault.column for fault in caught.value.faults} == {
        *("reported", "count", "actors", "quote", "count_text", "count_unit", "count_qualifier"),
    }
    assert str(caught.value).startswith("7 faults, nothing was written:\nstore:tiny claims row s1-01: ")
    assert (len(store.claims("tiny")), store.decisions("tiny")) == (2, [])


def test_an_unknown_column_is_told(store):
    """A claim with a cell that claims.csv has no column for is refused."""
    with pytest.raises(NotKeptError, match="colour is an unknown column"):
        store.accept("tiny", proposal(), {**CLAIM, "colour": "red"}, "Anna")


def test_a_rejected_proposal_is_remembered(store):
    """Reading the same text again finds who rejected it and why."""
    store.reject("tiny", proposal(), "Ben", "a habit, no happening")
    (decision,) = store.decisions("tiny", "ab" * 32)
    assert (decision.verdict, decision.who, decision.reason) == (
        Verdict.REJECTED,
        "Ben",
        "a habit, no happening",
    )
    assert decision.proposal == proposal()
    assert store.decisions("tiny", "cd" * 32) == []


def test_a_proposal_is_decided_once(store):
    """The second reviewer is told what the first decided; whoever has seen that may decide anew."""
    first = store.reject("tiny", proposal(), "Anna", "no")
    with pytest.raises(ChangedMeanwhile, match="the proposal was rejected by Anna"):
        store.accept("tiny", proposal(), CLAIM, "Ben")
    assert store.accept("tiny", proposal(), CLAIM, "Ben", seen=first.decision_id).verdict is Verdict.ACCEPTED
    assert store.accept("tiny", proposal(which=1), CLAIM, "Ben").claim_id == "s1-02"


def test_a_proposal_whose_claim_stands_is_not_rejected(store):
    """Whoever has seen the claim must withdraw it first; then the proposal can be rejected."""
    seen = store.accept("tiny", proposal(), CLAIM, "Anna").decision_id
    with pytest.raises(StoreError, match="s1-01 came of this proposal; withdraw it before you reject that"):
        store.reject("tiny", proposal(), "Anna", "no", seen=seen)
    mended = store.mend("tiny", "s1-01", 1, {"note": "x"}, "Ben").decision_id
    with pytest.raises(StoreError, match="withdraw it before"):
        store.reject("tiny", proposal(), "Anna", "no", seen=mended)
    store.withdraw("tiny", "s1-01", 2, "Anna")
    assert store.reject("tiny", proposal(), "Anna", "no").verdict is Verdict.REJECTED


def test_only_a_rejection_is_taken_back(store):
    """An undecided, an accepted and a withdrawn proposal are refused; after a rejection it is open to all again."""
    with pytest.raises(StoreError, match="the proposal is not rejected"):
        store.reconsider("tiny", proposal(), "Anna")
    seen = store.accept("tiny", proposal(), CLAIM, "Anna").decision_id
    with pytest.raises(StoreError, match="the proposal is not rejected"):
        store.reconsider("tiny", proposal(), "Anna", seen=seen)
    store.withdraw("tiny", "s1-01", 1, "Anna")
    with pytest.raises(StoreError, match="the proposal is not rejected"):
        store.reconsider("tiny", proposal(), "Anna")
    seen = store.reject("tiny", proposal(), "Anna", "no").decision_id
    store.reconsider("tiny", proposal(), "Ben", seen=seen)
    assert store.accept("tiny", proposal(), CLAIM, "Chloé").claim_id == "s1-02"


@pytest.mark.parametrize("then", ["reconsider", "withdraw"])
def test_whoever_saw_an_earlier_decision_is_told_of_a_later_one(store, then):
    """Also where the proposal is open by then: nothing of it is decided over what another did since."""
    if then == "reconsider":
        seen = store.reject("tiny", proposal(), "Anna", "no").decision_id
        store.reconsider("tiny", proposal(), "Ben", seen=seen)
    else:
        seen = store.accept("tiny", proposal(), CLAIM, "Anna").decision_id
        store.withdraw("tiny", "s1-01", 1, "Ben")
    for decide in (
        lambda: store.accept("tiny", proposal(), CLAIM, "Anna", seen=seen),
        lambda: store.reject("tiny", proposal(), "Anna", "no", seen=seen),
        lambda: store.reconsider("tiny", proposal(), "Anna", seen=seen),
    ):
        with pytest.raises(
            ChangedMeanwhile, match=r"was (reopened|withdrawn) by Ben at .*; look at it again"
        ):
            decide()


def test_two_reviewers_do_not_overwrite_each_other(store):
    """The second to mend a claim sees who changed what from what to what, and nothing is overwritten."""
    seen = store.claim("tiny", "c1").version
    store.mend("tiny", "c1", seen, {"quote": "a few crossed", "note": "checked"}, "Anna")
    with pytest.raises(ChangedMeanwhile) as caught:
        store.mend("tiny", "c1", seen, {"quote": "many crossed"}, "Ben")
    assert (caught.value.who, caught.value.verb) == ("Anna", "mended")
    assert [(one.column, one.before, one.after) for one in caught.value.fields] == [
        ("note", "", "checked"),
        ("quote", "some crossed", "a few crossed"),
    ]
    assert store.claim("tiny", "c1").cells["quote"] == "a few crossed"


def test_a_withdrawn_claim_leaves_the_map_and_stays_in_the_audit(store):
    """The collection no longer has it; its history says who withdrew it, and its id is not given again."""
    decision = store.accept("tiny", proposal(), CLAIM, "Anna")
    store.withdraw("tiny", decision.claim_id, 1, "Ben", "told twice")
    assert list(store.read("tiny").claims["claim_id"]) == ["c1", "c2"]
    history = store.history("tiny", decision.claim_id)
    assert [(change.what, change.who) for change in history] == [("accepted", "Anna"), ("withdrawn", "Ben")]
    with pytest.raises(ChangedMeanwhile, match="was withdrawn by Ben"):
        store.mend("tiny", decision.claim_id, 1, {"note": "x"}, "Anna")
    assert store.accept("tiny", proposal(), CLAIM, "Anna").claim_id == "s1-02"


def test_no_version_comes_back(store):
    """A claim that was withdrawn and accepted again under its id is none of the versions that anybody has seen."""
    named = {**CLAIM, "claim_id": "mine"}
    seen = store.accept("tiny", proposal(), named, "Anna").version
    store.withdraw("tiny", "mine", seen, "Anna")
    again = store.accept("tiny", proposal(), {**named, "quote": "a few crossed"}, "Anna")
    with pytest.raises(ChangedMeanwhile) as caught:
        store.mend("tiny", "mine", seen, {"quote": "many crossed"}, "Ben")
    assert [(one.before, one.after) for one in caught.value.fields] == [("some crossed", "a few crossed")]
    assert (again.version, store.claim("tiny", "mine").version) == (3, 3)
    assert store.mend("tiny", "mine", 3, {"quote": "many crossed"}, "Ben").version == 4
    assert store.verified().problems == ()


def test_an_id_given_again_belongs_to_the_last_proposal(store):
    """A mended claim is told of the proposal that it came of, not of one that had its id before."""
    named = {**CLAIM, "claim_id": "mine"}
    store.accept("tiny", proposal(), named, "Anna")
    store.withdraw("tiny", "mine", 1, "Anna")
    store.accept("tiny", proposal(which=1), named, "Anna")
    assert store.mend("tiny", "mine", 3, {"note": "x"}, "Ben").proposal == proposal(which=1)


def test_a_claim_that_others_rest_on_is_not_withdrawn(store):
    """A withdrawal that would leave another claim pointing at nothing is a fault of that claim."""
    denial = store.accept("tiny", proposal(), {**CLAIM, "status": "denied", "denies": "c1"}, "Anna")
    with pytest.raises(NotKeptError, match=f"store:tiny claims row {denial.claim_id}: denies 'c1'"):
        store.withdraw("tiny", "c1", 1, "Anna")
    assert len(store.claims("tiny")) == 3


def test_a_cell_that_no_database_can_hold_is_a_fault(store):
    """A zero byte and half a surrogate pair are refused in words."""
    for cell in ("a\0b", "\ud800"):
        with pytest.raises(NotKeptError, match="is no text"):
            store.mend("tiny", "c1", 1, {"note": cell}, "Anna")


def test_what_is_not_there_is_told(store):
    """A collection or claim that the store does not have is one sentence."""
    with pytest.raises(StoreError, match="the store has no collection 'none'"):
        store.read("none")
    with pytest.raises(StoreError, match="the store has no collection 'none'"):
        store.reject("none", proposal(), "Anna")
    with pytest.raises(StoreError, match="has no claim 'c9'"):
        store.mend("tiny", "c9", 1, {"note": "x"}, "Anna")


def test_a_stamp_changes_with_its_collection_only(store):
    """The map of one collection is drawn anew when that one changes."""
    before = store.stamp("tiny")
    store.create("other", "Another", *DAYS, "Anna")
    assert store.stamp("tiny") == before
    store.mend("tiny", "c1", 1, {"note": "x"}, "Anna")
    assert store.stamp("tiny") > before


# ---- migrations


def test_the_migrations_make_the_tables_of_today(store):
    """What alembic makes is what the program expects, table by table and column by column."""
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []
    known = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert tuple(reversed([script.revision for script in known])) == REVISIONS


def test_a_store_of_a_later_bordermap_is_refused(store, url):
    """Its tables are not known: nothing is read or written."""
    with store.database.writing() as connection:
        connection.execute(text(f"update {VERSION_TABLE} set version_num = '9999'"))
    with pytest.raises(TooNewError, match="was written by a later bordermap"):
        open_store(url)


def test_a_database_of_something_else_is_refused(url):
    """Tables that are not the store's are left alone."""
    other = Database(address_of(url))
    with other.writing() as connection:
        connection.execute(text(f"drop table {VERSION_TABLE}"))
    with pytest.raises(StoreError, match="holds something else than a store"):
        open_store(url)
    other.close()
