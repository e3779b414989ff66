"""The bundled real data: facts from public sources, in the kit's own tables, with a source on each row."""
