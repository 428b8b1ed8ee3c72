"""A virus scanner of the office's own looks at each content before it is kept."""

import shlex
import subprocess
from pathlib import Path

from graph_app.errors import N_, LoadError, SettingError
from graph_app.settings import Settings

_SECONDS = 120
_CLEAN, _FOUND = 0, 1  # exit codes of clamscan and clamdscan, which others follow


class Scanner:
    """Asks the program of the setting ``PEYVAND_SCANNER``; without one, everything passes.

    Raises
    ------
    SettingError
        If the setting is not written as a command.

    """

    def __init__(self, settings: Settings) -> None:
        text = settings.text("PEYVAND_SCANNER")
        try:
            self._command = shlex.split(text)
        except ValueError as error:
            message = N_("The setting %(name)s is “%(text)s”; it must be a command: %(reason)s.")
            raise SettingError(message, name="PEYVAND_SCANNER", text=text, reason=error) from error

    def look(self, path: Path, name: str) -> None:
        """Have the program look at the file ``path``, which people know as ``name``.

        Raises
        ------
        LoadError
            If it finds something, or says nothing that counts: then nothing is kept.

        """
        if not self._command:
            return
        try:
            done = subprocess.run([*self._command, str(path)], capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _unscanned(name, getattr(error, "strerror", None) or error) from error
        if done.returncode == _FOUND:
            raise LoadError(N_("The virus scanner found something in %(file)s. It was not kept."), file=name)
        if done.returncode != _CLEAN:
            raise _unscanned(name, done.stderr.decode("utf-8", "replace").strip()[-200:] or done.returncode)


def _unscanned(name: str, reason: object) -> LoadError:
    message = N_("%(file)s was not kept, because the virus scanner could not look at it: %(reason)s")
    return LoadError(message, file=name, reason=reason)
