"""The codes of countries that a user writes."""

import pytest

from geo.countries import country_codes
from geo.errors import BordermapError

LISTS = [("FR", ("FR",)), ("fr, Be", ("FR", "BE")), ("FR,BE,FR", ("FR", "BE")), ("xk", ("XK",))]


@pytest.mark.parametrize(("written", "codes"), LISTS)
def test_codes_are_read_in_their_order(written, codes):
    """Case, spaces and repeats do not matter."""
    assert country_codes(written) == codes


WRONG = [
    ("FR,Belgium", "'BELGIUM' is no country code"),
    ("UK,FR,ZZ", "'UK', 'ZZ' are no country codes"),
    ("FRA", "'FRA' is"),
    ("FR;BE", "'FR;BE' is"),
    ("FR,", "'' is"),
    ("", "'' is"),
    ("ﬀ", "'FF' is"),
]


@pytest.mark.parametrize(("written", "told"), WRONG)
def test_what_is_no_code_is_told(written, told):
    """Every wrong one is named, with how to write it."""
    with pytest.raises(BordermapError, match="as in FR,BE") as error:
        country_codes(written)
    assert str(error.value).startswith(told)
