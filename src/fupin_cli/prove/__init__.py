"""Proofs about rule packs: what no subject can bring about, and a subject for what some can. Needs the extra ``prove``."""
