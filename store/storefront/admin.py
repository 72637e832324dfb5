"""The desk's list of payments at a Saleor elsewhere that a person has to settle there."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from store.read_only_rows import ReadOnlyRows
from store.storefront.models import PaymentWithoutResult

PERMISSION = "HANDLE_PAYMENTS"
# Saleor's questions and mutations of those steps that are the same for every payment.
APPS = "{ apps(first: 100) { edges { node { id name identifier } } } }"
MAKE_KEY = """mutation {
  appTokenCreate(input: {app: "APP", name: "One payment"}) { authToken appToken { id } errors { field message } }
}"""
DELETE_KEY = 'mutation { appTokenDelete(id: "TOKEN") { errors { field message } } }'


class PaymentWithoutResultAdmin(ReadOnlyRows, ModelAdmin):  # type: ignore[misc]
    """A row goes away once the customer has an order, some minutes after Saleor knows the result or has made the order
    by itself, or when a person says that it is settled.
    """

    required_permissions: ClassVar = (PERMISSION,)
    list_display: ClassVar[Any] = ["reference", "email", "sum", "payment_app", "noticed_at"]
    search_fields: ClassVar[Any] = ["reference", "email"]
    fields: ClassVar[Any] = ["reference", "email", "sum", "payment_app", "noticed_at", "what_to_do"]
    actions: ClassVar[Any] = ["mark_settled"]

    @admin.display(description="amount", ordering="amount")
    def sum(self, row: PaymentWithoutResult) -> str:
        return f"{row.sum.plain_amount} {row.currency}"

    @admin.display(description="what to do")
    def what_to_do(self, row: PaymentWithoutResult) -> SafeString:
        return format_html(
            "<p>1. Look at the payment provider: does it show a payment of {sum} by {email}?</p>"
            "<p>2. Saleor takes the answer from the payment app alone, so make a key of that app. In the GraphQL"
            ' playground of <a href="{dashboard}">Saleor\'s Dashboard</a>, as somebody who may manage apps and handle'
            " payments, look for the id of the app whose identifier is {app}:</p><pre>{apps}</pre>"
            "<p>and put it in the place of APP:</p><pre>{key}</pre>"
            '<p>3. Open <a href="{api}">Saleor\'s own playground</a>, and write the key in the place of KEY under HTTP'
            " headers:</p><pre>{header}</pre><p>and send one of these two. The provider shows no payment:</p>"
            "<pre>{failed}</pre>"
            "<p>The provider shows it, under a reference that you put in the place of REFERENCE:</p>"
            "<pre>{received}</pre>"
            "<p>4. Back in the Dashboard delete the key again, by the id of the token that step 2 has shown:</p>"
            "<pre>{end}</pre>"
            "<p>5. Then the customer can pay, or finish the order, on the page of the cart. Choose this row in the list"
            " and mark it as settled.</p>",
            sum=self.sum(row),
            email=row.email,
            app=row.payment_app or "that of the app which was removed since",
            dashboard=settings.SALEOR_DASHBOARD_URL,
            api=settings.SALEOR_API_URL,
            apps=APPS,
            key=MAKE_KEY,
            header='{"Authorization": "Bearer KEY"}',
            failed=report(row, "FAILURE", "none"),
            received=report(row, "SUCCESS", "REFERENCE"),
            end=DELETE_KEY,
        )

    @admin.action(description="Mark as settled in Saleor", permissions=["view"])
    def mark_settled(self, request: HttpRequest, rows: QuerySet[PaymentWithoutResult]) -> None:
        rows.delete()


def report(row: PaymentWithoutResult, outcome: str, reference: str) -> str:
    """Saleor's mutation by which a payment app says what became of the payment; staff may not."""
    return (
        f'mutation {{\n  transactionEventReport(\n    id: "{row.transaction_id}", type: {row.action}_{outcome},'
        f' amount: {row.sum.plain_amount}, pspReference: "{reference}"\n  ) {{ errors {{ field message }} }}\n}}'
    )


if not settings.EMBEDDED:
    admin.site.register(PaymentWithoutResult, PaymentWithoutResultAdmin)
