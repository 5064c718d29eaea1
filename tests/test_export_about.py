"""What each file that leaves says of itself."""

import dataclasses
import datetime as dt

from collections_made import FROM_ELVAS, ON_THE_SEVENTH, collection_of

from claims.events import known_by
from layers.exports.about import MADE, about, about_texts
from layers.exports.days import within_days
from layers.exports.formats import Export, Rows

CLAIMS = ({**ON_THE_SEVENTH, **FROM_ELVAS},)


def test_a_whole_collection_says_which_edition_it_is(tmp_path, iberia):
    """Title, citation, licence, version and hash are the collection's; it is cut to nothing."""
    collection = collection_of(tmp_path, iberia, claims=CLAIMS)
    said = about(Export(collection, iberia))
    assert said == {
        "title": "A test",
        "citation": "nobody",
        "licence": "CC0-1.0",
        "version": "1",
        "digest": collection.digest,
        "first_day": "2024-12-01",
        "last_day": "2024-12-31",
        "days": None,
        "known": None,
        "filters": None,
        "url": None,
        "made": MADE[Rows.EVENTS],
    }


def test_a_cut_says_its_days_what_was_known_and_its_filters(tmp_path, iberia):
    """Days, the known day, the filters and the address stand in it, and as texts the days are an interval."""
    facts = {"url": '"https://example.org/map"'}
    collection = known_by(collection_of(tmp_path, iberia, claims=CLAIMS, facts=facts), dt.date(2024, 12, 9))
    cut, _ = within_days(collection, iberia, dt.date(2024, 12, 5), dt.date(2024, 12, 8))
    export = Export(cut, iberia, rows=Rows.CLAIMS, filters="kinds: crossing")
    said = about_texts(export)
    assert [said[name] for name in ("days", "known", "filters", "url", "made")] == [
        "2024-12-05/2024-12-08",
        "2024-12-09",
        "kinds: crossing",
        "https://example.org/map",
        MADE[Rows.CLAIMS],
    ]
    whole = dataclasses.replace(export, collection=dataclasses.replace(cut, days=None, known=None))
    assert [about_texts(whole)[name] for name in ("days", "known")] == ["", ""]
