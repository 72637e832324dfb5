"""Sets up a shop through the API, one mutation at a time."""

from typing import Any

from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL_PERMISSIONS
from tests.engine.api_client import execute_field

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
    """An API client with all permissions. `ids`: global ids of what it created, by the names the methods give them."""

    def __init__(self) -> None:
        self.app = App.objects.create(name="Seeder", permissions=sorted(ALL_PERMISSIONS))
        self.ids: dict[str, str] = {}

    def token(self) -> str:
        """A token of the app, created once."""
        if not hasattr(self, "_token"):
            self._token = app_tokens.issue_token(self.app)[1]
        return self._token

    def execute(self, document: str, **variables: Any) -> Any:
        return execute_field(document, as_=self.token(), **variables)

    def mutate(
        self, field: str, selection: str, *, errors: str = "field message code", **arguments: tuple[str, Any]
    ) -> Any:
        """`mutate("menuCreate", "menu{id}", input=("MenuCreateInput!", {...}))` → the payload; arguments are (type, value)."""
        declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in arguments.items())
        passed = ", ".join(f"{name}: ${name}" for name in arguments)
        document = f"mutation M({declared}) {{ {field}({passed}) {{ {selection} errors {{ {errors} }} }} }}"
        return self.execute(document, **{name: value for name, (_, value) in arguments.items()})

    def create(self, name: str, field: str, payload_field: str, kind: str, given: dict[str, Any]) -> str:
        """Call the mutation with `input`, store the id in `ids[name]` and return it; fail on errors."""
        payload = self.mutate(field, f"{payload_field} {{ id }}", input=(kind, given))
        assert payload["errors"] == []
        self.ids[name] = payload[payload_field]["id"]
        return self.ids[name]

    def channel(self, slug: str = "us", currency: str = "USD", country: str = "US", **more: Any) -> str:
        given = {
            "name": slug.upper(),
            "slug": slug,
            "currencyCode": currency,
            "defaultCountry": country,
            "isActive": True,
        }
        return self.create(f"channel {slug}", "channelCreate", "channel", "ChannelCreateInput!", given | more)

    def warehouse(self, slug: str = "main") -> str:
        given = {"name": slug.title(), "slug": slug, "address": ADDRESS}
        return self.create(
            f"warehouse {slug}", "createWarehouse", "warehouse", "WarehouseCreateInput!", given
        )

    def link_warehouse(
        self, channel: str = "us", warehouse: str = "main", countries: tuple[str, ...] = ("US",)
    ) -> str:
        """Link warehouse and channel, and serve the countries from it."""
        self.mutate(
            "channelUpdate",
            "channel { id }",
            id=("ID!", self.ids[f"channel {channel}"]),
            input=("ChannelUpdateInput!", {"addWarehouses": [self.ids[f"warehouse {warehouse}"]]}),
        )
        given = {
            "name": f"Zone of {channel}",
            "countries": list(countries),
            "addWarehouses": [self.ids[f"warehouse {warehouse}"]],
            "addChannels": [self.ids[f"channel {channel}"]],
        }
        return self.create(
            f"zone {channel}", "shippingZoneCreate", "shippingZone", "ShippingZoneCreateInput!", given
        )

    def taxes(
        self, channel: str = "us", rate: float = 8.5, country: str = "US", with_tax: bool = False
    ) -> str:
        rates = [{"countryCode": country, "rate": rate}]
        self.create(
            "tax class",
            "taxClassCreate",
            "taxClass",
            "TaxClassCreateInput!",
            {"name": "Standard", "createCountryRates": rates},
        )
        self.tax_configuration(channel, pricesEnteredWithTax=with_tax, displayGrossPrices=with_tax)
        return self.ids["tax class"]

    def tax_configuration(self, channel: str = "us", **changes: Any) -> Any:
        found = self.execute(
            "query($id: ID!) { channel(id: $id) { taxConfiguration { id } } }",
            id=self.ids[f"channel {channel}"],
        )
        return self.mutate(
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
            given["values"] = [{"name": value} for value in values]
        return self.create(slug, "attributeCreate", "attribute", "AttributeCreateInput!", given | more)

    def product_type(self, slug: str = "cup-set", *, attributes: tuple[str, ...] = (), **more: Any) -> str:
        given = {"name": slug.title(), "slug": slug, "kind": "NORMAL", "isShippingRequired": True}
        given["productAttributes"] = [self.ids[slug_] for slug_ in attributes]
        if "tax class" in self.ids:
            given["taxClass"] = self.ids["tax class"]
        return self.create("type", "productTypeCreate", "productType", "ProductTypeInput!", given | more)

    def variant_attribute(self, slug: str) -> Any:
        operations = [{"id": self.ids[slug], "type": "VARIANT", "variantSelection": True}]
        return self.mutate(
            "productAttributeAssign",
            "productType { id }",
            productTypeId=("ID!", self.ids["type"]),
            operations=("[ProductAttributeAssignInput!]!", operations),
        )

    def category(self, slug: str = "sets", **more: Any) -> str:
        given = {"name": slug.title(), "slug": slug}
        return self.create(f"category {slug}", "categoryCreate", "category", "CategoryInput!", given | more)

    def page(self, slug: str, title: str) -> str:
        if "page type" not in self.ids:
            self.create(
                "page type",
                "pageTypeCreate",
                "pageType",
                "PageTypeCreateInput!",
                {"name": "Guide", "slug": "guide"},
            )
        given = {
            "title": title,
            "slug": slug,
            "pageType": self.ids["page type"],
            "content": TEXT,
            "isPublished": True,
        }
        return self.create(f"page {slug}", "pageCreate", "page", "PageCreateInput!", given)

    def product(self, slug: str = "starter", *, category: str | None = "sets", **more: Any) -> str:
        given = {"name": slug.title(), "slug": slug, "productType": self.ids["type"], "description": TEXT}
        if category:
            given["category"] = self.ids[f"category {category}"]
        return self.create(slug, "productCreate", "product", "ProductCreateInput!", given | more)

    def publish(self, product: str = "starter", channel: str = "us", **more: Any) -> Any:
        listing = {
            "channelId": self.ids[f"channel {channel}"],
            "isPublished": True,
            "visibleInListings": True,
        }
        listing |= {"isAvailableForPurchase": True} | more
        return self.mutate(
            "productChannelListingUpdate",
            "product { id }",
            errors="field message code channels",
            id=("ID!", self.ids[product]),
            input=("ProductChannelListingUpdateInput!", {"updateChannels": [listing]}),
        )

    def variant(self, sku: str, product: str = "starter", *, stock: int | None = None, **more: Any) -> str:
        given: dict[str, Any] = {"product": self.ids[product], "sku": sku, "attributes": []}
        if stock is not None:
            given["stocks"] = [{"warehouse": self.ids["warehouse main"], "quantity": stock}]
        return self.create(
            sku, "productVariantCreate", "productVariant", "ProductVariantCreateInput!", given | more
        )

    def price(self, sku: str, amount: str, channel: str = "us", **more: Any) -> Any:
        row = {"channelId": self.ids[f"channel {channel}"], "price": amount} | more
        return self.mutate(
            "productVariantChannelListingUpdate",
            "variant { channelListings { channel { slug } price { amount currency } costPrice { amount } } }",
            errors="field message code channels",
            id=("ID!", self.ids[sku]),
            input=("[ProductVariantChannelListingAddInput!]!", [row]),
        )

    def set_up_shop(self) -> None:
        """A channel in dollars, a warehouse that serves it, 8.5 % tax on top of prices, a type, a category."""
        self.channel()
        self.warehouse()
        self.link_warehouse()
        self.taxes()
        self.product_type()
        self.category()

    def create_listed_product(self, slug: str, *prices: str, stock: int = 10, **more: Any) -> str:
        """A published product with a variant for each price: `starter-1`, `starter-2` …"""
        self.product(slug, **more)
        self.publish(slug)
        for number, amount in enumerate(prices, start=1):
            self.variant(f"{slug}-{number}", slug, stock=stock)
            assert self.price(f"{slug}-{number}", amount)["errors"] == []
        return self.ids[slug]
