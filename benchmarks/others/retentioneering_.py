"""Runs in retentioneering's own environment: its funnel and transition counts, headless, on the shop it ships.

Its order of events within one time is kept: the shop is written out in that order, for the other side to read.
"""

import json
import sys
import time

import retentioneering
from retentioneering.tools.transition_matrix import TransitionMatrix

stream = retentioneering.datasets.load_ecom()
stream.to_dataframe()[["user_id", "event", "timestamp"]].to_csv(sys.argv[1], index=False)
print(json.dumps({"version": retentioneering.__version__}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    began = time.perf_counter()
    if "funnel" in question:
        answer = stream.funnel_data(steps=question["funnel"])
    else:
        answer = TransitionMatrix(stream).fit("count")
    took = time.perf_counter() - began
    if "funnel" in question:
        out = {"customers": [int(step["unique_paths"]) for step in answer["steps"]]}
    else:
        names = [(s, t) for s in answer.index for t in answer.columns if answer.loc[s, t]]
        inner = [(s, t) for s, t in names if s != "path_start" and t != "path_end"]
        out = {"transitions": {f"{s}\t{t}": int(answer.loc[s, t]) for s, t in inner}}
    print(json.dumps({"seconds": took} | out), flush=True)
