"""Prints the labelled sentences with their features, a JSON object a line; read by fit.py.

{"banned": true, "weight": 1.0, "spelling": ["_ba", …], "concepts": ["c:SPINE", …]}
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from store.guidebook.wording.normalization import clean, normalize
from store.guidebook.wording.sentence_features import sentence_features
from store.guidebook.wording.sentences import split_sentences

SETS: Final = Path(__file__).parents[1] / "wording"
# Never fitted on: they show how sentences are judged that neither rules nor weights have seen.
MEASURING: Final = frozenset(
    {"sixteenth", "hazards_third", "twentysixth", "thirtieth", "thirtyeighth", "merchants", "buyers"}
)
SHOP_TEXTS: Final = "shop_texts"  # harmless sentences of the shop's own pages, mails and guides
_SHOP_WEIGHT: Final = 0.5  # there are almost as many as labelled sentences, and all are harmless


def examples() -> Iterator[dict[str, object]]:
    for file in sorted(SETS.glob("*.tsv")):
        if file.stem in MEASURING:
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            language, label, text = line.split("\t")
            # Each sentence of a harmless text is harmless; in a banned one it may be any of them.
            for part in split_sentences(text) if label == "ok" else [text]:
                features = sentence_features(normalize(clean(part)), language)
                yield {
                    "banned": label != "ok",
                    "weight": _SHOP_WEIGHT if file.stem == SHOP_TEXTS else 1.0,
                    "spelling": sorted(features.spelling),
                    "concepts": sorted(features.concepts),
                }


if __name__ == "__main__":
    for example in examples():
        sys.stdout.write(json.dumps(example, ensure_ascii=False) + "\n")
