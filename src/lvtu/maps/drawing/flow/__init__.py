"""Maps as flowcharts: steps, where they branch, what leads back."""
