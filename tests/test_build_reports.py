"""Reports at scale: texts with their days, and the claims that a build reads out of them."""

import datetime as dt
import json

import pyarrow as pa
import pytest
from builds_made import built, claims_in

from claims.imports.converting import Asked
from layers.build.reports import cells_of
from layers.build.reposts import with_reposts
from layers.build.rowsread import SCHEMAS_READ
from layers.build.texts import Text, texts_of

SAID = "On Saturday the army said that 2,000 soldiers had crossed into Portugal at Elvas."
LONG = f"{SAID} The ministry of the interior said on Sunday that they would be sent back to Spain by the end of the week."
DAY = dt.date(2024, 12, 7)


def read(path, name="", asked=None):
    """Read the texts of a file; give them and the faults."""
    faults = []
    texts = list(texts_of(path, name or path.name, asked or Asked(name=""), faults))
    return texts, [str(fault) for fault in faults]


NAMES = [
    ("2024-12-08-wire.txt", None, "2024-12-08"),
    ("wire 2024-12-08.txt", None, "2024-12-08"),
    ("wire.txt", DAY, "2024-12-07"),
    ("2024-12-08.txt", DAY, "2024-12-08"),
]


@pytest.mark.parametrize(("name", "published", "day"), NAMES)
def test_a_file_says_its_day_by_its_name(tmp_path, name, published, day):
    """The day in a file's name goes before the one that is said for all of them."""
    (tmp_path / name).write_text(LONG, encoding="utf-8")
    (text,), faults = read(tmp_path / name, asked=Asked(name="", published=published))
    assert (text.published.isoformat(), text.language, faults) == (day, "en", [])


def test_a_file_without_a_day_is_a_fault(tmp_path):
    """Whoever has not said when a text came out is told how to."""
    (tmp_path / "wire.txt").write_text(LONG, encoding="utf-8")
    assert read(tmp_path / "wire.txt") == (
        [],
        [
            "wire.txt: says no day of publication; begin its name with it, as 2024-12-08-outlet.txt, or say --published DAY"
        ],
    )


LINES = [
    ('{"text": 3, "published": "2024-12-08"}', "is no object with a text"),
    ("[]", "is no object with a text"),
    ('{"text": "So.', "cannot be read"),
    (json.dumps({"text": LONG}), "published is missing"),
    (json.dumps({"text": LONG, "published": "8.12.2024"}), "published '8.12.2024' is not a day"),
    (json.dumps({"text": LONG, "published": "2024-12-32"}), "published '2024-12-32' is not a day"),
    (
        json.dumps({"text": LONG, "published": "2024-12-08", "title": "\ud800"}),
        "title holds half of a character",
    ),
    (json.dumps({"text": f"{LONG}\udc00", "published": "2024-12-08"}), "text holds half of a character"),
    (json.dumps({"text": LONG, "published": "\ud800"}), "published '\\ud800' is not a day"),
    (json.dumps({"text": " ", "published": "2024-12-08"}), "text is empty"),
    (
        json.dumps({"text": "xyzzy " * 40, "published": "2024-12-08"}),
        "text is in a language that cannot be read",
    ),
]


@pytest.mark.parametrize(("line", "why"), LINES)
def test_a_line_with_a_fault_stops_no_other(tmp_path, line, why):
    """Each line with a fault is told by its number, and the others are read."""
    sound = json.dumps({"text": LONG, "published": "2024-12-08", "outlet": "Wire", "url": "javascript:1"})
    (tmp_path / "many.jsonl").write_text(f"{sound}\n\n{line}\n{sound}\n", encoding="utf-8")
    texts, faults = read(tmp_path / "many.jsonl")
    assert [(text.line, text.said["outlet"], text.said["url"]) for text in texts] == [
        (1, "Wire", ""),
        (4, "Wire", ""),
    ]
    (fault,) = faults
    assert fault.startswith(f"many.jsonl line 3: {why}")


def test_a_proposal_is_a_claim_with_an_event_of_its_own(tmp_path):
    """A claim says by which rule it is proposed, of which text and line; its source has the text's hash and day."""
    line = {"text": LONG, "published": "2024-12-08", "outlet": "Wire", "url": "https://example.org/1"}
    (tmp_path / "many.jsonl").write_text(json.dumps(line), encoding="utf-8")
    texts, _ = read(tmp_path / "many.jsonl")
    cells = cells_of(texts, Asked(name=""))
    claim, source = cells["claims"].iloc[0], cells["sources"].iloc[0]
    assert (claim["kind"], claim["reported"], claim["file"], claim["line"]) == (
        "crossing",
        "2024-12-08",
        "many.jsonl",
        "1",
    )
    assert claim["note"].startswith("proposed: ")
    assert claim["event_id"] == claim["claim_id"] == cells["events"].iloc[0]["event_id"]
    assert claim["quote"] in LONG
    assert claim["source_id"] == source["source_id"]
    assert (source["outlet"], source["published"], source["url"]) == (
        "Wire",
        "2024-12-08",
        "https://example.org/1",
    )


def test_reports_are_built_with_all_else(tmp_path):
    """Texts of a file each and texts of one file become the same claims, and one told twice is one."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "2024-12-08-wire.txt").write_text(LONG, encoding="utf-8")
    (texts / "2024-12-09-none.txt").write_text("", encoding="utf-8")
    line = json.dumps({"text": LONG, "published": "2024-12-08", "outlet": "wire"})
    (texts / "many.jsonl").write_text(line + "\n", encoding="utf-8")
    made = built(tmp_path / "out", texts)
    assert [one["name"] for one in made.manifest["missing"]] == ["2024-12-09-none.txt"]
    claims = claims_in(tmp_path / "out")
    assert claims["claim_id"].is_unique

    assert made.manifest["rows"] == {"repeated": len(claims), "older": 0, "differing": 0}


def test_a_line_that_is_too_long_stops_no_other(tmp_path, monkeypatch):
    """A line of more bytes than any report has is a fault, of which no more than that is held, and the next one is read."""
    monkeypatch.setattr("layers.build.texts.LONGEST", 1_000)
    sound = json.dumps({"text": LONG, "published": "2024-12-08"})
    for at in (-1, 0, 1):
        long = sound.ljust(2_000 + at)
        (tmp_path / "many.jsonl").write_text(f"{long}\n{sound}\n{long}", encoding="utf-8")
        texts, faults = read(tmp_path / "many.jsonl")
        assert [text.line for text in texts] == [2]
        assert [fault.split(" (")[0] for fault in faults] == [
            "many.jsonl line 1: is too large",
            "many.jsonl line 3: is too large",
        ]


def as_text(text=LONG, **said):
    """Give a text of an outlet's."""
    known = {"outlet": "Wire", "title": "", "author": "", "url": ""} | said
    return Text("many.jsonl", 1, text, "en", DAY, known)


def test_ids_tell_millions_of_texts_apart():
    """The ids of source, claims and statements have 64 bits of a hash, and a denial names the claim that it denies."""
    told = f"{SAID} The ministry of the interior denied on Saturday that soldiers had crossed at Elvas."
    cells = cells_of([as_text(told)], Asked(name=""))
    mark = cells["sources"]["source_id"].iloc[0].removeprefix("text-")
    claims = cells["claims"]
    assert len(mark) == 16
    assert claims["claim_id"].tolist() == [f"{mark}-{number}" for number in range(1, len(claims) + 1)]
    assert claims["statement_id"].str.startswith(f"{mark}-s").all()
    assert set(claims["denies"]) <= {"", *claims["claim_id"]}


def test_one_text_of_two_outlets_is_two_sources():
    """Who published a text, when and where tells sources apart, and each has its claims; what it is called does not."""
    texts = [as_text(), as_text(outlet="Paper"), as_text(url="https://example.org/1"), as_text(title="So")]
    sources = cells_of(texts, Asked(name=""))["sources"]
    assert sources["source_id"].nunique() == 3
    assert sources["source_id"].iloc[0] == sources["source_id"].iloc[3]
    assert sources["text_sha256"].nunique() == 1


def test_the_later_of_two_texts_repeats_the_earlier():
    """Of sources with one text that which came out first is repeated by the others, unless one says itself what it repeats."""
    rows = [
        ("text-b", "t", "2024-12-09", ""),
        ("text-a", "t", "2024-12-08", ""),
        ("text-c", "t", "2024-12-10", "mine"),
        ("text-d", "u", "2024-12-08", ""),
        ("mine", "t", "2024-12-01", ""),
    ]
    names = ("source_id", "text_sha256", "published", "repeats")
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    days = [row | {"published": dt.datetime.fromisoformat(row["published"])} for row in cells]
    table = pa.Table.from_pylist(days, schema=SCHEMAS_READ["sources"])
    assert with_reposts(table)["repeats"].to_pylist() == ["text-a", "", "mine", "", ""]
