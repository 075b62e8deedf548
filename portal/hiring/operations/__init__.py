"""The verbs of hiring, one module for each noun."""
