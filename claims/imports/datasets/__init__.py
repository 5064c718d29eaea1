"""Rows of ACLED and of UCDP GED as claims, by tables of what their codes are here."""
