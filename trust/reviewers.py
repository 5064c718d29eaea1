"""Reviewers who decide without a pause until they are killed, each a process that tells what was acknowledged."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import random
from typing import TYPE_CHECKING, Any

from claims.store import ChangedMeanwhile, Decision, Store, StoreError, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["NAME", "begin", "decided", "review", "told_of"]

NAME = "killed"
SOURCE = {"outlet": "The Daily Test", "published": "2024-12-08", "language": "en"}
CLAIM = {
    "kind": "crossing",
    "status": "reported",
    "modality": "asserted",
    "root": "The Daily Test",
    "reported": "2024-12-08",
    "quote": "some crossed",
}


def begin(url: str) -> tuple[str, str]:
    """Make a collection with one text to decide on; give the source's id and the text's hash."""
    store = open_store(url)
    store.create(NAME, "Killed on purpose", dt.date(2024, 12, 1), dt.date(2024, 12, 31), "nobody")
    source = store.keep_source(NAME, SOURCE, "Yesterday some crossed.", "nobody")
    digest = store.texts(NAME)[0].sha256
    # What is open must not be carried over into another process.
    store.database.close()
    return source.source_id, digest


def review(url: str, text: tuple[str, str], who: str, seed: int, acknowledged: int) -> None:
    """Decide until killed; write each decision to a pipe as a line of JSON once the store has acknowledged it.

    Args:
        url: The store's.
        text: The source's id and the text's hash.
        who: The reviewer.
        seed: Of what is decided.
        acknowledged: The pipe's end to write to.
    """
    store = open_store(url)
    for decision in _decisions(store, text, who, seed):
        os.write(acknowledged, f"{json.dumps(told_of(decision, who))}\n".encode())


def told_of(decision: Decision, who: str) -> dict[str, Any]:
    """Give what a reviewer knows of a decision that the store has acknowledged, as `kills.lost_of` takes it."""
    return {
        "id": decision.decision_id,
        "verdict": decision.verdict,
        "claim": decision.claim_id,
        "version": decision.version,
        "who": who,
    }


def decided(store: Store, text: tuple[str, str], who: str, number: int) -> Decision:
    """Decide on a proposal of one's own, which the number tells from the others: every second is rejected.

    Raises:
        StoreError: The store refuses it, as `Store.accept` says.
    """
    proposal = _proposal(text, f"{who} {number}")
    if number % 2:
        return store.reject(NAME, proposal, who, "no")
    return store.accept(NAME, proposal, {**CLAIM, "source_id": text[0]}, who)


def _proposal(text: tuple[str, str], which: str) -> dict[str, Any]:
    return {"text_sha256": text[1], "quote_start": 10, "quote_end": 22, "kind": "crossing", "which": which}


def _decisions(store: Store, text: tuple[str, str], who: str, seed: int) -> Iterator[Decision]:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for number in itertools.count():
        fresh = _proposal(text, f"{who} {seed} {number}")
        try:
            yield _by_chance(store, fresh, {**CLAIM, "source_id": text[0]}, who, chance)
        except ChangedMeanwhile:
            continue  # as it should: another reviewer was first
        except StoreError as error:
            # The server was killed: nothing more can be decided.
            os.write(2, f"{who}: {error}\n".encode())
            return


def _by_chance(
    store: Store,
    proposal: Mapping[str, Any],
    claim: Mapping[str, str],
    who: str,
    chance: random.Random,
) -> Decision:
    """Decide something: mostly on what is proposed, else on a claim that is there, whoever's it is."""
    known = store.claims(NAME)
    if not known or chance.random() < 0.7:
        if chance.random() < 0.6:
            return store.reject(NAME, proposal, who, "not so")
        return store.accept(NAME, proposal, claim, who)
    one = chance.choice(known)
    if chance.random() < 0.2:
        return store.withdraw(NAME, one.claim_id, one.version, who, "told twice")
    return store.mend(NAME, one.claim_id, one.version, {"note": f"{who} {chance.random()}"}, who)
