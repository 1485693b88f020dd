"""People who sign in."""

from typing import Any

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ocop.accounts.enums import UserStatus, user_statuses
from ocop.accounts.rules import phones
from ocop.kit.models import Searchable, SearchableQuerySet


class PeopleManager(UserManager.from_queryset(SearchableQuerySet)):
    """Makes users; finds them by what a person types as identifier."""

    def known_as(self, typed: str) -> "User | None":
        """The user of that phone, e-mail address or user name; None when there is none."""
        typed = (typed or "").strip()
        phone = phones.normalise(typed)
        found = self.filter(phone=phone).first() if phone else None
        if found is None and "@" in typed:
            found = self.filter(email__iexact=typed).first()
        return found or (self.filter(username__iexact=typed).first() if typed else None)


class User(Searchable, AbstractUser):
    """A person with an account: officer, producer, council member or administrator.

    Signs in by phone (E.164), e-mail address or user name; each belongs to one person at most. `unit` is the
    commune that a producer registered at: its officers help when the password is lost. Personal data: phone and
    e-mail are shown on guarded pages only, and erased on request (`actions.erase_personal_data`).
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=150)
    title = models.CharField("chức vụ", max_length=150, blank=True)
    phone = models.CharField(
        "số điện thoại",
        max_length=20,
        null=True,
        blank=True,
        unique=True,
        validators=[
            RegexValidator(r"^\+[1-9]\d{6,14}$", "Số điện thoại phải ở dạng quốc tế, ví dụ +84912345678.")
        ],
        error_messages={"unique": "Số điện thoại này đã có tài khoản."},
    )
    phone_verified_at = models.DateTimeField("xác nhận số điện thoại lúc", null=True, blank=True)
    email = models.EmailField("địa chỉ thư điện tử", blank=True, default="")
    unit = models.ForeignKey(
        "units.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="xã, phường nơi đăng ký",
    )
    status = models.CharField("tình trạng", max_length=20, choices=user_statuses, default=UserStatus.ACTIVE)
    must_set_password = models.BooleanField("phải đặt lại mật khẩu", default=False)

    objects = PeopleManager()

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]
        verbose_name = "người dùng"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="accounts_user_email_once",
                violation_error_message="Địa chỉ thư điện tử này đã có tài khoản.",
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="accounts_user_username_once",
                violation_error_message="Tên đăng nhập này đã có người dùng.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.phone = self.phone or None
        self.email = (self.email or "").strip().lower()
        super().save(*args, **kwargs)

    def search_words(self) -> list[str]:
        """Found by name, title and user name; never by phone or e-mail, which are personal data."""
        return [self.full_name, self.title, self.username]

    @property
    def audit_label(self) -> str:
        """How the log names the person: the user name, which is no personal datum."""
        return self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """The given name, which comes last in Vietnamese."""
        return self.full_name.split()[-1] if self.full_name.strip() else self.username

    @property
    def phone_shown(self) -> str:
        """The phone as written in the country, for the person's own pages."""
        return phones.shown(self.phone)

    @property
    def phone_masked(self) -> str:
        """The phone with its middle hidden."""
        return phones.masked(self.phone)
