"""The settings in force out of the environment, for the page of operations: value, source, and no secret."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

SECRET = frozenset(
    {
        "SECRET_KEY", "OCOP_MFA_KEYS", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "OCOP_METRICS_TOKEN",
        "OCOP_OIDC_CLIENT_ID", "OCOP_OIDC_CLIENT_SECRET",
    }
)  # fmt: skip
ADDRESSES = frozenset({"DATABASE_URL", "REDIS_URL"})

GROUPS: dict[str, dict[str, str]] = {
    "Cài đặt chung": {
        "OCOP_PROVINCE": "Mã tỉnh của hệ thống này",
        "OCOP_SITE_URL": "Địa chỉ người dùng thấy, in trong thư và mã QR",
        "OCOP_CONTACT_PHONE": "Điện thoại trên trang giới thiệu",
        "OCOP_CONTACT_EMAIL": "Thư điện tử trên trang giới thiệu",
        "OCOP_DEMO": "Chế độ trình diễn",
        "OCOP_TODAY": "Ngày giả định (chỉ khi trình diễn)",
        "DEBUG": "Chế độ phát triển",
    },
    "Máy chủ web": {
        "ALLOWED_HOSTS": "Tên miền được phục vụ",
        "CSRF_TRUSTED_ORIGINS": "Nguồn được gửi biểu mẫu",
        "OCOP_HTTPS": "Chạy sau proxy TLS",
        "OCOP_TRUSTED_PROXIES": "Số proxy đứng trước",
        "OCOP_SESSION_HOURS": "Phiên làm việc kéo dài (giờ)",
        "OCOP_RATE_API": "Giới hạn API mở cho một địa chỉ",
        "OCOP_RATE_REPORT": "Giới hạn phản ánh dùng sai sao từ một địa chỉ",
        "OCOP_RATE_SEARCH": "Giới hạn tra cứu công khai cho một địa chỉ",
        "WEB_PROCESSES": "Số tiến trình sau một cổng",
        "HOST": "Địa chỉ lắng nghe của lệnh serve",
        "PORT": "Cổng của lệnh serve",
        "OCOP_DRAIN_FILE": "Tệp báo tiến trình sắp dừng",
    },
    "Dữ liệu và lưu trữ": {
        "DATABASE_URL": "Cơ sở dữ liệu",
        "OCOP_DB_POOL": "Số kết nối tối đa mỗi tiến trình",
        "REDIS_URL": "Bộ nhớ đệm Redis",
        "OCOP_DATA_DIR": "Thư mục dữ liệu",
        "OCOP_STATIC_ROOT": "Thư mục tệp tĩnh",
        "OCOP_BACKUP_DIR": "Thư mục sao lưu",
        "OCOP_UPLOAD_MAX_MB": "Tệp tải lên lớn nhất (MB)",
        "OCOP_CLAMD": "Máy quét vi-rút",
    },
    "Thư và tin nhắn": {
        "EMAIL_BACKEND": "Cách gửi thư",
        "EMAIL_HOST": "Máy chủ thư",
        "EMAIL_PORT": "Cổng máy chủ thư",
        "EMAIL_HOST_USER": "Tài khoản máy chủ thư",
        "EMAIL_HOST_PASSWORD": "Mật khẩu máy chủ thư",
        "EMAIL_USE_TLS": "Mã hóa khi gửi thư",
        "EMAIL_TIMEOUT": "Chờ máy chủ thư tối đa (giây)",
        "DEFAULT_FROM_EMAIL": "Người gửi ghi trên thư",
        "OCOP_SMS": "Kênh tin nhắn",
    },
    "Bảo mật và đăng nhập": {
        "SECRET_KEY": "Khóa ký",
        "OCOP_MFA_KEYS": "Khóa mã hóa xác thực hai bước",
        "OCOP_OIDC_NAME": "Định danh điện tử: tên trên nút",
        "OCOP_OIDC_URL": "Định danh điện tử: địa chỉ",
        "OCOP_OIDC_CLIENT_ID": "Định danh điện tử: mã ứng dụng",
        "OCOP_OIDC_CLIENT_SECRET": "Định danh điện tử: khóa ứng dụng",
    },
    "Nhật ký và đo đạc": {
        "LOG_LEVEL": "Mức ghi nhật ký",
        "OCOP_LOG_FORMAT": "Dạng dòng nhật ký",
        "OCOP_METRICS_TOKEN": "Mã đọc /metrics",
        "OCOP_METRICS_NETWORKS": "Mạng được đọc /metrics",
    },
}
# Where the settings keep what the variable says under another name, or nowhere at all.
ELSEWHERE: dict[str, Callable[[], Any]] = {
    "OCOP_SESSION_HOURS": lambda: settings.SESSION_COOKIE_AGE // 3600,
    "OCOP_TRUSTED_PROXIES": lambda: settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    "OCOP_STATIC_ROOT": lambda: settings.STATIC_ROOT,
    "OCOP_DB_POOL": lambda: os.environ.get("OCOP_DB_POOL", "10"),
    "LOG_LEVEL": lambda: os.environ.get("LOG_LEVEL", "INFO"),
    "WEB_PROCESSES": lambda: os.environ.get("WEB_PROCESSES", "1"),
    "HOST": lambda: os.environ.get("HOST", "127.0.0.1"),
    "PORT": lambda: os.environ.get("PORT", "8000"),
}


@dataclass(frozen=True)
class Shown:
    """One variable as the page shows it; `given`: it stands in the environment, else the default counts."""

    name: str
    what: str
    value: str
    given: bool


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "bật" if value else "tắt"
    if isinstance(value, list | tuple | set):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _address(url: str) -> str:
    """An address without the name and the password in it."""
    parts = urlsplit(url)
    if not parts.scheme:
        return ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _value(name: str) -> str:
    given = os.environ.get(name, "")
    if name in SECRET:
        return "đã đặt" if given else ""
    if name in ADDRESSES:
        return _address(given)
    if name in ("OCOP_RATE_API", "OCOP_RATE_SEARCH"):
        limit = getattr(settings, name)
        return f"{limit[0]} lần trong {limit[1]} giây" if limit else "không giới hạn"
    return _plain(ELSEWHERE[name]() if name in ELSEWHERE else getattr(settings, name))


def groups() -> dict[str, list[Shown]]:
    """Every variable with its value in this process, by group."""
    return {
        title: [Shown(name, what, _value(name), bool(os.environ.get(name))) for name, what in named.items()]
        for title, named in GROUPS.items()
    }
