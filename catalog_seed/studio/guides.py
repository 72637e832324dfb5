"""The integrator of what guides the denoiser: albedo and normals, seen through clear glass. Needs mitsuba."""

from typing import Any

import drjit as dr
import mitsuba as mi

NAME = "guides_through_clear_walls"
CLEAR_WALLS = 12  # surfaces that a look through two clear cups and a pump crosses


class GuidesThroughClearWalls(mi.SamplingIntegrator):  # type: ignore[misc]  # mitsuba has no types
    """Normal of the first surface, albedo of the first one that is not clear.

    Without looking through the walls the denoiser knows nothing of the wood or cloth behind a cup and smears it.
    """

    def sample(
        self, scene: Any, sampler: Any, ray: Any, medium: Any = None, active: Any = True
    ) -> tuple[Any, Any, list[Any]]:
        """Color (black), whether anything was hit, and the six channels of `aov_names`."""
        si = scene.ray_intersect(ray, active)
        hit = si.is_valid()
        normal = dr.select(hit, si.sh_frame.n, 0)
        through, ray, tint = mi.Bool(hit), mi.Ray3f(ray), mi.Spectrum(1)
        context = mi.BSDFContext()
        context.type_mask = mi.BSDFFlags.DeltaTransmission
        for _ in range(CLEAR_WALLS):
            bsdf = si.bsdf()
            clear = through & mi.has_flag(bsdf.flags(), mi.BSDFFlags.DeltaTransmission)
            bent, weight = bsdf.sample(context, si, 0.5, mi.Point2f(0.5), clear)
            through = clear & (bent.pdf > 0)
            ray = dr.select(through, si.spawn_ray(si.to_world(bent.wo)), ray)
            tint = dr.select(through, tint * weight, tint)
            si = dr.select(through, scene.ray_intersect(ray, through), si)
        albedo = si.bsdf().eval_diffuse_reflectance(si, si.is_valid())
        return mi.Spectrum(0), hit, [*(albedo * tint), *normal]

    def aov_names(self) -> list[str]:
        return [f"{name}.{axis}" for name, axes in (("albedo", "RGB"), ("normal", "XYZ")) for axis in axes]


mi.register_integrator(NAME, GuidesThroughClearWalls)
