"""Tests of fetching public lists, against a server on this machine."""
