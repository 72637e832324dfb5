"""Renders the product pictures from 3D models built with the dimensions in catalog_seed/products/.

What lives here, by layer:

- geometry: `curves` (profiles), `mesh` (triangle meshes); `cups`, `pump`, `bottle`, `pouch`, `packaging`, `ruler`,
  `coins`, `display_form`
- appearance: `materials`, `textures` (oak, linen), `brand` (wordmark and mark as strokes), `scene_objects` and `props`
  (shape and material together)
- pictures: `catalog`, `shot_list` (which pictures a product has), `set_choice`, `alt_text`; `placement`, `backdrop`,
  `heroes`, `closeups`, `in_use`, `box_and_scale`, `banners` (what a picture shows; `scenes` selects), `shots` (the
  types), `camera`
- rendering: `mitsuba_scene` and `render`, the only two modules that import mitsuba; `batch_render` (a list of
  pictures); `picture_part` (a part rendered again into a picture), `sample_share` (where samples are spent)
- output: `pictures_index` (pictures.toml), `brand_files` (icons), `share_cards` (og:image), `contact_sheet`

Lengths are in millimetres, z points up, the camera looks along +y. The package reads catalog_seed/products/ and writes
catalog_seed/images/ and store/storefront/static/brand/. It imports nothing of store/ and is imported by nothing there:
the shop runs without it. Install requirements/studio.txt and run `python -m catalog_seed.studio PRODUCT [SHOT ...]`.
A picture of 1600 pixels takes half a minute of one processor for one cup and a minute for a set; the first look at a
scene is cheap: `--size 300 --samples 5 --out previews` takes three to five seconds of it. After a
change that shows in one place only, `--part LEFT TOP RIGHT BOTTOM` renders that place into the picture that is there.
"""
