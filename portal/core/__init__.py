"""The kernel: everything features share, and nothing that knows a feature."""
