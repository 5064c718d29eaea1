"""The peer's dashboard: a day slider over a folium map that goes to the browser anew on each day."""

import os
from datetime import date

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium  # type: ignore[import-not-found]  # of bench/dashboards.py's own folder

from bench.synthetic_places import VIEW

st.set_page_config(layout="wide")


@st.cache_data
def read(file: str) -> pd.DataFrame:
    """Read the points, each with its days and popup."""
    return pd.read_parquet(file)


points = read(os.environ["BENCH_POINTS"])
day = st.slider(
    "Day", min_value=points["first"].min(), max_value=points["last"].max(), value=points["first"].min()
)
assert isinstance(day, date)
shown = points[(points["first"] <= day) & (points["last"] >= day)]
page = folium.Map(tiles=None, prefer_canvas=True)
west, south, east, north = VIEW
page.fit_bounds([(south, west), (north, east)])
folium.GeoJson(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
                "properties": {"popup": popup},
            }
            for lon, lat, popup in zip(shown.lon.tolist(), shown.lat.tolist(), shown.popup, strict=True)
        ],
    },
    marker=folium.CircleMarker(radius=4),
    popup=folium.GeoJsonPopup(fields=["popup"]),
).add_to(page)
st_folium(page, key="map", width=1200, height=600, returned_objects=[])
