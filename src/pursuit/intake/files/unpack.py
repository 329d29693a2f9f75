"""Run as a script in a process of its own: the sheets of a workbook, pickled to standard output.

Calamine ends the whole process when a file asks for more memory than there is; here that process is a child.
"""

from __future__ import annotations

import contextlib
import pickle
import sys

MEMORY_LIMIT = 4 * 2**30


def main(path: str) -> None:
    """Write ``[(sheet name, rows), ...]`` of the workbook at ``path``, within the memory limit."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    with CalamineWorkbook.from_path(path) as book:
        names = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]
    pickle.dump(sheets, sys.stdout.buffer)


if __name__ == "__main__":
    main(sys.argv[1])
