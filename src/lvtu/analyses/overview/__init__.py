"""The overview: a journey in one period beside the period before, on one snapshot, and which differences are real.

It is no question of its own: its numbers are those of `lvtu.analyses.stages`, of the scores given in stages as
`lvtu.analyses.rollup` tells them, and of the catalogue's sales, put beside each other.
"""
