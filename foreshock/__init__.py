"""Foreshock: early warning of states coming apart, from open reporting."""

__version__ = "0.1.0"
