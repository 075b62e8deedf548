"""What is asked of recognition."""
