"""What hiring shows to machines and prints, one module for each noun."""
