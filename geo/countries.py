"""The codes of countries, as a user writes them."""

from __future__ import annotations

from typing import Final

from geo.errors import BordermapError

__all__ = ["CODES", "country_codes"]

# ISO 3166-1 alpha-2 as of 2024, and XK, the code that GeoNames and others use for Kosovo.
CODES: Final = frozenset(
    (  # noqa: SIM905 - 250 quoted codes cannot be read
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
        "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
        "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
        "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
        "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
        "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
        "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
    ).split()
)


def country_codes(written: str) -> tuple[str, ...]:
    """Read a list of country codes, as in "fr, BE".

    Args:
        written: The codes between commas, in either case.

    Returns:
        Each code once, in capitals (ISO 3166-1 alpha-2), in the order in which they are written.

    Raises:
        BordermapError: With every code that is none.
    """
    codes = [code.strip().upper() for code in written.split(",")]
    unknown = [code for code in codes if code not in CODES]
    if unknown:
        told = ", ".join(map(repr, unknown))
        verb = "is no country code" if len(unknown) == 1 else "are no country codes"
        raise BordermapError(f"{told} {verb}; write ISO 3166-1 codes between commas, as in FR,BE")
    return tuple(dict.fromkeys(codes))
