"""Known exports, one description each; the language is that of ``mapping.toml`` with a head and signatures."""
