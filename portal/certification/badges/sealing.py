"""Keeping the private part of a key: encrypted under the portal's secret, opened to sign."""

from __future__ import annotations

import base64
import secrets

from flask import current_app

PURPOSE = b"portal: private keys of badges"
NONCE = 12


class SealBrokenError(Exception):
    """What was sealed cannot be opened: the portal's secret is not the one it was sealed under."""


def seal(plain: bytes, name: str) -> str:
    """Encrypt with AES-256-GCM; it opens only under the same secret and the same name."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE)
    closed = AESGCM(_key()).encrypt(nonce, plain, name.encode())
    return base64.b64encode(nonce + closed).decode()


def unseal(sealed: str, name: str) -> bytes:
    """What was sealed under this name.

    Raises:
        SealBrokenError: if the secret has changed, or the text was tampered with.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = base64.b64decode(sealed)
    try:
        return AESGCM(_key()).decrypt(raw[:NONCE], raw[NONCE:], name.encode())
    except InvalidTag as error:
        raise SealBrokenError(name) from error


def _key() -> bytes:
    """256 bits derived from the secret for this purpose alone."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    secret = str(current_app.config["SECRET_KEY"]).encode()
    return HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(secret)
