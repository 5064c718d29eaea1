"""Check the coded reports beside this file: quotes, fields, places, events, and a score of 1.0 against themselves.

usage: check.py SCORE_CLAIMS.py
"""

import csv
import datetime as dt
import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
KINDS = {"crossing", "withdrawal", "deployment", "control_change", "closure", "denial", "other"}
STATUSES = {"reported", "confirmed", "denied", "planned", "requested", "rejected"}
ENDS = ("place", "origin", "destination")


def rows_of(name):
    """The rows of a table beside this file."""
    with (HERE / name).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def text_faults(claim, reports):
    """A quote that is not where it should be, or a report that is not listed."""
    if claim["source_file"] not in reports:
        yield f"{claim['source_file']} is not in reports.csv"
    text = (HERE / claim["source_file"]).read_text(encoding="utf-8")
    if text[claim["char_start"] : claim["char_end"]] != claim["quote"]:
        yield "the quote is not at its offsets"


def field_faults(claim):
    """A word, a date or a count that cannot be."""
    if claim["kind"] not in KINDS or claim["alt_kind"] not in KINDS | {None}:
        yield f"no kind {claim['kind']!r} or {claim['alt_kind']!r}"
    if claim["status"] not in STATUSES:
        yield f"no status {claim['status']!r}"
    days = [dt.date.fromisoformat(claim[key]) for key in ("date_start", "date_end") if claim[key]]
    if days != sorted(days):
        yield "it ends before it begins"
    counts = [claim[key] for key in ("count_low", "count_best", "count_high") if claim[key] is not None]
    if counts != sorted(counts):
        yield "low, best and high are out of order"


def reference_faults(claim, places, known):
    """A place or another claim that is not there."""
    for end in ENDS:
        for place in (claim[end] or {}).get("canonical_all", []):
            if place not in places:
                yield f"{place!r} is not in places.csv"
    for other in claim["same_event_within_article"] + claim["contradicts"]:
        if other not in known:
            yield f"no claim {other}"


def faults(claims, places):
    """Every fault as one sentence."""
    reports = {row["file"] for row in rows_of("reports.csv")}
    known = Counter(claim["id"] for claim in claims)
    for claim in claims:
        found = [*text_faults(claim, reports), *field_faults(claim), *reference_faults(claim, places, known)]
        yield from (f"{claim['id']}: {fault}" for fault in found)
    told = json.loads((HERE / "events.json").read_text(encoding="utf-8"))
    placed = Counter([claim for event in told["events"] for claim in event["claims"]] + told["unassigned_claims"])
    if placed != known or set(known.values()) != {1}:
        yield "the events and the unassigned claims are not every claim once"


def end_shown(end, country, places):
    """A prediction's end: the position of the first place coded for it."""
    if not end:
        return None
    row = places[end["canonical_all"][0]]
    shown = {"name": row["name"], "lat": float(row["lat"]), "lon": float(row["lon"])}
    return shown | {"country": country or row["country"]}


def as_prediction(claim, places):
    """The coded claim as `bordermap read` would write it; a denial is a movement that is denied."""
    origin, _, destination = (claim["direction"] or "").partition("->")
    denial = claim["kind"] == "denial"
    return {
        "article": claim["source_file"],
        "quote": claim["quote"],
        "kind": (claim["alt_kind"] or "crossing") if denial else claim["kind"],
        "status": "denied" if denial and claim["status"] != "rejected" else claim["status"],
        "date_start": claim["date_start"],
        "date_end": claim["date_end"],
        "count": claim["count_best"],
        "count_low": claim["count_low"],
        "count_high": claim["count_high"],
        "place": end_shown(claim["place"], None, places),
        "origin": end_shown(claim["origin"], origin if destination else None, places),
        "crossing": None,
        "destination": end_shown(claim["destination"], destination or None, places),
    }


def scored_against_themselves(score_file, claims, places):
    """What the scoring script makes of the coded claims fed back as predictions."""
    spec = importlib.util.spec_from_file_location("score_claims", score_file)
    scoring = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scoring)
    predictions = [as_prediction(claim, places) for claim in claims]
    return scoring.score(claims, predictions, scoring.read_places(HERE / "places.csv"))


def main():
    """Write what was found; 1 where there is a fault or a score under 1.0."""
    lines = (HERE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [json.loads(line) for line in lines]
    places = {row["name"]: row for row in rows_of("places.csv")}
    found = list(faults(claims, places))
    sys.stdout.write("\n".join(found or [f"{len(claims)} claims: no fault"]) + "\n")
    for field in ("kind", "salience", "status"):
        sys.stdout.write(f"{field}: {dict(Counter(claim[field] for claim in claims))}\n")
    score = scored_against_themselves(sys.argv[1], claims, places)
    sys.stdout.write(json.dumps(score, indent=1) + "\n")
    return int(bool(found) or score["f1"] != 1.0 or score["correct"] + score["neutral"] != len(claims))


if __name__ == "__main__":
    sys.exit(main())
