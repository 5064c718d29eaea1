"""Reviewers are killed while they write, and whatever the store acknowledged is there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from stores_made import proposal

from trust import kills
from trust.postgresql import programs

ROOT = Path(__file__).parents[1]


def run(*words):
    """Run the kills, and give what they came to."""
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "trust", "--json", "--none", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout  # standard error begins with the seed
    return json.loads(ran.stdout)


def test_kills_and_two_dashboards_on_sqlite_lose_nothing_acknowledged():
    """Four reviewers decide and are killed, three times; two dashboards write one file, none is turned away or sees too little."""
    tally, both = run("--sqlite", "3", "--together", "2")
    assert (tally["kills"], tally["lost"]) == (12, [])
    assert tally["acknowledged"] >= 3
    assert (both["decisions"], both["lost"], both["refused"], both["unseen"]) == (16, [], [], [])


def test_killing_and_stopping_postgresql_loses_nothing_acknowledged():
    """As before, and the third time the server is killed as well; then it is stopped and started, and whoever writes goes on."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (scripts/install_postgresql.sh installs it)")
    *tallies, stops = run("--postgresql", "3", "--stops", "2")
    assert [(tally["kills"], tally["lost"]) for tally in tallies] == [(8, []), (5, [])]
    assert all(tally["acknowledged"] for tally in tallies)
    assert (stops["stops"], stops["lost"], stops["twice"], stops["silent"]) == (2, [], [], [])
    assert stops["acknowledged"] >= 6
    assert stops["refused"] + stops["unknown"]


@pytest.mark.parametrize("otherwise", [{"who": "Ben"}, {"verdict": "accepted"}, {"claim": "s1-01"}])
def test_a_number_that_another_decision_has_is_no_proof(store, otherwise):
    """A decision is there only if who, verdict and claim are those that were acknowledged."""
    kept = store.reject("tiny", proposal(), "Anna", "no")
    told = {"id": kept.decision_id, "who": "Anna", "verdict": "rejected", "claim": "", "version": 0}
    assert kills.lost_of(store, "tiny", [told]) == []
    lost = {**told, **otherwise}
    assert kills.lost_of(store, "tiny", [lost]) == [f"decision {kept.decision_id} of {lost['who']}"]


def test_what_is_lost_is_told(store):
    """A decision, a version and a withdrawal that were acknowledged and are not there are each counted."""
    mended = {"id": "1", "who": "Anna", "verdict": "mended", "claim": "c1", "version": 2}
    withdrawn = {"id": "2", "who": "Ben", "verdict": "withdrawn", "claim": "c2", "version": 0}
    assert kills.lost_of(store, "tiny", [mended, withdrawn]) == [
        *("decision 1 of Anna", "decision 2 of Ben", "version 2 of c1", "the withdrawal of c2"),
    ]
