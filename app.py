"""The dashboard's entry, which Streamlit runs for each reader."""

from dashboard.heard import hear_what_is_used
from dashboard.pages import run

hear_what_is_used()
run()
