"""Vega-Lite specs → SVG, PNG and the JavaScript that draws them in a browser, all made in one child process.

Drawing keeps some 130 MB in whatever process does it, and the library aborts that process at a control character, so
a child does it: `python -m parley.show.charts.drawing` is started when the first chart is wanted, answers one line of
JSON with another, and is let go after a minute without work, at exit, or when it takes too long.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from parley.errors import NotDrawn

Spec = Mapping[str, Any]
PACKAGE = "vl-convert-python"
VEGA_LITE = "6.4"
PATIENCE = 30.0  # seconds for one chart; the first takes half of one
IDLE = 60.0  # seconds after which a child without work is let go
PNG_SCALE = 2.0
MODULE = "export { vegaEmbed };"
# Vega writes every address as if it lay with its example data; ours are of the site that shows the chart.
STRANGE = re.compile(r'<a xlink:href="https://vega\.github\.io/vega-datasets/(?=/)')


def svg(spec: Spec) -> str:
    """The chart as SVG without script or style sheet; the same spec gives the same bytes. Raises NotDrawn."""
    return DRAWER.draw("svg", cleaned(spec)).decode()


def png(spec: Spec) -> bytes:
    """The chart as PNG, at twice the size in pixels. Raises NotDrawn."""
    return DRAWER.draw("png", cleaned(spec))


def vega_bundle(folder: Path) -> Path:
    """A file in `folder` with Vega, Vega-Lite and Vega-Embed as one ES module that exports `vegaEmbed`; made once for
    each version of the package. A page loads it with `<script type="module">` and draws with `ast: true`."""
    made = folder / f"vega-{package_version()}.js"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = made.with_suffix(f".{os.getpid()}")
        half.write_bytes(DRAWER.draw("bundle", {}))
        half.replace(made)
    return made


def package_version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        raise NotDrawn(f"charts are drawn by {PACKAGE}; `pip install {PACKAGE}` brings it") from None


def cleaned(value: Any) -> Any:
    """The same spec with every string as it can stand in a picture."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {key: cleaned(v) for key, v in value.items()}
    return [cleaned(v) for v in value] if isinstance(value, list | tuple) else value


def shown(words: str) -> str:
    """Words in which nothing turns the direction of what follows, hides, or is no character of XML."""
    return "".join(c if unicodedata.category(c)[0] != "C" else mark(c) for c in words)


def mark(c: str) -> str:
    return " " if c in "\t\r\n" else f"⟨U+{ord(c):04X}⟩"


# ── the parent's side ────────────────────────────────────────────────────────────────────────────────


class Drawer:
    """The one child that draws, opened on first need; requests wait for each other."""

    def __init__(self, command: tuple[str, ...], patience: float = PATIENCE, idle: float = IDLE) -> None:
        self.command, self.patience, self.idle = command, patience, idle
        self.lock = threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.leave: threading.Timer | None = None

    def draw(self, form: str, spec: Spec) -> bytes:
        package_version()
        line = json.dumps({"form": form, "spec": spec}).encode() + b"\n"
        with self.lock:
            answer = self.asked(line)
            self.let_go_later()
        if "trouble" in answer:
            raise NotDrawn(f"this chart cannot be drawn: {answer['trouble']}")
        return base64.b64decode(answer["drawn"])

    def asked(self, line: bytes) -> dict[str, str]:
        child = self.started()
        assert child.stdin and child.stdout
        late = threading.Timer(self.patience, child.kill)
        late.start()
        try:
            child.stdin.write(line)
            child.stdin.flush()
            answer = child.stdout.readline()
        except OSError:
            answer = b""
        finally:
            late.cancel()
        if not answer:
            self.end()
            return {"trouble": f"the child that draws broke off, or took more than {self.patience:g} seconds"}
        told: dict[str, str] = json.loads(answer)
        return told

    def started(self) -> subprocess.Popen[bytes]:
        """The child of this process: one of a process that was forked answers its parent alone."""
        if self.child is not None and self.owner == os.getpid() and self.child.poll() is None:
            return self.child
        self.end()
        self.owner = os.getpid()
        self.child = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        return self.child

    def let_go_later(self) -> None:
        if self.leave:
            self.leave.cancel()
        self.leave = threading.Timer(self.idle, self.close)
        self.leave.daemon = True
        self.leave.start()

    def close(self) -> None:
        """Let the child go; the next chart starts another."""
        with self.lock:
            self.end()

    def end(self) -> None:
        child, self.child = self.child, None
        if self.leave:
            self.leave.cancel()
        if child is None or self.owner != os.getpid():
            return
        child.kill()  # it keeps nothing that could be lost
        child.wait()
        for pipe in (child.stdin, child.stdout):
            shut(pipe)


def shut(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except OSError:
        pass  # what was not yet written goes to nobody


# -P: what lies in the folder a user stands in is no part of Parley
DRAWER = Drawer((sys.executable, "-P", "-m", "parley.show.charts.drawing"))
atexit.register(DRAWER.close)


# ── the child's side ─────────────────────────────────────────────────────────────────────────────────


def answer(line: bytes) -> dict[str, str]:
    asked = json.loads(line)
    try:
        return {"drawn": base64.b64encode(drawn(asked["form"], asked["spec"])).decode()}
    except Exception as error:  # of the library, which has no errors of its own
        return {"trouble": str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__}


def drawn(form: str, spec: dict[str, Any]) -> bytes:
    import vl_convert

    if form == "bundle":
        return vl_convert.javascript_bundle(MODULE).encode()
    if form == "png":
        return vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=PNG_SCALE, allowed_base_urls=[])
    made = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return STRANGE.sub('<a xlink:href="', made).encode()


def main() -> None:
    for line in sys.stdin.buffer:
        print(json.dumps(answer(line)), flush=True)


if __name__ == "__main__":
    main()
