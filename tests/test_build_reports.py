"""Reports at scale: texts with their days, and the claims that a build reads out of them."""

import datetime as dt
import json

import pytest
from builds_made import built, claims_in

from claims.imports.converting import Asked
from layers.build.reports import cells_of, texts_of

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
