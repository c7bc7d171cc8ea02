"""Mirrors letters/models."""
