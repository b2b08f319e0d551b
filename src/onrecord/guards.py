"""Guards: what nobody foresaw in one document ends that document's part of the work, and never the run.

Each function does a stage's work and gives, beside what was done, a :class:`Failure` for each document that the stage
could not take. Errors that onrecord raises on purpose (damaged weights, a missing extra) are no document's fault and
pass through.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from onrecord.errors import OnRecordError, ReadError
from onrecord.story import Failure, Stage

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")

_DONE: Final[dict[Stage, str]] = {
    "read": "read",
    "annotate": "annotated",
    "compare": "compared with the others",
    "check": "checked",
}


def unforeseen(error: Exception, document: str, stage: Stage) -> Failure:
    """Describe, in one sentence, an error that nobody foresaw: the document, the stage, and the place in the code.

    The error's own message is left out: it may repeat what the document holds.
    """
    if isinstance(error, MemoryError):
        because = f"{document} could not be {_DONE[stage]} for want of memory: split it, or take more."
    else:
        because = f"{document} could not be {_DONE[stage]} ({place_of(error)}): a fault of onrecord, please report it."
    return Failure(document, because, stage)


def place_of(error: BaseException) -> str:
    """Name an error's kind and where it was raised: ``IndexError in nesting.py, line 97``."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def guarded(work: Callable[[_Item], _Done], item: _Item, name: str, stage: Stage) -> _Done | Failure:
    """Do the work of one document, or say why it could not be done."""
    try:
        return work(item)
    except ReadError as error:
        return Failure(name, str(error), stage)
    except OnRecordError:
        raise
    except Exception as error:  # noqa: BLE001 - the one place where what nobody foresaw is caught
        return unforeseen(error, name, stage)


def in_batches(
    items: Sequence[_Item],
    work: Callable[[Sequence[_Item]], Sequence[_Done]],
    name: Callable[[_Item], str],
    stage: Stage,
) -> list[_Done | Failure]:
    """Do work that takes many documents at once and gives one result for each, in order.

    A batch that fails is halved until the documents at fault stand alone, so that they cost the others no result.
    """
    if not items:
        return []
    try:
        return list(work(items))
    except OnRecordError:
        raise
    except Exception as error:  # noqa: BLE001 - likewise
        if len(items) == 1:
            return [unforeseen(error, name(items[0]), stage)]
    half = len(items) // 2
    return [*in_batches(items[:half], work, name, stage), *in_batches(items[half:], work, name, stage)]


def together(
    items: Sequence[_Item], work: Callable[[Sequence[_Item]], _Done], name: Callable[[_Item], str], stage: Stage
) -> tuple[_Done | None, list[Failure]]:
    """Do work that reads documents together, with as many of them as it can take; ``None`` where it can take none.

    Where it fails, those at fault are found by halving; of documents that fail only together the later is left out.
    """
    done: _Done | None = None
    kept: list[_Item] = []
    failures: list[Failure] = []
    blocks = [list(items)] if items else []
    while blocks:
        block = blocks.pop()
        try:
            done = work([*kept, *block])
        except OnRecordError:
            raise
        except Exception as error:  # noqa: BLE001 - likewise
            if len(block) == 1:
                failures.append(unforeseen(error, name(block[0]), stage))
            else:
                half = len(block) // 2
                blocks += [block[half:], block[:half]]
        else:
            kept += block
    return done, failures


def parted(results: Iterable[_Done | Failure]) -> tuple[list[_Done], list[Failure]]:
    """Part what was done from what could not be, each in order."""
    done: list[_Done] = []
    failures: list[Failure] = []
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            done.append(result)
    return done, failures
