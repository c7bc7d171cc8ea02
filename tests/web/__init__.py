"""Mirrors letters/web."""
