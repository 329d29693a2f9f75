"""The firm lived: a state, and one week after another played on it by the laws of its nature."""
