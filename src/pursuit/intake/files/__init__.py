"""Bytes to raw tables, safely: no file can take more time or memory than it is worth."""
