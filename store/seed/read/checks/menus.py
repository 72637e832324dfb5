"""Each menu item refers to exactly one category, collection or page, which exists."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalog
from store.seed.read.checks.unique_names import check_exists, check_unique
from store.seed.read.problems import Problem


def check(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["menus"]
    known = {
        "category": {c.slug for c in catalog.categories},
        "collection": {c.slug for c in catalog.collections},
        "page": {p.slug for p in catalog.pages},
    }
    yield from check_unique(source, "menus", "menu", (m.slug for m in catalog.menus))
    for menu_index, menu in enumerate(catalog.menus):
        names = [item.name for item in menu.items]
        for index, item in enumerate(menu.items):
            key_path = ("menus", menu_index, "items", index)
            targets = {kind: slug for kind in known if (slug := getattr(item, kind))}
            if len(targets) != 1:
                what = f"`{item.name}` points to {len(targets)} things"
                yield source.problem(key_path, what, "Give exactly one of: category, collection, page")
            if names.index(item.name) != index:
                yield source.problem(
                    key_path, f"`{item.name}` stands twice in its menu", "Rename one of them"
                )
            for kind, slug in targets.items():
                yield from check_exists(source, key_path, kind, slug, known[kind])
