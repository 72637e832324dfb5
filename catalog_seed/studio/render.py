"""Renders a shot: passes with progress, denoising, tone mapping. Needs mitsuba and pyoidn."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import drjit as dr
import mitsuba as mi
import numpy as np
import pyoidn
from numpy.typing import NDArray
from PIL import Image

from catalog_seed.studio.camera import CameraSetup, fit_camera
from catalog_seed.studio.mitsuba_scene import build_scene, build_sensor, guide_integrator, path_integrator
from catalog_seed.studio.picture_part import Part, blend
from catalog_seed.studio.sample_share import dense_area
from catalog_seed.studio.shots import Shot

Pixels: TypeAlias = NDArray[np.float32]
Progress: TypeAlias = Callable[[float, float], None]

SAMPLES_PER_PASS = 15_500_000  # six a pixel at 1600 pixels; keeps memory below about 2.5 GB
FIREFLY_LIMIT = 10.0  # well above white, and below a sample that leaves a speck
GUIDE_SAMPLES = 6
EXPOSURE = 1.22
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Quality:
    width: int
    height: int
    samples: int
    threads: int = 2


def render_picture(shot: Shot, quality: Quality, progress: Progress) -> Image.Image:
    """Render one shot; `progress` is called with the share done (0 to 1) and the seconds left."""
    dr.set_thread_count(quality.threads)
    camera_setup = fit_camera(shot, quality.width / quality.height)
    scene = build_scene(shot, camera_setup)
    noisy = _render_adaptively(scene, camera_setup, quality, progress)
    guides = _render_passes(
        scene,
        build_sensor(camera_setup, quality.width, quality.height),
        PassSettings(guide_integrator(), GUIDE_SAMPLES),
    )
    return to_image(denoise(noisy, guides), EXPOSURE * shot.exposure)


def render_into(
    picture: Image.Image, shot: Shot, quality: Quality, part: Part, progress: Progress
) -> Image.Image:
    """The picture with one part rendered again, blended into the rest around it."""
    dr.set_thread_count(quality.threads)
    w, h = quality.width, quality.height
    if picture.size != (w, h):
        raise ValueError(f"The picture has {picture.size} pixels, not {(w, h)}: render it whole.")
    camera_setup = fit_camera(shot, w / h)
    scene = build_scene(shot, camera_setup)
    outer = part.with_seam(w, h)
    sensor = build_sensor(camera_setup, w, h, outer.box)
    pixels = (outer.right - outer.left) * (outer.bottom - outer.top)
    work = ProgressCounter(quality.samples * pixels, progress)
    noisy = _render_passes(scene, sensor, PassSettings(path_integrator(), quality.samples, 0, work))
    guides = _render_passes(scene, sensor, PassSettings(guide_integrator(), GUIDE_SAMPLES))
    fresh = to_image(denoise(noisy, guides), EXPOSURE * shot.exposure)
    return blend(picture.convert("RGB"), fresh, part)


def _render_adaptively(
    scene: mi.Scene, camera_setup: CameraSetup, quality: Quality, progress: Progress
) -> Pixels:
    """Few samples for the whole picture, then more where the objects are: the plain backdrop needs few."""
    w, h = quality.width, quality.height
    area = dense_area(camera_setup.content_area, w, h)
    base = max(2, quality.samples * 2 // 5)
    extra = quality.samples - base
    work = ProgressCounter(base * w * h + extra * area.weight.size, progress)
    image = _render_passes(
        scene, build_sensor(camera_setup, w, h), PassSettings(path_integrator(), base, 0, work)
    )
    part = build_sensor(camera_setup, w, h, (area.left, area.top, area.right, area.bottom))
    more = _render_passes(scene, part, PassSettings(path_integrator(), extra, base, work))
    inside = image[area.top : area.bottom, area.left : area.right]
    inside += (more - inside) * (extra / quality.samples * area.weight[..., None])
    return image


class ProgressCounter:
    """Counts rendered samples and reports progress with an estimate of the seconds left."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.done, self.progress, self.started = total, 0, progress, time.monotonic()

    def add(self, samples: int) -> None:
        self.done += samples
        left = (time.monotonic() - self.started) / self.done * (self.total - self.done)
        self.progress(self.done / self.total, left)


@dataclass(frozen=True, slots=True)
class PassSettings:
    integrator: mi.Integrator
    samples: int
    seed: int = 0
    work: ProgressCounter | None = None


def _render_passes(scene: mi.Scene, sensor: mi.Sensor, settings: PassSettings) -> Pixels:
    """The mean of several passes, each small enough for the memory."""
    pixels = int(np.prod(np.array(sensor.film().crop_size())))
    chunk, done = max(1, SAMPLES_PER_PASS // pixels), 0
    total = np.zeros(1, dtype=np.float32)
    while done < settings.samples:
        count = min(chunk, settings.samples - done)
        seed = mi.UInt32(settings.seed + done)
        layer = np.array(
            mi.render(scene, sensor=sensor, integrator=settings.integrator, spp=count, seed=seed)
        )
        # Clamped pass by pass, so that a single bright sample does not leave a speck.
        total = total + np.minimum(np.nan_to_num(layer, posinf=0, neginf=0), FIREFLY_LIMIT) * (
            count / settings.samples
        )
        done += count
        if settings.work is not None:
            settings.work.add(count * pixels)
    return np.asarray(total, dtype=np.float32)


def denoise(noisy: Pixels, guides: Pixels) -> Pixels:
    """The denoised picture, guided by albedo and normals (the last six channels of `guides`)."""
    first = guides.shape[-1] - 6
    albedo, normal = (np.ascontiguousarray(guides[..., k : k + 3]) for k in (first, first + 3))
    clean: Pixels = pyoidn.denoise(
        np.ascontiguousarray(noisy), albedo=np.clip(albedo, 0, 1), normal=normal, hdr=True
    )
    return clean


def to_image(linear: Pixels, exposure: float) -> Image.Image:
    """Tone-mapped to 8-bit sRGB, with slight noise, so that soft gradients do not show bands."""
    shown = tone_map(linear * exposure)
    grain = np.random.default_rng(5).normal(0, 0.55 / 255, shown.shape[:2]).astype(np.float32)
    return Image.fromarray(np.clip((shown + grain[..., None]) * 255 + 0.5, 0, 255).astype(np.uint8))


def tone_map(linear: Pixels) -> Pixels:
    """A filmic tone curve in sRGB; a quarter of it preserves hue, so that saturated silicone keeps its color."""
    linear = np.maximum(linear, 0)
    light = (linear * LUMINANCE).sum(-1, keepdims=True)
    mixed = 0.75 * _shoulder(linear * 0.62) + 0.25 * linear * (
        _shoulder(light * 0.62) / np.maximum(light, 1e-5)
    )
    mixed = np.clip(mixed, 0, 1)
    coded = np.where(mixed <= 0.0031308, 12.92 * mixed, 1.055 * np.power(mixed, 1 / 2.4) - 0.055)
    return np.asarray(np.clip(0.5 + (coded - 0.5) * 1.06, 0, 1), dtype=np.float32)


def _shoulder(v: Pixels) -> Pixels:
    bent = v * (2.51 * v + 0.03) / (v * (2.43 * v + 0.59) + 0.14)
    return np.asarray(np.clip(bent, 0, 1), dtype=np.float32)
