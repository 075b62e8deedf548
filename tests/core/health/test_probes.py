"""The probes of a load balancer."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.core.db import db
from tests.page import PageClient


def test_a_running_portal_says_so(client: PageClient) -> None:
    for probe in ("live", "ready"):
        response = client.http.get(f"/health/{probe}")
        assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_without_its_tables_it_is_alive_but_not_ready(
    client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("no such table: account"))

    monkeypatch.setattr(db.session, "execute", fail)
    response = client.http.get("/health/ready")
    assert (response.status_code, response.json) == (503, {"status": "database"})
    assert client.http.get("/health/live").status_code == 200
