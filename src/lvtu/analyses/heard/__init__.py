"""What was heard: all scales that customers answered on, side by side, each of its own, in one pass over the answers.

Every figure is that of `scores` with the same ``metric``, ``scale``, ``by``, ``since`` and ``until``.
"""
