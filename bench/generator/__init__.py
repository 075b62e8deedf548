"""Fills a database with made-up people and applications: the same for the same size, every time."""

from bench.generator.generate import generate
from bench.generator.sizes import SIZES, Size

__all__ = ["SIZES", "Size", "generate"]
