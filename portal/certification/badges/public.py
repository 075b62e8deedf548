"""What the portal publishes as an issuer: addresses, its identifier, its keys, its profile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import current_app

from portal.certification.models import BadgeKey, CertificationVersion
from portal.core.brand import brand
from portal.core.i18n import words

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
DID_CONTEXT = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]
LIST_SIZE = 131_072
"""Places on one status list: the least the standard allows, so that nobody stands out."""


def base_url() -> str:
    """The public address of the portal, without a slash at its end."""
    return str(current_app.config["BASE_URL"])


def issuer_did() -> str:
    """The issuer as a did:web identifier, which leads to ``/.well-known/did.json``."""
    parts = urlsplit(base_url())
    pieces = [parts.netloc, *parts.path.split("/")]
    return "did:web:" + ":".join(quote(piece, safe="") for piece in pieces if piece)


def badge_url(uid: str) -> str:
    """Where a badge is shown, and its identifier."""
    return f"{base_url()}/badges/{uid}"


def achievement_url(version_id: int) -> str:
    """Where the version of a certification is described, and its identifier."""
    return f"{base_url()}/badges/achievements/{version_id}"


def status_list_url(status_index: int) -> str:
    """The status list a place is on."""
    return f"{base_url()}/badges/status/{status_index // LIST_SIZE + 1}"


def proof_method(kid: str) -> str:
    """The name of a key for embedded proofs; ``kid`` is the key itself as a multikey."""
    return f"{issuer_did()}#{kid}"


def token_method(kid: str) -> str:
    """The name of the same key for tokens, also in the key set."""
    return f"{issuer_did()}#jwk-{kid}"


def did_document(keys: Iterable[BadgeKey]) -> dict[str, Any]:
    """The issuer with all keys, retired ones too: what they signed still verifies."""
    did = issuer_did()
    methods: list[dict[str, Any]] = []
    for key in keys:
        as_multikey, as_jwk = proof_method(key.kid), token_method(key.kid)
        methods += [
            {"id": as_multikey, "type": "Multikey", "controller": did,
             "publicKeyMultibase": key.kid},
            {"id": as_jwk, "type": "JsonWebKey", "controller": did,
             "publicKeyJwk": key.public_jwk},
        ]  # fmt: skip
    return {
        "@context": DID_CONTEXT,
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_set(keys: Iterable[BadgeKey]) -> dict[str, Any]:
    """The same keys as a JSON Web Key Set."""
    about = {"alg": "EdDSA", "use": "sig"}
    return {"keys": [key.public_jwk | about | {"kid": token_method(key.kid)} for key in keys]}


def issuer_profile() -> dict[str, Any]:
    """The organisation as the issuer of badges."""
    shown = brand()
    profile = {
        "@context": CONTEXT,
        "id": issuer_did(),
        "type": ["Profile"],
        "name": shown.name,
        "url": f"{base_url()}/badges/issuer",
    }
    return profile | ({"email": shown.email} if shown.email else {})


def achievement(version: CertificationVersion, locale: str | None = None) -> dict[str, Any]:
    """What a badge stands for, in a language."""
    url = achievement_url(version.id)
    return {
        "id": url,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": words(version.name, locale),
        "description": words(version.description, locale) or words(version.name, locale),
        "criteria": {"narrative": criteria(version, locale)},
        "image": {"id": f"{url}/image.svg", "type": "Image"},
    }


def is_of(identifier: dict[str, Any], address: str) -> bool:
    """Whether the hashed identifier in a badge belongs to an e-mail address in small letters."""
    salted = f"{address}{identifier.get('salt', '')}".encode()
    return identifier.get("identityHash") == f"sha256${hashlib.sha256(salted).hexdigest()}"


def criteria(version: CertificationVersion, locale: str | None = None) -> str:
    """What is asked for a first award, a line each."""
    asked = [words(row.text, locale) for row in version.criteria if row.at_first]
    return "\n".join(asked) or words(version.name, locale)
