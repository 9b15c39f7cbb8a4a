"""What customers say: surveys that ask them, and what their answers become."""
