"""A channel for sale, set up through the API alone, the same way in both shops."""

import time
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tests.contract.targets import EMAIL, PASSWORD, Api

ADDRESS = {
    "firstName": "Ada", "lastName": "Guest", "streetAddress1": "1600 Amphitheatre Pkwy", "city": "Mountain View",
    "postalCode": "94043", "country": "US", "countryArea": "CA", "phone": "+16502530000",
}  # fmt: skip
DOCK = {
    "streetAddress1": "1 Dock Street",
    "city": "San Francisco",
    "country": "US",
    "countryArea": "CA",
    "postalCode": "94105",
}
PERMISSIONS = [
    "MANAGE_PRODUCTS",
    "MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES",
    "MANAGE_PAGES",
    "MANAGE_PAGE_TYPES_AND_ATTRIBUTES",
    "MANAGE_CHANNELS",
    "MANAGE_SHIPPING",
    "MANAGE_ORDERS",
    "MANAGE_CHECKOUTS",
    "HANDLE_CHECKOUTS",
    "HANDLE_PAYMENTS",
    "MANAGE_SETTINGS",
    "MANAGE_MENUS",
    "MANAGE_TAXES",
    "MANAGE_DISCOUNTS",
    "MANAGE_GIFT_CARD",
    "MANAGE_USERS",
    "MANAGE_APPS",
    "MANAGE_TRANSLATIONS",
]


def entered(api: Api) -> str:
    """The superuser's token. A shop slows down whoever guessed wrong, tests too."""
    query = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{field code}}}"
    for _ in range(30):
        answer = api.ask(query, {"e": EMAIL, "p": PASSWORD})["tokenCreate"]
        if answer["token"]:
            return str(answer["token"])
        time.sleep(1)
    raise AssertionError(answer["errors"])


@dataclass
class World:
    """Ids of what was set up. Slugs carry `mark`, so that a shop may be asked again and again."""

    api: Api
    mark: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    ids: dict[str, str] = field(default_factory=dict)
    currency: str = "USD"
    staff_token: str = ""
    staff_until: float = 0.0

    @property
    def channel(self) -> str:
        return f"us-{self.mark}"

    @property
    def staff(self) -> str:
        """A token of the superuser, renewed before its five minutes are over."""
        if time.monotonic() > self.staff_until:
            self.staff_token, self.staff_until = entered(self.api), time.monotonic() + 240
        return self.staff_token

    @cached_property
    def app(self) -> str:
        """The token of an app with every permission that is needed here."""
        query = "mutation($i:AppInput!){appCreate(input:$i){authToken app{id} errors{field code}}}"
        made = self.api.do(
            query, {"i": {"name": f"Contract {self.mark}", "permissions": PERMISSIONS}}, self.staff
        )
        self.ids["app"] = made["app"]["id"]
        return str(made["authToken"])

    def do(self, query: str, **variables: Any) -> dict[str, Any]:
        """A mutation with all rights; errors fail."""
        return self.api.do(query, variables, self.app)

    def set_up(self) -> "World":
        self._channel()
        self._warehouse()
        self._taxes()
        self._shipping()
        self._types()
        self.ids["product"], self.ids["variant"], self.ids["other"] = self.product(
            "glass", price="30.00", stock=100
        )
        return self

    def _channel(self) -> None:
        made = self.do(
            "mutation($i:ChannelCreateInput!){channelCreate(input:$i){channel{id} errors{field message code}}}",
            i={
                "name": f"US {self.mark}", "slug": self.channel, "currencyCode": self.currency, "defaultCountry": "US",
                "isActive": True, "stockSettings": {"allocationStrategy": "PRIORITIZE_SORTING_ORDER"},
                "orderSettings": {"automaticallyConfirmAllNewOrders": True, "markAsPaidStrategy": "TRANSACTION_FLOW", "allowUnpaidOrders": False},
                "paymentSettings": {"defaultTransactionFlowStrategy": "CHARGE"},
            },
        )  # fmt: skip
        self.ids["channel"] = made["channel"]["id"]

    def _warehouse(self) -> None:
        made = self.do(
            "mutation($i:WarehouseCreateInput!){createWarehouse(input:$i){warehouse{id} errors{field message code}}}",
            i={"name": f"Dock {self.mark}", "slug": f"dock-{self.mark}", "address": DOCK},
        )
        self.ids["warehouse"] = made["warehouse"]["id"]
        self.do(
            "mutation($id:ID!,$w:ID!){channelUpdate(id:$id,input:{addWarehouses:[$w]}){channel{id} errors{field message code}}}",
            id=self.ids["channel"], w=self.ids["warehouse"],
        )  # fmt: skip

    def _taxes(self) -> None:
        made = self.do(
            "mutation($i:TaxClassCreateInput!){taxClassCreate(input:$i){taxClass{id} errors{field message code}}}",
            i={"name": f"Standard {self.mark}", "createCountryRates": [{"countryCode": "US", "rate": 8.5}]},
        )
        self.ids["tax_class"] = made["taxClass"]["id"]
        configuration = self.api.ask(
            "query($s:String!){channel(slug:$s){taxConfiguration{id}}}", {"s": self.channel}, self.app
        )["channel"]["taxConfiguration"]["id"]
        self.do(
            "mutation($id:ID!,$i:TaxConfigurationUpdateInput!){taxConfigurationUpdate(id:$id,input:$i){taxConfiguration{id} errors{field message code}}}",
            id=configuration,
            i={"chargeTaxes": True, "taxCalculationStrategy": "FLAT_RATES", "displayGrossPrices": False, "pricesEnteredWithTax": False},
        )  # fmt: skip

    def _shipping(self) -> None:
        made = self.do(
            "mutation($i:ShippingZoneCreateInput!){shippingZoneCreate(input:$i){shippingZone{id} errors{field message code}}}",
            i={"name": f"US {self.mark}", "countries": ["US"], "addWarehouses": [self.ids["warehouse"]], "addChannels": [self.ids["channel"]]},
        )  # fmt: skip
        self.ids["zone"] = made["shippingZone"]["id"]
        self.ids["method"] = self.shipping_method("Standard", price="4.90")

    def shipping_method(self, name: str, *, price: str, **listing: Any) -> str:
        made = self.do(
            "mutation($i:ShippingPriceInput!){shippingPriceCreate(input:$i){shippingMethod{id} errors{field message code}}}",
            i={"name": name, "shippingZone": self.ids["zone"], "type": "PRICE", "minimumDeliveryDays": 3, "maximumDeliveryDays": 5, "taxClass": self.ids["tax_class"]},
        )  # fmt: skip
        method = str(made["shippingMethod"]["id"])
        self.do(
            "mutation($id:ID!,$i:ShippingMethodChannelListingInput!){shippingMethodChannelListingUpdate(id:$id,input:$i){shippingMethod{id} errors{field message code}}}",
            id=method, i={"addChannels": [{"channelId": self.ids["channel"], "price": price, **listing}]},
        )  # fmt: skip
        return method

    def _types(self) -> None:
        create = "mutation($i:AttributeCreateInput!){attributeCreate(input:$i){attribute{id} errors{field message code}}}"
        attributes = {
            "material": {"inputType": "DROPDOWN", "values": [{"name": "Silicone"}, {"name": "Glass"}]},
            "count": {"inputType": "NUMERIC"},
            "colour": {"inputType": "SWATCH", "values": [{"name": "Teal", "value": "#107070"}, {"name": "Plum", "value": "#703060"}]},
        }  # fmt: skip
        for slug, given in attributes.items():
            wanted = {"name": slug.title(), "slug": f"{slug}-{self.mark}", "type": "PRODUCT_TYPE", **given}
            self.ids[slug] = self.do(create, i=wanted)["attribute"]["id"]
        made = self.do(
            "mutation($i:ProductTypeInput!){productTypeCreate(input:$i){productType{id} errors{field message code}}}",
            i={"name": f"Set {self.mark}", "slug": f"set-{self.mark}", "kind": "NORMAL", "isShippingRequired": True, "taxClass": self.ids["tax_class"], "productAttributes": [self.ids["material"], self.ids["count"]]},
        )  # fmt: skip
        self.ids["product_type"] = made["productType"]["id"]
        self.do(
            "mutation($t:ID!,$o:[ProductAttributeAssignInput!]!){productAttributeAssign(productTypeId:$t,operations:$o){productType{id} errors{field message code}}}",
            t=self.ids["product_type"], o=[{"id": self.ids["colour"], "type": "VARIANT", "variantSelection": True}],
        )  # fmt: skip
        made = self.do(
            "mutation($i:CategoryInput!){categoryCreate(input:$i){category{id} errors{field message code}}}",
            i={"name": f"Sets {self.mark}", "slug": f"sets-{self.mark}"},
        )
        self.ids["category"] = made["category"]["id"]

    def product(self, name: str, *, price: str, stock: int) -> tuple[str, str, str]:
        """A published product with a teal and a plum variant; (product id, teal id, plum id)."""
        made = self.do(
            "mutation($i:ProductCreateInput!){productCreate(input:$i){product{id} errors{field message code}}}",
            i={
                "name": f"{name} {self.mark}", "slug": f"{name}-{self.mark}", "productType": self.ids["product_type"],
                "category": self.ids["category"],
                "attributes": [{"id": self.ids["material"], "dropdown": {"value": "Glass"}}, {"id": self.ids["count"], "numeric": "4"}],
            },
        )  # fmt: skip
        product = str(made["product"]["id"])
        self.do(
            "mutation($id:ID!,$c:ID!){productChannelListingUpdate(id:$id,input:{updateChannels:[{channelId:$c,isPublished:true,visibleInListings:true,isAvailableForPurchase:true}]}){product{id} errors{field message code}}}",
            id=product, c=self.ids["channel"],
        )  # fmt: skip
        teal, plum = (
            self.variant(product, f"{name}-{colour}", colour, price, stock) for colour in ("Teal", "Plum")
        )
        return product, teal, plum

    def variant(self, product: str, sku: str, colour: str, price: str, stock: int) -> str:
        made = self.do(
            "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id} errors{field message code}}}",
            i={"product": product, "sku": f"{sku}-{self.mark}", "name": colour, "trackInventory": True, "attributes": [{"id": self.ids["colour"], "swatch": {"value": colour}}], "stocks": [{"warehouse": self.ids["warehouse"], "quantity": stock}]},
        )  # fmt: skip
        variant = str(made["productVariant"]["id"])
        self.do(
            "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{id} errors{field message code}}}",
            id=variant, i=[{"channelId": self.ids["channel"], "price": price}],
        )  # fmt: skip
        return variant
