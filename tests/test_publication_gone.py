"""What of a collection goes with what is not published: ids in notes, roots, the other language, sources that are not out."""

import datetime as dt

import pytest
from publication_made import withholding

from bordermap import main
from claims.publication.publishing import published
from claims.tables import read_with_places


def edition(folder, day=dt.date(2024, 12, 20)):
    """Give the published edition of a folder."""
    return published(*read_with_places(folder), day)[0]


@pytest.mark.parametrize(
    ("note", "left"), [("as (x-18) says", ""), ("not x-181", "not x-181"), ("(x-17)", "(x-17)")]
)
def test_a_note_names_no_id_of_what_is_gone(tmp_path, note, left):
    """As a whole word, however short; ids of what is there stay."""
    claims = [{"claim_id": "x-17", "note": note}, {"claim_id": "x-18", "withheld": "claim"}]
    assert edition(withholding(tmp_path / "c", claims)).claims["note"].tolist() == [left]


@pytest.mark.parametrize(("outlet", "left"), [("Other", ["c1"]), ("Middle East Eye", ["c1", "c3", "c4"])])
def test_a_root_that_is_called_as_the_outlet_of_a_withheld_source_goes_back_to_it(tmp_path, outlet, left):
    """By its name or slug; not where other sources of that outlet are published."""
    claims = [{}, {"source_id": "s2"}, {"root": "middle-east-eye"}, {"root": "Middle East Eye"}]
    claims.append({"root": "s2"})
    sources = ({"outlet": outlet}, {"outlet": "Middle East Eye"})
    folder = withholding(tmp_path / "c", claims, 'sources = ["s2"]', sources=sources)
    assert edition(folder).claims["claim_id"].tolist() == left


def test_where_one_language_goes_the_other_goes_too(tmp_path):
    """What is said of the collection, an event's title and an actor's name say the same in both."""
    claims = [{"actors": "a1", "actor_text": "walkers"}, {"note": "Haddad; حداد الكبير", "withheld": "note"}]
    claims += [{"note": "حداد الكبير", "withheld": "note"}]
    folder = withholding(
        tmp_path / "c",
        claims,
        actors=({"actor": "a1", "name": "Walkers", "name_ar": "حداد الكبير"},),
        facts={"about": '"Of the big one"', "about_ar": '"حداد الكبير"', "licence_ar": '"حداد الكبير"'},
    )
    made = edition(folder)
    assert made.actors[["name", "name_ar"]].to_numpy().tolist() == [["[withheld]", "[محجوب]"]]
    assert (made.facts.about, made.facts.about_ar, made.facts.licence) == ("", "", "")


def test_a_source_that_was_published_after_the_day_of_the_delay_is_not_out(tmp_path):
    """Nor are its claims, though they were reported before."""
    claims = [{}, {"source_id": "s2"}]
    sources = ({}, {"published": "2024-12-18"})
    folder = withholding(tmp_path / "c", claims, "delay_days = 3", sources=sources)
    shown = {day: edition(folder, dt.date(2024, 12, day)).sources["source_id"].tolist() for day in (20, 21)}
    assert shown == {20: ["s1"], 21: ["s1", "s2"]}


def test_the_publisher_is_told_what_the_edition_lacks(tmp_path, capsys):
    """By an export on standard error, and by a check, which tells a title that cannot be published as a fault."""
    folder = withholding(
        tmp_path / "c", [{}, {"quote": "Others came", "withheld": "quote"}], "delay_days = 7"
    )
    command = ["export", "html", "--collection", str(folder), "--public", "--as-of"]
    assert main([*command, "2024-12-30", "-o", str(tmp_path / "a.html")]) == 0
    said = capsys.readouterr().err
    assert "published edition of 2024-12-30: 0 claims not published, parts of 1 claim withheld" in said
    assert "1 of 2 quotes withheld" in said
    day = ["--day", "2024-12-05", "-o", str(tmp_path / "a.html")]
    assert main([*command, "2024-12-30", *day]) == 0
    assert "nothing that is published tells of an event from 2024-12-05" in capsys.readouterr().err
    assert main([*command, "2024-12-08", "-o", str(tmp_path / "a.html")]) == 0
    assert "nothing is published before 2024-12-15: delay_days = 7" in capsys.readouterr().err
    assert main(["check", str(folder)]) == 0
    assert "withholds: published edition of" in capsys.readouterr().out
    told = withholding(tmp_path / "d", [{"note": "Dawn", "withheld": "note"}], facts={"title": '"Dawn"'})
    assert main(["check", str(told)]) == 1
    said = capsys.readouterr().out
    assert "title repeats 'Dawn'" in said
    assert "ok: " not in said  # the same collection is not told to be without faults


def test_a_check_of_the_store_tells_what_an_edition_lacks(tmp_path, monkeypatch, capsys):
    """Of a collection of the store that withholds something."""
    folder = withholding(tmp_path / "c", [{}, {"withheld": "claim"}], "coarsen_km = 1")
    monkeypatch.setenv("BORDERMAP_DATABASE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert main(["store", "import", str(folder), "--by", "Anna"]) == 0
    assert main(["check", "store:c"]) == 0
    told = capsys.readouterr().out
    assert "note: store:c: withholds: published edition of" in told
