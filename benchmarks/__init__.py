"""Side-by-side measurements of Lvtu and its peers; run ``python -m benchmarks --help`` from the repository."""
