"""Renders a list of pictures one after the other, shows progress and time left, and logs the time of each."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from catalog_seed.studio import brand_files, pictures_index, scenes, share_cards
from catalog_seed.studio.banners import banners
from catalog_seed.studio.catalog import SEED
from catalog_seed.studio.picture_part import Part
from catalog_seed.studio.render import Quality, render_into, render_picture
from catalog_seed.studio.shot_list import Plan
from catalog_seed.studio.shots import Shot

SIZE = 1600  # pixels; the shop makes the smaller ones
SAMPLES = 12  # the denoiser leaves no grain from here on, and no reflection is smeared
# The shop makes its sizes from the masters of the products, and delivers banners as they are.
MASTER_QUALITY, BANNER_QUALITY = 90, 80
TIMES_LOG = SEED.parent / "build" / "studio-times.jsonl"


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """Options of the command line. `size` in pixels; None takes the default of the kind of picture."""

    size: int | None
    samples: int | None
    threads: int
    resume: bool
    part: Part | None = None  # of the existing picture, which is kept around it


@dataclass(frozen=True, slots=True)
class Job:
    file: Path
    quality: Quality
    scene: Callable[[], Shot]
    webp_quality: int = MASTER_QUALITY

    @property
    def name(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}"

    def is_done(self) -> bool:
        if not self.file.exists():
            return False
        with Image.open(self.file) as image:
            return image.width >= self.quality.width


def product_jobs(plans: list[Plan], out: Path, options: RenderOptions) -> list[Job]:
    jobs = []
    for plan in plans:
        size = options.size or SIZE
        quality = Quality(size, size, options.samples or SAMPLES, options.threads)
        jobs.append(Job(out / plan.path, quality, partial(scenes.build_shot, plan)))
    return jobs


def banner_jobs(names: list[str], out: Path, options: RenderOptions) -> list[Job]:
    """Jobs for the named banners, or for all if `names` is empty; `options.size` is their width."""
    jobs = []
    for name in names or banners():
        banner = banners()[name]
        fraction = (options.size or banner.width) / banner.width
        size = (round(banner.width * fraction), round(banner.height * fraction))
        quality = Quality(*size, options.samples or SAMPLES, options.threads)
        jobs.append(Job(out / banner.file, quality, banner.scene, BANNER_QUALITY))
    return jobs


def run(jobs: list[Job], log: Path, options: RenderOptions) -> None:
    """Render the jobs in order. A file is written in one step, so an interrupted run leaves no partial picture."""
    todo = [job for job in jobs if not (options.resume and job.is_done())]
    started = time.monotonic()
    for number, job in enumerate(todo):
        job_started = time.monotonic()
        left = (job_started - started) / number * (len(todo) - number) if number else None
        print(f"[{number + 1}/{len(todo)}] {job.name}{_format_remaining(left)}", flush=True)
        save(_render(job, options.part), job.file, job.webp_quality)
        _log_time(log, job, time.monotonic() - job_started)
    print(f"Pictures made: {len(todo)}, in {_format_duration(time.monotonic() - started)}.")


def _render(job: Job, part: Part | None) -> Image.Image:
    progress = _progress_printer(job.name)
    if part is None:
        return render_picture(job.scene(), job.quality, progress)
    with Image.open(job.file) as picture:
        return render_into(picture, job.scene(), job.quality, part, progress)


def save(image: Image.Image, path: Path, quality: int) -> None:
    """Write a WebP of this quality (1 to 100), replacing the file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    image.save(temporary, "WEBP", quality=quality, method=5)
    temporary.replace(path)


def render_products(plans: list[Plan], out: Path, options: RenderOptions) -> None:
    """Render product pictures, then write pictures.toml and, for the real image folder, the cards of shared links."""
    run(product_jobs(plans, out, options), _log_path(out), options)
    pictures_index.write(out)
    if out == brand_files.IMAGES:
        share_cards.write(out, [plan.product for plan in plans if plan.shot == "hero"], brand_files.BRAND)


def render_banners(names: list[str], out: Path, options: RenderOptions) -> None:
    run(banner_jobs(names, out, options), _log_path(out), options)


def _log_path(out: Path) -> Path:
    """The log is in build/, which git ignores; previews in another folder have their log there."""
    return TIMES_LOG if out in (brand_files.IMAGES, brand_files.BRAND) else out / "times.jsonl"


def _progress_printer(name: str) -> Callable[[float, float], None]:
    """A progress callback: on a terminal one line that is updated, otherwise a line at the end."""
    is_terminal = sys.stdout.isatty()

    def print_progress(fraction: float, left: float) -> None:
        if is_terminal or fraction >= 1:
            print(
                f"  {name}: {fraction:4.0%}, {_format_duration(left)} left   ",
                end="\r" if is_terminal and fraction < 1 else "\n",
                flush=True,
            )

    return print_progress


def _format_remaining(seconds: float | None) -> str:
    return "" if seconds is None else f", about {_format_duration(seconds)} left for all"


def _format_duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _log_time(log: Path, job: Job, seconds: float) -> None:
    quality = job.quality
    line = {
        "picture": job.name,
        "size": [quality.width, quality.height],
        "samples": quality.samples,
        "seconds": round(seconds, 1),
    }
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
