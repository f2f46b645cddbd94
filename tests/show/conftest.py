"""The story's ledger, as the tests of the ledger have it."""

from __future__ import annotations

from ledger.conftest import ledger, records

__all__ = ["ledger", "records"]
