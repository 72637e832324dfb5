"""Saleor's webhook signature: valid ones pass, everything else is rejected."""

import hashlib
import hmac

import httpx2
import jwt
import pytest

from store.saleor import signature
from store.saleor.signature import InvalidSignature, JwksCache, KeysUnavailable, UnknownKey
from tests.mailer.signing_keys import Signer

BODY = b'{"__typename":"OrderPaid"}'


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer()


def test_a_true_signature_passes(signer: Signer) -> None:
    signature.verify(body=BODY, signature=signer.sign(BODY), keys=signer.keys())


@pytest.mark.parametrize("body", [BODY + b" ", b"", BODY.replace(b"Paid", b"Cancelled")])
def test_another_body_is_refused(signer: Signer, body: bytes) -> None:
    with pytest.raises(InvalidSignature, match="does not fit the body"):
        signature.verify(body=body, signature=signer.sign(BODY), keys=signer.keys())


@pytest.mark.parametrize("given", ["", "..", "a..b", "not a signature", "eyJhbGciOiJub25lIn0.."])
def test_what_is_no_signature_is_refused(signer: Signer, given: str) -> None:
    with pytest.raises(InvalidSignature):
        signature.verify(body=BODY, signature=given, keys=signer.keys())


def test_a_signature_of_somebody_elses_key_is_refused(signer: Signer) -> None:
    with pytest.raises(InvalidSignature, match="does not fit the body"):
        signature.verify(body=BODY, signature=Signer().sign(BODY), keys=signer.keys())
    with pytest.raises(UnknownKey):
        signature.verify(body=BODY, signature=Signer("other").sign(BODY), keys=signer.keys())


def test_a_body_that_was_signed_as_base64_is_refused(signer: Signer) -> None:
    attached = jwt.api_jws.PyJWS().encode(BODY, signer.private, "RS256", headers={"kid": signer.kid})
    header, _, end = attached.split(".")
    with pytest.raises(InvalidSignature, match="detached, unencoded"):
        signature.verify(body=BODY, signature=f"{header}..{end}", keys=signer.keys())


def test_the_public_key_as_shared_secret_is_refused(signer: Signer) -> None:
    headers = {"kid": signer.kid, "b64": False, "crit": ["b64"]}
    forged = jwt.api_jws.PyJWS().encode(BODY, b"k" * 32, "HS256", headers=headers, is_payload_detached=True)
    with pytest.raises(InvalidSignature, match="must be RS256"):
        signature.verify(body=BODY, signature=forged, keys=signer.keys())


def test_keys_are_asked_for_once(signer: Signer) -> None:
    before, keys = signer.fetched, signer.keys()
    for _ in range(5):
        signature.verify(body=BODY, signature=signer.sign(BODY), keys=keys)
    assert signer.fetched - before == 1


def test_made_up_key_ids_do_not_make_us_ask_again_and_again(signer: Signer) -> None:
    before, keys = signer.fetched, signer.keys()
    for n in range(20):
        with pytest.raises(UnknownKey):
            signature.verify(body=BODY, signature=Signer.sign(_named(signer, f"k{n}"), BODY), keys=keys)
    assert signer.fetched - before == 1


def test_a_new_key_of_the_shop_is_found() -> None:
    old, new = Signer("old"), Signer("new")
    current = [old]

    def published() -> dict[str, object]:
        return current[0].jwks()

    keys = JwksCache(published, min_refetch_interval=0.0)
    signature.verify(body=BODY, signature=old.sign(BODY), keys=keys)
    current[0] = new
    signature.verify(body=BODY, signature=new.sign(BODY), keys=keys)


def test_without_the_keys_nobody_can_tell(signer: Signer) -> None:
    def down() -> dict[str, object]:
        raise httpx2.ConnectError("refused")

    with pytest.raises(KeysUnavailable):
        signature.verify(body=BODY, signature=signer.sign(BODY), keys=JwksCache(down))


def test_a_shared_secret_works_where_one_is_set() -> None:
    good = hmac.new(b"s3cret", BODY, hashlib.sha256).hexdigest()
    signature.verify(body=BODY, signature=good, keys=None, secret="s3cret")
    for given, secret in ((good, "other"), (good, ""), (good[:-1] + "0", "s3cret"), ("\xe9", "s3cret")):
        with pytest.raises(InvalidSignature):
            signature.verify(body=BODY, signature=given, keys=None, secret=secret)


def _named(signer: Signer, kid: str) -> Signer:
    other = object.__new__(Signer)
    other.kid, other.private, other.fetched = kid, signer.private, 0
    return other
