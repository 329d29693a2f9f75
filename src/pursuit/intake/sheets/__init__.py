"""What a firm can be written in: every sheet and column, with its meaning in both languages."""
