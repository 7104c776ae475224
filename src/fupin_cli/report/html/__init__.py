"""The web page: one file that needs no network, with a small script of its own and nothing else that runs."""
