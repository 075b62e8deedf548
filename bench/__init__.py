"""Measures of speed and memory on made-up data of a known size; no part of the application."""
