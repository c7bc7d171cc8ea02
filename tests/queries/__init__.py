"""Mirrors letters/queries."""
