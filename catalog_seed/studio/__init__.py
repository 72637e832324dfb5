"""The photo studio: pictures of what we sell, rendered from models built with the catalogue's own millimetres.

What lives here: `curves` and `mesh` (geometry); `cups`, `pump`, `bottle`, `packing`, `pouch`, `ruler` (shapes of what
is on the table), `materials`, `brand` (wordmark and mark as strokes), `things` (shape and material together); `arrange`
(where things stand), `heroes`, `closeups`, `layouts` and `displays` (what is in each picture; `scenes` chooses),
`framing`; `stage` (lights and camera) and `render` (passes, denoising, tone curve), the only two that import mitsuba;
`catalogue`, `looks`, `alt`, `listing` (which pictures there are, whose, and their words); `window` (icons and Open
Graph cards), `contact` (the contact sheet); `session` (one picture after the other).

Everything is in millimetres, z up, the camera looks along +y. The room reads catalog_seed/products/ and writes
catalog_seed/images/ and store/storefront/static/brand/. It imports nothing of store/, and store/ imports nothing from
here: the shop runs without it. Use it with `python -m catalog_seed.studio PRODUCT [SHOT ...]` after installing
requirements/studio.txt.
"""
