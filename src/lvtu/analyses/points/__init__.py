"""What customers score and say as points from 0 (the worst) to 100 (the best), and sums of them that merge."""
