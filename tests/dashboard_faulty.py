"""The dashboard launched as it is, but that a search for `break` meets a fault of ours."""

import sys

from dashboard import claims_page
from dashboard.launch import main

matches = claims_page.matches


def breaking(table, words):
    """Search, or break."""
    if words == "break":
        raise ZeroDivisionError("sentinel of /srv/bordermap/secret.csv")
    return matches(table, words)


claims_page.matches = breaking

main(sys.argv[1:])
