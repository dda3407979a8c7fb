"""What is known and what can be asked: the catalog, the published database, the questions to it. No streamlit, no plotly."""
