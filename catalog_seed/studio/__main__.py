"""Makes pictures: `python -m catalog_seed.studio PRODUCT [SHOT ...]`. See --help."""

import argparse
import sys
from pathlib import Path

from catalog_seed.studio import catalog, shot_list

ORDER = ("hero", "closeup", "scale", "box")
MISSING = """\
The studio needs Mitsuba, which is not installed here. Set it up once:
    python -m venv studio-venv && studio-venv/bin/pip install -r requirements/studio.txt
    apt-get install libllvm19        (or another LLVM from version 16 on)
then run this again with studio-venv/bin/python."""
HELP = "slug of a product; 'all'; 'window' for the shop window; 'brand' for wordmark, icons, cards and contact sheet"


def main(words: list[str] | None = None) -> int:
    asked = _arguments().parse_args(words)
    try:
        plans = [] if asked.product in ("window", "brand") else _chosen(asked.product, asked.shots)
    except LookupError as error:
        return _complain(str(error))
    try:
        from catalog_seed.studio import batch_render, brand_files, contact_sheet
    except ImportError as error:
        return _complain(f"{MISSING}\n({error})")
    choice = batch_render.Choice(asked.size, asked.samples, asked.threads, asked.resume)
    if asked.product == "brand":
        brand_files.write_all()
        contact_sheet.write()
    elif asked.product == "window":
        batch_render.make_window(asked.shots, asked.out or brand_files.BRAND, choice)
    else:
        batch_render.make_products(plans, asked.out or brand_files.IMAGES, choice)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m catalog_seed.studio", description="Renders product pictures."
    )
    parser.add_argument("product", help=HELP)
    parser.add_argument(
        "shots", nargs="*", help="hero, hero-<colour or size>, closeup, box, scale; all when left out"
    )
    parser.add_argument("--size", type=int, help="pixels across; without it, master size")
    parser.add_argument("--samples", type=int, help="samples a pixel; more is cleaner and slower")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, help="another folder, for previews")
    parser.add_argument(
        "--resume", action="store_true", help="skip pictures that are there at this size or larger"
    )
    return parser


def _chosen(slug: str, shots: list[str]) -> list[shot_list.Plan]:
    """Plans in the order that makes the shop presentable soonest."""
    if slug != "all":
        item = catalog.product(slug)
        return [shot_list.plan(item, shot) for shot in shots or shot_list.plans(item)]
    plans = [plan for item in catalog.products().values() for plan in shot_list.plans(item).values()]
    plans = [plan for plan in plans if not shots or plan.kind in shots]
    return sorted(plans, key=lambda plan: (ORDER.index(plan.kind), plan.shot != "hero"))


def _complain(words: str) -> int:
    print(words, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
