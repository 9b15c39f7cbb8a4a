"""The library of journey maps: what there is, what can be begun from, how maps stand within each other."""
