"""A dispatch read in a process of its own, for a shard that killed its worker: who dies is known, and the rest goes on.

`python -m parley.run.alone` is that process: Documents come in by stdin, pickled, and what was read goes out by stdout.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import Any, BinaryIO

from parley.document import Document

TRIES = 2


class Killed(Exception):
    """A dispatch whose reading ended the process, as often as it was tried."""


class Alone:
    """Reads dispatches one by one in a child, which is made anew where it dies. Close it, or use it with `with`."""

    def __init__(self, model: str | None) -> None:
        self.model = model
        self.child: subprocess.Popen[bytes] | None = None

    def __call__(self, document: Document) -> Any:
        """What `reading.read` gives. Raises Killed, saying how the child died."""
        code = 0
        for _ in range(TRIES):
            child = self.child or self.made()
            try:
                pickle.dump(document, child.stdin)  # type: ignore[arg-type]
                child.stdin.flush()  # type: ignore[union-attr]
                return pickle.load(child.stdout)  # type: ignore[arg-type]  # our own child
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                code = child.wait()
                self.close()
        raise Killed(f"reading it ended the process {TRIES} times ({ended(code)}); set apart")

    def made(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "parley.run.alone", *filter(None, [self.model])]
        self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self.child

    def close(self) -> None:
        if self.child:
            self.child.stdin.close()  # type: ignore[union-attr]
            self.child.wait()
            self.child.stdout.close()  # type: ignore[union-attr]
        self.child = None

    def __enter__(self) -> Alone:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def ended(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def serve(given: BinaryIO, answers: BinaryIO) -> None:
    from parley.run.reading import read

    while True:
        try:
            document = pickle.load(given)
        except EOFError:
            return
        pickle.dump(read(document), answers)
        answers.flush()


def main() -> None:
    from parley.mark.parse import use_model

    use_model(sys.argv[1] if len(sys.argv) > 1 else None)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
