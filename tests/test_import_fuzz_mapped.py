"""Whatever stands in a table: only faults come of it, and what is made of it is a collection."""

import datetime as dt

import hypothesis.strategies as st
from foreign_rows import HOSTILE, chunk_of, converted, reads_without_faults
from hypothesis import given
from import_files_made import ROWS_FUZZED

from claims.imports.tables.mapping import OURS, WORDS

DAYS = (
    "2024-12-07",
    "2024-12",
    "7 December 2024",
    "07/12/2024",
    "45633",
    "2024-02-30",
    "2024-12-01/2024-12-09",
)
NUMBERS = (
    "200",
    "~200",
    ">1,000",
    "100-200",
    "2.000",
    "<1",
    "dozens",
    "0",
    "-1",
    "3000000000",
    "200 families",
)
LIKELY = {
    "id": ("1", "2", "a b"),
    "version": ("1", "2", "2024-12-07"),
    "date": DAYS,
    "date_start": DAYS,
    "date_end": DAYS,
    "published": DAYS,
    "count": NUMBERS,
    "count_low": NUMBERS,
    "count_high": NUMBERS,
    "time_precision": ("1", "2", "3", "4"),
    "geo_precision": ("1", "2", "3", "4"),
    "place": ("Elvas", "Badajoz", "PT", "north of Elvas", "Portugal"),
    "origin": ("Elvas", "ESP", "Spain", "ZZ"),
    "crossing": ("Elvas", "Caya"),
    "destination": ("Badajoz", "PT"),
    "country": ("PT", "ESP", "Portugal", "Nowhere"),
    "url": ("https://example.org/a", "ftp://example.org", "https://a b"),
    "actor": ("Walkers; Runners", ";;", ";" * 30, "walkers;Walkers"),
    "outlet": ("Radio; Daily", ";", "Daily"),
    "direction": ("in", "out", "Spain -> Portugal", "entering Spain", "sideways"),
    "quote": ("Some crossed at Elvas. " * 9, " "),
    **{ours: tuple(map(str, words)) for ours, words in WORDS.items() if ours != "direction"},
}
DEGREES = ("38.881", "-7.163", "38,881", "7.163", "0", "181", "nan", "1e400", "38°")


def cells(ours):
    """Give a strategy of cells for a part of a claim."""
    likely = DEGREES if ours.endswith(("lon", "lat")) else LIKELY.get(ours, ("x",))
    return st.one_of(
        st.just(""),
        st.sampled_from(likely),
        st.sampled_from(likely),
        st.sampled_from(HOSTILE),
        st.text(max_size=30),
    )


@st.composite
def tables(draw):
    """Give rows whose columns are called as what they hold, with two of them left unmapped."""
    dated = draw(st.sampled_from((("date",), ("date_start", "date_end"), ("date_end",), ())))
    parts = sorted(OURS.keys() - {"kind", "date", "date_start", "date_end"})
    columns = ["kind", *dated, *draw(st.lists(st.sampled_from(parts), max_size=12, unique=True))]
    row = st.fixed_dictionaries(
        {**{ours: cells(ours) for ours in columns}, "ID ": st.just("1"), "id_": st.text(max_size=3)}
    )
    return columns, draw(st.lists(row, min_size=1, max_size=4))


def accounted_for(chunk, made, faults, left):
    """Hold that each row is made, faulty or left, where no fault is of a whole column."""
    kept = set(made.tables["imports"]["line"].astype(int))
    faulty = {fault.line for fault in faults}
    assert not kept & faulty
    told = len(kept) + len(faulty - {None}) + sum(left.values())
    assert told <= len(chunk.lines)
    assert None in faulty or told == len(chunk.lines)


@ROWS_FUZZED
@given(
    table=tables(),
    context=st.booleans(),
    dates=st.sampled_from((None, "dmy")),
    decimal=st.sampled_from(("", ",")),
    home=st.sampled_from(("", "PT")),
    countries=st.sampled_from(((), ("PT",), ("ES", "PT"))),
)
def test_a_table_becomes_faults_or_a_collection(table, iberia, tmp_path_factory, **said):
    """No exception escapes, no row is lost, and the claims that are made have no fault."""
    columns, rows = table
    chunk = chunk_of(*rows)
    mapping = {ours: ours for ours in columns}
    unit = {} if "count_unit" in columns else {"count_unit": "people"}
    made, faults, does = converted(
        chunk,
        iberia,
        scheme="table",
        mapping=mapping,
        constants=unit,
        outlet="The Daily Test",
        published=dt.date(2024, 12, 31),
        **said,
    )
    accounted_for(chunk, made, faults, does.left)
    reads_without_faults(made, tmp_path_factory.mktemp("fuzz"), iberia)
