"""The demo organisation: everything in it was made by the same operations people use."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the ``demo`` command."""
    from portal.demo.cli import demo

    app.cli.add_command(demo)
