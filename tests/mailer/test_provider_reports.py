"""Webhooks of mail providers, in the shapes that their documentation shows: what they settle, and who may send them."""

import hashlib
import hmac
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from store.mailer import checks, health, suppressions, sweep
from store.mailer.inbox import receive
from store.mailer.mail_classes import MailClass
from store.mailer.models import ContactTask, DeliveryReport, MailAttempt, MailPlan
from store.mailer.providers import PROVIDERS
from tests.mailer.conftest import ORDER, Mailbox
from tests.mailer.saleor_double import SaleorDouble, event

pytestmark = pytest.mark.django_db
ADA, SECRET, KEY = "ada.guest@example.com", "shop:of-our-own", "signing-key"
WRONG = "smtp;550 5.1.1 The email account that you tried to reach does not exist"
EVENTS = ("bounced", "delivered", "complained")


def postmark(what: str, mail: str) -> dict[str, Any]:
    kinds = {
        "bounced": {"RecordType": "Bounce", "Type": "HardBounce", "ID": 42, "Email": ADA, "Details": WRONG,
                    "BouncedAt": "2026-11-21T16:33:54Z", "Description": "The server was unable to deliver."},
        "delivered": {"RecordType": "Delivery", "Recipient": ADA, "Details": "Test delivery webhook details",
                      "DeliveredAt": "2026-11-21T16:34:52Z"},
        "complained": {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "ID": 43, "Email": ADA,
                       "BouncedAt": "2026-11-21T16:33:54Z"},
    }  # fmt: skip
    ids = {"MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "Metadata": {"mail": mail}, "ServerID": 23}
    return kinds[what] | ids


def mailgun(what: str, mail: str) -> dict[str, Any]:
    token, at = "0" * 50, "1521379280"
    signature = hmac.new(KEY.encode(), f"{at}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "event": "failed" if what == "bounced" else what,
        "severity": "permanent",
        "timestamp": 1521472262.908181,
        "recipient": ADA,
        "message": {"headers": {"message-id": mail, "to": ADA}},
        "user-variables": {},
        "delivery-status": {"code": 550, "message": WRONG, "description": ""} if what == "bounced" else None,
    }
    return {"signature": {"token": token, "timestamp": at, "signature": signature}, "event-data": data}


def brevo(what: str, mail: str) -> dict[str, Any]:
    names = {"bounced": "hard_bounce", "delivered": "delivered", "complained": "spam"}
    reason = {"reason": WRONG} if what == "bounced" else {}
    ids = {
        "message-id": "<202611211634.1@smtp-relay.mailin.fr>",
        "X-Mailin-custom": json.dumps({"mail": mail}),
    }
    return {"event": names[what], "email": ADA, "id": 7, "ts_epoch": 1534486682000} | ids | reason


def amazon_ses(what: str, mail: str) -> dict[str, Any]:
    names = {"bounced": "Bounce", "delivered": "Delivery", "complained": "Complaint"}
    details: dict[str, dict[str, Any]] = {
        "bounced": {"bounceType": "Permanent", "bounceSubType": "General",
                    "bouncedRecipients": [{"emailAddress": ADA, "status": "5.1.1", "diagnosticCode": WRONG}]},
        "delivered": {"recipients": [ADA], "smtpResponse": "250 ok"},
        "complained": {"complainedRecipients": [{"emailAddress": ADA}]},
    }  # fmt: skip
    name, headers = names[what], [{"name": "X-Metadata", "value": json.dumps({"mail": mail})}]
    sent = {"messageId": "00000137860315fd-869464a4", "destination": [ADA], "headers": headers}
    message = {"notificationType": name, "mail": sent, name.lower(): details[what]}
    return {
        "Type": "Notification",
        "MessageId": "19ba9823-d7f2-53c1-860e-cb10e0d13dfc",
        "TopicArn": "arn:aws:sns:us-east-1:123:events",
        "Message": json.dumps(message),
        "Timestamp": "2026-11-21T17:58:43.000Z",
    }


SHAPES = {"postmark": postmark, "mailgun": mailgun, "brevo": brevo, "amazon-ses": amazon_ses}
EACH = pytest.mark.parametrize("provider", SHAPES)


@pytest.fixture
def confirmation(saleor: SaleorDouble, mailbox: Mailbox) -> MailPlan:
    """A mail that was sent."""
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    return MailPlan.objects.get(kind="order-confirmation")


@pytest.fixture(autouse=True)
def connected(settings: Any) -> None:
    settings.ANYMAIL = settings.ANYMAIL | {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def post(settings: Any, provider: str, body: object, *, secret: str = SECRET) -> int:
    settings.MAIL_PROVIDER = provider
    names = {
        "X-Amz-Sns-Message-Type": "Notification",
        "X-Amz-Sns-Message-Id": "19ba9823-d7f2-53c1-860e-cb10e0d13dfc",
    }
    if secret:
        names["Authorization"] = f"Basic {b64encode(secret.encode()).decode()}"
    raw = body if isinstance(body, str) else json.dumps(body)
    answer = Client().post(f"/hooks/mail/{provider}/", raw, content_type="application/json", headers=names)
    return answer.status_code


def own_id(plan: MailPlan) -> str:
    return plan.message_id.strip("<>")


@EACH
def test_a_bounce_is_recorded_once_and_the_mail_counts_as_not_reached(
    provider: str, confirmation: MailPlan, settings: Any
) -> None:
    body = SHAPES[provider]("bounced", own_id(confirmation))
    assert [post(settings, provider, body) for _ in range(2)] == [200, 200]
    report = DeliveryReport.objects.get()
    assert (report.kind, report.status, report.recipient) == ("bounced", "5.1.1", ADA)
    confirmation.refresh_from_db()
    assert (confirmation.state, confirmation.problem) == ("unreached", "address")
    assert suppressions.is_bounced(ADA, confirmation)


def soft(provider: str, mail: str) -> dict[str, Any]:
    """The bounce as the provider tells of a full mailbox, or of somebody who is away."""
    body = SHAPES[provider]("bounced", mail)
    match provider:
        case "postmark":
            body["Type"] = "SoftBounce"
        case "mailgun":
            body["event-data"]["severity"] = "temporary"
        case "brevo":
            body["event"] = "soft_bounce"
        case "amazon-ses":
            body["Message"] = body["Message"].replace("Permanent", "Transient")
    return body


@EACH
def test_a_bounce_that_is_not_final_leaves_the_mail_as_sent(
    provider: str, confirmation: MailPlan, settings: Any
) -> None:
    assert post(settings, provider, soft(provider, own_id(confirmation))) == 200
    confirmation.refresh_from_db()
    assert (DeliveryReport.objects.get().kind, confirmation.state) == ("delayed", "sent")
    assert not suppressions.is_bounced(ADA, confirmation)


@EACH
def test_a_mail_that_had_come_back_and_is_delivered_later_counts_as_sent(
    provider: str, confirmation: MailPlan, settings: Any
) -> None:
    safety = MailPlan.objects.get(kind="safety-first")
    MailPlan.objects.filter(pk=safety.pk).update(state="unreached", problem="mailbox")
    task = ContactTask.objects.create(plan=safety, reason="came back: 5.2.2")
    assert post(settings, provider, SHAPES[provider]("delivered", own_id(safety))) == 200
    safety.refresh_from_db()
    task.refresh_from_db()
    assert (safety.state, safety.problem, task.note) == ("sent", "", "the mail was delivered after all")


def test_an_address_that_does_not_exist_stays_unreached_whatever_comes_late(
    confirmation: MailPlan, settings: Any
) -> None:
    for what in ("bounced", "delivered"):
        post(settings, "postmark", postmark(what, own_id(confirmation)))
    confirmation.refresh_from_db()
    assert confirmation.state == "unreached"


@EACH
def test_a_delivery_settles_a_mail_of_which_it_was_not_known_whether_it_left(
    provider: str, confirmation: MailPlan, settings: Any
) -> None:
    MailPlan.objects.filter(pk=confirmation.pk).update(state="ambiguous")
    MailAttempt.objects.filter(plan=confirmation).update(outcome="unknown")
    assert post(settings, provider, SHAPES[provider]("delivered", own_id(confirmation))) == 200
    confirmation.refresh_from_db()
    assert (confirmation.state, confirmation.attempts.get().outcome) == ("sent", "accepted")


@EACH
def test_a_complaint_ends_the_mails_of_class_care_and_is_told_to_a_person(
    provider: str, confirmation: MailPlan, settings: Any
) -> None:
    safety = MailPlan.objects.get(kind="safety-first")
    assert post(settings, provider, SHAPES[provider]("complained", own_id(safety))) == 200
    assert suppressions.is_unsubscribed(ADA, MailClass.CARE)
    assert ContactTask.objects.get().plan == safety


@EACH
@pytest.mark.parametrize("secret", ["", "shop:guessed", "x"])
def test_who_does_not_know_the_secret_changes_nothing(
    provider: str, secret: str, confirmation: MailPlan, settings: Any
) -> None:
    body = SHAPES[provider]("bounced", own_id(confirmation))
    assert post(settings, provider, body, secret=secret) == 401
    assert not DeliveryReport.objects.exists()


def test_a_report_that_mailgun_did_not_sign_changes_nothing(confirmation: MailPlan, settings: Any) -> None:
    body = mailgun("bounced", own_id(confirmation))
    body["signature"]["token"] = "1" * 50
    assert (post(settings, "mailgun", body), DeliveryReport.objects.count()) == (401, 0)


@EACH
@pytest.mark.parametrize("body", ["", "{", "[]", "null", "{}", '{"a": 1}'])
def test_what_is_no_report_is_refused_or_ignored_without_an_error(
    provider: str, body: str, settings: Any
) -> None:
    assert post(settings, provider, body) in (200, 400, 401)
    assert not DeliveryReport.objects.exists()


def test_amazon_asks_once_to_confirm_and_the_log_says_what_to_open(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    asked = amazon_ses("delivered", "x") | {"SubscribeURL": "https://sns.example/?Action=ConfirmSubscription"}
    settings.MAIL_PROVIDER = "amazon-ses"
    answer = Client().post(
        "/hooks/mail/amazon-ses/",
        json.dumps(asked | {"Type": "SubscriptionConfirmation"}),
        content_type="text/plain",
        headers={
            "X-Amz-Sns-Message-Type": "SubscriptionConfirmation",
            "X-Amz-Sns-Message-Id": asked["MessageId"],
            "Authorization": f"Basic {b64encode(SECRET.encode()).decode()}",
        },
    )
    assert answer.status_code == 200
    assert "Action=ConfirmSubscription" in caplog.text


def test_a_person_is_told_of_an_unknown_outcome_when_no_report_came_in_a_day(
    confirmation: MailPlan, settings: Any
) -> None:
    def told() -> list[str]:
        (concern,) = [one for one in health.concerns() if one.code == "ambiguous"]
        return list(concern.rows.order_by("kind").values_list("kind", flat=True))

    MailPlan.objects.update(state="ambiguous")
    assert told() == ["order-confirmation", "safety-first"]  # no report can come
    settings.MAIL_PROVIDER = "postmark"
    assert told() == ["safety-first"]
    MailAttempt.objects.update(ended_at=timezone.now() - timedelta(hours=25))
    assert told() == ["order-confirmation", "safety-first"]


def test_a_mail_is_also_known_by_what_the_mail_server_answered(confirmation: MailPlan, settings: Any) -> None:
    body = postmark("bounced", "")
    body["Metadata"] = {}
    MailAttempt.objects.filter(plan=confirmation).update(reply=f"Ok: queued as {body['MessageID']}")
    assert post(settings, "postmark", body) == 200
    assert DeliveryReport.objects.get().attempt.plan == confirmation


def test_a_report_about_no_mail_of_ours_is_kept_for_a_person(settings: Any) -> None:
    assert post(settings, "postmark", postmark("bounced", "unknown@example.com")) == 200
    assert DeliveryReport.objects.get().attempt is None


def test_where_no_provider_is_set_there_is_no_such_page(settings: Any, client: Client) -> None:
    for name, secret in (("", SECRET), ("mailgun", SECRET), ("postmark", "")):
        settings.MAIL_PROVIDER = name
        settings.ANYMAIL = settings.ANYMAIL | {"WEBHOOK_SECRET": secret}
        assert client.post("/hooks/mail/postmark/", {}, content_type="application/json").status_code == 404


@EACH
def test_each_mail_carries_what_the_provider_sends_back(
    provider: str, saleor: SaleorDouble, mailbox: Mailbox, settings: Any
) -> None:
    settings.MAIL_PROVIDER = provider
    receive(event("OrderFullyPaid", saleor.orders[ORDER]), source="test")
    sweep.sweep()
    for mail in mailbox.messages():
        assert mail["Message-ID"].strip("<>") in mail[PROVIDERS[provider].header]


@pytest.mark.parametrize(
    ("provider", "secret", "key", "problems"),
    [
        ("", "", "", []),
        ("postmark", SECRET, "", []),
        ("postmark", "", "", ["mailer.E005"]),
        ("pigeon", SECRET, "", ["mailer.E004"]),
        ("mailgun", SECRET, "", ["mailer.E006"]),
    ],
)
def test_a_provider_without_its_secret_is_an_error_at_start(
    provider: str, secret: str, key: str, problems: list[str], settings: Any
) -> None:
    settings.MAIL_PROVIDER = provider
    settings.ANYMAIL = {"WEBHOOK_SECRET": secret, "MAILGUN_WEBHOOK_SIGNING_KEY": key}
    assert [one.id for one in checks.provider_problems()] == problems
