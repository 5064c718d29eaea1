"""The Import page as Streamlit runs it, without a browser."""

import datetime as dt
import gc
import io
import zipfile

import pytest
from dashboard_collection import write_collection
from imports_made import ACLED
from reviews_made import NAME, store_at
from streamlit.testing.v1 import AppTest
from xlsxwriter import Workbook

from claims.imports.converting import Scheme
from claims.imports.tables import remembered
from claims.imports.tables.mapping import TableMapping
from dashboard.words import isolated

TABLE = (
    "id,when,town,people,what,outlet,published\n"
    "a,2024-06-07,Badajoz,300,Some 300 walked over the bridge.,The Courier,2024-06-08\n"
    "b,2024-06-08,Elvas,12,Twelve came back.,The Courier,2024-06-09\n"
)
FAULTY = TABLE + "c,the other day,Elvas,7,Seven came back.,The Courier,2024-06-09\n"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store of the test's own, which the environment names, with one empty collection."""
    store = store_at(tmp_path)
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setattr(remembered, "mappings_file", lambda: tmp_path / "mappings.json")
    return store


def page_of(word, language="en"):
    """The Import page alone, as a script: AppTest cannot go to a page that is not a file."""
    import streamlit as st  # noqa: PLC0415 - Streamlit runs this function's text as a script of its own

    from claims.named import named  # noqa: PLC0415
    from dashboard import import_page  # noqa: PLC0415
    from dashboard.words import words_in  # noqa: PLC0415

    if st.session_state.get("elsewhere"):
        return
    row = st.container(horizontal=True)

    def to_map(*wanted):
        st.session_state["wanted"] = wanted

    import_page.show(named(word), row, words_in(language), to_map)


def page(word=f"store:{NAME}", **more):
    """Run the page of a collection, in Anna's name."""
    app = AppTest.from_function(page_of, kwargs={"word": word, **more}, default_timeout=60).run()
    app.text_input(key="reviewer").set_value("Anna")
    return app


def workbook(sheets):
    """Make a workbook of rows by the names of its sheets."""
    made = io.BytesIO()
    with Workbook(made) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return made.getvalue()


def hand_in(app, text, name="rows.csv"):
    """Hand a file in."""
    content = text if isinstance(text, bytes) else text.encode()
    app.file_uploader[0].upload(name, content)
    return app.run()


def field(app, kind, name):
    """Find a field by the last part of its key."""
    return next(one for one in getattr(app, kind) if str(one.key).endswith(f"-{name}"))


def press(app, key):
    """Press a button."""
    return app.button(key=key).click().run()


def say_kind(app, kind="crossing"):
    """Say of which kind the rows of a table are, and what their numbers count."""
    field(app, "selectbox", "ours-kind").set_value(("word", kind))
    field(app, "selectbox", "ours-count_unit").set_value(("word", "people"))
    return app.run()


def texts(app):
    """All that is shown as plain text."""
    return "\n".join(one.value for one in app.text)


def test_a_table_is_understood_and_taken_in(store):
    """Columns are guessed with the reason, what is missing is asked for, and what is imported stands in the store."""
    app = hand_in(page(), TABLE)
    assert not app.exception
    assert "columns: 7" in texts(app).lower()
    assert field(app, "selectbox", "ours-date").value == ("column", "when")
    assert any("Still to be said" in one.value for one in app.markdown)
    app = press(say_kind(app), "import_check")
    assert not app.exception
    assert "new: 2" in texts(app)
    assert store.read(NAME).claims.empty
    app = press(app, "import_now")
    assert not app.exception
    claims = store.read(NAME).claims
    assert claims["count"].tolist() == [300, 12]
    assert store.changes(NAME)[-1].who == "Anna"
    app = press(app, "import_map")
    assert app.session_state["wanted"] == (f"store:{NAME}", claims["event_id"][0], "2024-06-07")


def test_rows_with_faults_are_left_when_the_reader_says_so(store):
    """A fault is shown with its line and nothing is imported; one click leaves its row, and the others are taken in."""
    app = press(say_kind(hand_in(page(), FAULTY)), "import_check")
    assert [button.key for button in app.button if button.key == "import_now"] == []
    faults = app.dataframe[-1].value
    assert faults.iloc[0].tolist()[:3] == ["4", "when", "the other day"]
    app = press(app, "import_leave_all")
    assert field(app, "text_input", "lines").value == "4"
    assert "left: 1" in texts(app)
    press(app, "import_now")
    assert len(store.read(NAME).claims) == 2


def test_a_new_collection_is_begun_under_its_title(store):
    """Rows go into a collection that the import begins, which needs a title, and which is shown from then on."""
    app = say_kind(hand_in(page(), TABLE))
    field(app, "selectbox", "where").set_value("new")
    app = press(press(app.run(), "import_check"), "import_now")
    assert app.error[0].value == "Still missing: the title"
    field(app, "text_input", "title").set_value("Over the bridge")
    press(press(app.run(), "import_check"), "import_now")
    assert store.read("over-the-bridge").facts.title == "Over the bridge"
    assert app.session_state["chosen"] == "store:over-the-bridge"
    assert store.read(NAME).claims.empty


def test_nothing_is_imported_in_nobodys_name(store):
    """Without a reviewer's name the button says that it is missing."""
    app = say_kind(hand_in(page(), TABLE))
    app.text_input(key="reviewer").set_value("")
    app = press(press(app.run(), "import_check"), "import_now")
    assert app.error[0].value == "Still missing: the reviewer's name (at the top of the page)"
    assert store.read(NAME).claims.empty


@pytest.mark.usefixtures("store")
def test_a_folder_is_copied_into_the_store_first(tmp_path):
    """Of a collection that is a folder a copy is offered, and a new one."""
    app = hand_in(page(str(write_collection(tmp_path / "tiny"))), TABLE)
    assert press(app, "copy").session_state["chosen"] == "store:tiny"


@pytest.mark.usefixtures("store")
def test_the_order_of_days_is_asked_with_what_the_cells_show():
    """Days in figures are asked for with the evidence of their cells, and read once it is said."""
    app = say_kind(
        hand_in(
            page(), TABLE.replace("2024-06-07", "07/06/2024").replace("2024-06-08,Elvas", "25/12/2024,Elvas")
        )
    )
    assert "can only have the day first" in app.code[0].value
    field(app, "selectbox", "dates").set_value("dmy")
    app = press(app.run(), "import_check")
    assert app.dataframe[-1].value["date_start"].tolist() == ["2024-06-07", "2024-12-25"]


@pytest.mark.usefixtures("store")
def test_words_that_are_not_known_are_asked_for():
    """A word of a column of words that no table knows is asked for beside it, and then means what was said."""
    app = hand_in(
        page(),
        TABLE.replace("people,what", "people,deed").replace("Some 300 walked over the bridge.", "zigzag"),
    )
    field(app, "selectbox", "ours-kind").set_value(("column", "deed"))
    field(app, "selectbox", "ours-count_unit").set_value(("word", "people"))
    app = app.run()
    assert "zigzag" in texts(app)
    for cell, word in (("zigzag", "crossing"), ("twelve came back.", "withdrawal")):
        field(app, "selectbox", f"meaning-kind-{cell}").set_value(word)
    app = press(app.run(), "import_check")
    assert sorted(app.dataframe[-1].value["kind"]) == ["crossing", "withdrawal"]


@pytest.mark.usefixtures("store")
def test_context_of_a_known_data_set_is_offered_with_its_counts():
    """An ACLED export is known; its context is counted by types, passed over, and taken where that is wanted."""
    app = hand_in(page(), ACLED)
    assert field(app, "selectbox", "scheme").value == "acled"
    assert f"{isolated('Battles: Armed clash')}: 1" in texts(app)
    app = press(app, "import_check")
    assert "new: 1" in texts(app)
    assert "passed over: 1" in texts(app)
    field(app, "checkbox", "context").check()
    assert "new: 2" in texts(press(app.run(), "import_check"))


@pytest.mark.usefixtures("store")
def test_a_sheet_is_chosen_where_there_are_several():
    """Of a workbook with several sheets one is asked for, and then read."""
    app = hand_in(
        page(),
        workbook({"notes": [["a"], ["b"]], "rows": [["town", "when"], ["Elvas", "2024-06-07"]]}),
        "w.xlsx",
    )
    assert not app.header[2:]
    app = app.selectbox(key="import_sheet_0").set_value("rows").run()
    assert not app.exception
    assert field(app, "selectbox", "ours-place").value == ("column", "town")


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"a,a\n1,2\n", "is the name of columns 1 and 2"),
        ("a.xlsx", b"no workbook", "is no XLSX"),
        ("../../<b>x</b>.pdf", b"%PDF-1.4", "is a PDF"),
        ("a.geojson", b'{"type": "Feat', "a.geojson"),
        ("empty", b"", "empty"),
    ],
)
def test_what_cannot_be_read_is_told_as_on_the_command_line(name, content, said):
    """A bad file is told with its own name and why, without a traceback, and another can be handed in."""
    app = hand_in(page(), content, name)
    assert not app.exception
    assert said in app.code[0].value
    assert not press(app, "import_another").code


@pytest.mark.usefixtures("store")
def test_the_encoding_of_a_text_can_be_said():
    """Where a text is not in UTF-8 it can be said what it is in, and then it is read."""
    app = hand_in(page(), TABLE.replace("Badajoz", "Olivença").encode("latin-1"))
    assert "rows: " not in texts(app)
    app = app.text_input(key="import_encoding_0").set_value("windows-1252").run()
    assert "rows: 2" in texts(app)
    assert "Olivença" in texts(app)


@pytest.mark.usefixtures("store")
def test_the_line_of_the_header_can_be_said():
    """A title before the columns is one fault, and once the line of the header is said the rows are read."""
    app = hand_in(page(), "Walks of June\n\n" + TABLE)
    assert "line 3 looks like the header" in app.code[0].value
    app = app.number_input(key="import_header_0").set_value(3).run()
    assert not app.exception
    assert "columns: 7, rows: 2" in texts(app).lower()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(("text", "told"), [(TABLE.splitlines()[0] + "\n", 1), (TABLE, 0)])
def test_a_table_without_rows_is_told(text, told):
    """That there is nothing under a header is said at once."""
    assert sum("no rows under it" in one.value for one in hand_in(page(), text).warning) == told


def test_a_word_for_no_value_can_be_said(store):
    """A word that stands where a day should is a fault, until the reader says that it means no value."""
    app = say_kind(hand_in(page(), FAULTY))
    field(app, "text_input", "none").set_value("tba; The other day")
    app = press(press(app.run(), "import_check"), "import_now")
    assert not app.exception
    assert store.read(NAME).claims["date_text"].tolist() == ["2024-06-07", "2024-06-08", ""]


def test_a_whole_export_becomes_its_collection_again(store, tmp_path):
    """What bordermap exported whole is known, and is taken into the store under a name of its own."""
    folder = write_collection(tmp_path / "tiny")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    app = press(hand_in(page(), packed.getvalue(), "My export.zip"), "import_now")
    assert not app.exception
    assert len(store.read("my-export").claims) == 4
    assert app.session_state["chosen"] == "store:my-export"


def test_the_copy_on_disk_goes_with_the_file():
    """The copy of a file is there as long as the session holds it, under none of the file's own name."""
    app = hand_in(page("iraq-syria-2024"), TABLE, "../secret.csv")
    path = app.session_state["import_file"].path
    assert path.name == "upload.csv"
    assert path.exists()
    press(app, "import_another")
    del app
    gc.collect()
    assert not path.exists()


@pytest.mark.usefixtures("store")
def test_what_was_said_stays_while_the_file_does():
    """Fields that were not shown for a while, as on another page, have what was said; of another file they begin anew."""
    app = say_kind(hand_in(page(), TABLE))
    for elsewhere in (True, False):
        app.session_state["elsewhere"] = elsewhere
        app = app.run()
    assert field(app, "selectbox", "ours-kind").value == ("word", "crossing")
    app = hand_in(press(app, "import_another"), TABLE)
    assert field(app, "selectbox", "ours-kind").value == ("nothing", "")


@pytest.mark.usefixtures("store")
def test_rows_of_a_word_that_is_told_once_can_be_left():
    """A word in many rows is one row of the table of faults, and all of its rows are left with the others."""
    row = "{},2024-06-08,Elvas,pending,Some came.,The Courier,2024-06-09\n"
    app = say_kind(hand_in(page(), TABLE + "".join(map(row.format, "cdefg"))))
    app = press(app, "import_check")
    assert "(lines 4, 5, 6, 7, 8) is not a number" in app.dataframe[-1].value.to_string()
    app = press(app, "import_leave_all")
    assert field(app, "text_input", "lines").value == "4-8"
    assert "new: 2" in texts(app)


@pytest.mark.usefixtures("store")
def test_a_mapping_is_remembered():
    """After an import the same columns are mapped as they were, and the page says since when."""
    app = press(press(say_kind(hand_in(page(), TABLE)), "import_check"), "import_now")
    assert "The mapping is remembered" in texts(app)
    app = hand_in(press(app, "import_another"), TABLE)
    assert field(app, "selectbox", "ours-kind").value == ("word", "crossing")
    assert "mapping as of" in texts(app)
    app = press(app, "import_forget")
    assert field(app, "selectbox", "ours-kind").value == ("nothing", "")
    assert "Filled in as of" not in texts(app)


@pytest.mark.usefixtures("store")
def test_what_a_table_was_read_as_is_forgotten_with_its_mapping():
    """Forget begins the choice anew by which the mapping was asked for, beside the fields of the mapping."""
    text = "id,date,point,way,heads\n1,2024-12-07,Elvas,in,20\n"
    app = hand_in(page(), text)
    remembered.remember(
        text.splitlines()[0].split(","),
        TableMapping({"crossing": "point", "count": "heads"}, {}, {}),
        dt.date(2024, 12, 20),
        [],
        Scheme.FLOW,
    )
    app = hand_in(press(app, "import_another"), text)
    assert field(app, "selectbox", "scheme").value == "flow"
    app = press(app, "import_forget")
    assert field(app, "selectbox", "scheme").value == "table"


@pytest.mark.usefixtures("store")
def test_the_header_and_words_for_no_value_are_filled_in_the_next_time():
    """A table under a title is read from the line that was said before, with the words said then, until that is forgotten."""
    text = "Returns of June\n\n" + TABLE.replace(",12,", ",nobody knows,")
    app = hand_in(page(), text)
    app.number_input[0].set_value(3)
    app = app.run()
    field(app, "text_input", "none").set_value("nobody knows")
    app = press(press(say_kind(app), "import_check"), "import_now")
    app = hand_in(press(app, "import_another"), text)
    assert app.number_input[0].value == 3
    assert field(app, "text_input", "none").value == "nobody knows"
    assert "the words for no value" in texts(app)
    assert "the line that names the columns" in texts(app)
    app = press(app, "import_forget")
    assert app.number_input[0].value is None
    assert not app.exception


@pytest.mark.usefixtures("store")
def test_what_goes_with_a_mapping_is_filled_in_the_next_time():
    """As what a table was read, the order of its days and its outlet are filled in, said, and can be changed."""
    text = "id,date,point,way,heads\n1,07/12/2024,Elvas,in,20\n"
    app = hand_in(page(), text)
    app.selectbox[0].set_value("flow")
    app = app.run()
    for ours, column in (("crossing", "point"), ("direction", "way"), ("count", "heads")):
        field(app, "selectbox", f"ours-{ours}").set_value(("column", column))
    field(app, "selectbox", "dates").set_value("dmy")
    field(app, "text_input", "outlet").set_value("The Counters")
    field(app, "text_input", "home").set_value("PT")
    field(app, "date_input", "published").set_value(dt.date(2024, 12, 20))
    app = press(press(app.run(), "import_check"), "import_now")
    assert "what goes with it" in texts(app)
    app = hand_in(press(app, "import_another"), text)
    assert "Filled in as of" in texts(app)
    assert "the order of days, the outlet, the country from which in and out are seen" in texts(app)
    assert field(app, "selectbox", "scheme").value == "flow"
    assert field(app, "selectbox", "ours-count").value == ("column", "heads")
    assert field(app, "selectbox", "dates").value == "dmy"
    assert [field(app, "text_input", name).value for name in ("outlet", "home")] == ["The Counters", "PT"]
    assert field(app, "date_input", "published").value is None
