"""Strangers who check badges: two verifier libraries, and the standards followed by hand.

They know nothing but what the portal serves to anybody; contexts are read from disk.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jwk as jose_keys
from joserfc import jwt as jose
from joserfc.errors import SecurityWarning
from openbadgeslib.ob3 import OB3Verifier
from openbadgeslib.ob3.contexts import bundled_contexts
from openvc import VerificationPolicy, verify_credential
from openvc.did.did_web import DidWebResolver
from openvc.resolvers import default_status_list_resolver
from openvc.status import CredentialRevoked, check_credential_status
from pyld import jsonld

from tests.page import PageClient

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
JSON = {"Accept": "application/ld+json"}


def served(client: PageClient, url: str, **headers: str) -> str:
    """What anybody gets at a public address of the portal."""
    path = "/" + url.split("//", 1)[-1].split("/", 1)[1]
    answer = client.http.get(path, headers=headers)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def by_library(client: PageClient, credential: dict[str, Any]) -> None:
    """Verify an embedded proof and the status list; raises if anything is wrong."""
    verify_credential(
        credential,
        policy=VerificationPolicy(
            expected_types=("OpenBadgeCredential",), require_status_issuer_binding=True
        ),
        resolver=_issuer(client),
        resolve_status_list=_lists(client),
        extra_contexts=bundled_contexts(),
    )


def by_key_set(client: PageClient, token: str) -> dict[str, Any]:
    """Verify a token with nothing but a JOSE library and the key set; returns what it says."""
    keys = json.loads(served(client, "http://x/.well-known/jwks.json"))
    with warnings.catch_warnings():
        # The name of the algorithm has a successor that the badge standard does not know yet.
        warnings.simplefilter("ignore", SecurityWarning)
        read = jose.decode(token, jose_keys.KeySet.import_key_set(keys), algorithms=["EdDSA"])
    assert read.header.keys() == {"alg", "kid", "typ"}
    assert read.header["kid"] in {key["kid"] for key in keys["keys"]}
    assert not any("d" in key for key in keys["keys"])
    claims: dict[str, Any] = read.claims
    return claims


def by_token(client: PageClient, token: str) -> None:
    """Verify a token and its status list, each by two libraries; raises if anything is wrong."""
    claims = by_key_set(client, token)
    jose.JWTClaimsRegistry(iss={"value": claims["issuer"]["id"]}).validate(claims)
    status = check_credential_status(claims, resolve_status_list=_lists(client))
    if status.revoked:
        raise CredentialRevoked(claims["id"])

    def download(url: str) -> bytes:
        return served(client, url).encode()

    verifier = OB3Verifier.for_issuer_did(claims["iss"], download=download)
    verifier.check_status(verifier.verify(token), download=download, verify_list=False)


def _issuer(client: PageClient) -> DidWebResolver:
    return DidWebResolver(lambda url: json.loads(served(client, url)))


def _lists(client: PageClient) -> Any:
    return default_status_list_resolver(
        resolver=_issuer(client),
        fetch=lambda url: served(client, url, **JSON),
        extra_contexts=bundled_contexts(),
    )


def by_hand(client: PageClient, credential: dict[str, Any]) -> None:
    """Verify an embedded proof as the standard (vc-di-eddsa, 3.3) says, step by step."""
    contexts = bundled_contexts()
    proof = dict(credential["proof"])
    signature = from_base58(proof.pop("proofValue"))
    assert proof["cryptosuite"] == "eddsa-rdfc-2022"
    document = {key: value for key, value in credential.items() if key != "proof"}
    options = proof | {"@context": document["@context"]}
    hashed = b"".join(
        hashlib.sha256(_canonical(part, contexts).encode()).digest() for part in (options, document)
    )
    issuer = json.loads(served(client, "http://x/.well-known/did.json"))
    assert issuer["id"] == credential["issuer"]["id"]
    assert proof["verificationMethod"] in issuer["assertionMethod"]
    methods = {method["id"]: method for method in issuer["verificationMethod"]}
    key = from_base58(methods[proof["verificationMethod"]]["publicKeyMultibase"])
    assert key.startswith(ED25519)
    Ed25519PublicKey.from_public_bytes(key.removeprefix(ED25519)).verify(signature, hashed)


def from_base58(text: str) -> bytes:
    """A multibase value in base 58."""
    assert text.startswith("z")
    number = 0
    for character in text[1:]:
        number = number * 58 + ALPHABET.index(character)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _canonical(document: dict[str, Any], contexts: dict[str, Any]) -> str:
    def load(url: str, _options: Any = None) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": contexts[url],
                "contentType": "application/ld+json"}  # fmt: skip

    options = {
        "algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load,
    }  # fmt: skip
    text: str = jsonld.normalize(document, options)
    return text
