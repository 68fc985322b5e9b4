"""Foreshock: early warning of states coming apart, from open reporting."""

import os

__version__ = "0.1.0"

# onnxruntime, which runs the shipped models, tells its makers of every run (1.32 does, elsewhere than on Windows, too),
# by an id of the machine that it leaves in the home folder, unless this stands before it is first loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
