"""Whatever stands in a table of flows: only faults come of it, and what is made of it is a collection."""

import datetime as dt

import hypothesis.strategies as st
from foreign_rows import HOSTILE, chunk_of, converted, reads_without_faults
from hypothesis import given
from import_files_made import ROWS_FUZZED
from test_import_fuzz_mapped import DAYS, DEGREES, NUMBERS, accounted_for

LIKELY = {
    "Name of FMP": ("Elvas", "Caya", "Badajoz"),
    "Date of Survey": DAYS,
    "Type of flow": (
        "Incoming",
        "Outgoing",
        "entrada",
        "Spain -> Portugal",
        "from Spain to Portugal",
        "leaving PT",
        "both",
    ),
    "Departure country": ("Spain", "ESP", "Elvas", "ZZZ"),
    "Number of individuals": NUMBERS,
    "Nationality": ("PRT", "Walkers; Runners"),
    "Latitude": DEGREES,
    "Longitude": DEGREES,
}


@st.composite
def rows(draw):
    """Give rows of which most cells are likely ones."""
    cell = {
        column: st.one_of(
            st.sampled_from(likely), st.sampled_from(likely), st.sampled_from(HOSTILE), st.text(max_size=30)
        )
        for column, likely in LIKELY.items()
    }
    return draw(st.lists(st.fixed_dictionaries(cell), min_size=1, max_size=4))


@ROWS_FUZZED
@given(
    table=rows(),
    dates=st.sampled_from((None, "mdy")),
    home=st.sampled_from(("", "PT")),
    countries=st.sampled_from(((), ("ES", "PT"))),
)
def test_a_table_of_flows_becomes_faults_or_a_collection(table, iberia, tmp_path_factory, **said):
    """No exception escapes, no row is lost, and the claims that are made have no fault."""
    chunk = chunk_of(*table)
    made, faults, does = converted(
        chunk, iberia, scheme="flow", outlet="The Counters", published=dt.date(2024, 12, 31), **said
    )
    accounted_for(chunk, made, faults, does.left)
    reads_without_faults(made, tmp_path_factory.mktemp("fuzz"), iberia)
