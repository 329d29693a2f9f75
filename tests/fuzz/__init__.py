"""Broken files by the thousand: ``python -m tests.fuzz``; each ends in tables or faults."""
