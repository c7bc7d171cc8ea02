"""A device that keeps passkeys, in software: what a browser would send of it (WebAuthn Level 3, 6 and 7)."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """One passkey of one site. `verifies` says whether it asks its owner for a finger or a PIN."""

    def __init__(self, *, origin: str, verifies: bool = True) -> None:
        self.origin = origin
        self.flags = PRESENT | (VERIFIED if verifies else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.host = b""
        self.owner = b""

    def create(self, options: dict[str, Any]) -> str:
        """Return the passkey as the form sends it."""
        asked = options["publicKey"]
        self.host, self.owner = asked["rp"]["id"].encode(), websafe_decode(asked["user"]["id"])
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + credential}
        client = self._client("webauthn.create", asked["challenge"])
        return self._sent({"clientDataJSON": client, "attestationObject": cbor.encode(attestation)})

    def get(self, options: dict[str, Any]) -> str:
        """Return the proof that this is the passkey, as the form sends it."""
        client, data = self._client("webauthn.get", options["publicKey"]["challenge"]), self._data()
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._sent(
            {
                "clientDataJSON": client,
                "authenticatorData": data,
                "signature": signed,
                "userHandle": self.owner,
            }
        )

    def _data(self, more: int = 0) -> bytes:
        return hashlib.sha256(self.host).digest() + bytes([self.flags | more]) + bytes(4)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _sent(self, response: dict[str, bytes]) -> str:
        text = websafe_encode(self.id)
        written = {name: websafe_encode(value) for name, value in response.items()}
        whole = {"id": text, "rawId": text, "type": "public-key", "response": written}
        return json.dumps({**whole, "clientExtensionResults": {}})
