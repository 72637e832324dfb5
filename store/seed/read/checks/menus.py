"""Menu items point at exactly one thing that exists."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalogue
from store.seed.read.checks.unique_names import missing, repeated
from store.seed.read.problems import Problem


def check(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["menus"]
    known = {
        "category": {c.slug for c in catalogue.categories},
        "collection": {c.slug for c in catalogue.collections},
        "page": {p.slug for p in catalogue.pages},
    }
    yield from repeated(sheet, "menus", "menu", (m.slug for m in catalogue.menus))
    for menu_index, menu in enumerate(catalogue.menus):
        names = [item.name for item in menu.items]
        for index, item in enumerate(menu.items):
            place = ("menus", menu_index, "items", index)
            targets = {kind: slug for kind in known if (slug := getattr(item, kind))}
            if len(targets) != 1:
                what = f"`{item.name}` points to {len(targets)} things"
                yield sheet.problem(place, what, "Give exactly one of: category, collection, page")
            if names.index(item.name) != index:
                yield sheet.problem(place, f"`{item.name}` stands twice in its menu", "Rename one of them")
            for kind, slug in targets.items():
                yield from missing(sheet, place, kind, slug, known[kind])
