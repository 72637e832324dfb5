from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ProductKeys(BaseModel):
    products: Optional["ProductKeysProducts"]


class ProductKeysProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    page_info: "ProductKeysProductsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductKeysProductsEdges"]


class ProductKeysProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductKeysProductsEdges(BaseModel):
    node: "ProductKeysProductsEdgesNode"


class ProductKeysProductsEdgesNode(BaseModel):
    id: str
    slug: str
    name: str
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")
    de: Optional["ProductKeysProductsEdgesNodeDe"]
    es: Optional["ProductKeysProductsEdgesNodeEs"]
    media: Optional[list["ProductKeysProductsEdgesNodeMedia"]]
    product_variants: Optional["ProductKeysProductsEdgesNodeProductVariants"] = Field(
        alias="productVariants"
    )


class ProductKeysProductsEdgesNodeDe(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


class ProductKeysProductsEdgesNodeEs(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


class ProductKeysProductsEdgesNodeMedia(BaseModel):
    id: str
    alt: str
    de: Optional[str]
    es: Optional[str]


class ProductKeysProductsEdgesNodeProductVariants(BaseModel):
    edges: list["ProductKeysProductsEdgesNodeProductVariantsEdges"]


class ProductKeysProductsEdgesNodeProductVariantsEdges(BaseModel):
    node: "ProductKeysProductsEdgesNodeProductVariantsEdgesNode"


class ProductKeysProductsEdgesNodeProductVariantsEdgesNode(BaseModel):
    id: str
    sku: Optional[str]
    name: str
    de: Optional["ProductKeysProductsEdgesNodeProductVariantsEdgesNodeDe"]
    es: Optional["ProductKeysProductsEdgesNodeProductVariantsEdgesNodeEs"]
    channel_listings: Optional[
        list["ProductKeysProductsEdgesNodeProductVariantsEdgesNodeChannelListings"]
    ] = Field(alias="channelListings")
    stocks: Optional[list["ProductKeysProductsEdgesNodeProductVariantsEdgesNodeStocks"]]


class ProductKeysProductsEdgesNodeProductVariantsEdgesNodeDe(BaseModel):
    name: str


class ProductKeysProductsEdgesNodeProductVariantsEdgesNodeEs(BaseModel):
    name: str


class ProductKeysProductsEdgesNodeProductVariantsEdgesNodeChannelListings(BaseModel):
    channel: (
        "ProductKeysProductsEdgesNodeProductVariantsEdgesNodeChannelListingsChannel"
    )
    price: Optional[
        "ProductKeysProductsEdgesNodeProductVariantsEdgesNodeChannelListingsPrice"
    ]


class ProductKeysProductsEdgesNodeProductVariantsEdgesNodeChannelListingsChannel(
    BaseModel
):
    slug: str


class ProductKeysProductsEdgesNodeProductVariantsEdgesNodeChannelListingsPrice(
    BaseModel
):
    amount: float


class ProductKeysProductsEdgesNodeProductVariantsEdgesNodeStocks(BaseModel):
    warehouse: "ProductKeysProductsEdgesNodeProductVariantsEdgesNodeStocksWarehouse"


class ProductKeysProductsEdgesNodeProductVariantsEdgesNodeStocksWarehouse(BaseModel):
    slug: str


ProductKeys.model_rebuild()
ProductKeysProducts.model_rebuild()
ProductKeysProductsEdges.model_rebuild()
ProductKeysProductsEdgesNode.model_rebuild()
ProductKeysProductsEdgesNodeProductVariants.model_rebuild()
ProductKeysProductsEdgesNodeProductVariantsEdges.model_rebuild()
ProductKeysProductsEdgesNodeProductVariantsEdgesNode.model_rebuild()
ProductKeysProductsEdgesNodeProductVariantsEdgesNodeChannelListings.model_rebuild()
ProductKeysProductsEdgesNodeProductVariantsEdgesNodeStocks.model_rebuild()
