"""Serve the page: ``python -m dashboard [--host 127.0.0.1] [--port 8050]``."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

__all__ = ["main"]

THREADS = 8


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard", description="Serve the itinerary reader's page."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8050, help="port to listen on (default: %(default)s)")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 0 to 65535")
    return int(text)


def _forget_settings() -> None:
    """Drop ``DASH_*`` variables: Dash reads them when it is imported, and some open doors."""
    for name in [name for name in os.environ if name.upper().startswith("DASH_")]:
        del os.environ[name]


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted.

    Returns
    -------
    int
        Exit code: 0 after an interrupt, 1 if the port cannot be used.
    """
    options = _arguments(arguments)
    _forget_settings()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress").setLevel(logging.ERROR)

    # Imported here so that a wrong argument is answered at once.
    from waitress import create_server

    from dashboard.app import MOST_BYTES, create_app, warm_up

    app = create_app()
    try:
        server = create_server(
            app.server,
            host=options.host,
            port=options.port,
            threads=THREADS,
            max_request_body_size=MOST_BYTES,
        )
    except OSError as error:
        print(_why(error, options.host, options.port), file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _stop)
    port = getattr(server, "effective_port", options.port)
    shown = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Itinerary reader is running on http://{shown}:{port} (press Ctrl-C to stop)", flush=True)
    threading.Thread(target=warm_up, daemon=True).start()
    try:
        server.run()  # ends by itself on Ctrl-C
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        server.close()
    print("Stopped.", flush=True)
    return 0


def _why(error: OSError, host: str, port: int) -> str:
    """Say why the server cannot listen, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is already in use. Stop the program that uses it, "
            f"or choose another port: python -m dashboard --port {port + 1 if port < 65535 else 8050}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} is not allowed for this account. Choose a port above 1023."
    return f"The page cannot be served on {host}, port {port}: {error.strerror or error}."


if __name__ == "__main__":
    sys.exit(main())
