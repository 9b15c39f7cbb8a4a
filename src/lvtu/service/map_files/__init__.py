"""Maps as files of other programs, and frame by frame."""
