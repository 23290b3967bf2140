"""Ecograph: a knowledge graph of a company's partner ecosystem."""
