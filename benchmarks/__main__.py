"""Runs the measurements: ``python -m benchmarks [--size 1M|10M|100M]… [--only funnel,graph] [--quick]``."""

from __future__ import annotations

import argparse

from benchmarks import others, product
from benchmarks.generate import SIZES, generate
from benchmarks.harness import MODULES, side_by_side
from benchmarks.questions import ROUNDS, cases
from benchmarks.report import write


def arguments() -> argparse.Namespace:
    """What to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Lvtu side by side with its peers.")
    parser.add_argument(
        "--size", action="append", choices=list(SIZES), help="events to make and ask (default: 1M and 10M)"
    )
    known = [*cases(), *product.CASES, *others.CASES]
    parser.add_argument("--only", default="", help=f"some cases, by name or first word: {', '.join(known)}")
    parser.add_argument("--engines", default=",".join(MODULES), help="some engines (default: all)")
    parser.add_argument("--quick", action="store_true", help="three questions a case instead of nine")
    parser.add_argument("--generate", action="store_true", help="only make the events")
    asked = parser.parse_args()
    asked.size = asked.size or ["1M", "10M"]
    asked.only = {word.strip() for word in asked.only.split(",") if word.strip()}
    unknown = asked.only - {*known, *(name.split("-")[0] for name in cases())}
    if unknown:
        parser.error(f"unknown case {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    asked.engines = [name for name in asked.engines.split(",") if name]
    if wrong := set(asked.engines) - set(MODULES):
        parser.error(f"unknown engine {', '.join(sorted(wrong))}; known: {', '.join(MODULES)}")
    return asked


def main() -> None:
    """Makes the events, asks everybody, writes the results."""
    asked = arguments()
    rounds = 3 if asked.quick else ROUNDS
    elsewhere = bool(asked.only) and asked.only <= set(others.CASES)
    described = {} if elsewhere else {size: generate(size) for size in asked.size}
    if asked.generate:
        return
    reports = [side_by_side(size, asked.only, asked.engines, rounds) for size in described]
    facts = {}
    largest = asked.size[-1]
    for name in product.CASES:
        if not asked.only or name in asked.only:
            facts[f"{name}, {largest}"] = product.run(name, largest, rounds)
    for name in others.CASES:
        if not asked.only or name in asked.only:
            facts[name] = others.run(name, rounds)
    print(f"written: {write(reports, facts, described, rounds).name}")


if __name__ == "__main__":
    main()
