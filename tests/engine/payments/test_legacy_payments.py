"""Legacy payments of the dummy gateway: how much may be captured, refunded and voided, and the steps it leaves."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from store.engine.errors import OperationError
from store.engine.payments import legacy_payments
from store.engine.payments.models import Payment

pytestmark = pytest.mark.django_db


def authorized(total: str = "30.00") -> Payment:
    payment = Payment.objects.create(
        gateway=legacy_payments.GATEWAY, token="not-charged", currency="USD", total=Decimal(total)
    )
    legacy_payments.process(payment)
    return payment


def captured(amount: str = "30.00") -> Payment:
    payment = authorized()
    legacy_payments.capture(payment, Decimal(amount))
    return payment


def started(checkout_id: UUID, token: str) -> Payment:
    return legacy_payments.create(
        gateway=legacy_payments.GATEWAY,
        token=token,
        amount=Decimal(30),
        currency="USD",
        checkout_id=checkout_id,
    )


def test_a_new_payment_replaces_the_earlier_one_of_its_checkout_only() -> None:
    checkout, other = uuid4(), uuid4()
    first, of_another = started(checkout, "not-charged"), started(other, "not-charged")
    second = started(checkout, "charged")
    assert legacy_payments.active_of(checkout) == second
    assert legacy_payments.active_of(other) == of_another
    first.refresh_from_db()
    assert not first.is_active


@pytest.mark.parametrize(
    ("token", "expected", "kinds"),
    [
        ("charged", (0, Decimal(30), "FULLY_CHARGED", True), ["AUTH", "CAPTURE"]),
        ("not-charged", (Decimal(30), 0, "NOT_CHARGED", True), ["AUTH"]),
        ("fully-refunded", (0, 0, "FULLY_REFUNDED", False), ["AUTH", "CAPTURE", "REFUND"]),
    ],
)
def test_the_token_says_how_far_a_payment_goes(
    token: str, expected: tuple[Decimal, Decimal, str, bool], kinds: list[str]
) -> None:
    payment = started(uuid4(), token)
    legacy_payments.process(payment)
    assert amounts(payment) == expected
    assert [kind for kind, _, _ in steps(payment)] == kinds


def amounts(payment: Payment) -> tuple[Decimal, Decimal, str, bool]:
    payment.refresh_from_db()
    return payment.authorized_amount, payment.captured_amount, payment.charge_status, payment.is_active


def steps(payment: Payment) -> list[tuple[str, Decimal, str]]:
    return [(step.kind, step.amount_value, step.token) for step in payment.steps.all()]


@pytest.mark.parametrize("amount", ["0", "-1", "30.01"])
def test_only_what_is_authorized_is_captured(amount: str) -> None:
    payment = authorized()
    with pytest.raises(OperationError) as refused:
        legacy_payments.capture(payment, Decimal(amount))
    assert (refused.value.code, len(steps(payment))) == ("CAPTURE_INACTIVE_PAYMENT", 1)


def test_a_part_is_captured_and_then_the_rest() -> None:
    payment = captured("10.00")
    assert amounts(payment) == (Decimal(20), Decimal(10), "PARTIALLY_CHARGED", True)
    legacy_payments.capture(payment, None)
    assert amounts(payment) == (0, Decimal(30), "FULLY_CHARGED", True)
    reference = payment.psp_reference
    assert steps(payment) == [
        ("AUTH", Decimal(30), reference),
        ("CAPTURE", Decimal(10), reference),
        ("CAPTURE", Decimal(20), reference),
    ]


def test_a_cent_is_captured_and_refunded() -> None:
    payment = captured("0.01")
    assert amounts(payment) == (Decimal("29.99"), Decimal("0.01"), "PARTIALLY_CHARGED", True)
    legacy_payments.refund(payment, Decimal("0.01"))
    assert amounts(payment)[1:3] == (0, "FULLY_REFUNDED")


@pytest.mark.parametrize("amount", ["0", "-1", "30.01"])
def test_only_what_was_captured_is_refunded(amount: str) -> None:
    payment = captured()
    with pytest.raises(OperationError) as refused:
        legacy_payments.refund(payment, Decimal(amount))
    assert (refused.value.code, amounts(payment)[1]) == ("CANNOT_REFUND", Decimal(30))


def test_a_part_is_refunded_and_then_the_rest() -> None:
    payment = captured()
    legacy_payments.refund(payment, Decimal(10))
    assert amounts(payment) == (0, Decimal(20), "PARTIALLY_REFUNDED", True)
    legacy_payments.refund(payment, Decimal(20))
    assert amounts(payment) == (0, 0, "FULLY_REFUNDED", False)
    assert [step[:2] for step in steps(payment)[-2:]] == [("REFUND", Decimal(10)), ("REFUND", Decimal(20))]


def test_an_authorization_is_voided_once_with_a_step() -> None:
    payment = authorized()
    legacy_payments.void(payment)
    assert amounts(payment) == (0, 0, "NOT_CHARGED", False)
    assert steps(payment)[-1] == ("VOID", Decimal(30), payment.psp_reference)
    for act in (legacy_payments.void, lambda row: legacy_payments.capture(row, Decimal(1))):
        with pytest.raises(OperationError):
            act(payment)


def test_a_captured_payment_is_not_voided() -> None:
    payment = captured("10.00")
    with pytest.raises(OperationError, match="Nothing waits to be voided"):
        legacy_payments.void(payment)
    assert amounts(payment)[0] == Decimal(20)
