"""thinc's matrix product through numpy: the same annotations in less time than through blis.

The idea and the measurement behind it: benchmarks/README.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from thinc.api import NumpyOps


class BlasOps(NumpyOps):  # type: ignore[misc]
    """NumpyOps whose `gemm` is numpy's own."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        left = x.T if trans1 else x
        right = y.T if trans2 else y
        return np.matmul(left, right) if out is None else np.matmul(left, right, out=out)


class RowOps(BlasOps):
    """… a row at a time: of many rows at once, a product may round each differently, by its place among them."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        if trans1 or out is not None:
            return super().gemm(x, y, out, trans1, trans2)
        return np.matmul(x[:, None, :], y.T if trans2 else y)[:, 0]
