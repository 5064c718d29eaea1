"""The peer's dashboard, as one writes it with Streamlit and streamlit-folium: a slider over the days, and a map of the day's events."""

import datetime as dt
import json
import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-not-found]  # of bench/dashboards.py's own folder

st.set_page_config(layout="wide")


@st.cache_data
def read(file: str) -> dict:
    """Read the points, each with its days and text, and the days and the view of them all."""
    return json.loads(Path(file).read_text(encoding="utf-8"))


told = read(os.environ["LOAD_POINTS"])
first, last = (dt.date.fromisoformat(told[name]) for name in ("first", "last"))
day = st.slider(
    "Day", min_value=first, max_value=last, value=dt.date.fromisoformat(told["opening"]), key="day"
)
shown = [point for point in told["points"] if point["first"] <= day.isoformat() <= point["last"]]
page = folium.Map(tiles=None, prefer_canvas=True, day=day.isoformat())  # an option that Leaflet passes over
west, south, east, north = told["view"]
page.fit_bounds([(south, west), (north, east)])
for point in shown:
    folium.CircleMarker((point["lat"], point["lon"]), radius=6, popup=point["text"]).add_to(page)
st_folium(page, key="map", width=1200, height=600, returned_objects=[])
