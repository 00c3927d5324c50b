# Part of One-Stop. See LICENSE file for full copyright and licensing details.


class FileError(Exception):
    """The whole file cannot be read; ``reason`` is a key, ``values`` go with it."""

    def __init__(self, reason, **values):
        super().__init__(reason)
        self.reason = reason
        self.values = values


class CellError(FileError):
    """One cell cannot be taken as it is; its row is at fault, not the file."""

    def __bool__(self):
        """A cell with something in it is not an empty one."""
        return True
