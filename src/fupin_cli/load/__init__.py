"""From bytes to typed tables: ``cells`` reads files, ``tables`` makes sense of sheets."""
