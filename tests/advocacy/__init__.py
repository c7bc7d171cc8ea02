"""Mirrors advocacy/."""
