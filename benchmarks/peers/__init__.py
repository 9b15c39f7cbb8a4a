"""The peers, each answering the questions of ``benchmarks.questions`` in its best form."""
