"""The Streamlit pages, and the bridge from them to the page that holds the map."""
