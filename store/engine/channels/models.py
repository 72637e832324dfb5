"""Models of shop settings, channels, tax configurations, translations and waivers.

Columns with a value of one of Saleor's enums hold it as the API spells it (`PAYMENT_FLOW`).
"""

from django.db import models
from django.utils import timezone

from store.engine.events.metadata import WithMetadata
from store.engine.fields import EmailAddressField


class ShopSettings(WithMetadata):
    """Settings of the whole shop: one row."""

    name = models.CharField(max_length=255, default="Cupwell", blank=True)
    description = models.TextField(blank=True, default="")
    header_text = models.CharField(max_length=200, blank=True, default="")
    default_mail_sender_name = models.CharField(max_length=78, blank=True, default="")
    default_mail_sender_address = EmailAddressField(null=True, blank=True)
    customer_set_password_url = models.CharField(max_length=255, null=True, blank=True)
    track_inventory_by_default = models.BooleanField(default=True)
    default_weight_unit = models.CharField(max_length=10, default="KG")
    reserve_stock_duration_anonymous_user = models.IntegerField(null=True, blank=True)
    reserve_stock_duration_authenticated_user = models.IntegerField(null=True, blank=True)
    limit_quantity_per_checkout = models.IntegerField(null=True, blank=True, default=50)
    fulfillment_auto_approve = models.BooleanField(default=True)
    fulfillment_allow_unpaid = models.BooleanField(default=True)
    enable_account_confirmation_by_email = models.BooleanField(default=True)
    allow_login_without_confirmation = models.BooleanField(default=False)
    use_legacy_shipping_zone_stock_availability = models.BooleanField(default=True)
    gift_card_expiry_type = models.CharField(max_length=32, default="NEVER_EXPIRE")  # or EXPIRY_PERIOD
    gift_card_expiry_period = models.PositiveIntegerField(null=True, blank=True)
    gift_card_expiry_unit = models.CharField(max_length=8, null=True, blank=True)  # DAY, WEEK, MONTH, YEAR
    # pk of the catalog.PageType whose pages are the reasons for refunds and returns; `catalog` is not imported here
    refund_reason_type_id = models.BigIntegerField(null=True, blank=True)
    return_reason_type_id = models.BigIntegerField(null=True, blank=True)
    preserve_all_address_fields = models.BooleanField(default=False)
    # pk of an accounts.Address; no foreign key, because `accounts` is not imported here
    company_address_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "shop settings"

    def __str__(self) -> str:
        return self.name


class Channel(WithMetadata):
    """A sales channel: currency, default country and the settings of its checkouts and orders."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True)
    is_active = models.BooleanField(default=False)
    currency_code = models.CharField(max_length=3)
    default_country = models.CharField(max_length=2)
    allocation_strategy = models.CharField(max_length=255, default="PRIORITIZE_SORTING_ORDER")
    automatically_confirm_all_new_orders = models.BooleanField(default=True)
    automatically_fulfill_non_shippable_gift_card = models.BooleanField(default=False)
    expire_orders_after = models.IntegerField(null=True, blank=True)
    delete_expired_orders_after = models.IntegerField(default=60)
    mark_as_paid_strategy = models.CharField(max_length=255, default="TRANSACTION_FLOW")
    allow_unpaid_orders = models.BooleanField(default=False)
    include_draft_order_in_voucher_usage = models.BooleanField(default=False)
    draft_order_line_price_freeze_period = models.IntegerField(null=True, blank=True, default=24)
    use_legacy_line_discount_propagation = models.BooleanField(default=False)
    use_legacy_error_flow = models.BooleanField(default=True)
    automatically_complete_fully_paid_checkouts = models.BooleanField(default=False)
    automatic_completion_delay = models.IntegerField(null=True, blank=True)  # minutes
    automatic_completion_cut_off_date = models.DateTimeField(null=True, blank=True)
    allow_legacy_gift_card_use = models.BooleanField(default=True)
    default_transaction_flow_strategy = models.CharField(max_length=255, default="CHARGE")
    release_funds_for_expired_checkouts = models.BooleanField(default=False)
    checkout_ttl_before_releasing_funds = models.IntegerField(null=True, blank=True, default=6)  # hours
    checkout_release_funds_cut_off_date = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name


class TaxConfiguration(WithMetadata):
    """How a channel charges and displays taxes; created with the channel."""

    channel = models.OneToOneField(Channel, related_name="tax_configuration", on_delete=models.CASCADE)
    charge_taxes = models.BooleanField(default=True)
    tax_calculation_strategy = models.CharField(max_length=20, null=True, default="FLAT_RATES")
    display_gross_prices = models.BooleanField(default=True)
    prices_entered_with_tax = models.BooleanField(default=True)
    tax_app_id = models.CharField(max_length=256, null=True, blank=True)
    use_weighted_tax_for_shipping = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"taxes in {self.channel}"


class TaxConfigurationPerCountry(models.Model):
    """An exception to the channel's tax configuration for one country."""

    tax_configuration = models.ForeignKey(
        TaxConfiguration, related_name="country_exceptions", on_delete=models.CASCADE
    )
    country = models.CharField(max_length=2)
    charge_taxes = models.BooleanField(default=True)
    tax_calculation_strategy = models.CharField(max_length=20, null=True)
    display_gross_prices = models.BooleanField(default=True)
    tax_app_id = models.CharField(max_length=256, null=True, blank=True)
    use_weighted_tax_for_shipping = models.BooleanField(default=False)

    class Meta:
        ordering = ("country", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("tax_configuration", "country"), name="one_tax_exception_per_country"
            )
        ]

    def __str__(self) -> str:
        return f"{self.country} in {self.tax_configuration}"


# --- translations ------------------------------------------------------------------------------------
class Translation(models.Model):
    """Translated fields of an object of any type: `kind` is Saleor's type name, `object_pk` the primary key as text.

    The slug is a column, because the database keeps it unique among the objects of a kind in a language.
    """

    kind = models.CharField(max_length=64)
    object_pk = models.CharField(max_length=64)
    language_code = models.CharField(max_length=35)  # "de", "pt-br"
    slug = models.CharField(max_length=255, null=True, blank=True)
    values = models.JSONField(default=dict)  # all other fields
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "object_pk", "language_code"), name="one_translation_per_object_and_language"
            ),
            models.UniqueConstraint(
                fields=("kind", "language_code", "slug"), name="one_translated_slug_per_kind_and_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_pk} in {self.language_code}"


# --- waivers of the wording check --------------------------------------------------------------------
class Waiver(models.Model):
    """Lets one sentence pass one rule of the wording check. Records who allowed it and why; never changed."""

    digest = models.CharField(max_length=64, unique=True)  # of rule and sentence: `wording.digest`
    rule = models.CharField(max_length=64)
    words = models.TextField()
    sentence = models.TextField()
    markets = models.JSONField(default=list)  # ["US", "UK", "EU"]
    where = models.CharField(max_length=255)  # "Product 17, seoTitle": where it was first saved
    who = models.CharField(max_length=254)
    why = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = "kept sentence"

    def __str__(self) -> str:
        return f"{self.rule}: {self.words}"


class RefusedSentence(models.Model):
    """A sentence that the wording check refused, with whoever tried to save it last; `Waiver` releases it."""

    digest = models.CharField(max_length=64, unique=True)  # of rule and sentence: `wording.digest`
    rule = models.CharField(max_length=64)
    about = models.TextField()
    words = models.TextField()
    sentence = models.TextField()
    markets = models.JSONField(default=list)  # ["US", "UK", "EU"]
    where = models.CharField(max_length=255)  # "Product 17, seoTitle"
    actor_kind = models.CharField(max_length=8, blank=True)  # "User", "App" or, for a guest, empty
    actor_pk = models.CharField(max_length=64, blank=True)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("-last_at", "-pk")
        verbose_name = "refused sentence"

    def __str__(self) -> str:
        return f"{self.rule}: {self.words}"
