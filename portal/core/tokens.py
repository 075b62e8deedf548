"""Unguessable tokens for links and sessions, of which only a hash is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import current_app


def new_token() -> str:
    """256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """SHA-256 of a token, in hex; enough, since a token has 256 bits of its own."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(purpose: str, value: object) -> str:
    """HMAC-SHA256 in hex under the portal's secret: without it nobody can guess ``value``."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()
