"""How much of an upload is taken."""

from dataclasses import dataclass

from graph_app.settings import Settings

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What one upload may hold.

    Parameters
    ----------
    size
        Bytes that are sent.
    unpacked
        Bytes that an archive or a workbook holds once it is unpacked.
    files
        Files, and entries of an archive.
    ratio
        How many times larger than packed one entry may be. Tables are seldom over 50; bombs are near 1000.

    """

    size: int
    unpacked: int
    files: int = 200
    ratio: int = 250

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Return the limits that ``settings`` say.

        Raises
        ------
        SettingError
            If a setting is no number.

        """
        size = settings.number("PEYVAND_UPLOAD", least=1)
        return cls(size * MEGABYTE, settings.number("PEYVAND_UNPACKED", least=1) * MEGABYTE)
