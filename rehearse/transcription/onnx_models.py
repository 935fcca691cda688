"""Opens the small networks that find speech and pauses, for one core."""

from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import EngineFailed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def opened(model: Path, does: str, again: str) -> "InferenceSession":
    """A session of the model in this file, for the processor and one thread: the same sound gives the same numbers.

    does   what the model is for, as in 'finds speech'
    again  how to get it back

    Raises EngineFailed where it is missing or cannot be run.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as failures

    # Builds that leave events to Windows know no variable for it.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except (failures.NoSuchFile, failures.InvalidProtobuf, failures.InvalidGraph, failures.Fail) as error:
        raise EngineFailed(f"The model that {does} is missing or damaged.", again) from error
