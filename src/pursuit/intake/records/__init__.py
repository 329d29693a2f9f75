"""Grids to a Company: typed rows, settled sums, records, and every fault with its place."""
