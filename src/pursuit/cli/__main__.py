"""``python -m pursuit.cli``, the same as ``pursuit``."""

from pursuit.cli.app import main

main()
