"""The choice measured: its gap, its time, its worth in futures nobody saw, and what other ways to choose are worth."""
