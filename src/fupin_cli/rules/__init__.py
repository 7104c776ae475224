"""The law as data: strict YAML to packs, the expression language, parameters in force."""
