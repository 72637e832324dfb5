"""What the DNS says about the sender: SPF, DKIM, DMARC."""

import pytest

from store.mailer.sender_records import LookupFailed, findings

GOOD = {
    "shop.example": ["v=spf1 include:spf.provider.example -all", "google-site-verification=x"],
    "_dmarc.shop.example": ["v=DMARC1; p=quarantine; rua=mailto:a@shop.example"],
    "key1._domainkey.shop.example": ["v=DKIM1; k=rsa; p=MIGf"],
}


def problems(changes: dict[str, list[str]] | None = None, *, domain: str = "shop.example") -> list[str]:
    records = GOOD | (changes or {})
    found = findings(domain, dkim_selector="key1", lookup=lambda name, kind: records.get(name, []))
    return [one.subject for one in found if not one.is_fine]


def test_a_sender_with_all_three_is_fine() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("name", "records", "subject"),
    [
        ("shop.example", [], "SPF"),
        ("shop.example", ["v=spf1 a -all", "v=spf1 mx -all"], "SPF"),
        ("shop.example", ["v=spf1 +all"], "SPF"),
        ("shop.example", ["v=spf10 -all"], "SPF"),
        ("_dmarc.shop.example", [], "DMARC"),
        ("_dmarc.shop.example", ["v=DMARC1; rua=mailto:a@shop.example"], "DMARC"),
        ("key1._domainkey.shop.example", [], "DKIM"),
        ("key1._domainkey.shop.example", ["v=DKIM1; p="], "DKIM"),
    ],
)
def test_what_is_missing_or_wrong_is_named(name: str, records: list[str], subject: str) -> None:
    assert problems({name: records}) == [subject]


def test_a_subdomain_is_under_the_policy_of_its_domain() -> None:
    spf = GOOD["shop.example"]
    key = GOOD["key1._domainkey.shop.example"]
    assert (
        problems(
            {"mail.shop.example": spf, "key1._domainkey.mail.shop.example": key}, domain="mail.shop.example"
        )
        == []
    )


def test_without_selector_dkim_is_asked_about() -> None:
    found = findings("shop.example", lookup=lambda name, kind: GOOD.get(name, []))
    assert [one.subject for one in found if not one.is_fine] == ["DKIM"]


def test_a_dns_that_does_not_answer_says_nothing_about_the_sender() -> None:
    def away(name: str, kind: str) -> list[str]:
        raise LookupFailed(name)

    with pytest.raises(LookupFailed):
        findings("shop.example", lookup=away)
