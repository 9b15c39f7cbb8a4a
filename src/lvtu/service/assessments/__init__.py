"""How the team of a map rates its own service, beside how customers do."""
