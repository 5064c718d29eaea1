"""`bordermap new`: a collection that begins empty, and what it refuses."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from collections_made import CLAIM, EVENT, ON_THE_SEVENTH, SOURCE, write_table
from streamlit.testing.v1 import AppTest

import bordermap
from claims.tables import read_with_places
from geo.views import WORLD

APP = Path(__file__).parents[1] / "app.py"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_collection_is_read_and_exported(here):
    """The folder that is begun has no faults, and its map is written at once."""
    assert bordermap.main(["new", "mine"]) == 0
    collection, _ = read_with_places(here / "mine")
    assert (collection.facts.title, len(collection.claims), collection.facts.view) == ("mine", 0, WORLD)
    assert bordermap.main(["export", "html", "--collection", "mine", "-o", "mine.html"]) == 0
    assert (here / "mine.html").stat().st_size > 0


def test_what_is_said_is_written(here):
    """Title, days, time zone and the view around its places stand in collection.toml, hostile words as they are."""
    title = 'A "map"\n{{ 7 * 7 }} </script> \x7f'
    words = ["--title", title, "--days", "2024-12-01..2024-12-31", "--timezone", "Europe/Lisbon"]
    (here / "maps").mkdir()
    assert (
        bordermap.main(["new", "mine", *words, "--place", "Elvas", "--place", "Badajoz", "--in", "maps"]) == 0
    )
    written = tomllib.loads((here / "maps" / "mine" / "collection.toml").read_text(encoding="utf-8"))
    west, south, east, north = written["view"]
    assert west < -7.17 < east
    assert west < -6.96 < east
    assert south < 38.88 < north
    facts = read_with_places(here / "maps" / "mine")[0].facts
    assert (facts.title, facts.timezone) == (title, "Europe/Lisbon")
    assert (facts.first_day, facts.last_day) == (dt.date(2024, 12, 1), dt.date(2024, 12, 31))


def test_days_and_view_follow_what_is_put_in(here):
    """Once it has claims, the collection that nothing was said of shows them."""
    assert bordermap.main(["new", "mine"]) == 0
    write_table(here / "mine" / "sources.csv", [SOURCE])
    write_table(here / "mine" / "events.csv", [EVENT])
    placed = {"origin_id": "country-pt", "destination_id": "country-es", "geo_precision": "3"}
    write_table(here / "mine" / "claims.csv", [{**CLAIM, **ON_THE_SEVENTH, **placed}])
    facts = read_with_places(here / "mine")[0].facts
    assert facts.first_day == facts.last_day == dt.date(2024, 12, 7)
    assert facts.view[0] < -7 < facts.view[2]


def test_it_says_what_to_do_next(capsys):
    """Three lines tell where to put claims, how to show them and how to export them, ready to be typed."""
    assert bordermap.main(["new", "my map"]) == 0
    begun, shown, exported = capsys.readouterr().out.splitlines()
    assert begun.startswith("my map is begun")
    assert shown == "bordermap serve --collection 'my map'"
    assert exported == "bordermap export html --collection 'my map' -o 'my map.html'"


def test_nothing_is_overwritten(here, capsys):
    """A folder that holds something stays as it is."""
    (here / "mine").mkdir()
    (here / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    assert bordermap.main(["new", "mine"]) == 1
    assert "'mine' is there already" in capsys.readouterr().err.replace(f"{here}/", "")
    assert [path.name for path in (here / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--place", "Springfield"], "Springfield  town"),
        (["--place", "Elvas", "--place", "Xyzzyville"], "'Xyzzyville'"),
        (["--timezone", "Moon"], "collection.toml: timezone 'Moon' is not an IANA time zone"),
        (["--days", "2024-12-31..2024-12-01"], "last_day 2024-12-01 is before first_day"),
        (["--days", "1024-12-31..2024-12-01"], "first_day 1024-12-31 is over"),
        (["--in", "nowhere"], "--in: 'nowhere' is no folder; make the folder first"),
    ],
)
def test_what_cannot_be_begun_is_told(here, capsys, words, told):
    """Unclear places are listed, faults named, and no folder is left behind."""
    assert bordermap.main(["new", "mine", *words]) == 1
    assert told in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_all_that_is_wrong_is_told_at_once(here, capsys):
    """Places that are none, facts that have faults and a folder that is not there are faults of one list."""
    words = ["--place", "Springfield", "--place", "Xyzzyville", "--timezone", "Moon", "--in", "nowhere"]
    assert bordermap.main(["new", "mine", *words]) == 1
    told = capsys.readouterr().err
    assert "4 faults, nothing was written" in told
    assert [word for word in words[1::2] if f"{word!r}" not in told] == []
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["a/b"], "is not a folder's name"),
        ([".."], "is not a folder's name"),
        (["store:mine"], "is not a folder's name"),
        (["\x1b[2J"], "is not a folder's name"),
        (["iraq-syria-2024"], "give another name"),
        (["mine", "--days", "2024-12-01"], "is not two days"),
        (["mine", "--days", "2024-12-01..soon"], "'soon' is not a day"),
        (["mine", "--title", "\udc80"], "is not UTF-8"),
    ],
)
def test_wrong_usage_is_refused(here, capsys, words, told):
    """A name that is no folder's, and days that are none, make nothing."""
    with pytest.raises(SystemExit, match="2"):
        bordermap.main(["new", *words])
    assert told in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_a_view_over_the_180th_meridian_is_told_to_be_cut(here, capsys):
    """Places on both sides of it are not all in view, and that is said."""
    assert bordermap.main(["new", "mine", "--place", "Suva", "--place", "Apia"]) == 0
    assert "180th meridian" in capsys.readouterr().err
    assert (here / "mine").is_dir()


def claims_of(folder):
    """The dashboard's page of claims alone, as a script: AppTest cannot go to a page that is not a file."""
    from pathlib import Path  # noqa: PLC0415 - Streamlit runs this function's text as a script of its own

    import streamlit as st  # noqa: PLC0415

    from claims.tables import read_with_places  # noqa: PLC0415
    from dashboard import claims_page  # noqa: PLC0415
    from dashboard.words import words_in  # noqa: PLC0415

    claims_page.show(read_with_places(Path(folder))[0], st.container(horizontal=True), words_in("en"), None)


def test_the_dashboard_shows_a_new_collection(here, monkeypatch):
    """Its map and its list of claims come up, be they empty."""
    assert bordermap.main(["new", "mine"]) == 0
    monkeypatch.setenv("BORDERMAP_COLLECTION", str(here / "mine"))
    shown = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not shown.exception
    assert not shown.error
    claims = AppTest.from_function(claims_of, args=(str(here / "mine"),), default_timeout=60).run()
    assert not claims.exception
