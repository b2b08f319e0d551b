"""Who does the tasks: this process, a pool of processes on this machine, or Ray's actors on many.

The only thing in which they differ is here. Each takes the work and the tasks and gives marks as they are done; a
worker that dies costs the task that it had, which another does again, three times at most.
"""

from __future__ import annotations

import multiprocessing as mp
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from onrecord.errors import MissingExtraError, OnRecordError
from onrecord.scale.parts import Mark
from onrecord.scale.stages import Task

Work = Callable[[Task], Mark]
Executor = Callable[[Work, Sequence[Task]], Iterator[Mark]]
_ATTEMPTS: Final = 3


def in_process(work: Work, tasks: Sequence[Task]) -> Iterator[Mark]:
    """Do the tasks here, one after another."""
    return map(work, tasks)


class LocalPool:
    """Processes of this machine, each with one task at a time."""

    def __init__(self, workers: int) -> None:
        """Take how many; none is started before there are tasks."""
        self.workers = workers

    def __call__(self, work: Work, tasks: Sequence[Task]) -> Iterator[Mark]:
        """Do the tasks; raises OnRecordError where a worker dies of one task three times, or a task fails."""
        waiting, tried = deque(tasks), dict.fromkeys((task.name for task in tasks), 0)
        busy: dict[Connection, tuple[mp.process.BaseProcess, Task]] = {}
        idle: list[tuple[mp.process.BaseProcess, Connection]] = []
        try:
            while waiting or busy:
                while waiting and len(busy) < self.workers:
                    process, connection = idle.pop() if idle else _started(work)
                    task = waiting.popleft()
                    busy[connection] = process, task
                    connection.send(task)
                for ready in wait(list(busy)):
                    assert isinstance(ready, Connection)
                    process, task = busy.pop(ready)
                    try:
                        given = ready.recv()
                    except (EOFError, OSError):
                        process.join()
                        ready.close()
                        tried[task.name] += 1
                        if tried[task.name] >= _ATTEMPTS:
                            raise OnRecordError(
                                f"A worker was killed {_ATTEMPTS} times at {task.stage} of {task.name}: "
                                "take fewer workers or smaller shards, then run again."
                            ) from None
                        waiting.appendleft(task)
                        continue
                    idle.append((process, ready))
                    if isinstance(given, Exception):
                        raise given
                    yield given
        finally:
            for process, connection in [*idle, *((process, near) for near, (process, _) in busy.items())]:
                process.kill()
                process.join()
                connection.close()


def _started(work: Work) -> tuple[mp.process.BaseProcess, Connection]:
    context = mp.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _serve(work: Work, connection: Connection) -> None:
    """Do tasks until the other side is gone."""
    while True:
        try:
            task = connection.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            connection.send(work(task))
        except OnRecordError as error:
            connection.send(error)
        except Exception as error:  # noqa: BLE001 - what a task meets is told, not lost with the worker
            connection.send(OnRecordError(f"{task.stage} of {task.name} failed ({type(error).__name__}: {error})."))


class RayActors:
    """Ray Core: actors that hold the weights; a lost actor or node costs the tasks that it had."""

    def __init__(self, address: str, workers: int) -> None:
        """Take the cluster's address (``auto``, ``local``, ``ray://…``) and how many actors; needs the extra scale."""
        try:
            import ray  # noqa: PLC0415 - an optional package loads when it is used
        except ImportError as error:
            raise MissingExtraError("ray", "scale") from error
        self.ray: Any = ray
        self.workers = workers
        if not ray.is_initialized():
            ray.init(address=None if address == "local" else address, log_to_driver=False)

    def __call__(self, work: Work, tasks: Sequence[Task]) -> Iterator[Mark]:
        """Do the tasks, at most two in flight an actor."""
        ray = self.ray
        actor = ray.remote(max_restarts=-1, max_task_retries=_ATTEMPTS, num_cpus=1)(_Actor)
        actors = [actor.remote(work) for _ in range(min(self.workers, len(tasks)) or 1)]
        waiting, flying = deque(tasks), {}
        try:
            for one in [each for each in actors for _ in range(2)]:
                if waiting:
                    flying[one.perform.remote(waiting.popleft())] = one
            while flying:
                (done,), _ = ray.wait(list(flying), num_returns=1)
                one = flying.pop(done)
                if waiting:
                    flying[one.perform.remote(waiting.popleft())] = one
                yield ray.get(done)
        finally:
            for one in actors:
                ray.kill(one)


class _Actor:
    """One of Ray's workers."""

    def __init__(self, work: Work) -> None:
        self.work = work

    def perform(self, task: Task) -> Mark:
        return self.work(task)
