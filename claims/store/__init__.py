"""The store of collections: nothing in it is ever lost, and it is known who decided what."""

from claims.store.decided import Decision, Verdict
from claims.store.errors import (
    AnswerLostError,
    ChangedMeanwhile,
    Differing,
    NotKeptError,
    StoreError,
    TooNewError,
)
from claims.store.history import Change
from claims.store.kept import KeptClaim, KeptSource, KeptText
from claims.store.store import Store, open_store
from claims.store.who import reviewer

__all__ = [
    "AnswerLostError",
    "Change",
    "ChangedMeanwhile",
    "Decision",
    "Differing",
    "KeptClaim",
    "KeptSource",
    "KeptText",
    "NotKeptError",
    "Store",
    "StoreError",
    "TooNewError",
    "Verdict",
    "open_store",
    "reviewer",
]
