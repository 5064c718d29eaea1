"""Whatever stands in an export of UCDP GED: only faults come of it, and what is made of it is a collection."""

import datetime as dt

from foreign_rows import UCDP, accounted_for, chunk_of, converted, odd_rows, reads_without_faults
from hypothesis import given
from import_files_made import ROWS_FUZZED

LIKELY = {
    "id": ("1", "2", "1.0"),
    "type_of_violence": ("1", "2", "3", "4"),
    "side_b": ("Civilians", "Government of Portugal", ""),
    "source_office": ("Daily;Radio", "", ";"),
    "source_date": ("2024-12-08", "2024-12-08;2023-01-01", "2030-01-01", "soon", ""),
    "source_headline": ("", "a " * 40),
    "where_prec": ("1", "2", "3", "4", "5", "6", "7", "8", ""),
    "where_coordinates": ("Elvas town", "Alentejo", "Portugal", ""),
    "adm_1": ("Alentejo", "Portalegre district", ""),
    "latitude": ("38.881", "-38.881", "0", "91", "-7.163", "nan"),
    "longitude": ("-7.163", "7.163", "0", "181", "38.881"),
    "country": ("Portugal", "Spain (Hispania)", "Nowhere"),
    "date_prec": ("1", "2", "5", "6", ""),
    "date_start": ("2024-12-01", "2024-12-07 00:00:00.000", "2024-12-09", "07/12/2024"),
    "date_end": ("2024-12-07", "2024-12-31 00:00:00", ""),
    "low": ("0", "2", "9", ""),
    "best": ("0", "3", "x", ""),
    "high": ("0", "5", "1", ""),
}


@ROWS_FUZZED
@given(rows=odd_rows(UCDP, LIKELY))
def test_an_export_becomes_faults_or_a_collection(rows, iberia, tmp_path_factory):
    """No exception escapes, no row is lost, and the claims that are made have no fault."""
    chunk = chunk_of(*rows)
    made, faults, does = converted(chunk, iberia, context=True, published=dt.date(2025, 6, 1))
    accounted_for(chunk, made, faults, does.left)
    reads_without_faults(made, tmp_path_factory.mktemp("fuzz"), iberia)
