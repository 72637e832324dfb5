"""Writes catalog_seed/images/pictures.toml: which file shows what, for whom, in which words."""

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
    """Lists every planned picture whose file is there; returns how many."""
    plans = [plan for product in products().values() for plan in shot_list.plans(product).values()]
    there = [plan for plan in plans if (images / plan.path).exists()]
    text = HEAD + "".join(_entry(plan) for plan in there)
    (images / "pictures.toml").write_text(text, encoding="utf-8")
    return len(there)


def _entry(plan: shot_list.Plan) -> str:
    # JSON strings and lists of strings are valid TOML.
    words = "".join(f"alt.{code} = {_quoted(alt_text(plan, code))}\n" for code in LANGUAGES)
    return (
        f"\n[[pictures]]\nproduct = {_quoted(plan.product.slug)}\nfile = {_quoted(plan.path)}\n"
        f"shot = {_quoted(plan.shot)}\nvariants = {_quoted(list(plan.skus))}\n{words}"
    )


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
