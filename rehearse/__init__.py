"""Answer the interview question that went badly again, aloud, until it is short and clear.

Importing any part of it keeps the libraries beneath from going online: they read these variables when they load, here
and in every process that is started from here. onnxruntime from 1.29 on otherwise sends events to Microsoft from
threads of its own and keeps an identifier of the machine in the cache folder (docs/decisions/0008-no-network.md).
"""

import os

__version__ = "0.1.0"

os.environ.update(
    ORT_DISABLE_TELEMETRY="1",
    HF_HUB_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    DO_NOT_TRACK="1",
)
