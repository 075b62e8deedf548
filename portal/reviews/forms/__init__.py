"""Shapes of what is sent to reviews."""
