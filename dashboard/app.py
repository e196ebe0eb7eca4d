"""The Dash application: page, callbacks, and what keeps it safe."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dash import Dash, html
from flask import Response, request

from dashboard import callbacks, layout
from dashboard.samples import samples

__all__ = ["ASSETS", "FIRST_SAMPLE", "MOST_BYTES", "create_app", "warm_up"]

ASSETS = Path(__file__).resolve().parent.parent / "assets"
FIRST_SAMPLE = 0

MOST_BYTES = 12_000_000
"""Largest request: two million characters of up to four bytes, and the rest of the message."""

_INDEX = """<!DOCTYPE html>
<html lang="en">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{%title%}</title>
<script async src="/_dash-component-suites/plotly/package_data/plotly.min.js"></script>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
{%css%}
</head>
<body>
{%app_entry%}
<noscript><p>This page needs JavaScript to draw its map. The same reader works in a terminal:
python -m itinerary read FILE</p></noscript>
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>
"""

# Dash writes version and time of a script into its name; plotly.min.js goes without.
_FINGERPRINT = re.compile(r"^/_dash-component-suites/.+\.v[0-9_]+m[0-9]+\.")

log = logging.getLogger(__name__)


def create_app() -> Dash:
    """Build the application.

    Returns
    -------
    Dash
        Ready to be served through its ``server``.
    """
    with _no_stray_settings():
        app = _dash()
    callbacks.register(app)
    app.layout = _page
    _protect(app)
    return app


def _dash() -> Dash:
    return Dash(
        "dashboard",
        assets_folder=str(ASSETS),
        assets_external_path="",
        requests_pathname_prefix="/",
        routes_pathname_prefix="/",
        include_assets_files=True,
        serve_locally=True,
        compress=False,
        enable_mcp=False,
        title=layout.NAME,
        # A title that changes at every request is read aloud at every request.
        update_title=None,  # type: ignore[arg-type]
        index_string=_INDEX,
        health_endpoint="healthz",
        on_error=callbacks.report,
        suppress_callback_exceptions=True,
    )


@contextmanager
def _no_stray_settings() -> Iterator[None]:
    """Hide ``DASH_*`` variables: Dash prefers some of them to what it is told, and others open doors."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.upper().startswith("DASH_")}
    try:
        yield
    finally:
        os.environ.update(hidden)


def _page() -> html.Div:
    """Return the page with the first sample read; a fault there must not leave the page blank."""
    try:
        _, _, trip, message = callbacks.read_sample(FIRST_SAMPLE)
    except Exception:
        log.exception("the first sample cannot be read")
        trip, message = None, callbacks.NEUTRAL
    return layout.page(samples()[FIRST_SAMPLE], trip, message)


def warm_up() -> None:
    """Read and draw the first sample once, so that the first visitor does not wait for the gazetteer."""
    try:
        _, _, trip, _ = callbacks.read_sample(FIRST_SAMPLE)
        if trip:
            callbacks.show(trip, [], "light", None)
            callbacks.draw(trip, [], "light", None, 900)
    except Exception:
        log.exception("the first sample cannot be read")


def _policy(app: Dash) -> str:
    """Return the content security policy: this server, and nothing else."""
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *app.csp_hashes()]),
        # Plotly and the components position with inline styles.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _protect(app: Dash) -> None:
    """Limit what may come in, and tell browsers what they may do with the page."""
    app.server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    policy = _policy(app)

    def secure(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if response.status_code == 200 and _is_versioned(request.path, request.args.get("m")):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    register: Callable[..., Any] = app.server.after_request
    register(secure)


def _is_versioned(path: str, modified: str | None) -> bool:
    """Tell whether the address of a file changes whenever the file does."""
    return bool(_FINGERPRINT.search(path)) or (path.startswith("/assets/") and bool(modified))
