"""Builds the shot of a plan."""

from collections.abc import Callable, Mapping

from catalog_seed.studio.box_and_scale import box, scale
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.closeups import closeup
from catalog_seed.studio.heroes import hero
from catalog_seed.studio.in_use import in_use
from catalog_seed.studio.shot_list import Plan
from catalog_seed.studio.shots import Shot

SHOT_BUILDERS: Mapping[str, Callable[[Product, Variant], Shot]] = {
    "hero": hero,
    "closeup": closeup,
    "use": in_use,
    "box": box,
    "scale": scale,
}


def build_shot(plan: Plan) -> Shot:
    """The shot of a plan, by its kind."""
    return SHOT_BUILDERS[plan.kind](plan.product, plan.variant)
