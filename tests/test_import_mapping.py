"""A mapping of a table's columns: as it is said, kept and said again."""

import datetime as dt
import json
import shlex

import pytest

from claims.imports.converting import Asked, DateOrder, Scheme
from claims.imports.tables.aside import Aside
from claims.imports.tables.mapping import OURS, TableMapping
from claims.imports.tables.remembered import (
    MOST,
    forget,
    header_lines,
    is_remembered,
    mappings_file,
    recalled,
    remember,
    scheme_of,
)
from claims.imports.tables.saidmapping import mapping_of
from geo.errors import BordermapError, FaultsError

SAID = {
    "maps": ["When=date", "a=b=place", "Mood=nothing"],
    "sets": ["kind=crossing", "note=x=y"],
    "values": ["status:Not  Sure=reported", "direction:In=out=in"],
}


def test_a_mapping_is_read_as_it_is_said():
    """Columns may hold equals signs, and words of cells are kept without case and blanks."""
    mapping = mapping_of(**SAID)
    assert mapping.columns == {"date": "When", "place": "a=b"}
    assert mapping.unused == ("Mood",)
    assert mapping.constants == {"kind": "crossing", "note": "x=y"}
    assert mapping.meanings == {"status": {"not sure": "reported"}, "direction": {"in=out": "in"}}


def test_a_mapping_can_be_said_again_by_its_options():
    """The options that a mapping gives are read as the same mapping."""
    mapping = mapping_of(**SAID)
    said = {"--map": [], "--set": [], "--value": []}
    for option in mapping.options():
        name, word = shlex.split(option)
        said[name].append(word)
    assert mapping_of(said["--map"], said["--set"], said["--value"]) == mapping


FAULTS = [
    ({"maps": ["When"]}, "--map: 'When' is cut short; write it as theirs=ours"),
    ({"maps": ["When=dat"]}, "names 'dat', which is no part of a claim; write date"),
    ({"maps": ["When=zzz"]}, "use one of id, version, kind"),
    ({"maps": ["A=date", "B=date"]}, "says date a second time; keep one of them"),
    ({"maps": ["A=kind"], "sets": ["kind=crossing"]}, "says kind a second time"),
    ({"sets": ["kind=battle"]}, "'kind=battle' is no kind; use one of crossing, withdrawal"),
    ({"values": ["kind=crossing"]}, "is of no column of words; begin it with one of kind:"),
    ({"values": ["place:A=crossing"]}, "is of no column of words"),
    ({"values": ["kind:A=b"]}, "is no kind"),
    ({"maps": ["A=date", "B=date_start"]}, "date_start cannot stand beside date"),
]


@pytest.mark.parametrize(("said", "told"), FAULTS)
def test_what_a_mapping_cannot_mean_is_told(said, told):
    """Each option that cannot be read says why, and what to write."""
    with pytest.raises(FaultsError) as caught:
        mapping_of(**said)
    assert told in str(caught.value)


def test_all_faults_of_a_mapping_are_told_at_once():
    """One wrong option does not hide the next."""
    with pytest.raises(FaultsError) as caught:
        mapping_of(["When", "A=nope"], ["kind=nope"], ["nope"])
    assert len(caught.value.faults) == 4


def test_a_column_that_the_table_lacks_is_told_with_the_nearest():
    """A misspelt column is a fault that says which may be meant."""
    (fault,) = mapping_of(["Dte=date"]).faults("a.csv", ["Date", "Town"])
    assert str(fault) == "a.csv line 1: Dte is no column of the table, though date is; map 'Date'"


def test_what_is_said_goes_before_what_is_guessed():
    """A guess fills only what is not said, and uses no column twice."""
    said = TableMapping({"place": "Town"}, {"kind": "crossing"}, {"status": {"x": "denied"}})
    guessed = TableMapping(
        {"place": "Site", "crossing": "Town", "date": "Day", "kind": "Type"},
        {"count_unit": "people"},
        {"status": {"x": "reported", "y": "planned"}},
    )
    whole = said.over(guessed)
    assert whole.columns == {"date": "Day", "place": "Town"}
    assert whole.constants == {"count_unit": "people", "kind": "crossing"}
    assert whole.meanings == {"status": {"x": "denied", "y": "planned"}}


def test_a_mapping_goes_into_what_is_asked_and_comes_out():
    """What the user says of a file carries the mapping whole."""
    mapping = mapping_of(**SAID)
    assert TableMapping.of(mapping.put_into(Asked("a.csv"))) == mapping


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"columns": {"date": 1}, "constants": {}, "meanings": {}}',
        '{"columns": {}, "constants": {}, "meanings": {"kind": 1}}',
        '{"columns": {"nope": "A"}, "constants": {}, "meanings": {}}',
        '{"columns": {}, "constants": {"kind": "nope"}, "meanings": {}}',
        '{"columns": {}, "constants": {}, "meanings": {"kind": {"a": "nope"}}}',
        "[" * 100_000,
    ],
)
def test_a_mapping_that_is_none_is_refused(text):
    """Whatever a file holds, it is a mapping or an error that says so."""
    with pytest.raises(BordermapError, match="write it anew"):
        TableMapping.from_json(text)


def test_a_mapping_is_written_and_read():
    """JSON brings a mapping back as it was."""
    mapping = mapping_of(**SAID)
    assert TableMapping.from_json(mapping.to_json()) == mapping


def test_every_part_of_a_claim_says_what_it_is():
    """Each name that a mapping may use has its words."""
    assert all(OURS.values())


# ---- remembered

DAY = dt.date(2024, 11, 3)


@pytest.fixture
def _empty(tmp_path, monkeypatch):
    """Begin with a user who has mapped nothing yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


@pytest.mark.usefixtures("_empty")
def test_a_mapping_is_remembered_by_the_columns_whatever_their_order():
    """The next table of the same columns finds the mapping, with the day it was used."""
    told = []
    assert recalled(["A", "B"], told) is None
    remember(["A", "B"], mapping_of(["A=date"]), DAY, told)
    found = recalled(["B", "A"], told)
    assert found.mapping == mapping_of(["A=date"])
    assert found.told == "mapping as of 3 Nov 2024 for these columns"
    assert recalled(["A", "B", "C"], told) is None
    assert told == []


@pytest.mark.usefixtures("_empty")
def test_the_mapping_longest_not_used_is_forgotten():
    """The file keeps so many mappings and no more, the newest of them."""
    mapping = mapping_of(["A=date"])
    remember(["A", "0"], mapping, DAY, [])
    kept = mappings_file()
    entry = kept.read_text(encoding="utf-8").split(": ", 1)[1].rsplit("}", 1)[0].strip()
    more = ",".join(f'"{number}": {entry}' for number in range(MOST))
    kept.write_text(f"{{{more}}}", encoding="utf-8")
    remember(["A", "1"], mapping, DAY, [])
    text = kept.read_text(encoding="utf-8")
    assert text.count('"day"') == MOST
    assert '"0"' not in text
    assert recalled(["A", "1"], [])


@pytest.mark.usefixtures("_empty")
@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff"])
def test_a_broken_file_of_mappings_is_told_and_passed_over(text):
    """Mappings that cannot be read stop nobody, and are written anew."""
    file = mappings_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    told = []
    assert recalled(["A"], told) is None
    assert "passed over" in told[0]
    remember(["A"], mapping_of(["A=date"]), DAY, told)
    assert recalled(["A"], [])


@pytest.mark.usefixtures("_empty")
def test_a_kept_mapping_that_cannot_be_used_is_told():
    """One entry of nonsense is passed over like a broken file."""
    remember(["A"], mapping_of(["A=date"]), DAY, [])
    file = mappings_file()
    file.write_text(file.read_text(encoding="utf-8").replace("2024-11-03", "soon"), encoding="utf-8")
    told = []
    assert recalled(["A"], told) is None
    assert "cannot be used" in told[0]


ASIDE = Aside(
    {"dates": "dmy", "decimal": ",", "outlet": "A", "home": "PT", "countries": "PT,ES", "header": "3"},
    ("no data", "-9"),
)


@pytest.mark.usefixtures("_empty")
def test_what_goes_with_a_mapping_is_remembered_with_it():
    """Order of days, decimals, outlet, countries, header and words for no value come back, as options too."""
    remember(["A"], mapping_of(["A=date"]), DAY, [], aside=ASIDE)
    found = recalled(["A"], []).aside
    assert found == ASIDE
    assert " ".join(found.options()) == (
        "--dates dmy --decimal , --outlet A --home PT --countries PT,ES --header 3 --none 'no data' --none -9"
    )
    asked = found.put_into(Asked("rows.csv"))
    assert (asked.dates, asked.countries, asked.published) == (DateOrder.DMY, ("PT", "ES"), None)
    assert (asked.header, asked.none) == (3, ("no data", "-9"))
    assert Aside.of(asked) == ASIDE


@pytest.mark.parametrize(
    ("asked", "outlet", "wanting"),
    [
        (Asked("rows.csv"), False, {"outlet": "A", "home": "PT"}),
        (Asked("rows.csv", outlet="B"), False, {"home": "PT"}),
        (Asked("rows.csv"), True, {"home": "PT"}),
    ],
    ids=["nothing said", "outlet said", "a column says the outlet"],
)
def test_what_is_said_now_stands_over_what_is_remembered(asked, outlet, wanting):
    """Only what is not said now is taken from what was said before."""
    assert Aside({"outlet": "A", "home": "PT"}).wanting(asked, outlet=outlet) == Aside(wanting)


def test_words_for_no_value_and_the_header_stand_until_they_are_said_anew():
    """Words that are said now stand instead; a line is that of this file, or of no use."""
    before = Aside({"header": "3"}, ("x",))
    assert before.wanting(Asked("rows.csv", none=("y",), header=3), outlet=False) == Aside({"header": "3"})
    assert before.wanting(Asked("rows.csv", header=2), outlet=False) == Aside({}, ("x",))


@pytest.mark.usefixtures("_empty")
def test_the_lines_that_named_columns_are_known_with_them():
    """The last said comes first; which columns they named is remembered."""
    for columns, line in (["A"], "3"), (["B"], "2"), (["C"], ""):
        remember(columns, mapping_of(["A=date"]), DAY, [], aside=Aside({"header": line} if line else {}))
    assert header_lines() == [2, 3]
    assert [is_remembered(["A"], line) for line in (0, 2, 3)] == [True, False, True]
    assert [is_remembered(["C"]), is_remembered(["D"])] == [True, False]


@pytest.mark.usefixtures("_empty")
@pytest.mark.parametrize(
    "said",
    [
        *("soon", '{"dates": "ydm"}', '{"decimal": ";"}', '{"home": "Portugal"}', '{"outlet": ["A"]}'),
        *('{"none": "x"}', '{"none": [1]}', '{"header": "first"}', '{"header": "0"}'),
    ],
)
def test_nonsense_beside_a_mapping_is_told(said):
    """What cannot have been said of a table is passed over with its mapping."""
    remember(["A"], mapping_of(["A=date"]), DAY, [], aside=ASIDE)
    kept = json.loads(mappings_file().read_text(encoding="utf-8"))
    next(iter(kept.values()))["said"] = json.loads(said) if said.startswith("{") else said
    mappings_file().write_text(json.dumps(kept), encoding="utf-8")
    told = []
    assert recalled(["A"], told) is None
    assert "cannot be used" in told[0]


@pytest.mark.usefixtures("_empty")
def test_a_mapping_from_before_there_was_more_to_remember_is_used():
    """An entry that says nothing beside its mapping is one."""
    remember(["A"], mapping_of(["A=date"]), DAY, [])
    kept = json.loads(mappings_file().read_text(encoding="utf-8"))
    del next(iter(kept.values()))["said"]
    mappings_file().write_text(json.dumps(kept), encoding="utf-8")
    assert recalled(["A"], []).aside == Aside({})


@pytest.mark.usefixtures("_empty")
def test_a_table_is_read_as_tables_of_its_columns_were_last():
    """A flow table is known the next time, its mapping is its own, and all of it is forgotten when asked to be."""
    assert scheme_of(["A"]) is Scheme.TABLE
    remember(["A"], mapping_of(["A=date"]), DAY, [])
    remember(["A"], mapping_of(["A=crossing"]), DAY, [], Scheme.FLOW)
    assert scheme_of(["A"]) is Scheme.FLOW
    assert recalled(["A"], [], Scheme.FLOW).mapping == mapping_of(["A=crossing"])
    assert recalled(["A"], []).mapping == mapping_of(["A=date"])
    remember(["A"], mapping_of(["A=date"]), DAY, [])
    assert scheme_of(["A"]) is Scheme.TABLE
    remember(["B"], mapping_of(["B=date"]), DAY, [])
    forget(["A"])
    assert [recalled(["A"], [], scheme) for scheme in (Scheme.TABLE, Scheme.FLOW)] == [None, None]
    assert recalled(["B"], [])
