"""Sentences for Streamlit's boxes and captions, which read Markdown."""

import re


def plain(sentence: str) -> str:
    """Return a sentence in which Markdown means nothing: what comes from data is shown, never interpreted."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~$:])", r"\\\1", sentence)
