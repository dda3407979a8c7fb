"""Charts as pure functions: a frame goes in, a complete Plotly figure comes out. No Streamlit, no SQL."""
