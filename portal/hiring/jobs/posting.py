"""Closes postings whose last day is over."""
