"""A Company, and the empty template, to workbooks and CSV files."""
