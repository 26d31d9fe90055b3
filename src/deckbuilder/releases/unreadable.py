"""Why a file that was built, or downloaded, cannot be read: one sentence for a person."""


class UnreadableError(Exception):
    """A file is not what it should be; the message is a whole sentence without the file's name."""
