"""Health: what watches over the service asks whether it lives, and whether it can take events."""
