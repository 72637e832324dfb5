"""From a shot to a finished picture: passes with progress, denoising, tone curve. Needs mitsuba and pyoidn."""

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

from catalog_seed.studio.camera import Framed, frame
from catalog_seed.studio.mitsuba_scene import build, camera, guide_walk, light_walk
from catalog_seed.studio.shots import Shot

Pixels: TypeAlias = NDArray[np.float32]
Progress: TypeAlias = Callable[[float, float], None]

SAMPLES_A_PASS = 6_000_000  # keeps memory below about 1 GB
FIREFLY_LIMIT = 20.0
GUIDE_SAMPLES = 6
EXPOSURE = 1.22
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Quality:
    width: int
    height: int
    samples: int
    threads: int = 2


def picture(shot: Shot, quality: Quality, progress: Progress) -> Image.Image:
    """Renders one shot; `progress` hears the share done and the seconds left."""
    dr.set_thread_count(quality.threads)
    framed = frame(shot, quality.width / quality.height)
    scene = build(shot, framed)
    noisy = _both_layers(scene, framed, quality, progress)
    guides = _passes(
        scene, camera(framed, quality.width, quality.height), Passes(guide_walk(), GUIDE_SAMPLES)
    )
    return finished(denoised(noisy, guides), EXPOSURE * shot.exposure)


def _both_layers(scene: mi.Scene, framed: Framed, quality: Quality, progress: Progress) -> Pixels:
    """Few samples for all of the picture, then more where the things are: plain paper needs little."""
    w, h = quality.width, quality.height
    left, top, right, bottom = (
        round(share * side) for share, side in zip(framed.busy, (w, h, w, h), strict=True)
    )
    base = max(2, quality.samples * 2 // 5)
    more = quality.samples - base
    work = Work(base * w * h + more * (right - left) * (bottom - top), progress)
    whole = _passes(scene, camera(framed, w, h), Passes(light_walk(), base, 0, work))
    part = camera(framed, w, h, (left, top, right, bottom))
    whole[top:bottom, left:right] *= base / quality.samples
    whole[top:bottom, left:right] += _passes(scene, part, Passes(light_walk(), more, base, work)) * (
        more / quality.samples
    )
    return whole


class Work:
    """Counts samples and tells how long the rest will take."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.done, self.progress, self.started = total, 0, progress, time.monotonic()

    def add(self, samples: int) -> None:
        self.done += samples
        left = (time.monotonic() - self.started) / self.done * (self.total - self.done)
        self.progress(self.done / self.total, left)


@dataclass(frozen=True, slots=True)
class Passes:
    integrator: mi.Integrator
    samples: int
    seed: int = 0
    work: Work | None = None


def _passes(scene: mi.Scene, sensor: mi.Sensor, asked: Passes) -> Pixels:
    """The mean of passes small enough for the memory."""
    pixels = int(np.prod(np.array(sensor.film().crop_size())))
    chunk, done = max(1, SAMPLES_A_PASS // pixels), 0
    total = np.zeros(1, dtype=np.float32)
    while done < asked.samples:
        count = min(chunk, asked.samples - done)
        seed = mi.UInt32(asked.seed + done)
        layer = np.array(mi.render(scene, sensor=sensor, integrator=asked.integrator, spp=count, seed=seed))
        # Clamped pass by pass, so that one lucky ray cannot leave a bright speck.
        total = total + np.minimum(np.nan_to_num(layer, posinf=0, neginf=0), FIREFLY_LIMIT) * (
            count / asked.samples
        )
        done += count
        if asked.work is not None:
            asked.work.add(count * pixels)
    return np.asarray(total, dtype=np.float32)


def denoised(noisy: Pixels, guides: Pixels) -> Pixels:
    """The picture cleaned up, guided by surface colour and direction (the last six channels of `guides`)."""
    first = guides.shape[-1] - 6
    albedo, normal = (np.ascontiguousarray(guides[..., k : k + 3]) for k in (first, first + 3))
    clean: Pixels = pyoidn.denoise(
        np.ascontiguousarray(noisy), albedo=np.clip(albedo, 0, 1), normal=normal, hdr=True
    )
    return clean


def finished(linear: Pixels, exposure: float) -> Image.Image:
    """Tone curve, sRGB, and a breath of grain so that soft gradients do not band in 8 bits."""
    shown = tone(linear * exposure)
    grain = np.random.default_rng(5).normal(0, 0.55 / 255, shown.shape[:2]).astype(np.float32)
    return Image.fromarray(np.clip((shown + grain[..., None]) * 255 + 0.5, 0, 255).astype(np.uint8))


def tone(linear: Pixels) -> Pixels:
    """A filmic shoulder, a quarter of it hue-keeping so that saturated silicone stays itself."""
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
