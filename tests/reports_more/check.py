"""Check the coded reports beside this file: quotes, fields, places, and a score of 1.0 against themselves.

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


def claims_coded():
    return [json.loads(line) for line in (HERE / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


def positions():
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as rows:
        return {row["name"]: row for row in csv.DictReader(rows)}


def published():
    with (HERE / "reports.csv").open(encoding="utf-8", newline="") as rows:
        return {row["file"]: row["published"] for row in csv.DictReader(rows)}


def faults(claims, places, days):
    """Every fault as one sentence."""
    known = {claim["id"] for claim in claims}
    if len(known) != len(claims):
        yield "an id stands twice"
    for claim in claims:
        name = claim["id"]
        text = (HERE / claim["source_file"]).read_text(encoding="utf-8")
        if text[claim["char_start"] : claim["char_end"]] != claim["quote"]:
            yield f"{name}: the quote is not at its offsets"
        if claim["source_file"] not in days:
            yield f"{name}: {claim['source_file']} is not in reports.csv"
        if claim["kind"] not in KINDS or claim["alt_kind"] not in KINDS | {None} or claim["status"] not in STATUSES:
            yield f"{name}: kind or status unknown"
        for end in ENDS:
            for place in (claim[end] or {}).get("canonical_all", []):
                if place not in places:
                    yield f"{name}: {place!r} is not in places.csv"
        start, stop = (dt.date.fromisoformat(claim[key]) if claim[key] else None for key in ("date_start", "date_end"))
        if start and stop and start > stop:
            yield f"{name}: ends before it begins"
        counts = [claim[key] for key in ("count_low", "count_best", "count_high") if claim[key] is not None]
        if counts != sorted(counts):
            yield f"{name}: low, best and high are out of order"
        for other in claim["same_event_within_article"] + claim["contradicts"]:
            if other not in known:
                yield f"{name}: no claim {other}"
    with (HERE / "events.json").open(encoding="utf-8") as lines:
        told = json.load(lines)
    placed = [claim for event in told["events"] for claim in event["claims"]] + told["unassigned_claims"]
    if Counter(placed) != Counter(known):
        yield "the events and the unassigned claims are not every claim once"


def end_shown(end, country, places):
    """A prediction's end: the position of the first place coded for it."""
    if not end:
        return None
    row = places[end["canonical_all"][0]]
    return {"name": row["name"], "lat": float(row["lat"]), "lon": float(row["lon"]), "country": country or row["country"]}


def as_prediction(claim, places):
    """The coded claim as `bordermap read` would write it; a denial is a crossing that is denied."""
    origin, _, destination = (claim["direction"] or "").partition("->")
    denial = claim["kind"] == "denial"
    return {
        "article": claim["source_file"],
        "quote": claim["quote"],
        "kind": (claim["alt_kind"] or "crossing") if denial else claim["kind"],
        "status": "denied" if denial and claim["status"] not in ("denied", "rejected") else claim["status"],
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


def score_of_themselves(score_file, claims, places):
    spec = importlib.util.spec_from_file_location("score_claims", score_file)
    score_claims = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score_claims)
    return score_claims.score(claims, [as_prediction(c, places) for c in claims], score_claims.read_places(HERE / "places.csv"))


def main():
    claims, places, days = claims_coded(), positions(), published()
    found = list(faults(claims, places, days))
    print("\n".join(found) or f"{len(claims)} claims of {len(days)} reports: no fault")
    for field in ("kind", "salience", "status"):
        print(field, dict(Counter(claim[field] for claim in claims)))
    result = score_of_themselves(sys.argv[1], claims, places)
    print(json.dumps(result, indent=1))
    return bool(found) or result["f1"] != 1.0 or result["neutral"] + result["correct"] != len(claims)


if __name__ == "__main__":
    sys.exit(main())
