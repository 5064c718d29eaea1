"""The published edition of a collection: what is withheld goes, what repeats or leads to it too, and the rest stays sound."""

import datetime as dt
import json
import re

import pytest
from collections_made import ABOUT_2000, CLAIM, ON_THE_SEVENTH, make, write_table
from publication_made import withholding
from stores_made import CLAIM as STORED
from stores_made import proposal

from bordermap import main, open_collection
from claims.events import events_of
from claims.model import CLAIMS, WITHHELD
from claims.publication.publishing import published
from claims.tables import read_with_places
from geo.errors import BordermapError, FaultsError
from layers.exports.formats import Export, write
from layers.frames import places_frame

DAY = dt.date(2024, 12, 20)


def edition(folder, day=DAY):
    """Give the published edition of a folder with its places."""
    return published(*read_with_places(folder), day)


FAULTS = [
    (
        ["claim_id", "qoute", "source.published", "source.outlett", "sources.author", "quote,actors", " ; "],
        "",
        [
            "has 'source.outlett', which is no column of sources.csv; use one of source.outlet, source.title",
            "has 'sources.author', which is written otherwise here; write source.author",
            "has 'quote,actors', which is several words; part them by ;",
            "which names nothing; write claim",
            "has 'claim_id', which cannot be withheld; without it there is no claim; write \"claim\"",
            "has 'qoute', which is no column of claims.csv; use one of claim, actors",
            "has 'source.published', which cannot be withheld",
        ],
    ),
    (
        [""],
        'withheld = ["claims.kind", "quote"]\ncoarsen_km = 0\ncoarsen_known = -1\ndelay_days = -1\ncoarsen = 5\nsources = ["s9"]',
        [
            "publication.sources 's9' is not in sources.csv",
            "collection.toml line 14: publication.withheld 'claims.kind' cannot be",
            "'quote' names no table's column",
            "coarsen_km 0 is no distance",
            "coarsen_known -1 is no number of places",
            "delay_days -1 is no number of days",
            "publication.coarsen is an unknown key",
        ],
    ),
    (
        [""],
        'sources = ["s9"]\ncoarsen_km = 5\ncoarsen_places = ["atlantis"]',
        ["publication.sources 's9' is not in sources.csv", "'atlantis' is not in the gazetteer"],
    ),
    (
        [""],
        'coarsen_places = ["elvas"]\ncoarsen_known = 5',
        [
            "publication.coarsen_places goes with coarsen_km",
            "publication.coarsen_known goes with coarsen_km",
            "publication.coarsen_places 'elvas' is not in the gazetteer",
        ],
    ),
]


@pytest.mark.parametrize(("words", "section", "told"), FAULTS)
def test_a_word_that_means_nothing_is_a_fault(tmp_path, words, section, told):
    """File, line, value and what to do, of all at once: whoever mistypes one must not publish for it."""
    folder = withholding(tmp_path / "c", [{"withheld": word} for word in words], section)
    with pytest.raises(FaultsError) as error:
        read_with_places(folder)
    assert [one for one in told if one not in str(error.value)] == []
    assert len(error.value.faults) == len(told)


CELLS = {
    "quote": {"quote": "[withheld]"},
    "count": {"count_text": "", "count_unit": "", "count_qualifier": ""},
    "count_text": {"count_text": "", "count_unit": "", "count_qualifier": ""},
    "date_text": {"date_kind": "", "date_text": ""},
    "origin": {"origin": "", "origin_id": ""},
    "speakers": {"speakers": "", "via": ""},
    "root": {"root": "[withheld] 1"},
    "actors": {"actors": "", "actor_text": ""},
}


def test_a_withheld_cell_takes_those_along_that_say_the_same(tmp_path):
    """A count goes with its words and a place with its name; the claim stays, and is sound when it is read again."""
    placed = {"origin": "Elvas", "origin_id": "country-pt", "geo_precision": "3", "actors": "walkers"}
    claims = [
        {**placed, **ON_THE_SEVENTH, **ABOUT_2000, "date_text": "on Saturday", "withheld": word}
        | {"quote": f"{word} crossed", "actor_text": f"{word} folk", "speakers": f"{word} mayor"}
        | {"via": f"The Daily Test > {word} mayor"}
        for word in CELLS
    ]
    collection, gazetteer = edition(withholding(tmp_path / "c", claims))
    for claim, (word, lacks) in zip(collection.claims.to_dict("records"), CELLS.items(), strict=True):
        assert {name: claim[name] for name in lacks} == lacks, word
        others = {name for of in CELLS.values() for name in of} - lacks.keys()
        assert [name for name in others if claim[name] in {"", "[withheld]"}] == [], word
    assert collection.edition.parts == len(CELLS)
    out = tmp_path / "out"
    write("csv", Export(collection, gazetteer, whole=True), out)
    again, _ = read_with_places(out)
    assert again.claims["claim_id"].tolist() == collection.claims["claim_id"].tolist()
    assert again.digest == collection.digest == json.loads((out / "about.json").read_text())["holds"]
    assert "withheld" not in (out / "claims.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "publication" not in (out / "collection.toml").read_text(encoding="utf-8")


def test_what_names_a_withheld_claim_goes_with_it(tmp_path):
    """What denies it or relates to it, its event, its source, its actor and their side, and its days of the slider."""
    folder = withholding(
        tmp_path / "c",
        [
            {**ON_THE_SEVENTH, "denies": "c2", "relates_to": "c2", "relation": "follows"},
            {"source_id": "s2", "event_id": "e2", "actors": "a2", "root": "Other", "withheld": "claim"},
        ],
        sources=({}, {"outlet": "Other"}),
        events=({}, {"title": "They hide"}),
        actors=({}, {"name": "Hiders", "side": "hidden"}),
        sides=({"side": "hidden", "name": "The hidden"},),
        facts={"first_day": None, "last_day": None, "opening_day": None},
    )
    collection, _ = edition(folder)
    (claim,) = collection.claims.to_dict("records")
    assert (claim["denies"], claim["relates_to"], claim["relation"]) == ("", "", "")
    assert collection.sources["source_id"].tolist() == ["s1"]
    assert collection.events["event_id"].tolist() == ["e1"]
    assert collection.actors.empty
    assert collection.sides.empty
    assert (collection.facts.first_day, collection.facts.last_day) == (dt.date(2024, 12, 7),) * 2
    assert (collection.edition.claims, collection.edition.parts) == (1, 0)


def test_of_a_withheld_source_nothing_is_published(tmp_path):
    """Nor of what repeats it, or goes back to it."""
    claims = [{}, {"source_id": "s2"}, {"source_id": "s3"}, {"root": "s2"}]
    folder = withholding(tmp_path / "c", claims, 'sources = ["s2"]', sources=({}, {}, {"repeats": "s2"}))
    collection, _ = edition(folder)
    assert collection.claims["claim_id"].tolist() == ["c1"]
    assert collection.sources["source_id"].tolist() == ["s1"]


def test_a_claim_is_published_days_after_its_report_and_its_last_day(tmp_path):
    """The later of the two counts, to the day."""
    later = {"date_start": "2024-12-13", "date_end": "2024-12-14", "date_kind": "on"}
    folder = withholding(
        tmp_path / "c", [ON_THE_SEVENTH, later, {"reported": "2024-12-13"}], "delay_days = 7"
    )
    shown = {
        day: edition(folder, dt.date(2024, 12, day))[0].claims["claim_id"].tolist()
        for day in (14, 15, 19, 20, 21)
    }
    assert shown == {14: [], 15: ["c1"], 19: ["c1"], 20: ["c1", "c3"], 21: ["c1", "c2", "c3"]}


def test_a_text_that_repeats_what_is_withheld_goes_too(tmp_path):
    """A title, a note, an address; the same number, town or outlet said of another claim that withholds nothing stays there."""
    claims = [
        {**ABOUT_2000, "quote": "Colonel Haddad fled", "withheld": "quote;count;source.author"},
        {**ABOUT_2000, "source_id": "s2", "note": "see COLONEL HADDAD FLED", "quote": "2,000 or so came"},
    ]
    sources = (
        {"author": "Rania Haddad", "url": "https://x.example/rania-haddad"},
        {"title": "By Rania Haddad"},
    )
    folder = withholding(
        tmp_path / "c", claims, sources=sources, events=({"title": "Colonel Haddad fled", "title_ar": "فر"},)
    )
    collection, _ = edition(folder)
    assert collection.events.iloc[0][["title", "title_ar"]].tolist() == ["[withheld]", "[محجوب]"]
    assert collection.sources[["author", "title", "url"]].to_numpy().tolist() == [["", "", ""]] * 2
    other = collection.claims.iloc[1]
    assert (other["note"], other["quote"], other["count"]) == ("", "2,000 or so came", 2000)


def test_positions_are_published_no_surer_than_is_said(tmp_path):
    """A town becomes a circle without its name, larger by what the town is, precision sinks, and a text that names it goes; a country stays."""
    placed = {
        "origin": "Elvas",
        "origin_id": "geonames-2268339",
        "destination": "Spain",
        "destination_id": "country-es",
        "geo_precision": "1",
    }
    folder = withholding(
        tmp_path / "c", [{**placed, **ON_THE_SEVENTH, "quote": "they left Elvas"}], "coarsen_km = 25"
    )
    collection, gazetteer = edition(folder)
    (claim,) = collection.claims.to_dict("records")
    circle = gazetteer[claim["origin_id"]]
    assert (circle.radius_km, circle.name) == (37.5, "Portugal, to within 37.5 km")
    assert (claim["origin"], claim["destination_id"], claim["geo_precision"]) == ("", "country-es", 3)
    assert claim["quote"] == "[withheld]"
    places = places_frame(gazetteer)
    assert len(events_of(collection.claims, collection.events, places, collection.sources)) == 1
    (folder / "collection.toml").write_text(
        (folder / "collection.toml").read_text(encoding="utf-8") + 'coarsen_names = "kept"\n',
        encoding="utf-8",
    )
    (kept,) = edition(folder)[0].claims.to_dict("records")
    assert (kept["origin"], kept["origin_id"], kept["quote"]) == ("Elvas", circle.place_id, "they left Elvas")


def test_rows_and_ids_that_lead_to_what_is_withheld_go(tmp_path):
    """A row of another data set has everything, and an id may name it; a claim that withholds nothing keeps both."""
    claims = [
        {"claim_id": "acled-POR77"},
        {"claim_id": "acled-POR78", "withheld": "note", "note": "told in confidence"},
    ]
    folder = withholding(tmp_path / "c", claims)
    rows = [
        {
            "claim_id": f"acled-POR{number}",
            "dataset": "acled",
            "row_id": f"POR{number}",
            "file": "a.csv",
            "row": "{}",
        }
        for number in (77, 78)
    ]
    write_table(folder / "imports.csv", rows)
    collection, _ = edition(folder)
    assert collection.imports["row_id"].tolist() == ["POR77"]
    first, second = collection.claims["claim_id"]
    assert first == "acled-POR77"
    assert second.startswith("unnamed-claim-")


def _of_rows(folder, *rows):
    write_table(
        folder / "imports.csv",
        [
            {"claim_id": f"c{number}", "dataset": "d", "row_id": f"R{number}", "file": "a.csv", "row": row}
            for number, row in enumerate(rows, 1)
        ],
    )
    return edition(folder)[0]


def test_a_digest_goes_with_whatever_of_its_source_is_withheld(tmp_path):
    """An address or a claim's origin too: whoever has the text would know it by its digest; others keep theirs."""
    claims = [
        {"withheld": "source.url"},
        {"source_id": "s2", "origin": "A town", "withheld": "origin"},
        {"source_id": "s3"},
    ]
    sources = [
        {"url": f"https://x.example/{word}", "text_sha256": "ab" * 32} for word in ("one", "two", "six")
    ]
    collection, _ = edition(withholding(tmp_path / "c", claims, sources=sources))
    assert collection.sources["text_sha256"].tolist() == ["", "", "ab" * 32]


def test_rows_of_other_data_sets_go_with_what_they_tell_of(tmp_path):
    """Of claims whose source, event or actor lacks something; a claim of others keeps its row."""
    claims = [{"source_id": "s2"}, {"event_id": "e2"}, {"actors": "a2"}, {}]
    folder = withholding(
        tmp_path / "c",
        claims,
        'withheld = ["sources.author", "events.note", "actors.aliases"]',
        sources=({}, {"author": "Rania Haddad"}),
        events=({}, {"note": "told by phone"}),
        actors=({}, {"aliases": "the tall ones"}),
    )
    assert _of_rows(folder, *["{}"] * 4).imports["row_id"].tolist() == ["R4"]


def test_all_of_a_row_is_looked_through(tmp_path):
    """Keys, lists and escaped letters of its JSON; what cannot be read goes."""
    claims = [{"note": "Rania Haddad", "withheld": "note"}, *({} for _ in range(6))]
    rows = [
        "{}",
        '{"a": ["x", ["Rania\\u0020Haddad"]]}',
        '{"Rania\\u0020Haddad": 1}',
        '{"a": "Rania\\u0020Haddad", "a": "x"}',
        "[" * 20_000,
        "{",
        '{"a": "x"}',
    ]
    assert _of_rows(withholding(tmp_path / "c", claims), *rows).imports["row_id"].tolist() == ["R7"]


def test_names_without_a_position_go_and_no_written_view_stays_where_positions_are_coarse(tmp_path):
    """A town that nobody placed has no circle, and a view may point at the very place."""
    said = {
        "origin": "Elvas",
        "origin_id": "geonames-2268339",
        "destination": "Sweetwater",
        "quote": "to Sweetwater",
        "geo_precision": "1",
    }
    view = {"view": "[-9.0, 37.0, -5.312, 40.0]"}
    folder = withholding(tmp_path / "c", [{**said, **ON_THE_SEVENTH}], "coarsen_km = 25", facts=view)
    collection, _ = edition(folder)
    (claim,) = collection.claims.to_dict("records")
    assert (claim["destination"], claim["quote"]) == ("", "[withheld]")
    assert -5.312 not in collection.facts.view


def test_a_step_of_the_story_that_tells_of_it_goes(tmp_path):
    """Steps that open what is not there, repeat what is withheld, or zoom in on it; the others are told."""
    folder = withholding(
        tmp_path / "c",
        [ON_THE_SEVENTH, {**ON_THE_SEVENTH, "event_id": "e2", "withheld": "claim", "quote": "a secret word"}],
        events=({}, {"title": "They hide"}),
    )
    steps = [("e1", "all is well"), ("e1", "a secret word"), ("e2", "all is well")]
    text = "".join(
        f'[[step]]\nheadline = "h"\ntext = "{said}"\nday = 2024-12-07\nevent = "{event}"\n'
        for event, said in steps
    )
    (folder / "story.toml").write_text(f'title = "t"\n{text}', encoding="utf-8")
    collection, gazetteer = edition(folder)
    assert [(step.event, step.text) for step in collection.story.steps] == [("e1", "all is well")]
    write("csv", Export(collection, gazetteer, whole=True), tmp_path / "out")
    assert read_with_places(tmp_path / "out")[0].story == collection.story


def test_a_title_that_repeats_it_is_refused(tmp_path):
    """A collection must be called something: who publishes it is told to write another title."""
    folder = withholding(
        tmp_path / "c", [{"note": "Operation Dawn", "withheld": "note"}], facts={"title": '"Operation Dawn"'}
    )
    told = "title repeats 'Operation Dawn', which is not for publication (claims.csv, c1, column note, withheld 'note')"
    with pytest.raises(BordermapError, match=re.escape(told)):
        edition(folder)


def test_a_refused_title_names_what_withholds_it(tmp_path):
    """The section, where a claim that withholds something else goes with its source."""
    claims = [{"note": "Operation Dawn", "quote": "in secret", "withheld": "quote"}]
    folder = withholding(tmp_path / "c", claims, 'sources = ["s1"]', facts={"title": '"Operation Dawn"'})
    with pytest.raises(BordermapError, match=re.escape("c1, column note, [publication] sources")):
        edition(folder)


@pytest.mark.parametrize(
    ("day", "told"), [("1999-01-01", "came out up to 2024-12-08"), ("2999-01-01", "not come")]
)
def test_no_edition_is_of_a_day_before_its_reports_or_to_come(tmp_path, day, told):
    """It would tell what nobody knew, or what is delayed yet."""
    folder = withholding(tmp_path / "c", [{}, {"withheld": "quote"}])
    with pytest.raises(BordermapError, match=f"no edition can be of {day}.*{told}"):
        edition(folder, dt.date.fromisoformat(day))


def test_a_title_may_say_what_is_merely_delayed(tmp_path):
    """It is no secret, only not yet out; what is withheld is refused before its day too."""
    said, titled = {"note": "Operation Dawn"}, {"title": '"Operation Dawn"'}
    collection, _ = edition(withholding(tmp_path / "c", [said], "delay_days = 400", facts=titled))
    assert collection.claims.empty
    assert collection.facts.title == "Operation Dawn"
    folder = withholding(tmp_path / "d", [{**said, "withheld": "note"}], "delay_days = 400", facts=titled)
    with pytest.raises(BordermapError, match="column note"):
        edition(folder)


def test_a_title_may_say_a_place_that_another_claim_does_not_withhold(tmp_path):
    """By whatever spelling: the place is published."""
    one = {"origin": "Portugal", "origin_id": "country-pt", "geo_precision": "3"}
    folder = withholding(
        tmp_path / "c",
        [{**one, "withheld": "origin"}, {**one, "origin": "Portuguese Republic"}],
        facts={"title": '"From Portugal"'},
    )
    assert edition(folder)[0].facts.title == "From Portugal"


def test_what_is_withheld_is_said_in_an_export_of_the_whole(tmp_path):
    """What is handed on whole, and not published, keeps what is withheld, in each format, and so does the store."""
    folder = withholding(
        tmp_path / "c",
        [{}, {"withheld": "claim"}, {"withheld": "quote;source.url"}],
        'withheld = ["claims.note"]\ncoarsen_km = 25\ncoarsen_places = ["country-pt"]\ncoarsen_names = "kept"\ncoarsen_known = 0\ndelay_days = 3\nsources = ["s1"]',
    )
    collection, gazetteer = read_with_places(folder)
    for name, out in (("csv", "csv"), ("parquet", "pq.zip"), ("geojson", "c.geojson"), ("gpkg", "c.gpkg")):
        write(name, Export(collection, gazetteer, whole=True), tmp_path / out)
        assert main(["import", str(tmp_path / out), "--into", str(tmp_path / f"from-{out}")]) in (None, 0)
        again, _ = read_with_places(tmp_path / f"from-{out}")
        assert (again.withheld, again.facts.publication) == (
            collection.withheld,
            collection.facts.publication,
        ), out


DAYS_TOLD = {
    "on 7 December they left": True,
    "December 7th, 2024": True,
    "07/12/2024": True,
    "7.12.2024": True,
    "2024/12/7": True,
    "يوم \u0667 ديسمبر": True,
    "في 8 كانون الأول": True,
    "on 17 December": False,
    "December 12": False,
}


def test_a_withheld_day_goes_in_whatever_way_it_is_written(tmp_path):
    """Each day of a range, in the spellings of the languages that are read; another day of the month stays."""
    days = {"date_start": "2024-12-07", "date_end": "2024-12-08", "date_kind": "throughout"}
    claims = [{**days, "withheld": "date_start"}, *({"note": note} for note in DAYS_TOLD)]
    collection, _ = edition(withholding(tmp_path / "c", claims))
    gone = collection.claims["note"].eq("").tolist()[1:]
    assert dict(zip(DAYS_TOLD, gone, strict=True)) == DAYS_TOLD


def test_the_store_keeps_what_is_withheld_and_who_said_so(store, tmp_path):
    """They come out as they went in, are set with a version seen, stand in the audit, and rows may come after them."""
    folder = withholding(tmp_path / "c", [{}, {"withheld": "claim"}])
    store.import_folder(folder, "held", "Anna")
    store.mend("held", "c1", 1, {"withheld": "quote"}, "Ben")
    collection, _ = store.read_with_places("held")
    assert collection.withheld == {"c1": ("quote",), "c2": ("claim",)}
    assert store.history("held", "c1")[-1].who == "Ben"
    with pytest.raises(FaultsError, match=r"no column of claims\.csv"):
        store.mend("held", "c1", 2, {"withheld": "qoute"}, "Ben")
    store.import_folder(make(tmp_path / "plain"), "plain", "Anna")
    store.mend("plain", "c1", 1, {"withheld": "claim"}, "Ben")
    assert store.read_with_places("plain")[0].withheld == {"c1": ("claim",)}


def test_a_claim_that_is_accepted_again_withholds_what_it_did(store, tmp_path):
    """Whoever withdraws a claim and takes its proposal in anew must not publish what was withheld."""
    store.import_folder(make(tmp_path / "c", claims=({},)), "again", "Anna")
    first = store.accept("again", proposal(), STORED, "Anna", event_id="e1")
    store.mend("again", first.claim_id, first.version, {"withheld": "quote"}, "Anna")
    version = store.history("again", first.claim_id)[-1].version
    gone = store.withdraw("again", first.claim_id, version, "Ben", reason="unsure")
    second = store.accept("again", proposal(), STORED, "Ben", event_id="e1", seen=gone.decision_id)
    assert store.read_with_places("again")[0].withheld == {second.claim_id: ("quote",)}


def test_the_command_and_python_publish_an_edition(tmp_path, capsys):
    """On the day that is asked for; a built folder, and a day without an edition, are refused in one sentence."""
    folder = withholding(tmp_path / "c", [ON_THE_SEVENTH, {"withheld": "claim"}], "delay_days = 7")
    out = tmp_path / "out.geojson"
    main(
        [
            "export",
            "geojson",
            "--collection",
            str(folder),
            "--public",
            "--as-of",
            "2024-12-20",
            "-o",
            str(out),
        ]
    )
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (
        told["edition"]
        == "published edition of 2024-12-20: 1 claim not published, parts of 0 claims withheld, delayed by 7 days"
    )
    assert open_collection(folder, public=True, as_of="2024-12-14").collection.claims.empty
    with pytest.raises(BordermapError, match="as_of goes with public"):
        open_collection(folder, as_of="2024-12-14")
    with pytest.raises(SystemExit):
        main(["export", "geojson", "--collection", str(folder), "--as-of", "2024-12-20", "-o", str(out)])
    assert "--as-of goes with --public" in capsys.readouterr().err


def test_the_columns_of_claims_are_what_a_source_said():
    """What is withheld is none of them, so that no table made of claims shows it by chance."""
    assert WITHHELD.name not in {column.name for column in CLAIMS}
    assert WITHHELD.name not in CLAIM
