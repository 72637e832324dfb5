"""Which natural keys the shop already knows, and under which ids."""

from store.seed.write.context import Bench, every


def look_up(bench: Bench) -> None:
    """Fill `bench.ids`. Menus are looked up by their own section, since Saleor finds them by slug only."""
    _places(bench)
    _types(bench)
    client = bench.client
    for kind, nodes in (
        ("category", every(lambda after: client.category_keys(after=after).categories)),
        ("collection", every(lambda after: client.collection_keys(after=after).collections)),
        ("page", every(lambda after: client.page_keys(after=after).pages)),
    ):
        bench.ids[kind] = {node.slug: node.id for node in nodes}
    _products(bench)


def _places(bench: Bench) -> None:
    client = bench.client
    for channel in client.channel_keys().channels or ():
        bench.ids["channel"][channel.slug] = channel.id
        bench.ids["currency"][channel.slug] = channel.currency_code
        bench.ids["tax-configuration"][channel.slug] = channel.tax_configuration.id
    for node in every(lambda after: client.warehouse_keys(after=after).warehouses):
        bench.ids["warehouse"][node.slug] = node.id
    for node in every(lambda after: client.tax_class_keys(after=after).tax_classes):
        bench.ids["tax-class"][node.name] = node.id
    for node in every(lambda after: client.shipping_zone_keys(after=after).shipping_zones):
        bench.ids["shipping-zone"][node.name] = node.id
        for method in node.shipping_methods or ():
            bench.ids["shipping-method"][f"{node.name}/{method.name}"] = method.id


def _types(bench: Bench) -> None:
    client = bench.client
    for node in every(lambda after: client.page_type_keys(after=after).page_types):
        bench.ids["page-type"][node.slug] = node.id
    for node in every(lambda after: client.attribute_keys(after=after).attributes):
        bench.ids["attribute"][node.slug] = node.id
        for edge in node.choices.edges if node.choices else ():
            bench.ids["value"][f"{node.slug}/{edge.node.name}"] = edge.node.id
    for node in every(lambda after: client.product_type_keys(after=after).product_types):
        bench.ids["product-type"][node.slug] = node.id
        for one in node.product_attributes or ():
            bench.ids["assigned"][f"{node.slug}/{one.slug}"] = node.id
        for one in node.assigned_variant_attributes or ():
            bench.ids["assigned"][f"{node.slug}/{one.attribute.slug}"] = node.id


def _products(bench: Bench) -> None:
    client = bench.client
    for node in every(lambda after: client.product_keys(first=20, after=after).products):
        bench.ids["product"][node.slug] = node.id
        for media in node.media or ():
            bench.ids[f"media:{node.slug}"][media.id] = media.alt
        for edge in node.product_variants.edges if node.product_variants else ():
            if sku := edge.node.sku:
                bench.ids["product-variant"][sku] = edge.node.id
                for stock in edge.node.stocks or ():
                    bench.ids["stock"][f"{sku}/{stock.warehouse.slug}"] = edge.node.id
