"""A sitting in the studio: one picture after the other, with progress, time left and a log of what each took."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PIL import Image

from catalog_seed.studio import brand_files, pictures_index, scenes
from catalog_seed.studio.banners import displays
from catalog_seed.studio.catalog import SEED
from catalog_seed.studio.render import Quality, picture
from catalog_seed.studio.shot_list import Plan
from catalog_seed.studio.shots import Shot

HERO_SIZE, DETAIL_SIZE = 1600, 1200
SAMPLES = 14
TIMES = SEED.parent / "build" / "studio-times.jsonl"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line asked for; None leaves it to the kind of picture."""

    size: int | None
    samples: int | None
    threads: int
    resume: bool


@dataclass(frozen=True, slots=True)
class Job:
    file: Path
    quality: Quality
    scene: Callable[[], Shot]

    @property
    def name(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}"

    def is_done(self) -> bool:
        if not self.file.exists():
            return False
        with Image.open(self.file) as image:
            return image.width >= self.quality.width


def product_jobs(plans: list[Plan], out: Path, choice: Choice) -> list[Job]:
    jobs = []
    for plan in plans:
        size = choice.size or (HERO_SIZE if plan.kind == "hero" else DETAIL_SIZE)
        quality = Quality(size, size, choice.samples or SAMPLES, choice.threads)
        jobs.append(Job(out / plan.path, quality, partial(scenes.shot, plan)))
    return jobs


def window_jobs(names: list[str], out: Path, choice: Choice) -> list[Job]:
    """Asked displays of the shop window, or all; a size given is the width."""
    jobs = []
    for name in names or displays():
        display = displays()[name]
        share = (choice.size or display.width) / display.width
        size = (round(display.width * share), round(display.height * share))
        jobs.append(
            Job(out / display.file, Quality(*size, choice.samples or SAMPLES, choice.threads), display.scene)
        )
    return jobs


def run(jobs: list[Job], log: Path, *, resume: bool) -> None:
    """Renders job after job; each file is complete or absent."""
    todo = [job for job in jobs if not (resume and job.is_done())]
    started = time.monotonic()
    for number, job in enumerate(todo):
        begun = time.monotonic()
        left = (begun - started) / number * (len(todo) - number) if number else None
        print(f"[{number + 1}/{len(todo)}] {job.name}{_left_for_all(left)}", flush=True)
        save(picture(job.scene(), job.quality, _teller(job.name)), job.file)
        _note(log, job, time.monotonic() - begun)
    print(f"Pictures made: {len(todo)}, in {_clock(time.monotonic() - started)}.")


def save(image: Image.Image, path: Path) -> None:
    """WebP of high quality, put in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    image.save(fresh, "WEBP", quality=94, method=5)
    fresh.replace(path)


def make_products(plans: list[Plan], out: Path, choice: Choice) -> None:
    """Pictures of products, then the list of them and their Open Graph cards."""
    run(product_jobs(plans, out, choice), _log_of(out), resume=choice.resume)
    pictures_index.write(out)
    if out == brand_files.IMAGES:
        brand_files.write_cards(out, sorted({plan.product.slug for plan in plans if plan.shot == "hero"}))


def make_window(names: list[str], out: Path, choice: Choice) -> None:
    run(window_jobs(names, out, choice), _log_of(out), resume=choice.resume)


def _log_of(out: Path) -> Path:
    """Times go to build/, which git ignores; those of previews stay with the previews."""
    return TIMES if out in (brand_files.IMAGES, brand_files.BRAND) else out / "times.jsonl"


def _teller(name: str) -> Callable[[float, float], None]:
    """On a screen one line that counts up; in a log file only the end."""
    screen = sys.stdout.isatty()

    def tell(share: float, left: float) -> None:
        if screen or share >= 1:
            print(
                f"  {name}: {share:4.0%}, {_clock(left)} left   ",
                end="\r" if screen and share < 1 else "\n",
                flush=True,
            )

    return tell


def _left_for_all(seconds: float | None) -> str:
    return "" if seconds is None else f", about {_clock(seconds)} left for all"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _note(log: Path, job: Job, seconds: float) -> None:
    q = job.quality
    line = {
        "picture": job.name,
        "size": [q.width, q.height],
        "samples": q.samples,
        "seconds": round(seconds, 1),
    }
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
