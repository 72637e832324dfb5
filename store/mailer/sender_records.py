"""Whether other mail servers will believe our sender: SPF, DKIM and DMARC of the domain of MAIL_FROM, asked of the DNS.

Gmail, Yahoo and Outlook refuse mail from domains without them (RFC 7208, 6376, 7489).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import dns.exception
import dns.resolver

SECONDS = 5.0
Lookup = Callable[[str, str], Sequence[str]]


class LookupFailed(Exception):
    """The DNS did not answer: nothing is known about the record."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`remedy` is "" if all is well."""

    subject: str
    message: str
    remedy: str = ""

    @property
    def is_fine(self) -> bool:
        return not self.remedy


def ask_dns(name: str, kind: str) -> Sequence[str]:
    """The records of this name, each as one text; none if there are none. Raises LookupFailed."""
    try:
        answer = dns.resolver.resolve(name, kind, lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise LookupFailed(f"{name}: {error}") from error
    return ["".join(_texts(record)) for record in answer]


def _texts(record: object) -> list[str]:
    strings = getattr(record, "strings", None)  # TXT: one text in pieces of up to 255 bytes
    return [part.decode("utf-8", "replace") for part in strings] if strings is not None else [str(record)]


def findings(domain: str, *, dkim_selector: str = "", lookup: Lookup = ask_dns) -> list[Finding]:
    """What the DNS says about a sender at `domain`. Raises LookupFailed."""
    found = [_spf(domain, lookup), _dmarc(domain, lookup)]
    if dkim_selector:
        found.append(_dkim(domain, dkim_selector, lookup))
    else:
        found.append(
            Finding(
                "DKIM",
                "not looked at: the name of the key (its selector) is not known",
                "Ask your mail provider for the selector, then run `manage.py check_mail --dkim-selector NAME`.",
            )
        )
    return found


def _spf(domain: str, lookup: Lookup) -> Finding:
    records = [text for text in lookup(domain, "TXT") if text.lower().split(" ")[0] == "v=spf1"]
    if not records:
        return Finding(
            "SPF",
            f"{domain} does not say which servers may send its mail",
            f"Publish a TXT record at {domain}; your mail provider tells its text, such as v=spf1 include:… -all",
        )
    if len(records) > 1:
        return Finding(
            "SPF", f"{domain} has {len(records)} SPF records", "Join them into one: two are as none."
        )
    if records[0].split()[-1].lower() in ("+all", "all"):
        return Finding(
            "SPF", f"{domain} lets anybody send its mail ({records[0]})", "End the record in -all."
        )
    return Finding("SPF", records[0])


def _dmarc(domain: str, lookup: Lookup) -> Finding:
    """At the domain itself, else at the one it belongs to."""
    for name in (domain, ".".join(domain.split(".")[-2:])):
        for text in lookup(f"_dmarc.{name}", "TXT"):
            if text.lower().startswith("v=dmarc1"):
                return _policy(name, text)
    return Finding(
        "DMARC",
        f"{domain} has no DMARC record",
        f"Publish a TXT record at _dmarc.{domain}: v=DMARC1; p=none; rua=mailto:you@{domain}",
    )


def _policy(name: str, text: str) -> Finding:
    tags = dict(part.strip().split("=", 1) for part in text.split(";") if "=" in part)
    if tags.get("p", "").strip().lower() not in ("none", "quarantine", "reject"):
        return Finding(
            "DMARC", f"the record at _dmarc.{name} has no valid policy: {text}", "Write p=none into it."
        )
    return Finding("DMARC", text)


def _dkim(domain: str, selector: str, lookup: Lookup) -> Finding:
    name = f"{selector}._domainkey.{domain}"
    keys = [text for text in lookup(name, "TXT") if "p=" in text]
    if not keys:
        return Finding(
            "DKIM",
            f"there is no key at {name}",
            "Publish the record that your mail provider shows for this domain.",
        )
    if any(part.strip() == "p=" for text in keys for part in text.split(";")):
        return Finding("DKIM", f"the key at {name} was revoked", "Publish the new key of your mail provider.")
    return Finding("DKIM", f"there is a key at {name}")
