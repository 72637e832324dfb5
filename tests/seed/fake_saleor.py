"""A fake Saleor that stores what the seed writes; each document and variable is checked against the schema slice.

It supports only what the seed's tests need; other tests seed the embedded engine.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from graphql import GraphQLResolveInfo, build_schema, graphql_sync

import store.saleor
from store.saleor.client.client import Client
from store.saleor.transports import Response

SCHEMA = build_schema((Path(store.saleor.__file__).parent / "schema.graphql").read_text())
LISTS = {
    "warehouses": "warehouse", "shippingZones": "shippingZone", "taxClasses": "taxClass",
    "pageTypes": "pageType", "pages": "page", "attributes": "attribute", "productTypes": "productType",
    "categories": "category", "collections": "collection", "products": "product",
}  # fmt: skip
Record = dict[str, Any]


class FakeSaleor:
    def __init__(self) -> None:
        self.records: dict[str, dict[str, Record]] = defaultdict(dict)
        self.metadata: dict[str, str] = {}
        self.calls: Counter[str] = Counter()
        self._numbers = count(1)
        self.refused_mutation: str | None = None
        self.client = Client(self)  # type: ignore[arg-type]

    @property
    def writes(self) -> Counter[str]:
        """Mutations by name, without those that only store fingerprints."""
        return Counter({name: n for name, n in self.calls.items() if name in SCHEMA.mutation_type.fields})  # type: ignore[union-attr]

    def named(self, kind: str) -> set[str]:
        return {
            record.get("slug") or record.get("sku") or record["name"]
            for record in self.records[kind].values()
        }

    def post(self, body: bytes, headers: Mapping[str, str]) -> Response:
        operation = json.loads(_operations(body, headers.get("content-type", "")))
        result = graphql_sync(
            SCHEMA, operation["query"], variable_values=operation["variables"], field_resolver=self._resolve
        )
        assert not result.errors, result.errors
        return Response(200, json.dumps({"data": result.data}).encode())

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **args: Any) -> Any:
        name = info.field_name
        if info.parent_type is SCHEMA.query_type:
            return self._query(name, args)
        if info.parent_type is SCHEMA.mutation_type:
            only_fingerprints = name == "shopSettingsUpdate" and set(args["input"]) == {"privateMetadata"}
            self.calls["fingerprints" if only_fingerprints else name] += 1
            if name == self.refused_mutation:
                return {
                    "errors": [{"field": "name", "message": "No.", "code": "INVALID"}],
                    "results": [],
                    "count": 0,
                }
            handler = getattr(self, f"_{name}", None)
            return handler(**args) if handler else self._write(name, info, args)
        if name == "translation":
            return source.get("translations", {}).get(args["languageCode"])
        if name == "metafield":
            return source.get("metafields", {}).get(args["key"])
        return self._field(source, info.parent_type.name, name)

    def _field(self, source: Any, type_name: str, name: str) -> Any:
        if type_name in ("Product", "ProductVariant") and name == "attributes":
            return [self._selected(source, given) for given in source.get("attributes") or ()]
        if type_name == "ProductVariant" and name == "channelListings":
            return [self._listing(given) for given in source.get("channelListings") or ()]
        if name in ("seoTitle", "seoDescription") and "seo" in source:
            return source["seo"][name.removeprefix("seo").lower()]
        return source.get(name) if isinstance(source, dict) else getattr(source, name)

    def _query(self, name: str, args: Record) -> Any:
        if name == "shop":
            items = [{"key": key, "value": value} for key, value in self.metadata.items()]
            return {"name": "Fake", "privateMetadata": items}
        if name == "channels":
            return list(self.records["channel"].values())
        if name == "menu":
            return next((m for m in self.records["menu"].values() if m["slug"] == args["slug"]), None)
        return _connection(self.records[LISTS[name]].values())

    def _write(self, name: str, info: GraphQLResolveInfo, args: Record) -> Record:
        """`xCreate(input)` adds a record, `xUpdate(id, input)` changes one."""
        fields = getattr(info.return_type, "fields", None) or info.return_type.of_type.fields  # type: ignore[union-attr]
        kind = next(f for f in fields if not f.lower().endswith("errors") and f not in ("count", "results"))
        input_ = args.get("input")
        record = self.records[kind].get(args.get("id", ""))
        if record is None and isinstance(input_, dict) and ("Create" in name or name == "createWarehouse"):
            record = self._new(kind, input_)
        elif record is not None and name.endswith("Translate"):
            record.setdefault("translations", {})[args["languageCode"]] = input_
        elif record is not None and isinstance(input_, dict):
            record.update(input_)
        return {kind: record or {"id": args.get("id")}, "errors": []}

    def _new(self, kind: str, input_: Record) -> Record:
        id_ = f"{kind}:{next(self._numbers)}"
        record = self.records[kind][id_] = {"id": id_, **input_, **_relations(kind, id_, input_)}
        return record

    def _selected(self, owner: Record, given: Record) -> Record:
        """An attribute of a product or variant, with the value that was given for it."""
        value = {"id": f"{owner['id']}/{given['id']}", "plainText": given.get("plainText")}
        return {"attribute": self.records["attribute"][given["id"]], "values": [value]}

    def _shopSettingsUpdate(self, input: Record) -> Record:
        self.metadata |= {item["key"]: item["value"] for item in input.get("privateMetadata") or ()}
        return {"shop": {"name": "Fake"}, "errors": []}

    def _shippingPriceCreate(self, input: Record) -> Record:
        method = self._new("shippingMethod", input)
        self.records["shippingZone"][input["shippingZone"]]["shippingMethods"].append(method)
        return {"shippingMethod": method, "errors": []}

    def _productVariantCreate(self, input: Record) -> Record:
        variant = self._new("productVariant", input)
        self.records["product"][input["product"]]["productVariants"]["edges"].append({"node": variant})
        return {"productVariant": variant, "errors": []}

    def _listing(self, given: Record) -> Record:
        price = {"amount": float(given["price"]), "currency": "XXX"}
        return {"channel": self.records["channel"][given["channelId"]], "price": price}

    def _productVariantChannelListingUpdate(self, id: str, input: list[Record]) -> Record:
        known = {
            one["channelId"]: one for one in self.records["productVariant"][id].get("channelListings", ())
        }
        known |= {one["channelId"]: one for one in input}
        self.records["productVariant"][id]["channelListings"] = list(known.values())
        return {"variant": {"id": id}, "errors": []}

    def _productVariantStocksUpdate(self, variantId: str, stocks: list[Record]) -> Record:
        self.records["productVariant"][variantId]["quantities"] = {
            s["warehouse"]: s["quantity"] for s in stocks
        }
        return {"productVariant": {"id": variantId}, "errors": []}

    def _productMediaCreate(self, input: Record) -> Record:
        media = self._new("media", input)
        self.records["product"][input["product"]]["media"].append(media)
        return {"media": media, "errors": []}

    def _variantMediaAssign(self, variantId: str, mediaId: str) -> Record:
        self.records["productVariant"][variantId].setdefault("pictures", []).append(mediaId)
        return {"productVariant": {"id": variantId}, "errors": []}

    def _productMediaDelete(self, id: str) -> Record:
        product = self.records["product"][self.records["media"].pop(id)["product"]]
        product["media"] = [item for item in product["media"] if item["id"] != id]
        return {"media": {"id": id}, "errors": []}

    def _productMediaReorder(self, productId: str, mediaIds: list[str]) -> Record:
        self.records["product"][productId]["media"] = [self.records["media"][item] for item in mediaIds]
        return {"product": {"id": productId}, "errors": []}

    def _menuItemCreate(self, input: Record) -> Record:
        item = self._new("menuItem", input)
        self.records["menu"][input["menu"]]["items"].append(item)
        return {"menuItem": item, "errors": []}

    def _productAttributeAssign(self, productTypeId: str, operations: list[Record]) -> Record:
        record = self.records["productType"][productTypeId]
        for item in operations:
            slug = {"slug": self.records["attribute"][item["id"]]["slug"]}
            if item["type"] == "PRODUCT":
                record["productAttributes"].append(slug)
            else:
                record["assignedVariantAttributes"].append({"attribute": slug})
        return {"productType": record, "errors": []}


def _relations(kind: str, id_: str, input_: Record) -> Record:
    """The related objects that a new object has from the start."""
    values = [{"id": f"{id_}/{value['name']}", "name": value["name"]} for value in input_.get("values") or ()]
    return {
        "channel": {"taxConfiguration": {"id": f"tax of {id_}"}, "warehouses": []},
        "shippingZone": {"shippingMethods": []},
        "attribute": {"choices": _connection(values)},
        "productType": {"productAttributes": [], "assignedVariantAttributes": []},
        "product": {"media": [], "productVariants": _connection([])},
        "productVariant": {"stocks": [{"warehouse": {"slug": slug}} for slug in ("us-main", "eu-main")]},
        "menu": {"items": []},
    }.get(kind, {})


def _connection(records: Any) -> Record:
    return {
        "edges": [{"node": record} for record in records],
        "pageInfo": {"hasNextPage": False, "endCursor": None},
        "totalCount": len(records),
    }


def _operations(body: bytes, content_type: str) -> bytes:
    """Of a multipart body, only the part that names the operation."""
    if not content_type.startswith("multipart/"):
        return body
    part = body.split(b'name="operations"\r\n\r\n', 1)[1]
    return part.split(b"\r\n--", 1)[0]
