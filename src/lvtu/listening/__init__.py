"""How one workspace listens: its own calibration, its own model, and what people corrected."""
