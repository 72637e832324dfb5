"""Each language has a translation of every text that shoppers read."""

import re
from collections.abc import Iterator

from store.seed.read.catalog import Catalog
from store.seed.read.problems import Problem
from store.seed.read.texts import box_lines, names

_MEASURE = re.compile(r"[\d.,]+ (mm|cm|ml|l|g|kg)")  # is written in the same way in every language


def check(catalog: Catalog) -> Iterator[Problem]:
    for language, translated in catalog.translations.items():
        source = catalog.sources[f"translations/{language}"]
        for table, wanted, known in (
            ("names", names(catalog), set(translated.names)),
            ("box", box_lines(catalog), {*translated.box, *translated.names}),
            ("categories", [one.slug for one in catalog.categories], set(translated.categories)),
            ("collections", [one.slug for one in catalog.collections], set(translated.collections)),
        ):
            for text in wanted:
                if text not in known and not _MEASURE.fullmatch(text):
                    yield source.problem((table,), f"`{text}` has no translation", f"Add it to [{table}]")
        for product in catalog.products:
            if language not in product.translations:
                file = catalog.sources[f"products/{product.slug}"]
                what = f"`{product.slug}` has no translation to `{language}`"
                yield file.problem(("translations",), what, f"Add [translations.{language}]")
