"""Rule packs for people: what one says, whether its cases hold, how it differs from another."""
