"""Writes catalog_seed/images/pictures.toml: product, file, shot, variants and alternative texts of each picture."""

import json
from pathlib import Path

from catalog_seed.studio import shot_list
from catalog_seed.studio.alt_text import LANGUAGES, alt_text
from catalog_seed.studio.catalog import products

HEAD = """\
# Pictures of the products. Written by `python -m catalog_seed.studio`; change the words in studio/alt.toml.
# They are renderings of our own models, true to the catalogue's millimetres, not photographs.
# `variants` are the SKUs that look like this. The first picture of a product is its main one.
"""


def write(images: Path) -> int:
    """Write pictures.toml in this folder, with every planned picture whose file exists; returns their number."""
    plans = [plan for product in products().values() for plan in shot_list.plans(product).values()]
    existing = [plan for plan in plans if (images / plan.path).exists()]
    text = HEAD + "".join(_entry(plan) for plan in existing)
    (images / "pictures.toml").write_text(text, encoding="utf-8")
    return len(existing)


def _entry(plan: shot_list.Plan) -> str:
    # JSON strings and lists of strings are valid TOML.
    alt_lines = "".join(f"alt.{code} = {_toml_value(alt_text(plan, code))}\n" for code in LANGUAGES)
    return (
        f"\n[[pictures]]\nproduct = {_toml_value(plan.product.slug)}\nfile = {_toml_value(plan.path)}\n"
        f"shot = {_toml_value(plan.shot)}\nvariants = {_toml_value(list(plan.skus))}\n{alt_lines}"
    )


def _toml_value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
