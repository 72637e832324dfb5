"""How static files are stored for a local trial run: hashed, and compressed where shoppers load them.

Compressing all files takes ten seconds, most of them for the desk and GraphiQL; those of the shop take a moment.
"""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

SHOP_FOLDERS = ("storefront/", "guidebook/drawings/")


class ShopCompressedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        yield from super().compress_files([path for path in paths if path.startswith(SHOP_FOLDERS)])
