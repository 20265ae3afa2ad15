"""The addresses of signing in, each written down: what the library could do beside them has none."""

from django.urls import include, path, re_path

from .views import (
    addresses,
    by_code,
    cards,
    deactivation,
    invitations,
    passkeys,
    passwords,
    reopenings,
    runs,
    second_factor,
    shared_terminals,
)

account_urls = [
    path("login/", passwords.SignIn.as_view(), name="account_login"),
    path("logout/", passwords.SignOut.as_view(), name="account_logout"),
    path("reauthenticate/", passwords.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("password/change/", passwords.PasswordChange.as_view(), name="account_change_password"),
    path("password/reset/", passwords.password_reset, name="account_reset_password"),
    path("password/reset/done/", passwords.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[\w-]{1,80})-(?P<key>set-password|[0-9a-z]{1,13}-[0-9a-z]{1,64})/$",
        passwords.PasswordFromKey.as_view(),
        name="account_reset_password_from_key",
    ),
    path("code/", second_factor.CodeAtTheDoor.as_view(), name="mfa_authenticate"),
    path("code/again/", second_factor.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("second-factor/set-up/", second_factor.SetUp.as_view(), name="mfa_activate_totp"),
    path("second-factor/give-up/", second_factor.GiveUp.as_view(), name="mfa_deactivate_totp"),
    path("recovery-codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", second_factor.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", second_factor.recovery_codes_file, name="mfa_download_recovery_codes"),
    path("passkeys/sign-in/", passkeys.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("passkeys/again/", passkeys.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("passkeys/add/", passkeys.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<str:public_id>/remove/", passkeys.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]
identity_urls = (
    [
        path("account/addresses/ask/", addresses.ask_address, name="ask_address"),
        path("account/addresses/<str:public_id>/", addresses.my_address, name="my_address"),
        path("account/old-address/<str:token>/", addresses.old_address, name="old_address"),
        path("account/new-address/<str:token>/", addresses.new_address, name="new_address"),
        path("waiting-accounts/", addresses.waiting, name="waiting"),
        path("waiting-accounts/addresses/<str:public_id>/", addresses.address_change, name="address_change"),
        path("waiting-accounts/moves/<str:public_id>/", addresses.address_move, name="address_move"),
        path("cards/", cards.card_list, name="cards"),
        path("cards/chosen/", cards.act_on_cards, name="cards_chosen"),
        path("cards/print/", cards.cards_of_unit, name="cards_of_unit"),
        path("people/<slug:handle>/card/", cards.card, name="card"),
        path("card/", by_code.come_in_by_code, name="come_in_by_code"),
        path("card/<str:token>/", by_code.come_in_by_card, name="come_in_by_card"),
        path("account/password/code/", by_code.reset_by_recovery_code, name="reset_by_code"),
        path("account/way-back/", by_code.way_back, name="way_back"),
        path("people/<slug:handle>/open-again/", reopenings.reopen, name="reopen"),
        path("account/security/", passwords.security, name="security"),
        path("account/still-here/", shared_terminals.still_here, name="still_here"),
        path("shared-terminal/", shared_terminals.shared_terminal, name="shared_terminal"),
        path("welcome/<str:token>/", invitations.welcome, name="welcome"),
        path("invitations/", invitations.invitation_list, name="invitations"),
        path("invitations/chosen/", invitations.act_on_chosen, name="invitations_chosen"),
        path("invitations/everybody/", runs.invite_everybody, name="invitations_everybody"),
        path("invitations/runs/<str:public_id>/", runs.run_detail, name="invitations_run"),
        path("invitations/runs/<str:public_id>/stop/", runs.stop, name="invitations_run_stop"),
        path("people/<slug:handle>/invite/", invitations.invite_person, name="invite"),
        path("people/<slug:handle>/hand-over/", invitations.link_over, name="hand_over"),
        path("people/<slug:handle>/deactivate/", deactivation.deactivate, name="deactivate"),
        path("people/<slug:handle>/give-access-back/", deactivation.give_back, name="give_access_back"),
    ],
    "identity",
)

urlpatterns = [
    path("account/", include(account_urls)),
    path("", include(identity_urls)),
]
