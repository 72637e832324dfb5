"""A merchant who sets up a shop through the API, call by call, as the probes of a real Saleor did."""

from typing import Any

from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL
from tests.engine.api_client import ask_one

ADDRESS = {
    "streetAddress1": "1 Dock Street",
    "city": "SAN FRANCISCO",
    "country": "US",
    "countryArea": "CA",
    "postalCode": "94105",
    "companyName": "Cupping Co",
}
TEXT = '{"time": 1700000000000, "blocks": [{"id": "b1", "type": "paragraph", "data": {"text": "For home use."}}], "version": "2.24.3"}'


class Merchant:
    """Calls one mutation at a time with the rights of an app. `made` keeps ids by a name of ours."""

    def __init__(self) -> None:
        self.app = App.objects.create(name="Seeder", permissions=sorted(ALL))
        self.made: dict[str, str] = {}

    def token(self) -> str:
        """A token of the app, made once."""
        if not hasattr(self, "_token"):
            self._token = app_tokens.new_token(self.app)[1]
        return self._token

    def ask(self, document: str, **variables: Any) -> Any:
        return ask_one(document, as_=self.token(), **variables)

    def call(
        self, field: str, answer: str, *, errors: str = "field message code", **arguments: tuple[str, Any]
    ) -> Any:
        """`call("menuCreate", "menu{id}", input=("MenuCreateInput!", {...}))` → the payload."""
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in arguments.items())
        passed = ", ".join(f"{name}: ${name}" for name in arguments)
        document = f"mutation M({declared}) {{ {field}({passed}) {{ {answer} errors {{ {errors} }} }} }}"
        return self.ask(document, **{name: value for name, (_, value) in arguments.items()})

    def make(self, name: str, field: str, answer: str, kind: str, given: dict[str, Any]) -> str:
        """Call with `input`, remember the id of what was made, fail on errors."""
        payload = self.call(field, f"{answer} {{ id }}", input=(kind, given))
        assert payload["errors"] == []
        self.made[name] = payload[answer]["id"]
        return self.made[name]

    # --- the shop of the probes, step by step
    def channel(self, slug: str = "us", currency: str = "USD", country: str = "US", **more: Any) -> str:
        given = {
            "name": slug.upper(),
            "slug": slug,
            "currencyCode": currency,
            "defaultCountry": country,
            "isActive": True,
        }
        return self.make(f"channel {slug}", "channelCreate", "channel", "ChannelCreateInput!", given | more)

    def warehouse(self, slug: str = "main") -> str:
        given = {"name": slug.title(), "slug": slug, "address": ADDRESS}
        return self.make(f"warehouse {slug}", "createWarehouse", "warehouse", "WarehouseCreateInput!", given)

    def supply(
        self, channel: str = "us", warehouse: str = "main", countries: tuple[str, ...] = ("US",)
    ) -> str:
        """Link warehouse and channel, and serve the countries from it."""
        self.call(
            "channelUpdate",
            "channel { id }",
            id=("ID!", self.made[f"channel {channel}"]),
            input=("ChannelUpdateInput!", {"addWarehouses": [self.made[f"warehouse {warehouse}"]]}),
        )
        given = {
            "name": f"Zone of {channel}",
            "countries": list(countries),
            "addWarehouses": [self.made[f"warehouse {warehouse}"]],
            "addChannels": [self.made[f"channel {channel}"]],
        }
        return self.make(
            f"zone {channel}", "shippingZoneCreate", "shippingZone", "ShippingZoneCreateInput!", given
        )

    def taxes(
        self, channel: str = "us", rate: float = 8.5, country: str = "US", with_tax: bool = False
    ) -> str:
        rates = [{"countryCode": country, "rate": rate}]
        self.make(
            "tax class",
            "taxClassCreate",
            "taxClass",
            "TaxClassCreateInput!",
            {"name": "Standard", "createCountryRates": rates},
        )
        self.tax_configuration(channel, pricesEnteredWithTax=with_tax, displayGrossPrices=with_tax)
        return self.made["tax class"]

    def tax_configuration(self, channel: str = "us", **changes: Any) -> Any:
        found = self.ask(
            "query($id: ID!) { channel(id: $id) { taxConfiguration { id } } }",
            id=self.made[f"channel {channel}"],
        )
        return self.call(
            "taxConfigurationUpdate",
            "taxConfiguration { id chargeTaxes pricesEnteredWithTax displayGrossPrices taxCalculationStrategy }",
            errors="field message code countryCodes",
            id=("ID!", found["taxConfiguration"]["id"]),
            input=("TaxConfigurationUpdateInput!", changes),
        )

    def attribute(
        self, slug: str, input_type: str = "DROPDOWN", *, values: tuple[str, ...] = (), **more: Any
    ) -> str:
        given = {"name": slug.title(), "slug": slug, "type": "PRODUCT_TYPE", "inputType": input_type}
        if values:
            given["values"] = [{"name": one} for one in values]
        return self.make(slug, "attributeCreate", "attribute", "AttributeCreateInput!", given | more)

    def product_type(self, slug: str = "cup-set", *, attributes: tuple[str, ...] = (), **more: Any) -> str:
        given = {"name": slug.title(), "slug": slug, "kind": "NORMAL", "isShippingRequired": True}
        given["productAttributes"] = [self.made[one] for one in attributes]
        if "tax class" in self.made:
            given["taxClass"] = self.made["tax class"]
        return self.make("type", "productTypeCreate", "productType", "ProductTypeInput!", given | more)

    def variant_attribute(self, slug: str) -> Any:
        operations = [{"id": self.made[slug], "type": "VARIANT", "variantSelection": True}]
        return self.call(
            "productAttributeAssign",
            "productType { id }",
            productTypeId=("ID!", self.made["type"]),
            operations=("[ProductAttributeAssignInput!]!", operations),
        )

    def category(self, slug: str = "sets", **more: Any) -> str:
        given = {"name": slug.title(), "slug": slug}
        return self.make(f"category {slug}", "categoryCreate", "category", "CategoryInput!", given | more)

    def page(self, slug: str, title: str) -> str:
        if "page type" not in self.made:
            self.make(
                "page type",
                "pageTypeCreate",
                "pageType",
                "PageTypeCreateInput!",
                {"name": "Guide", "slug": "guide"},
            )
        given = {
            "title": title,
            "slug": slug,
            "pageType": self.made["page type"],
            "content": TEXT,
            "isPublished": True,
        }
        return self.make(f"page {slug}", "pageCreate", "page", "PageCreateInput!", given)

    def product(self, slug: str = "starter", *, category: str | None = "sets", **more: Any) -> str:
        given = {"name": slug.title(), "slug": slug, "productType": self.made["type"], "description": TEXT}
        if category:
            given["category"] = self.made[f"category {category}"]
        return self.make(slug, "productCreate", "product", "ProductCreateInput!", given | more)

    def publish(self, product: str = "starter", channel: str = "us", **more: Any) -> Any:
        listing = {
            "channelId": self.made[f"channel {channel}"],
            "isPublished": True,
            "visibleInListings": True,
        }
        listing |= {"isAvailableForPurchase": True} | more
        return self.call(
            "productChannelListingUpdate",
            "product { id }",
            errors="field message code channels",
            id=("ID!", self.made[product]),
            input=("ProductChannelListingUpdateInput!", {"updateChannels": [listing]}),
        )

    def variant(self, sku: str, product: str = "starter", *, stock: int | None = None, **more: Any) -> str:
        given: dict[str, Any] = {"product": self.made[product], "sku": sku, "attributes": []}
        if stock is not None:
            given["stocks"] = [{"warehouse": self.made["warehouse main"], "quantity": stock}]
        return self.make(
            sku, "productVariantCreate", "productVariant", "ProductVariantCreateInput!", given | more
        )

    def price(self, sku: str, amount: str, channel: str = "us", **more: Any) -> Any:
        row = {"channelId": self.made[f"channel {channel}"], "price": amount} | more
        return self.call(
            "productVariantChannelListingUpdate",
            "variant { channelListings { channel { slug } price { amount currency } costPrice { amount } } }",
            errors="field message code channels",
            id=("ID!", self.made[sku]),
            input=("[ProductVariantChannelListingAddInput!]!", [row]),
        )

    def open(self) -> None:
        """A channel in dollars, a warehouse that serves it, 8.5 % tax on top of prices, a type, a category."""
        self.channel()
        self.warehouse()
        self.supply()
        self.taxes()
        self.product_type()
        self.category()

    def sell(self, slug: str, *prices: str, stock: int = 10, **more: Any) -> str:
        """A published product with one variant a price: `starter-1`, `starter-2` …"""
        self.product(slug, **more)
        self.publish(slug)
        for at, amount in enumerate(prices, start=1):
            self.variant(f"{slug}-{at}", slug, stock=stock)
            assert self.price(f"{slug}-{at}", amount)["errors"] == []
        return self.made[slug]
