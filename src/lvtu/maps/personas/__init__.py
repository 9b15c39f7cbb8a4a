"""Personas: whom maps are about, as people tell them, tied to a segment that says how many they are."""

from lvtu.maps.personas.persona import Persona, Said
from lvtu.maps.personas.profile import Felt, Profile, Spent, Trait
from lvtu.maps.personas.shelf import Personas

__all__ = ["Felt", "Persona", "Personas", "Profile", "Said", "Spent", "Trait"]
