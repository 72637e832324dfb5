"""The short texts of the catalog that shoppers read, each once; `translations/` has them in other languages."""

from store.seed.read.catalog import Catalog

BOX_CONTENTS, VARIANT_BOX_CONTENTS = (
    "box-contents",
    "variant-box-contents",
)  # attributes of text with a line per item


def names(catalog: Catalog) -> list[str]:
    """Of attributes, their values, variants, deliveries and menu items."""
    found = [
        *(text for one in catalog.attributes for text in (one.name, *one.value_names)),
        *(variant.name for product in catalog.products for variant in product.variants),
        *(method.name for zone in catalog.zones for method in zone.methods),
        *(item.name for menu in catalog.menus for item in menu.items),
    ]
    return list(dict.fromkeys(found))


def box_lines(catalog: Catalog) -> list[str]:
    contents = [
        *(product.attributes.get(BOX_CONTENTS, "") for product in catalog.products),
        *(v.facts.get(VARIANT_BOX_CONTENTS, "") for product in catalog.products for v in product.variants),
    ]
    return list(dict.fromkeys(line for text in contents for line in str(text).strip().splitlines()))
