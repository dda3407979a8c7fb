"""What a reader sees of a page, as one text."""

import json
import re

from streamlit.testing.v1 import AppTest


def seen(page: AppTest) -> str:
    """Return HTML, figures and texts of a page as they read, without the escapes of JSON and Markdown."""
    figures = [
        json.dumps(json.loads(chart.proto.spec), ensure_ascii=False) for chart in page.get("plotly_chart")
    ]
    written = [entry.value for entry in (*page.title, *page.markdown, *page.header, *page.info)]
    sentences = [re.sub(r"\\([^\w\s])", r"\1", text) for text in written]
    return " ".join([block.proto.body for block in page.get("html")] + figures + sentences)
