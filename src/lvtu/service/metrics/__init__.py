"""What the service counts of itself, for Prometheus and for its log."""
