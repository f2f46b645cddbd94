"""A Python in which one dispatch ends whatever process reads it: first on the path of the workers under test."""

import os
import signal

from parley import pipeline

process = pipeline.process


def deadly(document):
    if "of no return" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return process(document)


pipeline.process = deadly
