"""A delivered file → the warehouse: extract → read → tidy → check → draft → load. No streamlit."""
