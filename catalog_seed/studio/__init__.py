"""The photo studio: pictures of what we sell, rendered from models built with the catalogue's own millimetres.

What lives here: `curves` and `mesh` (geometry), `cups`, `pump`, `packing`, `bottle`, `ruler` (the things on the table),
`materials`, `arrange` (where things stand), `shots` (what is in each picture), `stage` (lights and camera, the only file
besides `render` that imports mitsuba), `render` (passes, denoising, tone curve), `alt` (the words for each picture),
`brand` (wordmark and mark as strokes) and `window` (pictures for the shop window).

Everything is in millimetres, z up, the camera looks along +y. The room reads catalog_seed/products/ and writes
catalog_seed/images/ and store/storefront/static/brand/. It imports nothing of store/, and store/ imports nothing from here:
the shop runs without it. Use it with `python -m catalog_seed.studio PRODUCT [SHOT ...]` (requirements/studio.txt).
"""
