"""The smallest Django site that takes a signature: the limit that signing is measured against."""
