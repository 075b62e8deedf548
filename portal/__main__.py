"""``python -m portal``: the same as the ``portal`` command."""

from portal.core.cli import main

main()
