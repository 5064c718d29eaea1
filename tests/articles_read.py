"""A reader of reports over the shipped gazetteers, made once, and its proposals told in short."""

import datetime as dt
from functools import cache

from claims.articles.reader import Reader
from geo.gazetteer import Gazetteer
from geo.geocode import Offline
from geo.world import world

PUBLISHED = dt.date(2023, 5, 12)  # a Friday


@cache
def reader():
    """Make the reader."""
    gazetteer = Gazetteer.read()
    return Reader(gazetteer, world(), Offline(gazetteer))


def read(text, language="en", published=PUBLISHED):
    """Read a text, published on a Friday."""
    return reader().read(text, language, published)


def told(text, language="en"):
    """Tell each proposal as kind, status and its places by role, with "background" where it is that."""
    return [
        " ".join(
            filter(
                None,
                [
                    str(one.kind),
                    str(one.status),
                    "background" * one.background,
                    *(f"{role}:{end.place.name}" for role, end in sorted(one.ends.items())),
                ],
            )
        )
        for one in read(text, language)
    ]
