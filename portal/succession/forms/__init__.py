"""Forms of succession."""
