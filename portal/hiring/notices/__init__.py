"""Who is told what in hiring, one module for each noun."""
