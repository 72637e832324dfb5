"""Test data created through the API alone, so that the engine and Saleor get the same: a channel that sells two variants."""

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
WAREHOUSE_ADDRESS = {
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


def log_in_superuser(api: Api) -> str:
    """An access token of the superuser. Retries, since a failed login of another test delays the next attempts."""
    query = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{field code}}}"
    for _ in range(30):
        response = api.execute(query, {"e": EMAIL, "p": PASSWORD})["tokenCreate"]
        if response["token"]:
            return str(response["token"])
        time.sleep(1)
    raise AssertionError(response["errors"])


@dataclass
class ShopSetup:
    """A channel with its warehouse, tax class, shipping zone, product type and product; `ids` holds their ids.

    Slugs and names end in `suffix`, so that the tests can run repeatedly against one server.
    """

    api: Api
    suffix: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    ids: dict[str, str] = field(default_factory=dict)
    currency: str = "USD"
    _staff_token: str = ""
    _staff_token_expires: float = 0.0

    @property
    def channel(self) -> str:
        return f"us-{self.suffix}"

    @property
    def staff_token(self) -> str:
        """An access token of the superuser, renewed before its five minutes are over."""
        if time.monotonic() > self._staff_token_expires:
            self._staff_token, self._staff_token_expires = log_in_superuser(self.api), time.monotonic() + 240
        return self._staff_token

    @cached_property
    def app_token(self) -> str:
        """The token of an app that has all PERMISSIONS."""
        query = "mutation($i:AppInput!){appCreate(input:$i){authToken app{id} errors{field code}}}"
        made = self.api.mutate(
            query, {"i": {"name": f"Contract {self.suffix}", "permissions": PERMISSIONS}}, self.staff_token
        )
        self.ids["app"] = made["app"]["id"]
        return str(made["authToken"])

    def mutate(self, query: str, **variables: Any) -> dict[str, Any]:
        """Run a mutation as the app and return its payload; errors fail the test."""
        return self.api.mutate(query, variables, self.app_token)

    def set_up(self) -> "ShopSetup":
        self._set_up_shop()
        self._create_channel()
        self._create_warehouse()
        self._configure_taxes()
        self._create_shipping_zone()
        self._create_product_type()
        self.ids["product"], self.ids["variant"], self.ids["other"] = self.create_product(
            "glass", price="30.00", stock=100
        )
        return self

    def _set_up_shop(self) -> None:
        """As a new Saleor is; our catalogue has set it otherwise in a shop that was seeded."""
        self.mutate(
            "mutation{shopSettingsUpdate(input:{useLegacyShippingZoneStockAvailability:true}){errors{field message code}}}"
        )

    def _create_channel(self) -> None:
        made = self.mutate(
            "mutation($i:ChannelCreateInput!){channelCreate(input:$i){channel{id} errors{field message code}}}",
            i={
                "name": f"US {self.suffix}", "slug": self.channel, "currencyCode": self.currency, "defaultCountry": "US",
                "isActive": True, "stockSettings": {"allocationStrategy": "PRIORITIZE_SORTING_ORDER"},
                "orderSettings": {"automaticallyConfirmAllNewOrders": True, "markAsPaidStrategy": "TRANSACTION_FLOW", "allowUnpaidOrders": False},
                "paymentSettings": {"defaultTransactionFlowStrategy": "CHARGE"},
            },
        )  # fmt: skip
        self.ids["channel"] = made["channel"]["id"]

    def _create_warehouse(self) -> None:
        made = self.mutate(
            "mutation($i:WarehouseCreateInput!){createWarehouse(input:$i){warehouse{id} errors{field message code}}}",
            i={"name": f"Dock {self.suffix}", "slug": f"dock-{self.suffix}", "address": WAREHOUSE_ADDRESS},
        )
        self.ids["warehouse"] = made["warehouse"]["id"]
        self.mutate(
            "mutation($id:ID!,$w:ID!){channelUpdate(id:$id,input:{addWarehouses:[$w]}){channel{id} errors{field message code}}}",
            id=self.ids["channel"], w=self.ids["warehouse"],
        )  # fmt: skip

    def _configure_taxes(self) -> None:
        made = self.mutate(
            "mutation($i:TaxClassCreateInput!){taxClassCreate(input:$i){taxClass{id} errors{field message code}}}",
            i={"name": f"Standard {self.suffix}", "createCountryRates": [{"countryCode": "US", "rate": 8.5}]},
        )
        self.ids["tax_class"] = made["taxClass"]["id"]
        configuration = self.api.execute(
            "query($s:String!){channel(slug:$s){taxConfiguration{id}}}", {"s": self.channel}, self.app_token
        )["channel"]["taxConfiguration"]["id"]
        self.mutate(
            "mutation($id:ID!,$i:TaxConfigurationUpdateInput!){taxConfigurationUpdate(id:$id,input:$i){taxConfiguration{id} errors{field message code}}}",
            id=configuration,
            i={"chargeTaxes": True, "taxCalculationStrategy": "FLAT_RATES", "displayGrossPrices": False, "pricesEnteredWithTax": False},
        )  # fmt: skip

    def _create_shipping_zone(self) -> None:
        made = self.mutate(
            "mutation($i:ShippingZoneCreateInput!){shippingZoneCreate(input:$i){shippingZone{id} errors{field message code}}}",
            i={"name": f"US {self.suffix}", "countries": ["US"], "addWarehouses": [self.ids["warehouse"]], "addChannels": [self.ids["channel"]]},
        )  # fmt: skip
        self.ids["zone"] = made["shippingZone"]["id"]
        self.ids["method"] = self.create_shipping_method("Standard", price="4.90")

    def create_shipping_method(self, name: str, *, price: str, **listing: Any) -> str:
        made = self.mutate(
            "mutation($i:ShippingPriceInput!){shippingPriceCreate(input:$i){shippingMethod{id} errors{field message code}}}",
            i={"name": name, "shippingZone": self.ids["zone"], "type": "PRICE", "minimumDeliveryDays": 3, "maximumDeliveryDays": 5, "taxClass": self.ids["tax_class"]},
        )  # fmt: skip
        method = str(made["shippingMethod"]["id"])
        self.mutate(
            "mutation($id:ID!,$i:ShippingMethodChannelListingInput!){shippingMethodChannelListingUpdate(id:$id,input:$i){shippingMethod{id} errors{field message code}}}",
            id=method, i={"addChannels": [{"channelId": self.ids["channel"], "price": price, **listing}]},
        )  # fmt: skip
        return method

    def _create_product_type(self) -> None:
        create = "mutation($i:AttributeCreateInput!){attributeCreate(input:$i){attribute{id} errors{field message code}}}"
        attributes = {
            "material": {"inputType": "DROPDOWN", "values": [{"name": "Silicone"}, {"name": "Glass"}]},
            "count": {"inputType": "NUMERIC"},
            "colour": {"inputType": "SWATCH", "values": [{"name": "Teal", "value": "#107070"}, {"name": "Plum", "value": "#703060"}]},
        }  # fmt: skip
        for slug, given in attributes.items():
            input_data = {
                "name": slug.title(),
                "slug": f"{slug}-{self.suffix}",
                "type": "PRODUCT_TYPE",
                **given,
            }
            self.ids[slug] = self.mutate(create, i=input_data)["attribute"]["id"]
        made = self.mutate(
            "mutation($i:ProductTypeInput!){productTypeCreate(input:$i){productType{id} errors{field message code}}}",
            i={"name": f"Set {self.suffix}", "slug": f"set-{self.suffix}", "kind": "NORMAL", "isShippingRequired": True, "taxClass": self.ids["tax_class"], "productAttributes": [self.ids["material"], self.ids["count"]]},
        )  # fmt: skip
        self.ids["product_type"] = made["productType"]["id"]
        self.mutate(
            "mutation($t:ID!,$o:[ProductAttributeAssignInput!]!){productAttributeAssign(productTypeId:$t,operations:$o){productType{id} errors{field message code}}}",
            t=self.ids["product_type"], o=[{"id": self.ids["colour"], "type": "VARIANT", "variantSelection": True}],
        )  # fmt: skip
        made = self.mutate(
            "mutation($i:CategoryInput!){categoryCreate(input:$i){category{id} errors{field message code}}}",
            i={"name": f"Sets {self.suffix}", "slug": f"sets-{self.suffix}"},
        )
        self.ids["category"] = made["category"]["id"]

    def create_product(self, name: str, *, price: str, stock: int) -> tuple[str, str, str]:
        """Create a published product with a teal and a plum variant; returns their ids (product, teal, plum)."""
        made = self.mutate(
            "mutation($i:ProductCreateInput!){productCreate(input:$i){product{id} errors{field message code}}}",
            i={
                "name": f"{name} {self.suffix}", "slug": f"{name}-{self.suffix}", "productType": self.ids["product_type"],
                "category": self.ids["category"],
                "attributes": [{"id": self.ids["material"], "dropdown": {"value": "Glass"}}, {"id": self.ids["count"], "numeric": "4"}],
            },
        )  # fmt: skip
        product = str(made["product"]["id"])
        self.mutate(
            "mutation($id:ID!,$c:ID!){productChannelListingUpdate(id:$id,input:{updateChannels:[{channelId:$c,isPublished:true,visibleInListings:true,isAvailableForPurchase:true}]}){product{id} errors{field message code}}}",
            id=product, c=self.ids["channel"],
        )  # fmt: skip
        teal, plum = (
            self.create_variant(product, f"{name}-{color}", color, price, stock) for color in ("Teal", "Plum")
        )
        return product, teal, plum

    def create_variant(self, product: str, sku: str, color: str, price: str, stock: int) -> str:
        made = self.mutate(
            "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id} errors{field message code}}}",
            i={"product": product, "sku": f"{sku}-{self.suffix}", "name": color, "trackInventory": True, "attributes": [{"id": self.ids["colour"], "swatch": {"value": color}}], "stocks": [{"warehouse": self.ids["warehouse"], "quantity": stock}]},
        )  # fmt: skip
        create_variant = str(made["productVariant"]["id"])
        self.mutate(
            "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{id} errors{field message code}}}",
            id=create_variant, i=[{"channelId": self.ids["channel"], "price": price}],
        )  # fmt: skip
        return create_variant
