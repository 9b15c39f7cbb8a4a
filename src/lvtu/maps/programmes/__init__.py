"""Guided programmes: five steps each, with gates that look for what is really there.

A programme is a definition (`definition`); a project is somebody's way through one (`project`). A gate asks the
workspace or the project's map whether something is there: answers on a scale, a scenario, a pain with evidence. What is
missing is named, with the place where it is made.
"""

from lvtu.maps.programmes.definition import Programme, programmes
from lvtu.maps.programmes.project import Project, Strategy
from lvtu.maps.programmes.running import Running
from lvtu.maps.programmes.shelf import Projects

__all__ = ["Programme", "Project", "Projects", "Running", "Strategy", "programmes"]
