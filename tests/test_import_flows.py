"""Counts of flows at points of a border made into crossings."""

import datetime as dt

import pytest
from foreign_rows import chunk_of, converted, reads_without_faults

from claims.imports.converting import Asked, Scheme, converter
from claims.imports.tables.flows import mapping_of_flow
from claims.imports.tables.mapped import NOBODY
from claims.imports.understanding import understood_by
from geo.errors import FaultsError

ROW = {
    "Name of FMP": "Elvas",
    "Date of Survey": "2024-12-07",
    "Type of flow": "Incoming",
    "Number of individuals": "20",
    "Nationality": "Martian",
    "Sex": "F",
}
SAID = {"scheme": "flow", "outlet": "The Counters", "published": dt.date(2024, 12, 10), "home": "PT"}


def flow(*rows, gazetteer, **said):
    """Convert rows that differ from the usual one as said."""
    return converted(chunk_of(*rows, usual=ROW), gazetteer, **{**SAID, **said})


def country(gazetteer, place_id):
    """Give the country of a place."""
    return gazetteer.get(place_id).country if place_id else ""


def test_a_row_is_a_crossing_at_its_point(iberia, tmp_path):
    """A point, a day, a direction and a number are one claim, counted exactly."""
    made, faults, _ = flow({}, gazetteer=iberia)
    assert not faults
    one = made.tables["claims"].iloc[0]
    assert (one["kind"], one["crossing_id"], one["geo_precision"]) == ("crossing", "elvas", "1")
    assert (one["count"], one["count_qualifier"], one["count_unit"]) == ("20", "exact", "people")
    assert (one["date_start"], one["date_kind"], one["actors"]) == ("2024-12-07", "on", "martian")
    assert country(iberia, one["destination_id"]) == "PT"
    reads_without_faults(made, tmp_path, iberia)


WAYS = [
    # the direction, countries of the file, home, where it leaves and enters
    ("Incoming", (), "PT", "", "PT"),
    ("Outgoing", (), "PT", "PT", ""),
    ("entrada", ("ES", "PT"), "PT", "ES", "PT"),
    ("Exit", ("ES", "PT"), "PT", "PT", "ES"),
    ("خروج", ("ES", "PT"), "ES", "ES", "PT"),
    ("Spain -> Portugal", (), "", "ES", "PT"),
    ("from Spain to Portugal", (), "", "ES", "PT"),
    ("SPAIN_TO_PORTUGAL", (), "", "ES", "PT"),
    ("entering Spain", (), "", "", "ES"),
    ("leaving Portugal", (), "", "PT", ""),
    ("PRT → ESP", (), "", "PT", "ES"),
]


@pytest.mark.parametrize(("way", "countries", "home", "leaves", "enters"), WAYS)
def test_a_direction_is_read_as_countries(way, countries, home, leaves, enters, iberia, tmp_path):
    """In and out are seen from home, and the other side is known where the file is about two countries."""
    made, faults, _ = flow({"Type of flow": way}, gazetteer=iberia, countries=countries, home=home)
    assert not faults
    one = made.tables["claims"].iloc[0]
    ends = (country(iberia, one["origin_id"]), country(iberia, one["destination_id"]))
    assert ends == (leaves, enters)
    reads_without_faults(made, tmp_path, iberia)


def test_the_country_of_a_point_is_its_home(iberia):
    """Where a table says in which country a point is, in and out are seen from there."""
    made, faults, _ = flow({"FMP country": "ESP"}, gazetteer=iberia, home="")
    assert not faults
    assert country(iberia, made.tables["claims"].iloc[0]["destination_id"]) == "ES"


def test_home_is_asked_for(iberia):
    """In and out seen from nowhere is a fault that says what to give."""
    _, faults, _ = flow({}, gazetteer=iberia, home="")
    assert "say --home with its two-letter code" in str(faults[0])


def test_a_direction_that_is_not_known_is_asked_for_once(iberia):
    """Words for no way, and names of no country, are one fault each."""
    _, faults, _ = flow(
        *({"Type of flow": way} for way in ("Transit", "transit", "from Nowhere to Elsewhere")),
        gazetteer=iberia,
    )
    assert [fault.value for fault in faults] == ["Transit", "from Nowhere to Elsewhere"]
    assert "with one of in, out" in faults[0].todo


def test_the_way_in_goes_before_a_destination_farther_on(iberia):
    """Who enters on the way to somewhere else has crossed into the home country; the row keeps the rest."""
    made, faults, _ = flow({"To": "Chile", "From": "Spain"}, gazetteer=iberia)
    assert not faults
    one = made.tables["claims"].iloc[0]
    assert (one["origin"], one["destination"]) == ("Spain", "")
    assert country(iberia, one["destination_id"]) == "PT"
    assert "Chile" in made.tables["imports"].iloc[0]["row"]


def test_countries_of_departure_and_arrival_are_enough(iberia):
    """A table from country to country needs no direction and no home."""
    row = {"t": "2024-12-07", "fmp": "Elvas", "from": "ESP", "to": "PRT", "n": "5"}
    made, faults, _ = converted(chunk_of(row), iberia, **{**SAID, "home": ""})
    assert not faults
    one = made.tables["claims"].iloc[0]
    assert [country(iberia, one[end]) for end in ("origin_id", "destination_id")] == ["ES", "PT"]


@pytest.mark.parametrize(
    ("columns", "start", "end"),
    [
        ({"Date of Survey": "2024-12"}, "2024-12-01", "2024-12-31"),
        ({"Date of Survey": "2024-12-01/2024-12-07"}, "2024-12-01", "2024-12-07"),
    ],
)
def test_what_is_counted_over_a_period_is_of_all_its_days(columns, start, end, iberia):
    """A number of a month was not on one day of it."""
    made, _, _ = flow(columns, gazetteer=iberia)
    one = made.tables["claims"].iloc[0]
    assert tuple(one[["date_start", "date_end", "date_kind"]]) == (start, end, "throughout")


def test_a_period_with_two_columns_is_of_all_its_days(iberia):
    """The first and the last day of a reporting period are known by their names."""
    row = {"Point": "Elvas", "Start date": "2024-12-01", "End date": "2024-12-07", "Flow": "in", "Total": "5"}
    made, faults, _ = converted(chunk_of(row), iberia, **SAID)
    assert not faults
    assert made.tables["claims"].iloc[0]["date_kind"] == "throughout"


def test_a_row_that_counts_nobody_is_no_crossing(iberia):
    """A count of 0 is counted among what was left."""
    made, faults, does = flow({"Number of individuals": "0"}, {}, gazetteer=iberia)
    assert not faults
    assert does.left == {NOBODY: 1}
    assert len(made.tables["claims"]) == 1


def test_rows_of_one_point_and_day_are_claims_of_their_own(iberia):
    """Numbers by sex or nationality are kept, each a claim, and never added up."""
    made, _, _ = flow({"Sex": "F"}, {"Sex": "M"}, gazetteer=iberia)
    assert list(made.tables["claims"]["count"]) == ["20", "20"]


def test_what_a_flow_needs_is_told_at_once(iberia):
    """Point, number, day and way are asked together."""
    with pytest.raises(FaultsError) as caught:
        converted(chunk_of({"a": "b"}), iberia, **SAID)
    assert len(caught.value.faults) == 4


def test_the_mapping_of_a_flow_can_be_seen_and_said():
    """What is taken by the names of columns is a mapping like any other, and what the user says goes before it."""
    said = Asked("rows.csv", mapping={"crossing": "Sex"}, constants={"count_unit": "families"})
    mapping = mapping_of_flow(said, list(ROW))
    assert mapping.columns["crossing"] == "Sex"
    assert mapping.columns["count"] == "Number of individuals"
    assert mapping.constants == {"kind": "crossing", "count_unit": "families", "geo_precision": "1"}


def test_the_columns_of_a_flow_are_guessed_as_of_any_table(iberia):
    """Source, link and remarks are known by their names, each guess is told, and what it leaves out stays out."""
    row = {"Date": "2024-12-07", "Border point": "Elvas", "Direction": "Incoming", "Individuals": "20"}
    row |= {"Source": "The Counters", "Link": "https://example.org/a", "Remarks": "at night", "Mood": "good"}
    chunk = chunk_of(row)
    asked = Asked("rows.csv", scheme=Scheme.FLOW, home="PT", published=dt.date(2024, 12, 20))
    found = understood_by(list(row), chunk.cells, asked)
    assert {found.asked.mapping[ours] for ours in ("outlet", "url", "note")} == {"Source", "Link", "Remarks"}
    assert "'Source' is outlet (named 'Source')" in found.told
    assert found.asked.unused == ("Mood",)
    faults = []
    made = converter(found.asked, list(row), iberia).made(chunk, faults)
    assert (faults, made.tables["sources"]["outlet"].tolist()) == ([], ["The Counters"])


def test_what_a_row_calls_an_end_goes_before_the_countries_of_the_file(iberia):
    """Who comes from farther away than the neighbour is not said to come from there; its words stay."""
    said = {"countries": ("ES", "PT"), "gazetteer": iberia}
    for origin, known in (("Chile", "CL"), ("Far Qwxyzt", "")):
        made, faults, _ = flow({"From": origin}, **said)
        one = made.tables["claims"].iloc[0]
        assert (faults, one["origin"]) == ([], origin)
        assert country(iberia, one["origin_id"]) in {known, ""}
        assert country(iberia, one["destination_id"]) == "PT"


def test_equal_rows_of_a_flow_are_each_counted(iberia):
    """Two groups of as many people on one day are two claims, in one chunk and in two, and the same ones again."""
    made, faults, does = flow({}, {}, {"Sex": "M"}, gazetteer=iberia)
    assert (faults, len(made.tables["claims"])) == ([], 3)
    later = does.made(chunk_of({}, usual=ROW), faults).tables["claims"]["claim_id"].tolist()
    assert not set(later) & set(made.tables["claims"]["claim_id"])
    again = flow({}, {}, gazetteer=iberia)[0].tables["claims"]["claim_id"].tolist()
    assert again == made.tables["claims"]["claim_id"].tolist()[:2]
