"""Raw tables to grids: where the header stands, and which rows are data."""
