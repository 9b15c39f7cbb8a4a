"""Live cells of journey maps: what is behind them, whether they can be relied on, what they are bound to."""
