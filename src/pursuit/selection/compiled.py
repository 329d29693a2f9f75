"""A problem laid out for the kernels: packages by option, hours by future, everything contiguous."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pursuit.selection.flow import BIG
from pursuit.selection.problem import Bools, Floats, Ints, SelectionProblem


@dataclass(frozen=True)
class Compiled:
    """Arrays the kernels share; built once per solve.

    Attributes
    ----------
    opt_start
        (O+1,) packages of option o are ``opt_start[o] .. opt_start[o+1]-1``; those before ``opt_start[0]`` always come.
    active_hours
        (P, S) hours in each future, overrun included, 0 where the package does not come.
    pk, pf
        (P, 3) first, last, due; (P, 6) rate, late cost, late cap, subcontract cost, subcontract share, breach cost.
    gain
        Option -> (R, T) hours it adds.
    tol
        Money below which two costs per hour are equal.
    """

    problem: SelectionProblem
    opt_start: Ints
    active_hours: Floats
    pkg_resource: Ints
    pk: Ints
    pf: Floats
    gain: dict[int, Floats]
    uses: Bools
    tol: float

    @property
    def always(self) -> int:
        """Number of packages that come whatever is chosen."""
        return int(self.opt_start[0])


def compile_problem(problem: SelectionProblem) -> Compiled:
    """Lay ``problem`` out for the kernels."""
    k = problem.packages
    S, O = problem.scenarios, problem.options
    comes = np.ones((len(k), S), dtype=bool)
    conditional = k.if_won & (k.option >= 0)
    comes[conditional] = problem.won[k.option[conditional]]
    single = np.flatnonzero(k.scenario >= 0)
    comes[single] &= np.arange(S)[None, :] == k.scenario[single, None]
    active = np.where(comes, k.hours[:, None] * problem.hours_factor[k.resource], 0.0)
    sub = np.where(np.isfinite(k.subcontract_cost), k.subcontract_cost, BIG)
    # A package may not be carried out at more per week than would finish it at once; wider rates only blur the bound.
    longest = active.max(axis=1, initial=0.0)
    rate = np.minimum(k.rate, np.maximum(longest, 1e-9))
    pf = np.column_stack([rate, k.late_cost, k.late_cap, sub, k.subcontract_share, k.breach_cost])
    uses = np.zeros((O, problem.capacity.shape[0]), dtype=bool)
    owned = k.option >= 0
    uses[k.option[owned], k.resource[owned]] = True
    scale = float(np.max(np.abs(k.breach_cost), initial=1.0))
    return Compiled(
        problem=problem,
        opt_start=np.searchsorted(k.option, np.arange(O + 1)).astype(np.int64),
        active_hours=np.ascontiguousarray(active),
        pkg_resource=k.resource.astype(np.int64),
        pk=np.ascontiguousarray(np.column_stack([k.first, k.last, k.due]).astype(np.int64)),
        pf=np.ascontiguousarray(pf),
        gain={int(o): problem.capacity_gain[g] for g, o in enumerate(problem.gain_option)},
        uses=uses,
        tol=max(scale * 1e-9, 1e-12),
    )
