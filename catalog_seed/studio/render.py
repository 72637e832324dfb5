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

from catalog_seed.studio.framing import frame
from catalog_seed.studio.shots import Shot
from catalog_seed.studio.stage import build

Pixels: TypeAlias = NDArray[np.float32]
Progress: TypeAlias = Callable[[float, float], None]

SAMPLES_A_PASS = 6_000_000  # keeps memory below about 1 GB
FIREFLY_LIMIT = 40.0
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
    scene = build(shot, framed, quality.width, quality.height)
    noisy = _passes(scene, quality, progress)
    return finished(denoised(noisy), EXPOSURE * shot.exposure)


def _passes(scene: mi.Scene, quality: Quality, progress: Progress) -> Pixels:
    chunk = max(1, SAMPLES_A_PASS // (quality.width * quality.height))
    total, done, started = None, 0, time.monotonic()
    while done < quality.samples:
        count = min(chunk, quality.samples - done)
        layer = np.nan_to_num(np.array(mi.render(scene, spp=count, seed=done)), posinf=0, neginf=0)
        # Clamped pass by pass, so that one lucky ray cannot leave a bright speck.
        layer[..., :3] = np.minimum(layer[..., :3], FIREFLY_LIMIT)
        total = layer * count if total is None else total + layer * count
        done += count
        progress(done / quality.samples, (time.monotonic() - started) / done * (quality.samples - done))
    assert total is not None
    return (total / done).astype(np.float32)


def denoised(noisy: Pixels) -> Pixels:
    """The colour channels cleaned up, guided by surface colour and direction."""
    colour, albedo, normal = (np.ascontiguousarray(noisy[..., k : k + 3]) for k in (0, 3, 6))
    clean: Pixels = pyoidn.denoise(colour, albedo=np.clip(albedo, 0, 1), normal=normal, hdr=True)
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
    mixed = 0.75 * _shoulder(linear * 0.62) + 0.25 * linear * (_shoulder(light * 0.62) / np.maximum(light, 1e-5))
    mixed = np.clip(mixed, 0, 1)
    coded = np.where(mixed <= 0.0031308, 12.92 * mixed, 1.055 * np.power(mixed, 1 / 2.4) - 0.055)
    return np.clip(0.5 + (coded - 0.5) * 1.06, 0, 1)


def _shoulder(v: Pixels) -> Pixels:
    return np.clip(v * (2.51 * v + 0.03) / (v * (2.43 * v + 0.59) + 0.14), 0, 1)
