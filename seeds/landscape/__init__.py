"""Imports the landscape.yml format of the Linux Foundation landscapes: members, service providers, products."""

from __future__ import annotations

from .read import read_landscape
from .roles import MembersAs

__all__ = ["MembersAs", "read_landscape"]
