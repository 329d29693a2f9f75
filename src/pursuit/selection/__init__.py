"""The choice under uncertainty: problem -> solve -> result, with a proven bound."""
