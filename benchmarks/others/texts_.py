"""Runs in the environment of SnowNLP and VADER: reads lines of texts, answers with what each makes of them."""

import json
import sys
import time
from importlib.metadata import version

from snownlp import SnowNLP
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

vader = SentimentIntensityAnalyzer()
READ = {
    "snownlp": lambda text: SnowNLP(text).sentiments if text.strip() else 0.5,
    "vader": lambda text: vader.polarity_scores(text)["compound"],
}
READ["snownlp"]("先读一遍")  # its tables are loaded by the first text
print(json.dumps({"version": f"SnowNLP {version('snownlp')}, VADER {version('vaderSentiment')}"}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    began = time.perf_counter()
    values = [READ[question["with"]](text) for text in question["texts"]]
    print(json.dumps({"seconds": time.perf_counter() - began, "values": values}), flush=True)
