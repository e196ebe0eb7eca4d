"""The application from outside: headers, limits, what it refuses, and its command."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.app import ASSETS, MOST_BYTES, create_app

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().server.test_client()


def test_the_page_is_served_with_its_guards(client: FlaskClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    policy = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == "'none'"
    assert "http" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_page_names_no_other_host(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<html lang="en">' in page
    sources = re.findall(r"(?:src|href)=\"([^\"]+)\"", page)
    assert sources
    assert all(source.startswith("/") for source in sources)


def test_every_local_file_of_the_page_is_there(client: FlaskClient) -> None:
    for source in re.findall(r"(?:src|href)=\"([^\"]+)\"", client.get("/").text):
        answer = client.get(source)
        assert answer.status_code == 200, source
        answer.close()


def test_the_style_sheet_asks_nothing_of_the_network() -> None:
    for name in ("style.css", "page.js", "export.js"):
        assert "http" not in (ASSETS / name).read_text(encoding="utf-8"), name
    for font in re.findall(r"url\(\"([^\"]+)\"\)", (ASSETS / "style.css").read_text(encoding="utf-8")):
        assert (ASSETS / font).is_file()


def test_versioned_files_are_kept_and_others_asked_for_again(client: FlaskClient) -> None:
    page = client.get("/").text
    versioned = re.search(r"src=\"(/_dash-component-suites/[^\"]*react-dom[^\"]*)\"", page)
    assert versioned
    with client.get(versioned[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    with client.get("/_dash-component-suites/plotly/package_data/plotly.min.js") as answer:
        assert "immutable" not in answer.headers.get("Cache-Control", "")
    with client.get("/") as answer:
        assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_health(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_too_large_a_request_is_refused(client: FlaskClient) -> None:
    body = b"x" * (MOST_BYTES + 1)
    answer = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert answer.status_code == 413


def test_files_outside_the_assets_stay_there(client: FlaskClient) -> None:
    for path in (
        "/assets/../requirements.txt",
        "/assets/%2e%2e/pyproject.toml",
        "/assets/..%2fpyproject.toml",
    ):
        assert client.get(path).status_code == 404


def test_stray_settings_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("DASH_MCP_ENABLED", "true"),
        ("DASH_DEBUG", "true"),
        ("DASH_URL_BASE_PATHNAME", "/elsewhere/"),
        ("DASH_ASSETS_EXTERNAL_PATH", "http://example.org/"),
    ):
        monkeypatch.setenv(name, value)
    app = create_app()
    paths = {str(rule) for rule in app.server.url_map.iter_rules()}
    assert not any("mcp" in path for path in paths)
    assert "/" in paths
    assert "example.org" not in app.server.test_client().get("/").text
    assert not app.server.debug


def test_a_broken_sample_leaves_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    app = create_app()
    monkeypatch.setattr("itinerary.read", fail, raising=False)
    answer = app.server.test_client().get("/_dash-layout")
    assert answer.status_code == 200
    assert "the fault is in the program" in answer.text
    assert "secret" not in answer.text


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", "--port", str(port)],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "DASH_MCP_ENABLED": "true"},
    )  # fmt: skip


@pytest.fixture
def served() -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    process = start(port)
    yield process, port
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_the_command_says_where_it_serves_and_ends_cleanly(served: tuple[subprocess.Popen[str], int]) -> None:
    process, port = served
    assert process.stdout
    line = process.stdout.readline()
    assert line == f"Itinerary reader is running on http://127.0.0.1:{port} (press Ctrl-C to stop)\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
        assert answer.status == 200
    second = subprocess.run(
        [sys.executable, "-m", "dashboard", "--port", str(port)],
        cwd=ROOT, text=True, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"Port {port} on 127.0.0.1 is already in use" in second.stderr
    assert "Traceback" not in second.stderr
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, err = process.communicate(timeout=20)
    assert time.monotonic() - began < 10
    assert process.returncode == 0
    assert "Traceback" not in err
    assert out.endswith("Stopped.\n")


@pytest.mark.parametrize("port", ["x", "-1", "70000"])
def test_a_wrong_port_is_explained(port: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "dashboard", f"--port={port}"],
        cwd=ROOT, text=True, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert found.returncode == 2
    assert "is not a port" in found.stderr
