"""Cash of options, told by two numbers a month where that is all there is to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pursuit.selection.problem import Bools, Cash, Floats


@dataclass(frozen=True)
class Flow:
    """Cumulative money by month: (M,) for sure, (M,) more where the option is won, else (M, S) scenario by scenario."""

    fixed: Floats
    won: Floats
    exact: Floats | None = None


def split(flow: Floats, won: Bools) -> Flow:
    """Tell a flow (M, S) by what is the same in every scenario and what is the same in every one with a win (S,).

    A customer who fails in some future pays less in that one: such a flow has to be told scenario by scenario.
    """
    lost, gained = flow[:, ~won], flow[:, won]
    if np.all(lost == lost[:, :1]) and np.all(gained == gained[:, :1]):
        fixed = lost[:, 0] if lost.shape[1] else gained[:, 0]
        return Flow(fixed, gained[:, 0] - fixed if gained.shape[1] else np.zeros(len(flow)))
    nothing = np.zeros(len(flow))
    return Flow(nothing, nothing, flow)


def gather(flows: Sequence[Flow], base: Floats, floor: float, penalty: float) -> Cash:
    """The firm's cash from the flow of every option and the balance (S, M) whatever is chosen."""
    S, M = base.shape
    exact = [(option, flow.exact) for option, flow in enumerate(flows) if flow.exact is not None]
    return Cash(
        base=base,
        fixed=np.array([flow.fixed for flow in flows]).reshape(len(flows), M),
        won=np.array([flow.won for flow in flows]).reshape(len(flows), M),
        exact_option=np.array([option for option, _ in exact], dtype=np.int64),
        exact=np.array([own for _, own in exact]).reshape(len(exact), M, S),
        floor=np.full(M, floor),
        penalty=penalty,
    )
