"""The frame around every page, and the explicit list of pages.

``streamlit run app.py`` uses this file in two roles, and `__name__` tells them apart:

* Streamlit's command finds the assignment to ``app`` (by reading, not by running, this file) and lets uvicorn
  import it as the module ``app``: that is the web server, with our routes and headers around Streamlit's own.
* For every click Streamlit runs the same file again as ``__main__``: that is the script which draws the page.
  ``AppTest.from_file("app.py")`` does the same.

One file, because the list of pages belongs where everybody looks for it, and because a second start file
would only say "the script is app.py".
"""

import streamlit as st

from pages.server import MIDDLEWARE, ROUTES, TITLE, say_sorry, warm_start

ASSETS = "pages/assets"
PAGES = {
    "ueberblick": "Überblick",
    "vergleich": "Vergleich",
    "vergleichstyp": "Vergleichstyp",
    "profil": "Profil",
    "auffaelligkeiten": "Auffälligkeiten",
    "sitzung": "Seit der letzten Sitzung",
    "beirat": "Beirat",
    "zeitreihen": "Zeitreihen",
    "ziele": "Ziele",
    "struktur": "Struktur",
    "finanzen": "Finanzen & Personal",
    "qualitaet": "Qualität & Wirkung",
    "handlungsfelder": "Handlungsfelder",
    "datenlage": "Datenlage",
    "laden": "Daten laden",
    "nachweis": "Nachweis",
    "quellen": "Quellen & Definitionen",
    "barrierefreiheit": "Barrierefreiheit",
}
"""URL and file name of each page → its title, in the order of the navigation; the first is the start page."""

START = next(iter(PAGES))


def show_page() -> None:
    """Draw the navigation, the chosen page and the state of the data it rests on."""
    from pages.components.pinning import turn_to
    from pages.components.state import choose_state
    from pages.components.synthetic import say_if_synthetic
    from pages.components.warehouse import ensure_warehouse, spare_collection

    st.logo(f"{ASSETS}/logo.svg", size="large")
    pages = [
        st.Page(f"pages/{name}.py", title=title, url_path=name, default=name == START)
        for name, title in PAGES.items()
    ]
    page = st.navigation(pages, expanded=True)
    st.set_page_config(f"{page.title} · {TITLE}", page_icon=f"{ASSETS}/favicon.png", layout="wide")
    version = ensure_warehouse()
    say_if_synthetic()
    choose_state(page.url_path)
    st.sidebar.caption(f"Zuletzt geladen: {version}")
    turn_to(page.url_path)
    content = st.container()
    with st.container(key="footer"):  # written first: a page that stops or fails has it, too
        st.page_link(pages[-1], label="Erklärung zur Barrierefreiheit")
    with content:
        page.run()
    spare_collection()


if __name__ == "__main__":
    show_page()
else:
    app = st.App(
        __file__, routes=ROUTES, middleware=MIDDLEWARE, lifespan=warm_start, on_script_error=say_sorry
    )
