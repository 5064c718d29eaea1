"""`bordermap import`: what it takes in, tells and refuses."""

import pytest
from collections_made import make
from imports_made import ACLED, folder_bytes

import bordermap
from claims.named import named, the_store
from claims.shipped import shipped
from claims.tables import read_with_places

HEADER, BASE, BATTLE = ACLED.splitlines(keepends=True)


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    """Work in a folder of the test's own, with a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def imported(here, text, *words, into="new"):
    """Import a text as a file; give the exit code."""
    (here / "rows.csv").write_text(text, encoding="utf-8")
    return bordermap.main(["import", "rows.csv", "--into", into, *words])


def test_an_export_becomes_a_collection(here, capsys):
    """Rows become claims of a new folder, and what is passed over is counted by what it is."""
    assert imported(here, ACLED) == 0
    said = capsys.readouterr()
    assert said.out == (
        "new: 1 new, 0 revised, 0 unchanged, 1 passed over (Battles: Armed clash 1; --context takes those that are "
        "context)\n"
    )
    assert said.err == "rows.csv is read as acled\n"
    assert read_with_places(here / "new")[0].claims["claim_id"].tolist() == ["acled-POR1"]


def test_again_changes_nothing_and_a_newer_version_revises(here, capsys):
    """The same file again leaves the folder as it is; a newer version of a row is counted as revised."""
    imported(here, ACLED, "--context")
    before = folder_bytes(here / "new")
    imported(here, ACLED, "--context")
    assert folder_bytes(here / "new") == before
    newer = BATTLE.replace(",3,,1733700000", ",4,,1733800000")
    imported(here, HEADER + BASE + newer, "--context")
    assert capsys.readouterr().out.splitlines() == [
        "new: 2 new, 0 revised, 0 unchanged",
        "new: 0 new, 0 revised, 2 unchanged",
        "new: 0 new, 1 revised, 1 unchanged",
    ]
    assert read_with_places(here / "new")[0].claims["count"].tolist()[1] == 4


def test_into_the_store_by_name(here):
    """store:NAME takes rows in, in the name of whoever is named."""
    assert imported(here, ACLED, "--by", "Anna", into="store:rows") == 0
    assert {change.who for change in the_store().changes("rows")} == {"Anna"}
    assert the_store().read("rows").claims["claim_id"].tolist() == ["acled-POR1"]


def test_a_check_says_what_would_be(here, capsys):
    """--check counts, and makes no folder."""
    assert imported(here, ACLED, "--check") == 0
    assert capsys.readouterr().out.startswith("new: would be: 1 new")
    assert not (here / "new").exists()


FAULTY = HEADER + BASE.replace("2024-12-07,2024,1", "=Monday,2024,1") + BASE.replace("POR1", "POR3")


def test_with_a_fault_nothing_is_taken_in(here, capsys):
    """Faults end with 1, are all told, and stand in the report, safe for a spreadsheet."""
    assert imported(here, FAULTY, "--report", "faults.csv") == 1
    assert "rows.csv line 2: event_date '=Monday' is not a day" in capsys.readouterr().err
    assert not (here / "new").exists()
    assert "fault,rows.csv,2,event_date,'=Monday," in (here / "faults.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("leave", ["2", "faults.csv"])
def test_rows_that_are_left_refuse_nothing(here, capsys, leave):
    """--leave by lines or by the report takes in all other rows, and counts what is left."""
    imported(here, FAULTY, "--report", "faults.csv")
    assert imported(here, FAULTY, "--leave", leave) == 0
    assert capsys.readouterr().out == "new: 1 new, 0 revised, 0 unchanged, 1 left by --leave\n"


def test_a_fault_in_another_row_still_refuses(here):
    """Leaving one row does not let another pass."""
    assert imported(here, FAULTY, "--leave", "3") == 1


def test_a_row_that_cannot_be_read_can_be_left(here, capsys):
    """A row with too few cells is left by its line too."""
    assert imported(here, ACLED + "POR9,short\n", "--leave", "4,99") == 0
    said = capsys.readouterr()
    assert "1 left by --leave" in said.out
    assert "rows.csv line 99: no row begins there, so --leave leaves none" in said.err


def test_leaving_a_row_loses_no_other(here, capsys):
    """A quote that is never closed hides the rows after it: to leave its row leaves nothing, and nothing is taken in."""
    text = HEADER + BASE.replace("620,Europe", '"620,Europe') + BASE.replace("POR1", "POR3")
    assert imported(here, text, "--leave", "2") == 1
    assert "on line 2, and of the rows from there on none was read" in capsys.readouterr().err
    assert not (here / "new").exists()


def test_many_faults_are_shortened(here, capsys):
    """So many faults are shown as one reads, and where the rest is."""
    rows = [
        BASE.replace("POR1", f"POR{number}").replace("2024-12-07,2024,1", "x,2024,1") for number in range(60)
    ]
    assert imported(here, HEADER + "".join(rows)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert (lines[1], len(lines)) == ("60 faults, nothing was imported:", 53)
    assert lines[-1] == "and 10 more; --report FILE.csv writes all of them"


def test_a_shipped_collection_is_refused(here, capsys):
    """What comes with bordermap is never imported into, by its name or its folder."""
    name, folder = next(iter(shipped().items()))
    before = folder_bytes(folder)
    assert imported(here, ACLED, into=name) == 1
    assert imported(here, ACLED, into=str(folder)) == 1
    assert capsys.readouterr().err.count("comes with bordermap") == 2
    assert folder_bytes(folder) == before


def test_a_file_that_is_not_there_is_told(here, capsys):
    """A file that is missing ends with 1 and a sentence."""
    assert bordermap.main(["import", "nothing.csv", "--into", "new"]) == 1
    assert "nothing.csv: is missing" in capsys.readouterr().err
    assert not (here / "new").exists()


@pytest.mark.parametrize("into", ["back", "store:back"])
def test_a_whole_export_becomes_the_collection_that_it_was(here, capsys, into):
    """What --whole handed over comes in again as it was, and only where nothing is."""
    imported(here, ACLED, "--context")
    assert bordermap.main(["export", "csv", "--whole", "--collection", "new", "-o", "whole.zip"]) == 0
    capsys.readouterr()
    assert bordermap.main(["import", "whole.zip", "--into", into, "--by", "Anna"]) == 0
    assert capsys.readouterr().out.startswith(f"{into}: a whole collection: ")
    assert named(into).read()[0].claims.equals(read_with_places(here / "new")[0].claims)
    assert bordermap.main(["import", "whole.zip", "--into", into, "--by", "Anna"]) == 1
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(("day", "told"), [("2024-12-07", False), ("2025-02-03", True)])
def test_claims_outside_of_the_days_of_the_map_are_told(here, capsys, day, told):
    """Where collection.toml writes days that do not reach the claims, the user is told what to do."""
    make(here / "c")
    assert imported(here, HEADER + BASE.replace("2024-12-07,2024", f"{day},{day[:4]}"), into="c") == 0
    assert ("widen first_day and last_day in collection.toml" in capsys.readouterr().err) == told


TABLE = "id,date,origin,destination,count,quote,outlet,published\n"
CROSSED = "1,2024-12-07,Elvas,Badajoz,200,some two hundred crossed,The Daily Test,2024-12-08\n"


def test_a_table_is_guessed_and_what_was_said_of_it_remembered(here, capsys):
    """Columns of any table are guessed with reasons; what the user says of it holds the next time too."""
    assert imported(here, TABLE + CROSSED, "--set", "kind=crossing", "--set", "count_unit=people") == 0
    assert "'date' is date (named 'date', and every cell is a day)" in capsys.readouterr().err
    assert imported(here, TABLE + CROSSED.replace("200", "300")) == 0
    assert capsys.readouterr().out == "new: 0 new, 1 revised, 0 unchanged\n"
    claim = read_with_places(here / "new")[0].claims.iloc[0]
    assert (claim["kind"], claim["count"], claim["origin"]) == ("crossing", 300, "Elvas")


def test_what_is_unsaid_does_not_hide_the_faults_of_rows(here, capsys):
    """Kind, outlet and day of publication are asked for with the day that is none and the order of days, all at once."""
    assert imported(here, "Date,Place\n07/12/2024,Elvas\nnever,Elvas\n") == 1
    said = capsys.readouterr().err
    for told in (
        "kind is not said",
        "outlet is not said",
        "published is not said",
        "line 3: Date 'never'",
        "--dates",
    ):
        assert told in said
    assert not (here / "new").exists()


def test_what_a_flow_lacks_does_not_hide_the_faults_of_rows(here, capsys):
    """A flow without a way and an outlet tells of a day that is none too, and of nothing that was not asked."""
    text = "Date,Border point,Individuals\nnever,Elvas,20\n"
    assert imported(here, text, "--from", "flow", "--published", "2024-12-20") == 1
    said = capsys.readouterr().err
    for told in ("3 faults", "which way people went", "outlet is not said", "line 2: Date 'never'"):
        assert told in said


def test_a_column_that_is_not_there_does_not_hide_the_faults_of_rows(here, capsys):
    """A column that is mapped and missing stands beside a row's fault."""
    said = [
        "--set",
        "kind=crossing",
        "--outlet",
        "A",
        "--published",
        "2024-12-20",
    ]
    assert imported(here, "Date,Place\nnever,Elvas\n", *said, "--map", "Town=place") == 1
    told = capsys.readouterr().err
    assert "Town is no column" in told
    assert "line 2: Date 'never'" in told


def test_rows_that_stand_twice_are_not_said_to_be_context(here, capsys):
    """Of rows that are passed over for standing twice it is not said that --context takes them."""
    assert imported(here, HEADER + BASE + BASE) == 0
    said = capsys.readouterr().out
    assert "passed over (the same row again 1)" in said


SAID = ("--set", "kind=crossing", "--outlet", "The Daily Test", "--published", "2024-12-20")


@pytest.mark.parametrize("into", ["new", "store:new"])
@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("id,Day,Town\n1,2024-12-08,Elvas\n", "The Daily Test"),
        ("id,Date,Place\n1,2024-12-08,Elvas\n", "The Other"),
    ],
    ids=["other columns", "another outlet"],
)
def test_another_table_of_the_same_name_overwrites_nothing(here, capsys, into, text, outlet):
    """Where rows of another table are held under the file's name, the data set is asked for, and said it is taken."""
    assert imported(here, "id,Date,Place\n1,2024-12-07,Elvas\n", *SAID, into=into) == 0
    assert imported(here, text, *SAID, "--outlet", outlet, into=into) == 1
    assert "'rows' holds rows of a table with other" in capsys.readouterr().err
    assert imported(here, text, *SAID, "--outlet", outlet, "--dataset", "../Second", into=into) == 0
    assert named(into).read()[0].claims["claim_id"].tolist() == ["rows-1", "second-1"]


def test_a_newer_edition_of_a_table_is_taken_under_its_name(here, capsys):
    """The same columns and outlet under the same name are the same data set, and so is what is said to be."""
    assert imported(here, "id,Date,Place\n1,2024-12-07,Elvas\n", *SAID) == 0
    assert imported(here, "id,Date,Place\n1,2024-12-08,Elvas\n", *SAID) == 0
    assert imported(here, "id,Date,Place,More\n1,2024-12-08,Elvas,x\n", *SAID, "--dataset", "rows") == 0
    assert "1 revised" in capsys.readouterr().out


def test_the_name_of_a_data_set_becomes_an_id(here):
    """What --dataset says of ACLED's rows is written as ids are, whatever it holds."""
    assert imported(here, ACLED, "--dataset", "=../My set") == 0
    assert read_with_places(here / "new")[0].claims["claim_id"].tolist() == ["my-set-POR1"]


def test_a_mapping_that_is_remembered_is_shown(here, capsys):
    """What was used for these columns before is told as the options that say it, the kind among them."""
    assert imported(here, "id,Date,Place\n1,2024-12-07,Elvas\n", *SAID) == 0
    capsys.readouterr()
    assert imported(here, "id,Date,Place\n1,2024-12-07,Elvas\n", *SAID) == 0
    shown = capsys.readouterr().err
    assert "for these columns: --map id=id --map Date=date --map Place=place --set kind=crossing" in shown


def test_what_goes_with_a_mapping_is_remembered_and_forgotten(here, capsys):
    """Order of days and outlet hold the next time, and are told; what is said now stands; --forget begins anew."""
    text = "id,Date,Place\n1,07/12/2024,Elvas\n"
    assert imported(here, text, *SAID, "--dates", "dmy") == 0
    capsys.readouterr()
    again = ("--published", "2024-12-21")
    assert imported(here, text.replace("Elvas", "Badajoz"), *again) == 0
    told = capsys.readouterr()
    assert "--set kind=crossing --dates dmy --outlet 'The Daily Test'\n" in told.err
    assert "or --forget to have all of it guessed anew" in told.err
    assert "1 revised" in told.out
    assert imported(here, text.replace("07/", "13/"), *again, "--dates", "mdy") == 1
    assert "Date '13/12/2024'" in capsys.readouterr().err
    assert imported(here, text, *again, "--forget") == 1
    told = capsys.readouterr().err
    assert "outlet is not said" in told
    assert "--dates" in told
    assert imported(here, text, *again) == 1


def test_a_report_leaves_all_rows_of_a_word_that_was_told_once(here, capsys):
    """A word that comes again and again is one line on the screen, and --leave with the report takes the rows without it."""
    cells = ["none seen", "12", "none seen", "none seen", "none seen"]
    text = "id,Date,Place,count\n" + "".join(
        f"{at},2024-12-07,Elvas,{cell}\n" for at, cell in enumerate(cells)
    )
    said = (*SAID, "--set", "count_unit=people")
    assert imported(here, text, *said, "--report", "report.csv") == 1
    assert capsys.readouterr().err.count("rows.csv: count 'none seen'") == 1
    assert imported(here, text, *said, "--leave", "report.csv") == 0
    assert "1 new, 0 revised, 0 unchanged, 4 left by --leave" in capsys.readouterr().out


TITLED = "Counts of a border post\n\nid,Date,Place,count\n1,2024-12-07,Elvas,none seen\n"


def test_the_header_and_words_for_no_value_are_remembered_and_forgotten(here, capsys):
    """The next edition is read from the same line with the same words, is told so, and --forget begins anew."""
    said = (*SAID, "--set", "count_unit=people", "--none", "none seen", "--header", "3")
    assert imported(here, TITLED, *said) == 0
    capsys.readouterr()
    again = ("--published", "2024-12-21")
    assert imported(here, TITLED.replace("Elvas", "Badajoz"), *again) == 0
    told = capsys.readouterr()
    assert "--header 3 --none 'none seen'\n" in told.err
    assert "1 revised" in told.out
    assert imported(here, TITLED.partition("\n\n")[2].replace("Elvas", "Merida"), *again) == 0
    told = capsys.readouterr()
    assert "--header" not in told.err
    assert "1 revised" in told.out
    assert imported(here, TITLED, *said) == 0
    assert imported(here, TITLED, *again, "--forget") == 1
    assert "say --header 3 if" in capsys.readouterr().err
    assert imported(here, TITLED, *again, "--header", "3") == 1
    assert "is not said, and is not guessed" in capsys.readouterr().err


def test_a_line_that_names_the_columns_again_is_no_header_above_which_rows_are_lost(here):
    """A table whose first line has the columns is read from there, though a later one has them where they once stood."""
    assert (
        imported(here, TITLED, *SAID, "--set", "count_unit=people", "--none", "none seen", "--header", "3")
        == 0
    )
    text = "id,Date,Place,count\n2,2024-12-08,Elvas,3\nid,Date,Place,count\n"
    assert imported(here, text, "--published", "2024-12-21", "--leave", "3") == 0
    assert len(read_with_places(here / "new")[0].claims) == 2


def test_a_flow_table_is_remembered_as_one(here, capsys):
    """A flow's mapping and home come back with it, and it need not be said again that it is a flow."""
    text = "id,Date,Post,Type of flow,Heads\n1,2024-12-07,Elvas,Incoming,20\n"
    said = ["--from", "flow", "--map", "Post=crossing", "--map", "Heads=count", "--home", "PT", *SAID[2:]]
    assert imported(here, text, *said) == 0
    capsys.readouterr()
    assert imported(here, text.replace("20\n", "30\n"), "--published", "2024-12-21") == 0
    told = capsys.readouterr()
    assert "for these columns: --from flow " in told.err
    assert "--map Post=crossing --map Heads=count" in told.err.replace("--map id=id ", "")
    assert "--outlet 'The Daily Test' --home PT" in told.err
    assert "1 revised" in told.out
    assert read_with_places(here / "new")[0].claims["count"].tolist() == [30]


def test_rows_without_an_id_are_told(here, capsys):
    """Where no column names the rows it is said what that means; a feature's own id is one."""
    assert imported(here, "Date,Place\n2024-12-07,Elvas\n", *SAID) == 0
    assert "rows have no id: a row that is changed later will be a new claim" in capsys.readouterr().err
    assert imported(here, "feature.id,Date,Place\n1,2024-12-07,Elvas\n", *SAID, into="other") == 0
    assert "rows have no id" not in capsys.readouterr().err
    assert read_with_places(here / "other")[0].claims["claim_id"].tolist() == ["rows-1"]


UCDP = "type_of_violence,where_prec,date_prec\n"


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (ACLED, ["--dates", "dmy"], "rows.csv has ACLED's columns, whose codebook says what they are"),
        (
            ACLED,
            ["--set", "kind=crossing", "--decimal", ","],
            "leave --set, --decimal out, or read it as any",
        ),
        (UCDP, ["--dates", "mdy"], "rows.csv has UCDP's columns"),
        ("a,b\n", ["--from", "acled", "--countries", "PT"], "leave --countries out"),
    ],
)
def test_what_a_data_set_gives_no_use_for_is_refused(here, capsys, text, words, said):
    """What ACLED's and UCDP's codebooks settle is not passed over in silence when it is said."""
    with pytest.raises(SystemExit) as error:
        imported(here, text, *words)
    assert error.value.code == 2
    assert said in capsys.readouterr().err


def test_the_order_of_days_is_heard_of_a_copy_that_is_read_as_any_table(here, capsys):
    """With --from table a copy of ACLED's rows that a spreadsheet wrote is read by the order of days that is said."""
    saved = ACLED.replace("2024-12-07,", "07/12/2024,").replace("2024-12-08,", "08/12/2024,")
    said = ["--from", "table", "--dates", "dmy", "--set", "kind=deployment", "--map", "event_date=date"]
    more = ["--published", "2024-12-10", "--map", "fatalities=nothing", "--map", "event_type=nothing"]
    assert imported(here, saved, *said, *more) == 0, capsys.readouterr().err
    days = read_with_places(here / "new")[0].claims["date_start"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2024-12-07", "2024-12-08"]


@pytest.mark.parametrize("text", [ACLED.splitlines(keepends=True)[0], "when,town,people\n"])
def test_a_table_without_rows_is_told(here, capsys, text):
    """A header with nothing under it ends well, and that it holds no rows is told and reported."""
    said = [] if text.startswith("event_id") else ["--set", "kind=crossing", "--set", "count_unit=people"]
    more = ["--outlet", "A", "--published", "2024-12-10"] if said else []
    assert imported(here, text, *said, *more, "--report", "told.csv") == 0
    assert "rows.csv: holds no rows, so that nothing is taken in" in capsys.readouterr().err
    assert 'notice,rows.csv,,,,"holds no rows' in (here / "told.csv").read_text(encoding="utf-8")
