"""Lessons on the course: cards of the 25 procedures, a lawful course with what would be refused, and a quiz."""

from __future__ import annotations
