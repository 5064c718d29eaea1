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
        [sys.executable, "-m", "trust", "--json", "--builds", "0", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout  # standard error begins with the seed
    return json.loads(ran.stdout)


def test_ten_kills_lose_nothing_acknowledged():
    """Three reviewers decide and are killed, ten times: every acknowledged decision is there, and the audit holds."""
    (tally,) = run("--sqlite", "10", "--postgresql", "0")
    assert (tally["kills"], tally["lost"]) == (10, [])
    assert tally["acknowledged"] >= 10


def test_killing_postgresql_loses_nothing_acknowledged():
    """As before, and the third time the server is killed as well."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (scripts/install_postgresql.sh installs it)")
    tallies = run("--sqlite", "0", "--postgresql", "3")
    assert [(tally["kills"], tally["lost"]) for tally in tallies] == [(2, []), (1, [])]
    assert all(tally["acknowledged"] for tally in tallies)


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
