"""The loading as the search holds it while options come and go, for the checker to judge."""

import numpy as np

from pursuit.selection.loaded import OUTSIDE, UNDONE, Loading


def loading_of(firm) -> Loading:
    """All shares that stand in the rows of a firm."""
    when, bundle_of = firm.c.problem.packages, firm.c.work.bundle_of
    start, entries = [0], []
    for s, row in enumerate(firm.shelves.rows):
        base = firm.c.base_package[firm.c.base_start[s] : firm.c.base_start[s + 1]]
        loaded = firm.shelves.loaded()
        for p in [*base, *loaded[firm.on[s, bundle_of[loaded]]]]:
            weeks = [*range(when.first[p], when.last[p] + 1), OUTSIDE, UNDONE]
            shares = row[firm.shelves.offset[p] :][: len(weeks)]
            entries += [(p, week, share) for week, share in zip(weeks, shares, strict=True) if share > 1e-12]
        start.append(len(entries))
    package, week, share = zip(*entries, strict=True) if entries else ((), (), ())
    whole = (np.array(numbers, dtype=np.int64) for numbers in (start, package, week))
    return Loading(*whole, np.array(share, dtype=float))
