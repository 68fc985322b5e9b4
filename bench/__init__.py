"""Benchmarks, each beside a peer or a limit."""

from train.complaints import take_in_hand

take_in_hand()
