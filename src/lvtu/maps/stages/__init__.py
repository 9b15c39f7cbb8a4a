"""Stages guessed for the rated questions of a survey, from what the survey says alone; no evidence, no stages."""

from lvtu.maps.stages.guess import GUESSES, Asked, By, Guess, guessed
from lvtu.maps.stages.known import both

__all__ = ["GUESSES", "Asked", "By", "Guess", "both", "guessed"]
