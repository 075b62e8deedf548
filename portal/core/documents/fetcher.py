"""The only door between a paper and the world: resources in memory, by name, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

log = logging.getLogger(__name__)

Resources = Mapping[str, tuple[bytes, str]]
"""Name of a resource (``paper:logo``) to its bytes and media type."""


class InMemory(URLFetcher):
    """Answers for the named resources; refuses files, the network, ``data:`` and redirects."""

    def __init__(self, resources: Resources) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            allowed_protocols=(), allow_redirects=False
        )
        self._resources = resources

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002
        """Give a named resource.

        Raises:
            ValueError: if the paper asks for anything else.

        """
        if url not in self._resources:
            log.warning("a paper asked for %.120s and was refused", url)
            message = "papers load nothing from outside"
            raise ValueError(message)
        body, media_type = self._resources[url]
        return URLFetcherResponse(  # type: ignore[no-untyped-call]
            url, body=body, headers={"Content-Type": media_type}
        )
