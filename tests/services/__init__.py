"""Mirrors letters/services."""
