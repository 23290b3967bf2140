"""Where to draw each node: springs along the ties, repulsion between all, by forces on a grid.

Repulsion is a convolution of the nodes' density with the force of one node, made with Fourier transforms (as in
Linderman et al. 2019), so that a step costs as much for 20,000 nodes as for 2,000.
"""

from __future__ import annotations

import numpy as np

from ..work import Floats
from .graphs import Graph

STEPS = 300
_GRID = 128
_PAIRWISE = 300
"""Nodes up to which the force of each on each is computed as it is."""


def layout(graph: Graph, seed: int = 0, steps: int = STEPS) -> tuple[Floats, Floats]:
    """x and y of each node, from −1 to 1; tied nodes are near each other."""
    n = graph.nodes
    if n < 2:
        return np.zeros(n), np.zeros(n)
    at = np.random.default_rng(seed).normal(size=(n, 2))
    strength = np.sqrt(graph.weight / max(graph.weight.max(initial=0.0), 1e-300))
    mass = 1.0 + np.sqrt(graph.degree)
    velocity = np.zeros_like(at)
    for step in range(steps):
        size = 1.0 - step / steps
        force = _repulsion(at, mass) - 0.02 * at * mass[:, None]
        pull = (at[graph.right] - at[graph.left]) * strength[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(graph.left, pull[:, axis], minlength=n)
            force[:, axis] -= np.bincount(graph.right, pull[:, axis], minlength=n)
        force /= mass[:, None]
        velocity = 0.5 * velocity + force
        length = np.linalg.norm(velocity, axis=1, keepdims=True)
        at += velocity * np.minimum(1.0, 2.0 * size / np.maximum(length, 1e-12)) * 0.3
    at -= at.mean(axis=0)
    at /= max(float(np.abs(at).max()), 1e-12)
    return at[:, 0].copy(), at[:, 1].copy()


def _repulsion(at: Floats, mass: Floats) -> Floats:
    """The force on each node from all others, about mass/distance; in larger graphs read off a grid."""
    if len(at) <= _PAIRWISE:
        apart = at[:, None, :] - at[None, :, :]
        return (
            np.asarray((apart / ((apart**2).sum(axis=2, keepdims=True) + 1e-4) * mass[None, :, None]).sum(axis=1))
            * mass[:, None]
        )
    low = at.min(axis=0)
    cell = max(float((at.max(axis=0) - low).max()), 1e-9) / (_GRID - 2)
    place = (at - low) / cell
    corner = np.floor(place).astype(np.int64)
    part = place - corner
    density = np.zeros((_GRID, _GRID))
    corners = []
    for dx in (0, 1):
        for dy in (0, 1):
            share = (part[:, 0] if dx else 1 - part[:, 0]) * (part[:, 1] if dy else 1 - part[:, 1])
            corners.append((corner[:, 0] + dx, corner[:, 1] + dy, share))
            np.add.at(density, corners[-1][:2], share * mass)
    reach = np.arange(-_GRID + 1, _GRID)
    dx, dy = np.meshgrid(reach * cell, reach * cell, indexing="ij")
    squared = dx**2 + dy**2 + cell**2
    shape = (2 * _GRID, 2 * _GRID)
    spread = np.fft.rfft2(density, shape)
    force = np.zeros_like(at)
    for axis, component in enumerate((dx, dy)):
        kernel = np.fft.rfft2(component / squared, shape)
        field = np.fft.irfft2(spread * kernel, shape)
        field = np.roll(field, (-_GRID + 1, -_GRID + 1), (0, 1))[:_GRID, :_GRID]
        for x, y, share in corners:
            force[:, axis] += field[x, y] * share
    return force * mass[:, None]
