"""Signed-in clients, and the rows of the set that the measures need."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from flask import Flask, g, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from portal.accounts.models import Account
from portal.accounts.operations import open_session
from portal.core.db import db
from portal.hiring.models import Application, Posting
from portal.hiring.states import Stage
from portal.interviews.models import Interview, Scorecard
from portal.interviews.states import InterviewState
from portal.people.models import Person

NO_PERSON = "Xyzzyplugh"


@dataclass(frozen=True)
class Places:
    """Numbers of rows to visit."""

    hr: int
    manager: int
    interviewer: int
    slug: str
    application: int
    interviewed: int
    drafts: list[tuple[int, int]]
    """Pairs of account and its empty scorecard."""
    email: str


def places(app: Flask) -> Places:
    """Look the rows up."""
    with app.app_context():
        accounts = db.session.execute(sa.select(Account.id, Account.roles)).all()
        by_role = {role: row.id for row in reversed(accounts) for role in row.roles}
        drafts = db.session.execute(
            sa.select(Scorecard.account_id, Scorecard.id)
            .join(Interview)
            .where(Interview.state == InterviewState.SCHEDULED)
            .order_by(Scorecard.id)
            .limit(64)
        ).all()
        at = sa.select(sa.func.max(Application.id)).where(Application.posting_id == 1)
        opened = db.session.scalars(at.where(Application.stage == Stage.SCREENED)).one()
        decided = db.session.scalars(at.where(Application.stage == Stage.DECISION)).one()
        return Places(
            hr=by_role["hr"], manager=by_role["manager"],
            interviewer=drafts[0].account_id,
            slug=db.session.get_one(Posting, 1).slug, application=opened, interviewed=decided,
            drafts=[(row.account_id, row.id) for row in drafts],
            email=db.session.get_one(
                Person, db.session.get_one(Application, opened).person_id
            ).email,
        )  # fmt: skip


def token_for(app: Flask, account: int) -> str:
    """A real session of an account."""
    with app.app_context():
        row = db.session.get_one(Account, account)
        token = open_session(row, address="127.0.0.1", browser="bench")
        db.session.commit()
        return token


def visitor(app: Flask, account: int | None) -> FlaskClient:
    """A client with a session of its own; ``None`` for somebody who has not signed in."""
    client = app.test_client()
    if account is not None:
        token = token_for(app, account)
        with client.session_transaction() as cookie:
            cookie["token"] = token
    return client


def csrf(app: Flask, client: FlaskClient) -> str:
    """A token that fits the client's session."""
    with app.test_request_context():
        with client.session_transaction() as cookie:
            if "csrf_token" in cookie:
                session["csrf_token"] = cookie["csrf_token"]
            token: str = generate_csrf()
            cookie["csrf_token"] = session["csrf_token"]
        g.pop("csrf_token", None)
    return token


def cookie_of(client: FlaskClient) -> str:
    """What the client sends as its session cookie, for another program to send."""
    cookie = client.get_cookie("session")
    if cookie is None:
        message = "this client is not signed in"
        raise RuntimeError(message)
    return f"session={cookie.value}"
