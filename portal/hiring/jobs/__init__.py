"""Work of hiring that runs in the background, one module for each noun."""

from portal.hiring.jobs import posting

__all__ = ["posting"]
