"""Why a backup is not made, or not put back."""


class BackupRefused(Exception):
    """Nothing was changed; the message says in the language of the reader why, and what to do."""


class BackupIncomplete(Exception):
    """The backup is in place and not whole; the message says in the language of the reader what differs, and what to do."""
