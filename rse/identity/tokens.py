from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator


class ResetTokens(PasswordResetTokenGenerator):
    """Tokens of the link to another password: dead once it was used, and with every change of password, address or state."""

    key_salt = "rse.identity.tokens.ResetTokens"

    def _make_hash_value(self, user, timestamp):
        return f"{super()._make_hash_value(user, timestamp)}{user.private_email}{user.state}"

    def check_token(self, user, token):
        return bool(user and user.may_sign_in) and super().check_token(user, token)

    @staticmethod
    def minutes():
        """Return for how many minutes a link works."""
        return settings.PASSWORD_RESET_TIMEOUT // 60
