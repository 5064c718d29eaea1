"""The Read page's form as Streamlit runs it, without a browser."""

import datetime as dt

import pytest
from dashboard_collection import write_collection
from model_made import ModelMade, proposing
from reviews_made import MODELS, NAME, TEXT, kept, store_at
from streamlit.testing.v1 import AppTest

from claims.articles.asked.endpoint import endpoint_of
from claims.articles.text import LARGEST
from claims.named import the_store
from claims.store.errors import StoreError
from dashboard.review.intake import Intake
from geo.errors import FaultsError


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store of the test's own, which the environment names, with one empty collection."""
    store = store_at(tmp_path)
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    return store


def form_of(word, language="en", source=""):
    """The Read page alone, as a script: AppTest cannot go to a page that is not a file."""
    import streamlit as st  # noqa: PLC0415 - Streamlit runs this function's text as a script of its own

    from claims.named import named  # noqa: PLC0415
    from dashboard import read_page  # noqa: PLC0415
    from dashboard.words import words_in  # noqa: PLC0415

    row = st.container(horizontal=True)
    st.session_state["wanted"] = read_page.show(named(word), source, row, words_in(language), lambda *_: None)


def form(word, **more):
    """Run the form of a collection."""
    return AppTest.from_function(form_of, kwargs={"word": word, **more}, default_timeout=60).run()


def fill(app, **said):
    """Fill fields in, and press the button."""
    for key, value in said.items():
        field = {"pasted": app.text_area, "published": app.date_input}.get(key, app.text_input)
        field(key=key).set_value(value)
    return app.button(key="read_it").click().run()


def test_the_button_says_what_is_missing(store):
    """Nothing is guessed: without outlet, day and text the button names them, and nothing is kept."""
    app = form(f"store:{NAME}")
    assert app.date_input(key="published").value is None
    app = fill(app, reviewer="")
    assert (
        app.error[0].value
        == "Still missing: the outlet, the day of publication, the reviewer's name (at the top of the page), the text"
    )
    assert store.texts(NAME) == []


@pytest.mark.usefixtures("store")
def test_the_reviewer_is_the_one_that_the_environment_names(monkeypatch):
    """The name's first value is BORDERMAP_REVIEWER's."""
    monkeypatch.setenv("BORDERMAP_REVIEWER", "Nora")
    assert form(f"store:{NAME}").text_input(key="reviewer").value == "Nora"


def test_a_report_is_kept_with_what_is_known_of_it(store):
    """A report that is whole is a source of the collection with its text, and its review is wanted."""
    app = fill(
        form(f"store:{NAME}"),
        reviewer="Anna",
        outlet="The Courier",
        headline="At the bridge",
        link="https://example.org/1",
        published=dt.date(2024, 6, 10),
        pasted=TEXT,
    )
    assert not app.exception
    source = store.read(NAME).sources.iloc[0]
    assert app.session_state["wanted"] == source["source_id"]
    assert (source["outlet"], source["url"]) == ("The Courier", "https://example.org/1")
    assert source["published"].date() == dt.date(2024, 6, 10)
    assert store.texts(NAME)[0].text == TEXT.strip()


@pytest.mark.parametrize(("outlet", "said"), [("The Herald", 1), ("The Courier", 0)])
def test_a_text_that_was_kept_before_keeps_its_source(store, outlet, said):
    """A text that was kept under another outlet is reviewed as that one's, which the page says."""
    kept(store, text=TEXT.strip())
    app = form(f"store:{NAME}")
    app = fill(app, reviewer="Anna", outlet=outlet, published=dt.date(2024, 6, 10), pasted=TEXT)
    before = {key: app.session_state[key] for key in ("kept_before", "handed_as")}
    review = AppTest.from_function(
        form_of, kwargs={"word": f"store:{NAME}", "source": app.session_state["wanted"]}, default_timeout=60
    )
    for key, value in before.items():
        review.session_state[key] = value
    texts = [one.value for one in review.run().text]
    assert len(texts) == said
    assert all("The Courier" in text and "2024-06-10" in text for text in texts)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"pasted": "Ein Text, den hier niemand lesen kann, weil er auf Deutsch ist."}, "language"),
        ({"pasted": "1234 5678"}, "no text to read"),
        ({"pasted": "They crossed. " * (LARGEST // 14 + 1)}, "too large"),
        ({"pasted": TEXT, "link": "nowhere"}, "is not a web address"),
    ],
)
def test_what_cannot_be_read_is_said_in_its_sentence(store, said, fault):
    """A text in another language, without letters or too large, and a link that is none: each is told, and nothing kept."""
    app = fill(form(f"store:{NAME}"), outlet="The Courier", published=dt.date(2024, 6, 10), **said)
    assert fault in app.code[0].value
    assert not app.exception
    assert store.texts(NAME) == []


@pytest.mark.parametrize(
    ("content", "holds"),
    [
        (
            b"<html><body><script>alert(1)</script><article><p>"
            + TEXT.encode()
            + b"</p></article></body></html>",
            "300",
        ),
        (TEXT.encode("utf-16"), "Valen\u00e7a"),
    ],
)
def test_a_file_is_read_whatever_its_kind_and_encoding(content, holds):
    """A saved page gives its article without scripts, and a file in another encoding its words."""
    text, language = Intake("", "", "", None, "", ("a.html", content)).text()
    assert holds in text
    assert "alert" not in text
    assert language == "en"


def test_a_broken_file_is_named():
    """A file that is no text is told by its name."""
    with pytest.raises(FaultsError, match=r"picture\.txt"):
        Intake("", "", "", None, "", ("picture.txt", bytes(range(256)) * 40)).text()


@pytest.mark.usefixtures("store")
def test_a_folder_is_only_read_until_a_copy_is_kept(tmp_path):
    """A folder's collection offers one click to keep a copy in the store, which is as it was."""
    folder = write_collection(tmp_path / "tiny")
    app = form(str(folder))
    assert [button.key for button in app.button if button.key == "read_it"] == []
    app.text_input(key="reviewer").set_value("Anna")
    app.button(key="copy").click().run()
    assert len(the_store().read("tiny").claims) == 4
    assert app.session_state["chosen"] == "store:tiny"


def test_an_empty_collection_is_begun_with_title_and_days(store):
    """A new collection has the title and days that were asked for, and is then reviewed into."""
    app = form(f"store:{NAME}")
    app.text_input(key="reviewer").set_value("Anna")
    app.text_input(key="new_title").set_value("The other border")
    app.button(key="begin").click().run()
    assert app.error[0].value == "Still missing: the first day, the last day"
    app.date_input(key="new_firstDay").set_value(dt.date(2024, 1, 1))
    app.date_input(key="new_lastDay").set_value(dt.date(2024, 12, 31))
    app.text_input(key="new_around").set_value("Badajoz")
    app.button(key="begin").click().run()
    facts = store.read("the-other-border").facts
    west, south, east, north = facts.view
    assert west < -7.0 < east < west + 10
    assert south < 38.9 < north < south + 10
    assert (facts.title, facts.last_day) == ("The other border", dt.date(2024, 12, 31))
    assert app.session_state["chosen"] == "store:the-other-border"


def test_a_model_is_asked_only_where_one_is_named(store, monkeypatch):
    """Without a model in the environment nothing offers to ask one; with one it is offered, and off."""
    assert not form(f"store:{NAME}").checkbox
    monkeypatch.setenv("BORDERMAP_MODEL_URL", "http://localhost:1/v1")
    monkeypatch.setenv("BORDERMAP_MODEL", "m")
    app = form(f"store:{NAME}")
    assert [(box.key, box.value) for box in app.checkbox] == [("ask_model", False)]
    assert app.session_state["endpoint"] is None
    assert store.texts(NAME) == []


def test_a_model_is_asked_about_a_text_that_was_open_before(store):
    """A text that was read by the rules alone is laid out with a model's proposals once that is to be asked."""
    app = form(f"store:{NAME}", source=kept(store).source_id)
    rules = len(app.session_state["desk"][1].laid_out())
    with ModelMade(proposing(MODELS)) as server:
        app.session_state["endpoint"] = endpoint_of(server.environment)
        app.run().run()
        assert len(server.asked) == 1
    assert not app.exception
    assert len(app.session_state["desk"][1].laid_out()) == rules + 1


@pytest.mark.parametrize("fails", ["Store.texts", "Store.decisions"])
def test_a_store_that_cannot_be_read_is_said_in_its_sentence(store, monkeypatch, fails):
    """Where the database fails, before a text is laid out or while it is reviewed, the page says so and goes on."""
    source = kept(store).source_id
    app = form(f"store:{NAME}", source=source)

    def fail(*_):
        raise StoreError("the disk is gone")

    monkeypatch.setattr(f"claims.store.{fails}", fail)
    app.run()
    assert not app.exception
    assert [code.value for code in app.code] == ["the disk is gone"]
    assert app.session_state["wanted"] == source
