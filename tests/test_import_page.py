"""The Import page as Streamlit runs it, without a browser."""

import pytest
from reviews_made import NAME, store_at
from streamlit.testing.v1 import AppTest

from claims.imports.tables import remembered

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

    row = st.container(horizontal=True)

    def to_map(*wanted):
        st.session_state["wanted"] = wanted

    import_page.show(named(word), row, words_in(language), to_map)


def page(word=f"store:{NAME}", **more):
    """Run the page of a collection, in Anna's name."""
    app = AppTest.from_function(page_of, kwargs={"word": word, **more}, default_timeout=60).run()
    app.text_input(key="reviewer").set_value("Anna")
    return app


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
