"""What people send in hiring, one module for each noun."""
