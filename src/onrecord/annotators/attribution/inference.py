"""The seam to what runs the encoder's graphs: onnxruntime, or OpenVINO where that is chosen.

Reads an ONNX file; gives :class:`Graph` s, which map named arrays to arrays. onnxruntime runs unless the environment
variable ``ONRECORD_BACKEND``, or the caller, says ``openvino`` (the extra ``fast``). It is never chosen by what happens
to be installed: 8-bit layers round what 32-bit sums in another order bring them, so that another backend tags a few
words in a hundred attributions otherwise, though none better or worse (measured in docs/experiments.md).

Both are imported here and nowhere else, in a way that they send nothing: each would report to its maker.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import MissingExtraError, UsageError

Backend = Literal["onnxruntime", "openvino"]
VARIABLE: Final = "ONRECORD_BACKEND"


class Graph(Protocol):
    """A loaded graph."""

    def run(self, feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """Map inputs by name to the outputs, in the graph's order."""
        ...


def runtime() -> Any:
    """Import onnxruntime with its telemetry off.

    Otherwise it writes a device id and a database of events below the home folder, and opens a connection to its maker
    in processes that live for more than some eight seconds. It reads the variable when it is first imported; a process
    that has imported it before sets the variable itself.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # noqa: PLC0415 - loads in 200 ms

    return onnxruntime


class _OnnxRuntime:
    def __init__(self, path: Path, threads: int) -> None:
        onnxruntime = runtime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False  # shapes vary from call to call
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the linker's norm and sum apart take a fifth less time
        )

    def run(self, feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        return list(self._session.run(None, dict(feeds)))


def _openvino() -> Any:
    """Import OpenVINO with its telemetry, a package of its own that it takes where it finds it, out of its sight."""
    telemetry = sys.modules.get("openvino_telemetry")
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment] # what the import system takes as missing
    try:
        import openvino  # noqa: PLC0415 - the extra ``fast``
    except ImportError as error:
        raise MissingExtraError("openvino", "fast") from error
    finally:
        del sys.modules["openvino_telemetry"]
        if telemetry is not None:
            sys.modules["openvino_telemetry"] = telemetry
    return openvino


class _OpenVino:
    def __init__(self, path: Path, threads: int) -> None:
        openvino = _openvino()
        # What is not in 8 bits goes in bfloat16 where the processor has it: that is what makes it the faster one.
        hints = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "INFERENCE_PRECISION_HINT": "bf16"}
        core = openvino.Core()
        self._request = core.compile_model(core.read_model(path), "CPU", hints).create_infer_request()

    def run(self, feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        self._request.infer(dict(feeds))
        return [np.array(tensor.data) for tensor in self._request.output_tensors]


def chosen_backend(named: str | None = None) -> Backend:
    """Give the backend that is named, else that of the environment, else onnxruntime.

    Raises UsageError where it is none.
    """
    name = named or os.environ.get(VARIABLE) or "onnxruntime"
    for backend in get_args(Backend):
        if name == backend:
            return backend  # type: ignore[no-any-return] # get_args forgets the type
    raise UsageError(f"{VARIABLE} is {name!r}: give one of {', '.join(get_args(Backend))}.")


def load_graph(path: Path, backend: Backend, *, threads: int) -> Graph:
    """Load an ONNX file. Raises MissingExtraError where the backend is not installed."""
    return _OpenVino(path, threads) if backend == "openvino" else _OnnxRuntime(path, threads)
