"""Reads the examples of prepare.py from standard input and writes the weights file named as the argument.

Runs in an environment of its own with scikit-learn (requirements/wording.txt), without Django.
"""

import gzip
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

BIAS: Final = "(bias)"
SCALE: Final = 100
CONCEPT_VALUE: Final = 0.2  # as in sentence_score.py
_MIN_COUNT: Final = 3  # sentences with a feature
_INVERSE_REGULARIZATION: Final = 100.0
_MIN_WEIGHT: Final = 10  # hundredths; smaller ones change no decision


def fit(examples: list[dict[str, Any]]) -> dict[str, int]:
    """Feature -> weight in hundredths, the bias included."""
    counts = Counter(name for row in examples for name in (*row["spelling"], *row["concepts"]))
    columns = {
        name: index for index, name in enumerate(sorted(n for n, c in counts.items() if c >= _MIN_COUNT))
    }
    model = LogisticRegression(C=_INVERSE_REGULARIZATION, solver="liblinear", intercept_scaling=10)
    model.fit(
        _matrix(examples, columns),
        [row["banned"] for row in examples],
        sample_weight=[row["weight"] for row in examples],
    )
    fitted = {name: round(SCALE * model.coef_[0][column]) for name, column in columns.items()}
    return {BIAS: round(SCALE * model.intercept_[0])} | {
        name: weight
        for name, weight in fitted.items()
        if abs(weight) >= _MIN_WEIGHT or name[:2] in {"c:", "x:", "p:"}
    }


def _matrix(examples: list[dict[str, Any]], columns: dict[str, int]) -> csr_matrix:
    rows, cols, values = [], [], []
    for index, row in enumerate(examples):
        length = 1 / math.sqrt(len(row["spelling"]) or 1)
        for names, value in ((row["spelling"], length), (row["concepts"], CONCEPT_VALUE)):
            for name in names:
                if name in columns:
                    rows.append(index)
                    cols.append(columns[name])
                    values.append(value)
    return csr_matrix((values, (rows, cols)), shape=(len(examples), len(columns)))


if __name__ == "__main__":
    weights = fit([json.loads(line) for line in sys.stdin])
    text = "".join(f"{name}\t{weight}\n" for name, weight in sorted(weights.items()))
    Path(sys.argv[1]).write_bytes(gzip.compress(text.encode(), mtime=0))
