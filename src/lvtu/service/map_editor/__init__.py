"""The editor of journey maps: edits, taken back and done again; pictures; the lanes there are; new maps."""
