"""Run by test_crashes: writers that are killed at a random moment; prints the keys of what they had said was kept.

    python killed.py URL TIMES SEED [WRITERS]

With WRITERS, so many write at once and none is killed; each keeps TIMES documents, every second of them a version.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from onrecord.archive.archive import Archive

sys.path.insert(0, str(Path(__file__).parent))
from conftest import made

WORDS = "quay boats storm ferry harbour crane mast hull anchor tide pier rope".split()


def report(number: int, chance: random.Random):
    quoted = " ".join(chance.choices(WORDS, k=12)) + f" number{number}"
    return made(
        f"doc-{number}", quoted, speaker=f"Speaker Name{number % 7}", rest=" ".join(chance.choices(WORDS, k=200))
    )


def write(url: str, first: int, many: int, chance: random.Random, out: int) -> None:
    """Keep documents one after the other, and say each after it was kept; one key in three gets a second version."""
    with Archive(url) as archive:
        os.write(out, b"open\n")
        for number in range(first, first + many):
            for each in [report(number, chance)] * (1 + number % 2) + [report(number, chance)] * (number % 3 == 0):
                archive.add_annotated([each])
            os.write(out, f"doc-{number}\n".encode())


def child(url: str, first: int, many: int, seed: int) -> tuple[int, int]:
    readable, writable = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(readable)
        status = 1
        try:
            write(url, first, many, random.Random(seed), writable)
            status = 0
        finally:
            os._exit(status)
    os.close(writable)
    return pid, readable


def kill(url: str, times: int, chance: random.Random) -> list[str]:
    said: list[str] = []
    for turn in range(times):
        pid, readable = child(url, turn * 10_000, 10_000, turn)
        with os.fdopen(readable) as pipe:
            assert pipe.readline() == "open\n"
            said += [pipe.readline().strip() for _ in range(chance.randrange(6))]
            time.sleep(chance.uniform(0, 0.03))
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            said += pipe.read().split()
    return said


def together(url: str, times: int, writers: int) -> list[str]:
    children = [child(url, writer * 10_000, times, writer) for writer in range(writers)]
    said: list[str] = []
    for pid, readable in children:
        with os.fdopen(readable) as pipe:
            said += pipe.read().split()[1:]
        assert os.waitpid(pid, 0)[1] == 0, "a writer failed"
    return said


if __name__ == "__main__":
    url, times, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    said = together(url, times, int(sys.argv[4])) if len(sys.argv) > 4 else kill(url, times, random.Random(seed))
    sys.stdout.write(json.dumps(said))
