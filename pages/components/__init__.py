"""The few Streamlit pieces pages share.

The data with the only caching, pickers bound to the URL, charts and tables with their downloads.
"""
