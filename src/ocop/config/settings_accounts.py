"""Settings of sign-in: identifiers, second factor, sessions, limits, and a national identity provider."""

from environs import Env

env = Env()

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

ACCOUNT_ADAPTER = "ocop.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[OCOP Hà Tĩnh] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.bool("OCOP_HTTPS", False) else "http"
ACCOUNT_USER_DISPLAY = "ocop.accounts.adapter.display_name"
ACCOUNT_FORMS = {
    "login": "ocop.accounts.forms.signin.SignInForm",
    "change_password": "ocop.accounts.forms.signin.ChangePasswordForm",
    "reset_password": "ocop.accounts.forms.signin.ResetPasswordForm",
    "reset_password_from_key": "ocop.accounts.forms.signin.ResetPasswordKeyForm",
    "reauthenticate": "ocop.accounts.forms.signin.ReauthenticateForm",
}
# The key of a sign-in limit is the typed identifier; the counters live in the shared cache (database or Redis).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "ocop_register": "5/10m/ip,20/d/ip",
    "ocop_phone_code": "10/10m/ip",
    "ocop_invitation": "20/10m/ip",
}
# How many proxies stand in front and write X-Forwarded-For; 0 takes the address of the connection itself.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("OCOP_TRUSTED_PROXIES", 0)

MFA_ADAPTER = "ocop.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OCOP Hà Tĩnh"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Keys that encrypt the second factors at rest, newest first; without any the key is derived from SECRET_KEY.
OCOP_MFA_KEYS = env.list("OCOP_MFA_KEYS", [])
MFA_FORMS = {
    "authenticate": "ocop.accounts.forms.second_factor.AuthenticateForm",
    "reauthenticate": "ocop.accounts.forms.second_factor.ReauthenticateForm",
    "activate_totp": "ocop.accounts.forms.second_factor.ActivateForm",
}
# Officials need a second factor everywhere but in the demo, whose personas are one press away for everybody.
OCOP_MFA_REQUIRED = not env.bool("OCOP_DEMO", False)

USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = env.int("OCOP_SESSION_HOURS", 12) * 3600

# A national or provincial identity provider (VNeID and its kin) by OpenID Connect; shown only when configured.
OCOP_OIDC_NAME = env.str("OCOP_OIDC_NAME", "")
OCOP_OIDC_URL = env.str("OCOP_OIDC_URL", "")
SOCIALACCOUNT_ADAPTER = "ocop.accounts.adapter.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "dinh-danh"
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "quoc-gia",
                    "name": OCOP_OIDC_NAME or "Định danh điện tử",
                    "client_id": env.str("OCOP_OIDC_CLIENT_ID", ""),
                    "secret": env.str("OCOP_OIDC_CLIENT_SECRET", ""),
                    "settings": {"server_url": OCOP_OIDC_URL},
                }
            ],
        }
    }
    if OCOP_OIDC_URL
    else {}
)
