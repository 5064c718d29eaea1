"""Reviewing a report: its proposals, what speaks for and against them, and the decisions on them."""
