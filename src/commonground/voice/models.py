"""Voices, what goes to and fro about them, what several have in common, and the open addresses at which they are raised."""

from commonground.voice.points import Point
from commonground.voice.replies import Reply
from commonground.voice.topics import Topic
from commonground.voice.voices import Salt, Voice

__all__ = ["Point", "Reply", "Salt", "Topic", "Voice"]
