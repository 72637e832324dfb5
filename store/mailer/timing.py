"""When a mail may be sent at the recipient's place: hours of the day, and the distance between two CARE mails.

Nothing is skipped: a mail outside its hours is planned for the next morning there. The zone is that of the address the
parcel goes to, asked again at each try, so that a change of the clocks or of the address is seen.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.core import get_global
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from store.mailer.mail_classes import MailClass
from store.mailer.models import OPEN, MailPlan, State
from store.saleor.postal_address import PostalAddress

# Mails that waited for the morning leave within two hours from its beginning, spread by their Message-ID.
SPREAD = timedelta(hours=2)
# The zone in which most people of a country or area with several zones live; Saleor's codes of areas.
_MAIN_ZONES: Mapping[str, str] = {
    "US": "America/Chicago", "CA": "America/Toronto", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "MX": "America/Mexico_City", "RU": "Europe/Moscow", "ES": "Europe/Madrid", "PT": "Europe/Lisbon",
    "FR": "Europe/Paris", "NZ": "Pacific/Auckland", "CL": "America/Santiago", "CN": "Asia/Shanghai",
    "ID": "Asia/Jakarta", "AR": "America/Argentina/Buenos_Aires", "DE": "Europe/Berlin", "UA": "Europe/Kyiv",
    "CD": "Africa/Kinshasa", "CY": "Asia/Nicosia", "EC": "America/Guayaquil", "FM": "Pacific/Pohnpei",
    "GL": "America/Nuuk", "KI": "Pacific/Tarawa", "KZ": "Asia/Almaty", "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar", "MY": "Asia/Kuala_Lumpur", "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby", "PS": "Asia/Hebron", "UZ": "Asia/Tashkent",
}  # fmt: skip
_AREAS: Mapping[str, str] = {
    "America/New_York": "US: CT DC DE FL GA IN MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV KY",
    "America/Denver": "US: CO MT NM UT WY ID",
    "America/Phoenix": "US: AZ",
    "America/Los_Angeles": "US: CA NV OR WA",
    "America/Anchorage": "US: AK",
    "Pacific/Honolulu": "US: HI",
    "America/Vancouver": "CA: BC YT",
    "America/Edmonton": "CA: AB NT",
    "America/Winnipeg": "CA: MB SK",
    "America/Halifax": "CA: NS NB PE",
    "America/St_Johns": "CA: NL",
    "Australia/Perth": "AU: WA",
    "Australia/Adelaide": "AU: SA",
    "Australia/Darwin": "AU: NT",
    "Australia/Brisbane": "AU: QLD",
}
_ZONE_OF_AREA = {
    (entry.partition(":")[0], area): zone
    for zone, entry in _AREAS.items()
    for area in entry.partition(":")[2].split()
}


@dataclass(frozen=True, slots=True)
class Hours:
    """From `first` to before `last`, local time."""

    first: int
    last: int


DAYTIME = Hours(8, 20)
NOT_AT_NIGHT = Hours(8, 21)


def zone_of(address: PostalAddress | None) -> ZoneInfo:
    """The time zone of an address; that of the shop if there is none or its country has several that we can't tell."""
    if address is None:
        return ZoneInfo(settings.TIME_ZONE)
    country = address.country_code.upper()
    by_area = _ZONE_OF_AREA.get((country, address.country_area.strip().upper()))
    zones = get_global("territory_zones").get(country) or []
    only = zones[0] if len(zones) == 1 else None
    return ZoneInfo(by_area or _MAIN_ZONES.get(country) or only or settings.TIME_ZONE)


def not_before(
    plan: MailPlan, *, hours: Hours | None, address: PostalAddress | None, recipient: str
) -> datetime | None:
    """When this mail may be sent; None: now."""
    now = timezone.now()
    moment = max(now, _after_the_last_care_mail(plan, recipient) or now)
    if hours and settings.MAIL_QUIET_HOURS:
        moment = _within(hours, moment, zone_of(address), spread=_spread(plan))
    return moment if moment > now else None


def opens_at(hours: Hours | None, address: PostalAddress | None) -> datetime | None:
    """When these hours begin at this place; None if mail may be sent there now.

    What waited for it leaves within `SPREAD` after.
    """
    if not hours or not settings.MAIL_QUIET_HOURS:
        return None
    now = timezone.now()
    moment = _within(hours, now, zone_of(address), spread=timedelta())
    return moment if moment > now else None


def expected_at(
    plan: MailPlan,
    *,
    hours: Hours | None,
    address: PostalAddress | None,
    last_care_mail: datetime | None = None,
) -> datetime:
    """When a mail that no worker holds will leave, as far as is known now; of another one when it left or was due.

    `last_care_mail`: when the CARE mail before it leaves.
    """
    if plan.state not in OPEN:
        return plan.sent_at or plan.due_at
    moment = max(plan.due_at, plan.next_attempt_at)
    if plan.mail_class == MailClass.CARE and last_care_mail:
        moment = max(moment, last_care_mail + timedelta(hours=settings.MAIL_CARE_SPACING_HOURS))
    if hours and settings.MAIL_QUIET_HOURS:
        moment = _within(hours, max(moment, timezone.now()), zone_of(address), spread=_spread(plan))
    return moment


def _within(hours: Hours, moment: datetime, zone: ZoneInfo, *, spread: timedelta) -> datetime:
    local = moment.astimezone(zone)
    if hours.first <= local.hour < hours.last:
        return moment
    day = local.date() if local.hour < hours.first else local.date() + timedelta(days=1)
    return (
        datetime.combine(day, time(hours.first), tzinfo=zone).astimezone(timezone.get_default_timezone())
        + spread
    )


def _spread(plan: MailPlan) -> timedelta:
    """The same at each try."""
    digest = hashlib.sha256(plan.message_id.encode()).digest()
    return SPREAD * (int.from_bytes(digest[:2], "big") / 0x10000)


def is_leaving_first(plan: MailPlan, others: QuerySet[MailPlan]) -> bool:
    """Whether one of these is being sent, so that `plan`, which is decided on now, has to wait for its outcome.

    Of two that are decided on at the same time, as in one batch, the later one waits.
    """
    return others.filter(Q(state=State.SENDING) | Q(state=State.CLAIMED, pk__lt=plan.pk)).exists()


def _after_the_last_care_mail(plan: MailPlan, recipient: str) -> datetime | None:
    """MAIL_CARE_SPACING_HOURS after the last one to this person; of two that are being sent, the later one waits."""
    spacing = timedelta(hours=settings.MAIL_CARE_SPACING_HOURS)
    if plan.mail_class != MailClass.CARE or not spacing:
        return None
    others = MailPlan.objects.filter(mail_class=MailClass.CARE, recipient__iexact=recipient).exclude(
        pk=plan.pk
    )
    now = timezone.now()
    if is_leaving_first(plan, others):
        return now + spacing
    last = others.filter(state=State.SENT, sent_at__gt=now - spacing).order_by("-sent_at").first()
    return last.sent_at + spacing if last and last.sent_at else None
