"""The dashboard's pages as Streamlit runs them, without a browser."""

import datetime as dt
from pathlib import Path

import pytest
from dashboard_collection import write_collection
from streamlit.testing.v1 import AppTest

from claims.tables import read_collection
from dashboard.claims_page import claims_table, matches, plain
from dashboard.words import words_in

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture
def app(tmp_path, monkeypatch):
    """The dashboard of the small collection, not run yet."""
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(write_collection(tmp_path / "tiny")))
    return AppTest.from_file(str(APP), default_timeout=60)


def claims_of(folder, language, known=None):
    """The claims page alone, as a script: AppTest cannot go to a page that is not a file."""
    from pathlib import Path  # noqa: PLC0415 - Streamlit runs this function's text as a script of its own

    import streamlit as st  # noqa: PLC0415

    from claims.tables import read_collection  # noqa: PLC0415
    from dashboard import claims_page  # noqa: PLC0415
    from dashboard.words import words_in  # noqa: PLC0415

    row = st.container(horizontal=True)
    claims_page.show(read_collection(Path(folder), ()), row, words_in(language), known)


def test_the_slider_spans_the_collection_and_opens_on_its_day(app):
    """The slider goes from the first day to the last and stands on the opening day, which the address leaves out."""
    slider = app.run().slider(key="day")
    ends = [dt.datetime.fromtimestamp(end / 1e6, tz=dt.UTC).date() for end in (slider.min, slider.max)]
    assert [*ends, slider.value] == [dt.date(2024, 11, 1), dt.date(2025, 1, 5), dt.date(2024, 12, 7)]
    assert not app.exception
    assert "day" not in app.query_params


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2024-12-24", dt.date(2024, 12, 24)),
        ("2031-01-01", dt.date(2025, 1, 5)),
        ("${1+1}", dt.date(2024, 12, 7)),
    ],
)
def test_the_address_sets_the_slider(app, said, day):
    """A day in the address is the slider's; one out of range is brought into it, and nonsense is passed over."""
    app.query_params["day"] = said
    assert app.run().slider(key="day").value == day


def test_the_address_sets_the_language(app):
    """What stands around the map is in the language of the address, which keeps it."""
    app.query_params["lang"] = "ar"
    app.run()
    assert app.slider(key="day").label == "اليوم"
    assert app.query_params["lang"] == "ar"
    assert not app.exception


def test_a_collection_with_faults_shows_all_of_them_as_text_and_no_map(app, tmp_path):
    """Every fault is shown in one report, as plain text, and there is neither slider nor map."""
    claims = tmp_path / "tiny" / "claims.csv"
    written = (
        claims.read_text(encoding="utf-8")
        .replace("crossing,reported,asserted", "<b>flight</b>,reported,asserted")
        .replace("2024-12-05", "Thursday")
    )
    claims.write_text(written, encoding="utf-8")
    app.run()
    report = app.code[0].value
    assert "<b>flight</b>" in report
    assert "Thursday" in report
    assert "claims.csv" in report
    assert not app.slider
    assert not app.exception


def test_a_folder_that_is_not_there_is_said_so(app, monkeypatch, tmp_path):
    """A collection's folder that does not exist is named, without a traceback."""
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(tmp_path / "nowhere"))
    assert "nowhere" in app.run().code[0].value
    assert not app.exception


def test_a_collection_of_one_day_has_no_slider(app, tmp_path):
    """Where there is nothing to slide over, the map is shown without a slider."""
    facts = tmp_path / "tiny" / "collection.toml"
    words = facts.read_text(encoding="utf-8")
    facts.write_text(
        words.replace("2024-11-01", "2024-12-07").replace("2025-01-05", "2024-12-07"), encoding="utf-8"
    )
    assert not app.run().slider
    assert not app.exception


def test_another_collection_can_be_chosen(app):
    """The collections are offered by title, the one asked for first, and a choice stands in the address."""
    choice = app.run().selectbox(key="choice")
    assert choice.options[0] == "A test"
    choice.select_index(1).run()
    assert app.query_params["collection"] == app.session_state["chosen"]
    assert not app.exception


def test_the_claims_are_found_by_words_kind_and_outlet(tmp_path):
    """The table narrows to what is typed, whatever its case and accents, and to the kinds chosen."""
    folder = write_collection(tmp_path / "tiny")
    app = AppTest.from_function(
        claims_of, kwargs={"folder": str(folder), "language": "en"}, default_timeout=60
    ).run()
    assert len(app.dataframe[0].value) == 4
    app.text_input(key="words").set_value("AL-BASRA").run()
    assert list(app.dataframe[0].value["claim_id"]) == ["c4"]
    app.text_input(key="words").set_value("").run()
    app.multiselect(key="kinds").set_value(["crossing"]).run()
    assert list(app.dataframe[0].value["claim_id"]) == ["c1", "c2"]


def test_the_claims_are_those_known_on_the_day_asked_for(tmp_path):
    """As known on a day the table holds the claims reported by then, and says the day and how many came later."""
    folder = write_collection(tmp_path / "tiny")
    reported = read_collection(folder, ()).claims["reported"].dt.date
    known = reported.min()
    words = {"folder": str(folder), "language": "en", "known": known}
    app = AppTest.from_function(claims_of, kwargs=words, default_timeout=60).run()
    held = int((reported <= known).sum())
    assert len(app.dataframe[0].value) == held
    said = f"{held} of {held} claims, as known on {known.isoformat()}; {len(reported) - held} came out later"
    assert app.caption[0].value == said


def test_a_claim_of_no_event_is_in_the_table_once_it_was_reported(tmp_path):
    """It has a row without a title, and none as known before its report."""
    folder = write_collection(tmp_path / "tiny")
    claims = folder / "claims.csv"
    *others, last = claims.read_text(encoding="utf-8").splitlines()
    loose = last.replace("s1,e3,", "s1,,").replace("2024-12-08", "2024-12-11")
    claims.write_text("\n".join([*others, loose]), encoding="utf-8")
    found = [
        AppTest.from_function(
            claims_of, kwargs={"folder": str(folder), "language": "en", "known": known}, default_timeout=60
        ).run()
        for known in (dt.date(2024, 12, 10), dt.date(2024, 12, 11))
    ]
    before, after = (
        dict(zip(*(app.dataframe[0].value[name] for name in ("claim_id", "title")), strict=True))
        for app in found
    )
    assert "c4" not in before
    assert after["c4"] == ""


TWENTY = "d a i l y da ai il ly dai ail ily dail aily daily e r de er der"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dēr", ["c3"]),
        ("der", ["c3"]),
        ("crossed more", ["c2"]),
        (".*", []),
        ("daily", ["c4", "c3", "c1", "c2"]),
        ("daily" + " " * 195 + "nowhere", ["c4", "c3", "c1", "c2"]),
        (f"{TWENTY} {TWENTY} nowhere", ["c3"]),
    ],
)
def test_all_words_typed_must_be_found(tmp_path, typed, found):
    """Words are looked for one by one, as they are and not as patterns, in all that the claim says; 20 in 200 characters."""
    table = claims_table(read_collection(write_collection(tmp_path / "tiny"), ()), words_in("en"))
    assert list(table[matches(table, typed)]["claim_id"]) == found


def test_claims_of_other_days_come_last(tmp_path):
    """What happened outside the collection's days stands below what happened in them."""
    folder = write_collection(tmp_path / "tiny")
    claims = folder / "claims.csv"
    claims.write_text(
        claims.read_text(encoding="utf-8").replace("2024-12-05", "2011-12-05"), encoding="utf-8"
    )
    assert list(claims_table(read_collection(folder, ()), words_in("en"))["claim_id"]) == [
        "c3",
        "c1",
        "c2",
        "c4",
    ]


def test_text_is_compared_without_accents_and_apostrophes():
    """Spellings that differ in marks alone are one."""
    assert plain("Al-Qa\N{RIGHT SINGLE QUOTATION MARK}im") == plain("al-Qa'im") == "al-qaim"
