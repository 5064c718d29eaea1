"""The dashboard's entry, which Streamlit runs for each reader."""

from dashboard.pages import run

run()
