"""Clusters on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from unit.cli.shop import lvtu


def test_clusters(shop: Path) -> None:
    found = json.loads(lvtu("clusters", shop, "--clusters", 2, "--json").stdout)
    assert sum(row["customers"] for row in found["table"]) == 4 and len(found["table"]) == 2
    assert [note["code"] for note in found["notes"]][-1] == "clusters_describe"
    text = lvtu("clusters", shop, "--clusters", 2, COLUMNS="70").stdout
    for row in found["table"]:
        called = f"more {', '.join(row['name'])}" if row["name"] else "much like all"
        assert f"   {row['cluster']}  {called}" in text
        for place in row["apart"][:2]:
            told = f"{place['place']} {100 * place['share']:.1f}% (elsewhere {100 * place['elsewhere']:.1f}%)"
            assert told in " ".join(text.split())
    assert max(map(len, text.splitlines()[:-1])) <= 110
    chinese = lvtu("clusters", shop, "--clusters", 2, LVTU_LANG="zh").stdout
    assert "更多 " in chinese and "（其余 " in chinese


def test_who_is_in_a_cluster(shop: Path) -> None:
    rows = json.loads(lvtu("clusters", shop, "--clusters", 2, "--json").stdout)["table"]
    listed = [lvtu("clusters", shop, "--clusters", 2, "--customers", row["cluster"]).stdout.split()[3:] for row in rows]
    assert [len(names) for names in listed] == [row["customers"] for row in rows]
    assert sorted(name for names in listed for name in names) == ["ann", "bo", "dee", "蔡"]
    number = next(n for n, names in enumerate(listed, 1) if "dee" in names)
    explained = lvtu("clusters", shop, "--clusters", 2, "--explain", "dee").stdout
    assert f"dee is in cluster {number}" in explained and "100.0% of this customer’s events" in explained
    refused = lvtu("clusters", shop, "--customers", 9)
    assert refused.exit_code == 1 and "no cluster 9" in refused.stderr
