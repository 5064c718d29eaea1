"""What is withheld of one claim and said by another is published there, and who publishes is told what costs much."""

import datetime as dt

from collections_made import ON_THE_SEVENTH
from publication_made import withholding

from bordermap import main
from claims.publication.publishing import published
from claims.tables import read_with_places

AT = {"place": "Faro", "place_id": "geonames-2268339", "geo_precision": "1"}


def edition(folder):
    """Give the published edition of a folder."""
    return published(*read_with_places(folder), dt.date(2024, 12, 20))[0]


def test_a_place_that_others_say_is_withheld_in_its_claim_alone(tmp_path):
    """Its name, id, day and words go there, and the title of an event of its claims alone; no cell of the others does."""
    claims = [
        {**AT, **ON_THE_SEVENTH, "quote": "to Faro on 7 December", "withheld": "place"},
        {**AT, "place": "Faro town", "event_id": "e2", "quote": "to Faro"},
        {"quote": "on 7 December", "withheld": "date_start", **ON_THE_SEVENTH},
        {**ON_THE_SEVENTH, "event_id": "e2", "quote": "7 December it was"},
    ]
    titles = ({"title": "Two at Faro"}, {"title": "Faro again"})
    made = edition(withholding(tmp_path / "c", claims, events=titles))
    assert made.claims["place_id"].tolist() == ["", "geonames-2268339", "", ""]
    assert made.claims["place"].tolist() == ["", "Faro town", "", ""]
    assert made.claims["quote"].tolist() == ["[withheld]", "to Faro", "[withheld]", "7 December it was"]
    assert made.events["title"].tolist() == ["Two at Faro", "Faro again"]
    alone = edition(withholding(tmp_path / "d", [claims[0], claims[1]], events=titles))
    assert alone.events["title"].tolist() == ["[withheld]", "Faro again"]


def test_who_publishes_is_told_what_costs_many_quotes(tmp_path, capsys):
    """By row, column and how many, and not by the word, on export and by a check; one that costs few is not spoken of."""
    claims = [
        {"note": "the old mill", "withheld": "note"},
        {"note": "the weir", "withheld": "note"},
        *({"quote": f"{n} hid at the old mill"} for n in ("one", "two", "three")),
        {"quote": "at the weir"},
    ]
    folder = withholding(tmp_path / "c", claims)
    line = "3 quotes repeat one thing that is withheld: claims.csv, c1, column note, withheld 'note'"
    out = str(tmp_path / "a.geojson")
    assert main(["export", "geojson", "--collection", str(folder), "--public", "-o", out]) == 0
    said = capsys.readouterr().err
    assert line in said
    assert "c2" not in said
    assert "mill" not in said
    assert main(["check", str(folder)]) == 0
    assert f"note: c: {line}" in capsys.readouterr().out


def test_the_part_of_a_source_is_counted_with_its_claims(tmp_path):
    """Or of an event: an edition that lacks an author lacks a part of each claim of that source."""
    claims = [{"withheld": "source.author"}, {}, {"source_id": "s2"}]
    folder = withholding(tmp_path / "c", claims, sources=({"author": "A writer"}, {}))
    assert edition(folder).edition.parts == 2
