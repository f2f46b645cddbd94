"""Alerts → outlets, each once: what is to be given is written down first, and crossed out as each outlet takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from parley.errors import NotGiven, WrongFeeds
from parley.feeds.alerts import Alert, alert_of
from parley.feeds.outlets import AtomFile, write_feed
from parley.feeds.state import State
from parley.feeds.taking import Tell
from parley.feeds.visits import longer, stamp

Give = Callable[[Alert, str], None]  # the alert, and the moment (UTC) it was worked out
MOST_TOLD, FIRST_WAIT_S, GIVEN_UP_S = 1_000, 300.0, 3 * 86_400.0


class Giving:
    """Gives alerts to outlets by their names. An outlet that does not take one now is asked again later, for three
    days."""

    def __init__(
        self, state: State, outlets: Mapping[str, Give], tell: Tell, now: Callable[[], float], desk: str,
        atom: AtomFile | None = None,
    ) -> None:  # fmt: skip
        self.state, self.outlets, self.tell, self.now, self.desk, self.atom = (
            state,
            outlets,
            tell,
            now,
            desk,
            atom,
        )
        self.stale = atom is not None

    def queue(self, found: Iterable[Alert], due: str | None = None) -> None:
        """Write down what was not given before; not to be given before `due` (UTC), where that is told."""
        now = self.now()
        for alert in found:
            if alert.id in self.state.given:
                continue
            self.state.give(alert.id)
            entry = {
                "alert": alert.to_dict(self.desk),
                "at": stamp(now),
                "to": list(self.outlets),
                "since": now,
            }
            self.state.waiting.append(entry | {"next": 0.0, "tried": 0, "due": due or ""})

    def give(self) -> None:
        """Give what is due to each outlet that has not taken it; then write the Atom feed anew, if that changed."""
        now = self.now()
        for entry in list(self.state.waiting):
            if entry["next"] <= now and entry["due"] <= stamp(now):
                self.give_out(entry)
        self.write()

    def give_out(self, entry: dict[str, Any]) -> None:
        alert = alert_of(entry["alert"])
        if not entry["tried"]:
            self.state.told = [*self.state.told, {"alert": entry["alert"], "at": entry["at"]}][-MOST_TOLD:]
            self.stale = True
        entry["tried"] += 1
        for name in list(entry["to"]):
            if name not in self.outlets or self.taken(name, alert, entry):
                entry["to"].remove(name)
                self.state.save()
        if entry["to"]:
            entry["next"] = self.now() + longer(alert.id, FIRST_WAIT_S, entry["tried"])
        else:
            self.state.waiting.remove(entry)
        self.state.save()

    def taken(self, name: str, alert: Alert, entry: dict[str, Any]) -> bool:
        """Is the outlet done with it?"""
        try:
            self.outlets[name](alert, entry["at"])
        except NotGiven as trouble:
            lasts = trouble.again and self.now() - entry["since"] < GIVEN_UP_S
            self.tell(
                f"alert {alert.id[:12]}",
                f"{trouble}; {'it is tried again' if lasts else 'it is not tried again'}",
            )
            return not lasts
        return True

    def write(self) -> None:
        if self.atom is None or not self.stale:
            return
        told = [(alert_of(t["alert"]), str(t["at"])) for t in self.state.told[-self.atom.most :]]
        try:
            write_feed(self.atom, told, self.desk, self.state.started)
            self.stale = False
        except WrongFeeds as trouble:
            self.tell("alerts as Atom", str(trouble))

    def next(self) -> float | None:
        """The moment of the next try, if anything waits; embargoes are looked at each minute."""
        return min((e["next"] or self.now() + 60.0 for e in self.state.waiting), default=None)
