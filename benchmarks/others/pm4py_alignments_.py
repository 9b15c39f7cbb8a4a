"""Runs in pm4py's own environment: alignments of a log with a designed order of steps, case by case.

The design is a net with a place before and after every step: a hidden transition beside it where it is optional, and
one back where it may be repeated. Costs are pm4py's own (a visible move 10,000, a hidden one 1), and the log is cut to
its three columns beforehand, unmeasured.
"""

import json
import sys
import time

import pandas as pd
import pm4py
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

CASE, EVENT, TIME = "case:concept:name", "concept:name", "time:timestamp"


def net_of(steps):
    """The net of a design, with its first and last marking."""
    net = PetriNet("design")
    places = [PetriNet.Place(f"p{number}") for number in range(2 * len(steps))]
    net.places.update(places)

    def transition(name, label, before, after):
        one = PetriNet.Transition(name, label)
        net.transitions.add(one)
        add_arc_from_to(before, one, net)
        add_arc_from_to(one, after, net)

    for number, step in enumerate(steps):
        before, after = places[2 * number], places[2 * number + 1]
        transition(f"s{number}", step["place"], before, after)
        if step.get("repeatable"):
            transition(f"again{number}", None, after, before)
        if number:
            transition(f"next{number}", None, places[2 * number - 1], before)
        if step.get("optional"):
            transition(f"out{number}", None, before, after)
    return net, Marking({places[0]: 1}), Marking({places[-1]: 1})


log = pd.read_parquet(sys.argv[1], columns=[CASE, EVENT, TIME]).sort_values([CASE, TIME], kind="stable")
print(json.dumps({"version": pm4py.__version__}), flush=True)
for line in sys.stdin:
    net, first, last = net_of(json.loads(line)["order"])
    began = time.perf_counter()
    found = pm4py.conformance_diagnostics_alignments(log, net, first, last)
    took = time.perf_counter() - began
    cases = log[CASE].drop_duplicates().tolist()
    costs = {case: int(one["cost"] // 10_000) for case, one in zip(cases, found, strict=True)}
    fitness = {case: float(one["fitness"]) for case, one in zip(cases, found, strict=True)}
    print(json.dumps({"seconds": took, "costs": costs, "fitness": fitness}), flush=True)
