"""Mirrors letters/templatetags."""
