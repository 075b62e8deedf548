"""What hiring reads, one module for each noun."""
