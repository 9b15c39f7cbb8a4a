"""The nouns: records, units, expressions; frozen, typed, validated."""
