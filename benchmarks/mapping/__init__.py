"""How well ``pursuit map`` knows columns: precision and recall over header sets with their truth."""
