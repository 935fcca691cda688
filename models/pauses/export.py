"""Writes the network as an ONNX file, its weights in half precision: they are widened again when it is loaded."""

import io
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from models.pauses.network import CHANNELS, Network


def export(network: Network, path: Path) -> None:
    """One input `seen`, shape (1, hops, channels), hops even; one output `odds`, shape (1, hops)."""
    written = io.BytesIO()
    torch.onnx.export(
        network,
        (torch.zeros(1, 400, CHANNELS),),
        written,
        input_names=["seen"],
        output_names=["odds"],
        dynamic_axes={"seen": {1: "hops"}, "odds": {1: "hops"}},
        dynamo=False,
    )
    model = onnx.load_from_string(written.getvalue())
    for weights in [each for each in model.graph.initializer if each.data_type == TensorProto.FLOAT]:
        halved = numpy_helper.to_array(weights).astype(np.float16)
        name = weights.name
        weights.CopyFrom(numpy_helper.from_array(halved, f"{name}_half"))
        model.graph.node.insert(0, helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
