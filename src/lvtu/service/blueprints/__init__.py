"""Journey maps as service blueprints: drawn, checked, listed."""
