"""Whatever stands in an ACLED export: only faults come of it, and what is made of it is a collection."""

from foreign_rows import ACLED, accounted_for, chunk_of, converted, odd_rows, reads_without_faults
from hypothesis import given
from import_files_made import ROWS_FUZZED

LIKELY = {
    "event_id_cnty": ("PRT1", "PRT2", "PRT 1"),
    "event_date": ("2024-12-07", "07 December 2024", "7-Dec-2024", "2024-02-30", "07/12/2024", "0001-01-01"),
    "time_precision": ("1", "2", "3", "4", ""),
    "event_type": ("Battles", "strategic developments", "Strategic developments"),
    "sub_event_type": ("Armed clash", "Government regains territory", "Other"),
    "inter1": ("1", "State forces", "Rebel Groups", "9"),
    "actor2": ("Walkers of the Plain", "walkers of the plain", ";;", "Others"),
    "country": ("Portugal", "Spain", "PT", "Nowhere"),
    "location": ("Elvas", "Badajoz", "North of Elvas", "Plain - East"),
    "latitude": ("38.881", "-38.881", "0", "91", "-7.163", "nan", "1e-05", "90"),
    "longitude": ("-7.163", "7.163", "0", "181", "38.881", "inf", "180"),
    "geo_precision": ("1", "2", "3", "0", ""),
    "source": ("Radio; Daily", "Daily;Radio", ";", " "),
    "fatalities": ("3", "0", "3.0", "-1", "many", "99999999999"),
    "timestamp": ("1734480000", "", "0", "soon", "1734480000.0"),
}


@ROWS_FUZZED
@given(rows=odd_rows(ACLED, LIKELY))
def test_an_export_becomes_faults_or_a_collection(rows, iberia, tmp_path_factory):
    """No exception escapes, no row is lost, and the claims that are made have no fault."""
    chunk = chunk_of(*rows)
    made, faults, does = converted(chunk, iberia, context=True)
    accounted_for(chunk, made, faults, does.left)
    reads_without_faults(made, tmp_path_factory.mktemp("fuzz"), iberia)
