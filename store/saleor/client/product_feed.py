from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductMediaType
from .fragments import DeliveryOffer


class ProductFeed(BaseModel):
    shop: "ProductFeedShop"
    products: Optional["ProductFeedProducts"]


class ProductFeedShop(BaseModel):
    available_shipping_methods: Optional[
        list["ProductFeedShopAvailableShippingMethods"]
    ] = Field(alias="availableShippingMethods")


ProductFeedShopAvailableShippingMethods = DeliveryOffer


class ProductFeedProducts(BaseModel):
    page_info: "ProductFeedProductsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductFeedProductsEdges"]


class ProductFeedProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductFeedProductsEdges(BaseModel):
    node: "ProductFeedProductsEdgesNode"


class ProductFeedProductsEdgesNode(BaseModel):
    slug: str
    name: str
    description: Optional[str]
    translation: Optional["ProductFeedProductsEdgesNodeTranslation"]
    is_available_for_purchase: Optional[bool] = Field(alias="isAvailableForPurchase")
    category: Optional["ProductFeedProductsEdgesNodeCategory"]
    pricing: Optional["ProductFeedProductsEdgesNodePricing"]
    thumbnail: Optional["ProductFeedProductsEdgesNodeThumbnail"]
    product_variants: Optional["ProductFeedProductsEdgesNodeProductVariants"] = Field(
        alias="productVariants"
    )


class ProductFeedProductsEdgesNodeTranslation(BaseModel):
    name: Optional[str]
    description: Optional[str]


class ProductFeedProductsEdgesNodeCategory(BaseModel):
    name: str
    translation: Optional["ProductFeedProductsEdgesNodeCategoryTranslation"]


class ProductFeedProductsEdgesNodeCategoryTranslation(BaseModel):
    name: Optional[str]


class ProductFeedProductsEdgesNodePricing(BaseModel):
    display_gross_prices: bool = Field(alias="displayGrossPrices")


class ProductFeedProductsEdgesNodeThumbnail(BaseModel):
    url: str
    alt: Optional[str]


class ProductFeedProductsEdgesNodeProductVariants(BaseModel):
    edges: list["ProductFeedProductsEdgesNodeProductVariantsEdges"]


class ProductFeedProductsEdgesNodeProductVariantsEdges(BaseModel):
    node: "ProductFeedProductsEdgesNodeProductVariantsEdgesNode"


class ProductFeedProductsEdgesNodeProductVariantsEdgesNode(BaseModel):
    id: str
    sku: Optional[str]
    name: str
    translation: Optional[
        "ProductFeedProductsEdgesNodeProductVariantsEdgesNodeTranslation"
    ]
    quantity_available: Optional[int] = Field(alias="quantityAvailable")
    media: Optional[list["ProductFeedProductsEdgesNodeProductVariantsEdgesNodeMedia"]]
    pricing: Optional["ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricing"]


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodeTranslation(BaseModel):
    name: str


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodeMedia(BaseModel):
    url: str
    alt: str
    type_: ProductMediaType = Field(alias="type")


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricing(BaseModel):
    price: Optional["ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPrice"]
    price_undiscounted: Optional[
        "ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceUndiscounted"
    ] = Field(alias="priceUndiscounted")


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPrice(BaseModel):
    gross: "ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceGross"
    net: "ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceNet"


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceGross(BaseModel):
    amount: float
    currency: str


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceNet(BaseModel):
    amount: float
    currency: str


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceUndiscounted(
    BaseModel
):
    gross: "ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceUndiscountedGross"
    net: "ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceUndiscountedNet"


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceUndiscountedGross(
    BaseModel
):
    amount: float
    currency: str


class ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceUndiscountedNet(
    BaseModel
):
    amount: float
    currency: str


ProductFeed.model_rebuild()
ProductFeedShop.model_rebuild()
ProductFeedProducts.model_rebuild()
ProductFeedProductsEdges.model_rebuild()
ProductFeedProductsEdgesNode.model_rebuild()
ProductFeedProductsEdgesNodeCategory.model_rebuild()
ProductFeedProductsEdgesNodeProductVariants.model_rebuild()
ProductFeedProductsEdgesNodeProductVariantsEdges.model_rebuild()
ProductFeedProductsEdgesNodeProductVariantsEdgesNode.model_rebuild()
ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricing.model_rebuild()
ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPrice.model_rebuild()
ProductFeedProductsEdgesNodeProductVariantsEdgesNodePricingPriceUndiscounted.model_rebuild()
