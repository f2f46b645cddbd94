"""Shards that wait for a worker: those whose worker died come first, and at the second death go with care."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from parley.run.shards import Shard

DEATHS = 2  # of a worker over a shard, after which its dispatches are read one by one


@dataclass(slots=True)
class Waiting:
    """What is still to do. Shards are taken from `rest` only as they are asked for."""

    rest: Iterator[Shard]
    again: deque[Shard] = field(default_factory=deque)
    deaths: Counter[str] = field(default_factory=Counter)

    def take(self) -> tuple[Shard, bool] | None:
        """The next shard, and whether each of its dispatches is to be read in a process of its own; None: no more."""
        shard = self.again.popleft() if self.again else next(self.rest, None)
        return None if shard is None else (shard, self.deaths[shard.key] >= DEATHS)

    def died(self, shards: Iterable[Shard], times: int = 1) -> None:
        """Of these one was somebody's last; nobody can say which."""
        for shard in shards:
            self.deaths[shard.key] += times
            self.again.append(shard)
