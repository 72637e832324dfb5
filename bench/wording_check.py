"""`python -m bench.wording_check [BYTES]`: CPU of the wording check beside one pass of a word tokenizer over the same text.

The texts are sentences of the shop, each new to the caches. The first check of a process, which reads the rules, is told
apart; a pattern is compiled when a text may match it for the first time, here all before the texts that count.
"""

import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
django.setup()

from store.guidebook import wording  # noqa: E402
from store.guidebook.languages import LANGUAGES  # noqa: E402
from store.guidebook.wording.frames import frames  # noqa: E402
from store.guidebook.wording.lexicon import lexicon  # noqa: E402

SENTENCES = Path(__file__).parents[1] / "tests/guidebook/wording/shop_texts.tsv"
_WORD = re.compile(r"\w+|[?!:;]")
_PASSES = 100  # of the tokenizer, to measure it


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for language in LANGUAGES:
        first = _seconds(wording.check, next(_texts(language, 60)))
        _compile_all(language)
        _, *measured = [
            (_seconds(wording.check, text), _tokenizing_seconds(text)) for text in _texts(language, size)
        ]
        check = statistics.median(seconds for seconds, _ in measured)
        ratio = statistics.median(seconds / tokenizing for seconds, tokenizing in measured)
        print(
            f"{language}: {size} bytes checked in {1000 * check:.0f} ms CPU, {ratio:.0f} passes of a tokenizer;"
            f" first check {first:.2f} s"
        )


def _compile_all(language: str) -> None:
    for index in (lexicon(language).index, frames(language).index):
        index.compile()


def _texts(language: str, size: int) -> Iterator[str]:
    text = ""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        code, _, sentence = line.split("\t")
        if code != language:
            continue
        text = f"{text} {sentence}"
        if len(text.encode()) >= size:
            yield text
            text = ""


def _seconds(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    work(text)
    return time.process_time() - started


def _tokenizing_seconds(text: str) -> float:
    return sum(_seconds(_WORD.findall, text) for _ in range(_PASSES)) / _PASSES


if __name__ == "__main__":
    main()
