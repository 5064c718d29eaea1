"""A small report and a collection of the store that it is reviewed into, for the tests of reviewing."""

import datetime as dt

from model_made import claim

from claims.store import open_store
from dashboard.review.opening import desk_of

NAME = "made-up"
PUBLISHED = "2024-06-10"
TEXT = """About 300 soldiers crossed from Tui into Valença on Saturday, officials said.

Police withdrew 40 officers from Salamanca to Zamora on Friday. The army denied that any troops had crossed into Portugal. \
Another 200 families will cross from Badajoz to Elvas next week.
"""
"""Four claims: a crossing, a withdrawal, a denial and a plan."""

DENIED = "Soldiers crossed from Tui into Valença on Saturday. The army denied that soldiers had crossed from Tui into Valença."
"""A claim, and its denial."""

MODELS = claim(
    kind="deployment",
    actor_text="Police",
    destination="",
    place="Zamora",
    date_start="2024-06-07",
    date_end="2024-06-07",
    date_text="on Friday",
    count_text="40",
    count=40,
    count_low=40,
    count_high=40,
    quote="Police withdrew 40 officers",
)
"""What a model proposes in TEXT, and the rules do not."""

ARABIC = "عبر نحو 300 جندي من مدينة بطليوس إلى البرتغال يوم السبت، بحسب مسؤولين. وانسحبت القوات من سلامنكا يوم الجمعة إلى لشبونة."


def store_at(folder):
    """Open a store in a folder, with one empty collection."""
    store = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    if NAME not in store.names():
        store.create(NAME, "A made-up border", dt.date(2024, 5, 1), dt.date(2024, 7, 31), "Tess")
    return store


def kept(store, text=TEXT, outlet="The Courier", language="en"):
    """Keep a report in the store's collection; give its text as the store has it."""
    source = {"outlet": outlet, "title": "At the bridge", "published": PUBLISHED, "language": language}
    source_id = store.keep_source(NAME, source, text, "Tess", language=language).source_id
    return next(one for one in store.texts(NAME) if one.source_id == source_id)


def desk_with(store, **report):
    """Lay a report out on a desk."""
    return desk_of(store, NAME, kept(store, **report))


def keys_of(desk):
    """Give the keys of what is proposed, in the order of the text."""
    return [item["key"] for item in desk.laid_out()]
