"""Where the system's Chromium is, and how it is started so that it talks to nobody but the app."""

import os
import shutil

ADVICE = "Kein Chromium gefunden: »apt-get install chromium« oder den Pfad in CHROMIUM nennen."
NAMES = ("chromium", "chromium-browser", "google-chrome")

QUIET = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=AutofillServerCommunication,MediaRouter,OptimizationHints,Translate",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    "--no-sandbox",  # CI runs as root
]


def find_chromium() -> str | None:
    """Return the path of the Chromium to test with, or None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)
