"""Renders pictures from the command line: `python -m catalog_seed.studio PRODUCT [SHOT ...]`. See --help."""

import argparse
import sys
from pathlib import Path

from catalog_seed.studio import catalog, shot_list

KIND_ORDER = ("hero", "closeup", "use", "scale", "box")
INSTALL_HELP = """\
The studio needs Mitsuba, which is not installed here. Set it up once:
    python -m venv studio-venv && studio-venv/bin/pip install -r requirements/studio.txt
    apt-get install libllvm19        (or another LLVM from version 16 on)
then run this again with studio-venv/bin/python."""
PRODUCT_HELP = (
    "slug of a product; 'all'; 'window' for the shop window; "
    "'brand' for wordmark, icons, cards and contact sheet"
)


def main(arguments: list[str] | None = None) -> int:
    options = _arguments().parse_args(arguments)
    try:
        plans = (
            [] if options.product in ("window", "brand") else _select_plans(options.product, options.shots)
        )
    except LookupError as error:
        return _print_error(str(error))
    try:
        from catalog_seed.studio import batch_render, brand_files, contact_sheet
        from catalog_seed.studio.picture_part import Part
    except ImportError as error:
        return _print_error(f"{INSTALL_HELP}\n({error})")
    render_options = batch_render.RenderOptions(
        options.size,
        options.samples,
        options.threads,
        options.resume,
        Part(*options.part) if options.part else None,
    )
    if options.product == "brand":
        brand_files.write_all()
        contact_sheet.write()
    elif options.product == "window":
        batch_render.render_banners(options.shots, options.out or brand_files.BRAND, render_options)
    else:
        batch_render.render_products(plans, options.out or brand_files.IMAGES, render_options)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m catalog_seed.studio", description="Renders product pictures."
    )
    parser.add_argument("product", help=PRODUCT_HELP)
    parser.add_argument(
        "shots", nargs="*", help="hero, hero-<colour or size>, closeup, use, box, scale; all when left out"
    )
    parser.add_argument("--size", type=int, help="pixels across; without it, master size")
    parser.add_argument("--samples", type=int, help="samples a pixel; more is cleaner and slower")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, help="another folder, for previews")
    parser.add_argument(
        "--part",
        type=int,
        nargs=4,
        metavar=("LEFT", "TOP", "RIGHT", "BOTTOM"),
        help="render only this part, in pixels, into the picture that is there; --size must be its own",
    )
    parser.add_argument(
        "--resume", action="store_true", help="skip pictures that are there at this size or larger"
    )
    return parser


def _select_plans(slug: str, shots: list[str]) -> list[shot_list.Plan]:
    """The pictures to render. For "all" they are sorted so that every product has its main picture first."""
    if slug != "all":
        item = catalog.product(slug)
        return [shot_list.plan(item, shot) for shot in shots or shot_list.plans(item)]
    plans = [plan for item in catalog.products().values() for plan in shot_list.plans(item).values()]
    plans = [plan for plan in plans if not shots or plan.kind in shots]
    return sorted(plans, key=lambda plan: (KIND_ORDER.index(plan.kind), plan.shot != "hero"))


def _print_error(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main())
