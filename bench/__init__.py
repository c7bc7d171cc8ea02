"""Measuring: signing and confirming beside the best that this machine can do. Not part of the product."""
