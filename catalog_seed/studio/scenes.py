"""From a plan to what is in its picture."""

from collections.abc import Callable, Mapping

from catalog_seed.studio.box_and_scale import box, scale
from catalog_seed.studio.catalog import Product, Variant
from catalog_seed.studio.closeups import closeup
from catalog_seed.studio.heroes import hero
from catalog_seed.studio.shot_list import Plan
from catalog_seed.studio.shots import Shot

MAKERS: Mapping[str, Callable[[Product, Variant], Shot]] = {
    "hero": hero,
    "closeup": closeup,
    "box": box,
    "scale": scale,
}


def shot(plan: Plan) -> Shot:
    """The picture a plan asks for."""
    return MAKERS[plan.kind](plan.product, plan.variant)
