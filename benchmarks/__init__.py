"""Quality, memory and work of Pursuit against named peers, printed as tables; nothing here is a test."""
