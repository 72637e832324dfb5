"""A smooth way from 0 to 1."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def smoothstep(share: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """3s² - 2s³: 0 up to a share of 0 and 1 from 1 on, level at both ends. Shape as given."""
    inside = np.clip(share, 0, 1)
    return np.asarray(inside * inside * (3 - 2 * inside), dtype=np.float64)
