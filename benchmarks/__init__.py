"""Measurements on real documents that are not part of the project (`make corpus`)."""
