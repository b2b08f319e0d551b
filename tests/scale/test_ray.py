"""The same run by Ray's actors; `make test-ray` installs Ray, whose 240 MB the other tests do without."""

from __future__ import annotations

import os
import signal
import warnings

import pytest

from onrecord.scale.run import run

ray = pytest.importorskip("ray", reason="SKIPPED: ray (the extra scale) is not installed; make test-ray")
from onrecord.scale.executors import RayActors  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("default"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def actors():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield RayActors("local", 2)
        ray.shutdown()


def contents(folder):
    found = [*folder.glob("*/*.parquet"), folder / "manifest.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_rays_actors_write_the_same_bytes(done, tmp_path, actors):
    run([done[0]], tmp_path / "run", actors, size=4)
    assert contents(tmp_path / "run") == contents(done[1])


def test_killed_actors_cost_nothing(done, tmp_path, actors):
    killed = []

    def killing(work, tasks):
        for mark in actors(work, tasks):
            if len(killed) < 5:
                pids = [int(pid) for pid in os.popen("pgrep -f ray::_Actor").read().split()]
                killed.extend(pids[:1])
                for pid in pids[:1]:
                    os.kill(pid, signal.SIGKILL)
            yield mark

    run([done[0]], tmp_path / "run", killing, size=2)
    run([done[0]], tmp_path / "plain", actors, size=2)
    assert killed
    assert contents(tmp_path / "run") == contents(tmp_path / "plain")
