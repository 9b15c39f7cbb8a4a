"""Runs in pm4py's own environment: the directly-follows graph with counts and median times.

The log is sorted and cut to its three columns beforehand, unmeasured, and the function called is the one that
``pm4py.discover_dfg`` ends in, without its checks and conversions.
"""

import json
import sys
import time

import pandas as pd
import pm4py
from pm4py.algo.discovery.dfg.adapters.pandas.df_statistics import get_dfg_graph

CASE, EVENT, TIME = "case:concept:name", "concept:name", "time:timestamp"

log = pd.read_parquet(sys.argv[1], columns=[CASE, EVENT, TIME]).sort_values([CASE, TIME], kind="stable")
log[CASE], log[EVENT] = log[CASE].astype("category"), log[EVENT].astype("category")
print(json.dumps({"version": pm4py.__version__}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    counts, _times = get_dfg_graph(
        log,
        measure="both",
        perf_aggregation_key="median",
        sort_caseid_required=False,
        sort_timestamp_along_case_id=False,
    )
    took = time.perf_counter() - began
    pairs = {f"{source}\t{target}": int(n) for (source, target), n in counts.items() if n}
    print(json.dumps({"seconds": took, "transitions": pairs}), flush=True)
