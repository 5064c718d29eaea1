"""Which claims say an event's date, place and count: one rule, in Python and in the page."""

# ruff: noqa: F401, F811  # fixtures are imported, and named again as arguments

import json
from itertools import product
from pathlib import Path

import pytest
from collections_made import claims_frame, collection_of, small_gazetteer
from pages import browser, reading

from claims.events import events_of
from claims.model import Status
from layers.frames import places_frame

STANDING = Path(__file__).parents[1] / "layers" / "engine" / "standing.js"
RANKS = json.loads((Path(__file__).parent / "telling_ranks.json").read_text(encoding="utf-8"))["ranks"]
RANK = {tuple(claim): rank for rank, claims in enumerate(RANKS) for claim in claims}
PAIRS = list(product(RANK, RANK))
TOLD = [[at for at, claim in enumerate(pair) if RANK[claim] == min(map(RANK.get, pair))] for pair in PAIRS]
"""Which of each two claims tell, by their ranks."""

DAYS = ("2024-12-01", "2024-12-03")


def test_every_claim_has_a_rank():
    """Each status is ranked, standing and fallen."""
    assert set(RANK) == set(product(map(str, Status), (False, True)))


def test_python_hears_the_strongest(tmp_path, iberia):
    """Of each two claims of an event on two days, the event has the days of those that are stronger."""
    sources = collection_of(tmp_path, iberia, sources=({}, {"state": "retracted"})).sources
    claims = claims_frame(
        *(
            {
                "event_id": f"e{number}",
                "status": status,
                "source_id": "s2" if fallen else "s1",
                "root": f"{number} {at}",
                "date_start": DAYS[at],
                "date_end": DAYS[at],
                "date_kind": "on",
            }
            for number, pair in enumerate(PAIRS)
            for at, (status, fallen) in enumerate(pair)
        )
    )
    events = claims.drop_duplicates("event_id")[["event_id", "kind"]].assign(title="", title_ar="", note="")
    made = events_of(claims, events, places_frame(small_gazetteer()), sources)
    found = zip(
        made["date_start"].dt.strftime("%Y-%m-%d"), made["date_end"].dt.strftime("%Y-%m-%d"), strict=True
    )
    assert list(found) == [(DAYS[told[0]], DAYS[told[-1]]) for told in TOLD]


@pytest.mark.browser
def test_the_page_hears_the_strongest(browser):
    """Of each two claims the page takes those that are stronger."""
    statuses = list(map(str, Status))
    pairs = [
        [[statuses.index(status) for status, _ in pair], [int(fallen) for _, fallen in pair]]
        for pair in PAIRS
    ]
    with reading(browser) as reader:
        reader.page.evaluate("window.bordermap = {}")
        reader.page.add_script_tag(content=STANDING.read_text(encoding="utf-8"))
        assert reader.page.evaluate("bordermap.standing.STATUSES") == statuses
        found = reader.page.evaluate(
            """(pairs) => pairs.map(([status, fallen]) =>
                 bordermap.standing.telling({ claim_status: status, claim_fallen: fallen }, [0, 1]))""",
            pairs,
        )
    assert found == TOLD
